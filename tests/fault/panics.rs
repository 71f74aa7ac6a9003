//! The end of the program after a panic. A program sets the panic hook of its whole process.

#![allow(clippy::disallowed_methods, reason = "processes are run on folders on disk")]

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

use camino::Utf8Path;
use rayon::prelude::*;
use rungs::for_tests::cli::guarded;
use rungs::for_tests::write::{NewSite, Output};

/// Names the case that a process is run for.
const CASE: &str = "RUNGS_TEST_CASE";

/// A program that panics.
struct Case {
    name: &'static str,
    program: fn() -> ExitCode,
    status: i32,
    /// The message of the panic. It is printed once.
    says: &'static str,
}

const CASES: [Case; 4] = [
    Case { name: "in the program", program: in_the_program, status: 101, says: "the 6th of 5" },
    Case { name: "in many threads", program: in_many_threads, status: 101, says: "one of many" },
    Case { name: "while a site is written", program: while_writing, status: 101, says: "a page is amiss" },
    Case { name: "unawaited", program: unawaited, status: 0, says: "nobody listens" },
];

fn in_the_program() -> ExitCode {
    panic!("the {}th of 5", 6)
}

fn in_many_threads() -> ExitCode {
    (0..1000).into_par_iter().for_each(|_| panic!("one of many"));
    ExitCode::SUCCESS
}

fn while_writing() -> ExitCode {
    let page = |name: &&str| match *name {
        "c" => panic!("a page is amiss"),
        name => Output { path: name.into(), bytes: "new".into() },
    };
    let site = NewSite::begin(Utf8Path::new("public"), Utf8Path::new("content")).unwrap();
    ["a", "b", "c", "d"].par_iter().for_each(|name| site.add(&page(name)));
    site.finish(&[]).unwrap();
    ExitCode::SUCCESS
}

/// A thread that works for nobody does not end the program, and its fault is told all the same.
fn unawaited() -> ExitCode {
    let _ = std::thread::spawn(|| panic!("nobody listens")).join();
    ExitCode::SUCCESS
}

/// Runs the case that this process is for, if it is for one.
pub fn in_process() -> Option<ExitCode> {
    let name = env::var(CASE).ok()?;
    Some(guarded(CASES.iter().find(|case| case.name == name).unwrap().program))
}

pub fn check_all() {
    CASES.iter().for_each(check);
}

/// Runs a case in a folder with a site.
fn check(Case { name, status, says, .. }: &Case) {
    let folder = tempfile::tempdir().unwrap();
    let at = |path| Utf8Path::from_path(folder.path()).unwrap().join(path);
    let site = NewSite::begin(&at("public"), &at("content")).unwrap();
    site.add(&Output { path: "a".into(), bytes: "old".into() });
    site.finish(&[]).unwrap();
    let before = files(folder.path());
    let mut command = Command::new(env::current_exe().unwrap());
    command.current_dir(folder.path()).env(CASE, name).env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(*status), &b""[..]), "{name}: {told}");
    let sentence = format!("Rungs has a bug: {says} (tests/fault/panics.rs:");
    assert_eq!((told.matches(&sentence).count(), told.matches(says).count()), (1, 1), "{name}: {told}");
    let asks = *status == 101;
    assert_eq!((told.starts_with("error: "), told.contains("please report")), (asks, asks), "{name}: {told}");
    assert_eq!(files(folder.path()), before, "{name}: nothing has changed and nothing was left behind");
}

/// All files below a folder, and their texts.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    entries.map(|entry| (entry.path().display().to_string(), text(entry.path()))).collect()
}
