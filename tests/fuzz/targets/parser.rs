//! Markdown, without a site around it.

use camino::Utf8Path;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::parse::{blocks, diagnose_ladder_slips, markdown, outline, parse};
use rungs::for_tests::source::Sources;

use crate::case::{BASES, Case, paths};
use crate::oracles::told;
use crate::random::Random;

const FILE: &str = "input/text.md";

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of(random.choose(&BASES));
    let texts: Vec<_> = paths(&case.base).into_iter().filter(|path| path.ends_with(".md")).collect();
    let text = case.text(random.choose(&texts));
    // A few blocks show more than a whole file does.
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let from = random.below(lines.len());
    let some = lines[from..].iter().take(1 + random.below(30)).copied().collect::<String>();
    case.put(FILE, if random.once_in(4) { text } else { some });
    case.mutate(random, FILE);
    case
}

pub fn check(case: &Case) {
    let (path, text) = (Utf8Path::new(FILE), case.text(FILE));
    let (document, mut problems) = Problems::of(|problems| parse(path, &text, problems));
    let (_, slips) = outline(document);
    problems.extend(diagnose_ladder_slips(path, &text, &slips));
    told(&problems, &Sources { texts: [(path.to_owned(), text.clone())].into(), ..Sources::default() });
    // What is written once is written so again. That it also says the same is a property in `tests/suite/markdown.rs`.
    let once = markdown(&blocks(&text));
    let twice = markdown(&blocks(&once));
    let again = markdown(&blocks(&twice));
    assert_eq!(twice, again, "{once}");
}
