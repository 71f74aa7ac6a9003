//! The pages of a site in a locale and their addresses, for the present and for every edition.
//!
//! An address is a list of segments. Each is a fixed word or the name of something: of a locale, a ladder, a level.
//! [`Names`] says what the things of one state of the site are called, and were called before. [`LocalePage`] is the
//! grammar, and reads nothing else: which pages there are, their addresses, and where the matter of a page stands when
//! the page is gone. [`Mapping`] leads from the things of one state to those of the present, so that a redirect is the
//! same address with each segment as it is called now.
//!
//! To add a kind of page, add a variant to [`LocalePage`], [`LadderPage`] or [`NotePage`] and its arms in `page.rs`.
//! It then has an address, its words are reserved, and editions keep its addresses alive.

mod device;
mod mapping;
mod names;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use device::{folder_advice, is_device};
pub(crate) use mapping::Mapping;
pub(crate) use names::{CollectionNames, LadderNames, Name, Names, NoteNames, ThreadNames, level_pairs};
pub(crate) use page::{Holds, NotePage, WORKSHEET, is_reserved, is_reserved_in_ladder, join};
pub use page::{LadderPage, LocalePage};
