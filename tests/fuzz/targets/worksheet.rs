//! Worksheets that people fill in.

use rungs::for_tests::worksheet::{rewritten, updated};

use crate::case::{Case, SHEET, files, known};
use crate::random::Random;

const FILE: &str = "input/sheet.md";

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of(random.choose(&["past", "past", "ladders", "bilingual"]));
    let sheets: Vec<_> = files(&case.base).iter().filter(|(path, _)| path.as_str().starts_with(SHEET)).collect();
    let sheet = random.pick(&sheets).1;
    case.put(FILE, sheet.as_slice());
    for _ in 0..=random.below(2) {
        case.mutate(random, FILE);
    }
    case
}

pub fn check(case: &Case) {
    let known = known(&case.base);
    let (site, words) = (&known.understood.site, &*known.words);
    let text = case.text(FILE);
    let (once, missed) = rewritten(site, words, &text);
    let lines = text.split('\n').count();
    assert!(missed.iter().all(|line| *line <= lines), "{missed:?} of {lines}");
    assert_eq!(rewritten(site, words, &once).0, once, "of {text}");
    if let Some(sheet) = updated(site, words, &text) {
        // That nothing of it is lost is a property in `src/worksheet/update/tests.rs`.
        assert_eq!(updated(site, words, &sheet).as_deref(), Some(sheet.as_str()), "of {text}");
    }
}
