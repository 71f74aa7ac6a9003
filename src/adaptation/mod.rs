//! Ladders made from other ladders.
//!
//! What another site said on the day on which this one was made from it is kept in `upstream/`, one file for each site
//! of the chain ([`Upstream`]). So every build can tell which criteria are unchanged, adapted, new or left out
//! ([`Adaptation`]), and [`status()`] can tell what has changed there since. [`Terms`] says what a licence asks of
//! those who adapt. The commands are in [`adapt`](crate::adapt).

mod drift;
mod record;
mod status;
mod terms;

pub(crate) use drift::{Adaptation, ChainStep, CriterionStatus, Drift, drifts};
pub use record::{Upstream, read};
pub(crate) use status::{Status, StatusRow, status};
pub(crate) use terms::Terms;
