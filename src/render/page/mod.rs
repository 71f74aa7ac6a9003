//! One view for each kind of page.

mod beside;
mod changes;
mod compare;
mod compare_ladders;
mod criterion;
mod edition;
mod entrance;
mod former;
mod glossary;
mod ladder;
mod level;
mod licence;
mod matrix;
mod note;
mod note_beside;
mod search;
mod since;
mod threads;
mod translation;
mod withdrawn;

pub(crate) use changes::{EffectGroup, ReleaseView};

/// Makes views of what has a frame that names the kind of the page.
macro_rules! framed {
    ($($view:ident),+) => {
        $(impl $crate::render::View for $view {
            fn kind(&self) -> &'static str {
                self.frame.kind
            }
        })+
    };
}
use framed;
