//! `site.toml`, the theme's settings, style sheets and drawings.

use crate::case::Case;
use crate::oracles::{built, harmless, problems, told};
use crate::random::Random;

const FILES: [&str; 6] =
    ["site.toml", "site.toml", "theme/own.css", "theme/logo.svg", "theme/icon.svg", "theme/logo-dark.svg"];

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of("themed");
    for _ in 0..=random.below(2) {
        case.mutate(random, random.clone().choose(&FILES));
    }
    case.render_once_in(random, 3);
    case
}

pub fn check(case: &Case) {
    let sources = case.sources();
    told(&problems(&sources), &sources);
    if case.is_rendered() {
        harmless(&built(&sources).outputs);
    }
}
