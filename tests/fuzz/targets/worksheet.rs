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
    if let Some(updated_sheet) = updated(site, words, &text) {
        // Nothing that a person wrote is lost.
        let kept = |word: &&str| updated_sheet.contains(*word);
        let own = text.split_whitespace().filter(|word| word.contains("zq"));
        assert!(own.clone().all(|word| kept(&word)), "of {own:?}", own = own.collect::<Vec<_>>());
        assert_eq!(updated(site, words, &updated_sheet).as_deref(), Some(updated_sheet.as_str()), "of {text}");
    }
}
