//! How work grows with a site. A count may grow as the thing that it belongs to, and no faster.

#[allow(unreachable_pub, reason = "benches use it too")]
#[path = "../../tests/benches/synthetic/mod.rs"]
mod synthetic;

use camino::Utf8Path;
use synthetic::Shape;

use super::{Counts, counted};
use crate::assign::assign;
use crate::build::build;
use crate::config::{self, Overrides};
use crate::diagnostic::{Problems, has_errors};
use crate::progress::Progress;
use crate::proposal::Reading;
use crate::register::REGISTER;
use crate::source::Sources;

const TAGS: [&str; 8] = ["en", "zh-TW", "ja", "ko", "de", "fr", "es", "it"];

#[derive(Clone, Copy)]
struct Dimensions {
    ladders: usize,
    levels: usize,
    criteria: usize,
    notes: usize,
    locales: usize,
}

/// A site in which each dimension matters, and that is built in no time.
const SMALL: Dimensions = Dimensions { ladders: 2, levels: 4, criteria: 24, notes: 2, locales: 2 };

/// Work that belongs to pairs of levels.
const OF_LEVEL_PAIRS: [&str; 2] = ["compare", "compare.html"];

/// Work that belongs to pairs of locales: the pages with two of them, and the texts on these pages.
const OF_LOCALE_PAIRS: [&str; 5] =
    ["beside.html", "interleaved.html", "note-beside.html", "note-interleaved.html", "inline"];

/// What is drawn at random is not quite twice as much in a site of twice the size.
const CHANCE: f64 = 1.1;

fn sources(Dimensions { ladders, levels, criteria, notes, locales }: Dimensions) -> Sources {
    let locales = TAGS[..locales].iter().map(|&tag| tag.to_owned()).collect();
    let shape = Shape { ladders, levels, criteria, notes, locales, seed: 1 };
    let texts = shape.files().into_iter().map(|(path, text)| (path.into(), text)).collect();
    let mut sources = Sources { texts, ..Sources::default() };
    let config = config::read(&sources, &Overrides::default(), &Problems::default()).unwrap();
    let before = Reading::with(sources.clone(), Vec::new(), Overrides::default(), config);
    sources.texts.insert(Utf8Path::new(REGISTER).to_owned(), assign(&before).register);
    sources
}

fn work(dimensions: Dimensions) -> Counts {
    let sources = sources(dimensions);
    let build = || build(&sources, Vec::new(), &Overrides::default(), &Progress::default(), &drop);
    let (built, counts) = counted(build);
    assert!(!has_errors(&built.problems), "{:?}", built.problems.first());
    counts
}

/// Builds a site and one that is larger in one way. Each count may grow by a factor.
fn grows(larger: Dimensions, allowed: impl Fn(&str) -> f64) {
    let (before, after) = (work(SMALL), work(larger));
    assert!(before.len() > 20, "little was counted: {before:?}");
    let outgrown = after.iter().filter_map(|(what, &after)| {
        let before = before.get(what).copied().unwrap_or(0);
        let most = (before as f64 * allowed(what) * CHANCE).ceil() as usize;
        (after > most).then(|| format!("{what}: {before} → {after}, at most {most}"))
    });
    assert_eq!(outgrown.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn ids_that_are_typed_as_they_are_meant_are_not_normalized() {
    for dimensions in [SMALL, Dimensions { criteria: 48, ..SMALL }] {
        assert_eq!(work(dimensions).get("normalize a block of attributes"), None);
    }
}

#[test]
fn work_grows_as_the_number_of_ladders() {
    grows(Dimensions { ladders: 4, ..SMALL }, |_| 2.0);
}

#[test]
fn work_grows_as_the_number_of_criteria() {
    grows(Dimensions { criteria: 48, ..SMALL }, |_| 2.0);
}

#[test]
fn work_grows_as_the_number_of_notes() {
    grows(Dimensions { notes: 4, ..SMALL }, |_| 2.0);
}

#[test]
fn work_grows_as_the_number_of_levels_and_comparisons_as_that_of_their_pairs() {
    let allowed = |what: &str| if OF_LEVEL_PAIRS.contains(&what) { pairs(8) / pairs(4) } else { 2.0 };
    grows(Dimensions { levels: 8, ..SMALL }, allowed);
}

#[test]
fn work_grows_as_the_number_of_locales_and_pages_side_by_side_as_that_of_their_pairs() {
    let allowed = |what: &str| match what {
        // The source is no translation.
        "align" | "weigh a pair of blocks" | "compare two versions of a block" => 3.0,
        what if OF_LOCALE_PAIRS.contains(&what) => pairs(4) / pairs(2),
        _ => 2.0,
    };
    grows(Dimensions { locales: 4, ..SMALL }, allowed);
}

fn pairs(things: usize) -> f64 {
    (things * (things - 1)) as f64
}
