//! Whole sites: Markdown, settings, register, records of translations, glossary, editions and upstreams.

use crate::case::{BASES, Case, paths};
use crate::oracles::{built, harmless, problems, told};
use crate::random::Random;

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of(random.choose(&BASES));
    let is_content = |path: &&str| !path.starts_with("theme/");
    let paths: Vec<_> = paths(&case.base).into_iter().filter(is_content).collect();
    for _ in 0..=random.below(2) {
        case.mutate(random, random.clone().choose(&paths));
    }
    if random.once_in(6) {
        case.put("glossary.toml", GLOSSARY);
        case.mutate(random, "glossary.toml");
    }
    case.render_once_in(random, 4);
    case
}

const GLOSSARY: &str = "\
[[term]]
en = \"code\"
zh-TW = \"程式碼\"
not.zh-TW = [\"代碼\"]
was = [\"source\"]
note.en = \"What is written.\"

[[term]]
en = \"design\"
context = \"work\"
zh-TW = \"設計\"
";

pub fn check(case: &Case) {
    let sources = case.sources();
    let found = problems(&sources);
    told(&found, &sources);
    if case.is_rendered() {
        harmless(&built(&sources).outputs);
    }
}
