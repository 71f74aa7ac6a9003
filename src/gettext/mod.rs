//! Translations in the hands of other programs: gettext's PO files.
//!
//! [`export`] writes the units of a site down for Weblate, Poedit or Crowdin, and [`import`] puts what comes back into
//! the Markdown, where everything else stays as it is.

mod exchange;
mod place;
pub(crate) mod po;

pub use exchange::{Imported, export, import};
