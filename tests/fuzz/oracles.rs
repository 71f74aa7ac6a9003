//! What holds whatever a case is.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rungs::for_tests::config::Overrides;
use rungs::for_tests::diagnostic::{Diagnostic, Severity};
use rungs::for_tests::model::Site;
use rungs::for_tests::report::in_every_format;
use rungs::for_tests::source::Sources;
use rungs::for_tests::write::Output;
use rungs::for_tests::{Build, Prepared, Progress, Reading, build, prepare};

pub fn prepared(sources: &Sources) -> (Option<Prepared>, Vec<Diagnostic>) {
    let (prepared, problems) = prepare(sources, Vec::new(), &Overrides::default());
    (prepared, problems)
}

/// Reads a site. None if nobody can know what site it is; then that is told well.
pub fn reading(sources: &Sources) -> Option<Reading> {
    Reading::of(sources, Vec::new(), &Overrides::default()).map_err(|problems| told(&problems, sources)).ok()
}

pub fn problems(sources: &Sources) -> Vec<Diagnostic> {
    rungs::for_tests::problems(sources, Vec::new(), &Overrides::default())
}

/// True for a site in several languages.
pub fn is_translated(site: &Site) -> bool {
    site.config.locale_indices().count() > 1
}

/// Every place is one of the text, on whole characters, and every format can say it.
pub fn told(problems: &[Diagnostic], sources: &Sources) {
    for problem in problems {
        for label in std::iter::once(&problem.label).chain(&problem.related) {
            let (path, span) = (&label.place.path, label.place.span());
            if let Some(text) = sources.text(path) {
                assert!(text.get(span.clone()).is_some(), "{path} has no {span:?}: {problem:?}");
            }
        }
    }
    in_every_format(problems, sources, "content");
}

/// The errors, in words that do not depend on where they stand.
pub fn errors(problems: &[Diagnostic]) -> BTreeSet<String> {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    errors
        .map(|problem| format!("{}: {}: {}", problem.label.place.path, problem.code.name(), problem.message))
        .collect()
}

/// A change brings no error with it.
pub fn no_new_errors(what: &str, before: &Sources, after: &Sources) {
    let (before, after) = (problems(before), problems(after));
    let (old, new) = (errors(&before), errors(&after));
    let new: Vec<_> = new.difference(&old).collect();
    assert!(new.is_empty(), "{what} made errors: {new:#?}");
}

/// The lines that edits add and remove.
pub fn difference(sources: &Sources, edits: &BTreeMap<Utf8PathBuf, String>) -> Vec<String> {
    let changed = edits.iter().flat_map(|(path, new)| {
        let old = sources.text(path).unwrap_or_default();
        let only = |own: &str, other: &str, mark: char| -> Vec<String> {
            let own = own.lines().filter(|line| !other.lines().any(|other| other == *line));
            own.map(|line| format!("{path}: {mark} {line}")).collect()
        };
        [only(old, new, '-'), only(new, old, '+')].concat()
    });
    changed.collect()
}

/// Builds a site. What it is made of is sound.
pub fn built(sources: &Sources) -> Build {
    let built = build(sources, Vec::new(), &Overrides::default(), &Progress::default());
    told(&built.problems, sources);
    standing(&built.outputs);
    built
}

/// Every output has a place of its own, on systems that tell no case apart, too.
fn standing(outputs: &[Output]) {
    let mut places = BTreeSet::new();
    for Output { path, .. } in outputs {
        assert!(places.insert(path.as_str().to_lowercase()), "{path} stands twice");
        let is_within = |part: Utf8Component<'_>| matches!(part, Utf8Component::Normal(_));
        assert!(path.components().all(is_within) && !path.as_str().is_empty(), "{path} is outside");
    }
}

/// Nothing that content says is markup, or is run by a browser.
pub fn harmless(outputs: &[Output]) {
    for Output { path, bytes } in outputs.iter().filter(|output| is_page(&output.path)) {
        let page = String::from_utf8_lossy(bytes);
        if let Some(at) = page.find("<zq") {
            panic!("{path} has foreign markup: {}", around(&page, at));
        }
        // Browsers pass over these in addresses.
        let lower = page.to_ascii_lowercase().replace(['\t', '\n', '\r'], "");
        for active in ["javascript:", "data:text"] {
            for attribute in ["href", "src", "action", "data", "poster", "srcset"] {
                let found = ['"', '\''].iter().find_map(|mark| lower.find(&format!(" {attribute}={mark}{active}")));
                if let Some(at) = found {
                    panic!("{path} has an active address: {}", around(&lower, at));
                }
            }
        }
    }
}

fn is_page(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|end| ["html", "xml"].contains(&end))
}

fn around(text: &str, at: usize) -> &str {
    &text[text.floor_char_boundary(at.saturating_sub(80))..text.ceil_char_boundary((at + 80).min(text.len()))]
}
