//! Translations in the hands of other programs: gettext's PO files.
//!
//! [`export`] writes the texts of a site down for Weblate, Poedit or Crowdin, and [`import()`] puts what comes back into
//! the files of the site, where everything else stays as it is.

mod earlier;
mod exchange;
mod import;
mod offered;
mod place;
pub(crate) mod po;
mod values;

pub(crate) use earlier::lost;
pub use exchange::export;
pub(crate) use import::is_for;
pub use import::{Imported, import};
pub(crate) use po::decoded;
