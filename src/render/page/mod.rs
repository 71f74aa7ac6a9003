//! One view for each kind of page.

mod beside;
mod compare;
mod criterion;
mod entrance;
mod glossary;
mod ladder;
mod level;
mod licence;
mod matrix;
mod note;
mod search;
mod threads;

/// Gives every view its frame.
macro_rules! framed {
    ($($view:ident),+) => {
        $(impl AsRef<$crate::render::frame::Frame> for $view {
            fn as_ref(&self) -> &$crate::render::frame::Frame {
                &self.frame
            }
        })+
    };
}
use framed;
