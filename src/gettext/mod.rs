//! Translations in the hands of other programs: gettext's PO files.

pub mod po;
