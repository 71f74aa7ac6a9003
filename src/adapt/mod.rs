//! Makes ladders from other ladders.
//!
//! [`start()`] makes a content folder of another one: it keeps every id and all that is said of the text's origin.
//! [`update()`] takes over what has changed there since.

mod settings;
mod start;
mod update;

pub(crate) use start::{AdaptOptions, read_upstream, start};
pub(crate) use update::{Update, Updated, update};
