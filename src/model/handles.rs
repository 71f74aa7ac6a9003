//! Access to items of a site by their handles: `site[criterion]`.

use std::ops::Index;

use super::{Category, Criterion, Ladder, Level, Note, Site, Thread};
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, NoteIndex, ThreadAt};

macro_rules! found_by {
    ($($handle:ident => $thing:ident: $($list:ident[$($place:ident)?]).+;)+) => {$(
        impl Index<$handle> for Site {
            type Output = $thing;

            fn index(&self, handle: $handle) -> &$thing {
                &self$(.$list[handle$(.$place)?])+
            }
        }
    )+};
}

found_by! {
    LadderIndex => Ladder: ladders[];
    LevelAt => Level: ladders[ladder].levels[level];
    CategoryAt => Category: ladders[ladder].categories[category];
    CriterionAt => Criterion: ladders[ladder].criteria[criterion];
    ThreadAt => Thread: ladders[ladder].threads[thread];
    NoteIndex => Note: notes[];
}
