//! `rungs init --from`: documents of all shapes.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use camino::Utf8PathBuf;
use rungs::for_tests::diagnostic::Code;
use rungs::for_tests::init::{AdoptOptions, AdoptedDocument, FoundDocument, adopt};
use rungs::for_tests::source::Sources;

use crate::case::Case;
use crate::oracles::{errors, problems, told};
use crate::random::Random;

/// The documents of the fixtures, with the ends of their names.
#[allow(clippy::disallowed_methods, reason = "the documents are in files")]
fn documents() -> &'static [(String, String)] {
    static DOCUMENTS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/adopt");
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let end = |path: &Path| path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_owned();
        let files = files
            .map(|file| (end(file.path()), file))
            .filter(|(end, _)| ["md", "csv", "tsv", "html"].contains(&end.as_str()));
        files
            .filter_map(|(end, file)| Some((end, fs::read_to_string(file.path()).ok()?)))
            .filter(|(_, text)| text.len() < 20_000)
            .collect()
    })
}

const NAMES: [&str; 3] = ["input/docs/engineering", "input/docs/engineering.zh-TW", "input/docs/levels/l2"];

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of("small");
    for name in NAMES.iter().take(1 + random.below(3)) {
        let (end, text) = random.pick(documents());
        let path = format!("{name}.{end}");
        case.put(path.as_str(), text.as_str());
        case.mutate(random, &path);
    }
    case
}

pub fn check(case: &Case) {
    let inputs = case.inputs();
    let document = |(path, text): (&'_ Utf8PathBuf, &'_ String)| (path.clone(), text.clone());
    let owned: Vec<_> = inputs.iter().map(document).collect();
    let documents: Vec<_> = owned
        .iter()
        .map(|(path, text)| AdoptedDocument { found: FoundDocument { path, text }, name: path.clone() })
        .collect();
    let options = AdoptOptions { owner: Some("Somebody".into()), ..AdoptOptions::default() };
    let given = Sources { texts: inputs.clone(), ..Sources::default() };
    match adopt(&documents, &[], &options) {
        Err(refusal) => {
            told(&refusal.problems, &given);
            assert!(!refusal.message.is_empty());
        }
        Ok(adopted) => {
            told(&adopted.findings, &given);
            told(&adopted.left, &given);
            // With errors that are told nothing is written.
            let within =
                |(path, text): (Utf8PathBuf, String)| Some((path.strip_prefix("content").ok()?.to_owned(), text));
            let site = Sources { texts: adopted.files.into_iter().filter_map(within).collect(), ..Sources::default() };
            let found = problems(&site);
            told(&found, &site);
            // What is to be filled in is told with what is next.
            let found: Vec<_> = found.into_iter().filter(|problem| problem.code != Code::Placeholder).collect();
            if adopted.left.is_empty() {
                assert!(
                    errors(&found).is_empty(),
                    "what was adopted has errors that are not told: {:#?}",
                    errors(&found)
                );
            }
        }
    }
}
