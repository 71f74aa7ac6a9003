//! Years: what a released version could build, today's program builds too.

#![allow(clippy::disallowed_methods, reason = "the files of the repository are read")]

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use rungs::for_tests::diagnostic::{Diagnostic, Severity};

use crate::driver::Folder;

const RELEASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/releases");

/// The versions whose content is kept.
fn kept() -> BTreeSet<String> {
    let entries = fs::read_dir(RELEASES).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

/// The versions that the changelog gives a day.
fn released(changelog: &str) -> BTreeSet<String> {
    let headings = changelog.lines().filter_map(|line| line.strip_prefix("## [")?.split_once("] - "));
    headings.map(|(version, _)| version.to_owned()).collect()
}

#[test]
fn the_content_of_every_released_version_is_kept() {
    assert_eq!(released("## [Unreleased]\n## [0.2.0] - 2026-12-01\n"), ["0.2.0".to_owned()].into());
    let changelog = include_str!("../../CHANGELOG.md");
    let lacking: Vec<_> = released(changelog).difference(&kept()).cloned().collect();
    assert!(lacking.is_empty(), "run `cp -r content tests/fixtures/releases/VERSION` for {lacking:?}");
}

#[test]
fn what_released_versions_published_still_builds() {
    for version in kept() {
        let folder = Folder::at(&Utf8Path::new(RELEASES).join(&version));
        let problems = folder.built().problems;
        let errors: Vec<&Diagnostic> =
            problems.iter().filter(|problem| problem.severity() == Severity::Error).collect();
        assert!(errors.is_empty(), "{version}: {errors:#?}");
    }
}
