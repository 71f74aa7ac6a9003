//! Ladders made from other ladders.
//!
//! [`start`] makes a content folder of another one: it keeps every id and all that is said of the text's origin. What
//! the other site said on that day is kept in `upstream/`, one file for each site of the chain ([`Upstream`]), so that
//! every build can tell which criteria are unchanged, adapted, new or left out ([`Adaptation`]), and [`status`] can tell
//! what has changed there since, and [`update`] can take it over. [`Terms`] says what a licence asks of those who adapt.

mod fate;
mod record;
mod settings;
mod start;
mod status;
mod terms;
mod update;

pub use fate::{Adaptation, Fate, State, Step, fates};
pub use record::{Upstream, read};
pub use start::{Request, Started, read_upstream, start};
pub use status::{Row, Status, status};
pub use terms::Terms;
pub use update::{Update, Updated, update};
