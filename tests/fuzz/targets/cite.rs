//! Citations in texts, and ids as people write them.

use std::fs;

use camino::Utf8Path;
use rungs::for_tests::citing::{cite, judge};
use rungs::for_tests::source::Sources;

use crate::case::{Case, known};
use crate::oracles::told;
use crate::random::Random;

const MARKDOWN: &str = "input/review.md";
const HTML: &str = "input/review.html";
const WRITTEN: &str = "input/written.md";

/// Texts with citations, of the site `past`.
const TEXTS: [&str; 4] = [
    "Meets WK-001 and WK-002–WK-005; (see [WK-003](https://workshop.example/c/wk-003/)).\n\n> \"Keeps tools sharp.\" — WK-004@2025.1\n\n- L1, workshop:L2@2026.1\n",
    "符合WK-001、WK-002。\n\n「保持工具鋒利」（WK-003@2025.2）\n",
    "# Review\n\nWK-001, 002 and 003. https://workshop.example/en/workshop/l1/#wk-001 `WK-009`\n\n| WK-001 | yes |\n|---|---|\n| WK-002 | no |\n",
    "wk–001 WK 002 WK_003 wk-1 WK-001/WK-002 ＷＫ－００１ WK-001@2027.9 WK-001@draft x@WK-001.example\n",
];

/// The reviews of the fixtures.
#[allow(clippy::disallowed_methods, reason = "the reviews are in files")]
fn reviews(end: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/reviews");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|own| own == end)).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| fs::read_to_string(path).ok());
    texts.filter(|text| text.len() < 20_000).collect()
}

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of(random.choose(&["past", "past", "ladders", "fork"]));
    let (path, end) = *random.pick(&[(MARKDOWN, "md"), (MARKDOWN, "txt"), (HTML, "html"), (HTML, "htm")]);
    let mut texts = reviews(end);
    if path == MARKDOWN {
        texts.extend(TEXTS.map(str::to_owned));
    }
    case.put(path, random.pick(&texts).as_str());
    case.mutate(random, path);
    case.put(WRITTEN, *random.pick(&["WK-001", "WK-001@2025.1", "L1", "workshop:L1@2026.1", "wk 1", "threads:tools"]));
    case.mutate(random, WRITTEN);
    case
}

pub fn check(case: &Case) {
    let known = known(&case.base);
    let (site, words) = (&known.understood.site, &*known.words);
    for path in [MARKDOWN, HTML] {
        let text = case.text(path);
        let judged = judge(site, words, Utf8Path::new(path), &text);
        told(&judged.problems, &Sources { texts: [(path.into(), text.clone())].into(), ..Sources::default() });
        let again = judge(site, words, Utf8Path::new(path), &judged.pinned);
        assert_eq!(again.pinned, judged.pinned, "of {text}");
    }
    for citation in cite(site, words, &case.text(WRITTEN)) {
        assert!(!citation.is_empty());
    }
}
