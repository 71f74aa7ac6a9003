//! What is written for contributors speaks of the program as it is: each file and each piece of code that they are told
//! of is there.

#![allow(clippy::disallowed_methods, reason = "reads the sources of the program")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Stand for what a contributor puts in their place.
const PLACEHOLDERS: [&str; 3] = ["TAG", "UNIT", "0.2.0"];

/// The texts, with what precedes the lines that belong to them.
const TEXTS: [(&str, &str); 2] = [("CONTRIBUTING.md", ""), ("src/lib.rs", "//!")];

/// What stands between backticks in a text, and the lines of its blocks of code.
fn code(text: &str, mark: &str) -> Vec<String> {
    let text: Vec<_> = text.lines().filter_map(|line| line.strip_prefix(mark)).collect();
    let text = text.join("\n");
    let mut found = Vec::new();
    for (at, part) in text.split("```").enumerate() {
        match at % 2 {
            1 => found.extend(part.lines().skip(1).map(str::to_owned)),
            _ => found.extend(part.split('`').skip(1).step_by(2).map(str::to_owned)),
        }
    }
    found
}

/// Every file of the folders that contributors work in, by its path.
fn files(folder: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap().map(Result::unwrap) {
        let path = format!("{folder}/{name}", name = entry.file_name().to_str().unwrap());
        let is_folder = entry.file_type().unwrap().is_dir();
        if is_folder && entry.file_name() != "node_modules" {
            files(&path, found);
        }
        found.insert(path);
    }
}

/// The words of code that name something of the program: `LadderPage`, `RULES`, `to_write`.
fn names(code: &str) -> impl Iterator<Item = &str> {
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| word.contains('_') || (word.len() > 2 && word.chars().any(char::is_uppercase)))
}

#[test]
fn what_contributors_are_told_of_is_there() {
    let mut paths = BTreeSet::new();
    for folder in ["src", "tests", "themes", "i18n", "content", ".github"] {
        files(folder, &mut paths);
    }
    let is_text = |path: &&String| [".rs", ".yml", ".mjs"].iter().any(|end| path.ends_with(end));
    let read = |path: &String| fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_default();
    let program: Vec<_> = paths.iter().filter(is_text).filter(|path| *path != "src/lib.rs").map(read).collect();
    let program = program.join("\n");
    let known: BTreeSet<_> = program.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let is_file = |path: &str| {
        let (path, below) = (path.trim_end_matches('/'), format!("/{}", path.trim_end_matches('/')));
        Path::new(ROOT).join(path).exists() || paths.iter().any(|other| other.ends_with(&below))
    };
    let mut stale = Vec::new();
    for (file, mark) in TEXTS {
        for code in code(&fs::read_to_string(Path::new(ROOT).join(file)).unwrap(), mark) {
            if code.starts_with("fn ") && !program.contains(&code) {
                stale.push(format!("{file}: no function is declared so: {code}"));
            }
            // Variables of the environment are those of other programs too.
            let is_told = |word: &&str| !word.contains('=') && !PLACEHOLDERS.iter().any(|name| word.contains(name));
            let words = code.split_whitespace().map(|word| word.trim_end_matches(':')).filter(is_told);
            for word in words {
                let is_path = [".rs", ".md", ".toml", ".mjs", ".html"].iter().any(|end| word.ends_with(end));
                let is_folder = ["src/", "tests/", "themes/", "i18n/"].iter().any(|folder| word.starts_with(folder));
                if (is_path || is_folder) && !is_file(word) {
                    stale.push(format!("{file}: there is no file `{word}`"));
                }
                if !is_path {
                    let unknown = names(word).filter(|name| !known.contains(name));
                    stale.extend(unknown.map(|name| format!("{file}: the program has no `{name}`: {code}")));
                }
            }
        }
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}
