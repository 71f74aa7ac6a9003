//! The program is a house: what stands on one floor knows what stands below, and nothing beside or above.

#![allow(clippy::disallowed_methods, reason = "reads the sources of the program")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate, the lowest floor first. Those of one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["handle"],
    &["fault", "image", "journal", "locale", "progress", "text", "work"],
    &["address", "blocks", "diagnostic", "id", "write"],
    &["memo", "parse", "source"],
    &["config", "edition", "fix", "open_graph", "report"],
    &["glossary", "interface", "register"],
    &["model"],
    &["adaptation", "citing", "data", "theme", "translation"],
    &["witness", "worksheet"],
    &["check"],
    &["understood"],
    &["proposal"],
    &["assign", "gettext", "render", "withdraw"],
    &["adapt", "build", "init", "restore"],
    &["release"],
    &["serve"],
    &["cli"],
    &["for_tests"],
];

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Each module with what its files import from the crate: the first names behind `crate::`, with a file that does.
fn imports() -> BTreeMap<String, BTreeMap<String, PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut imports: BTreeMap<String, BTreeMap<String, PathBuf>> = BTreeMap::new();
    for path in paths {
        let below = path.strip_prefix(&root).unwrap().to_owned();
        let first = below.iter().next().unwrap().to_str().unwrap();
        let module = first.strip_suffix(".rs").unwrap_or(first).to_owned();
        if ["lib", "main"].contains(&module.as_str()) || below.ends_with("tests.rs") {
            continue;
        }
        let own = imports.entry(module.clone()).or_default();
        let text = fs::read_to_string(&path).unwrap();
        for name in imported(&text, "crate::").into_iter().filter(|name| *name != module) {
            own.entry(name).or_insert_with(|| below.clone());
        }
    }
    imports
}

/// The first names behind a path such as `crate::` in a file, its comments and its tests left out.
fn imported(text: &str, path: &str) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n");
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices(path) {
        // `$crate::`, or the end of a longer name.
        if code[..at].ends_with(|c: char| is_name(c) || c == '$') {
            continue;
        }
        let behind = &code[at + found.len()..];
        let group = behind.strip_prefix('{').and_then(|group| group.split('}').next());
        let names_of = |part: &str| part.trim().split(|c| !is_name(c)).next().unwrap_or_default().to_owned();
        match group {
            Some(group) => names.extend(group.split(',').map(names_of)),
            None => _ = names.insert(names_of(behind)),
        }
    }
    names.remove("");
    names
}

#[test]
fn no_module_imports_one_beside_or_above_it() {
    let mut faults = Vec::new();
    for (module, imports) in imports() {
        let Some(floor) = floor_of(&module) else {
            faults.push(format!("`{module}` stands on no floor: add it to FLOORS"));
            continue;
        };
        for (name, file) in imports {
            let file = file.display();
            match floor_of(&name) {
                Some(other) if other < floor => {}
                Some(_) => faults.push(format!("{file}: `{module}` imports `{name}`, which does not stand below it")),
                // What the macro of `rust_i18n` puts into the root.
                None if name == "_RUST_I18N_BACKEND" => {}
                None => faults.push(format!("{file}: `{module}` imports `{name}` from lib.rs, which stands above it")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_on_a_floor_is_there_and_stands_on_one_floor_only() {
    let known: BTreeSet<String> = imports().into_keys().collect();
    let listed: Vec<_> = FLOORS.iter().flat_map(|modules| modules.iter().map(ToString::to_string)).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), known);
    assert_eq!(listed.len(), known.len());
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "use crate::a::b;\nuse crate::{c, d::e};\nlet x = crate::f(g);\n// crate::no\npub use crate::h as i;\n\
                $crate::no; my_crate::no;\n#[cfg(test)]\nmod tests {\n    use crate::no;\n}\n";
    assert_eq!(imported(text, "crate::").into_iter().collect::<String>(), "acdfh");
}

#[test]
fn the_disk_is_changed_behind_one_door() {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/write"), &mut paths);
    // What is left is taken away behind the door, when it is shut.
    let apart = ["door.rs", "litter.rs", "tests.rs"];
    for path in paths.iter().filter(|path| !apart.iter().any(|name| path.ends_with(name))) {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for change in ["write(", "copy(", "rename(", "hard_link(", "remove_", "create_dir", "set_permissions("] {
            let change = format!("fs::{change}");
            assert!(!code.contains(&change), "{}: `{change}` goes through `door`", path.display());
        }
        for change in ["OpenOptions", "File::create", "tempfile::"] {
            assert!(!code.contains(change), "{}: `{change}` goes through `door`", path.display());
        }
    }
}

/// The modules of a folder of the crate with those beside them that they import.
fn imports_within(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        let below = path.strip_prefix(&root).unwrap();
        let first = below.iter().next().unwrap().to_str().unwrap();
        if ["mod.rs", "tests.rs"].contains(&first) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let own = imports.entry(first.strip_suffix(".rs").unwrap_or(first).to_owned()).or_default();
        own.extend(imported(&text, &format!("crate::{}::", folder.replace('/', "::"))));
        if below.iter().count() == 1 {
            own.extend(imported(&text, "super::"));
        }
    }
    let known: BTreeSet<_> = imports.keys().cloned().collect();
    for (module, names) in &mut imports {
        names.retain(|name| name != module && known.contains(name));
    }
    imports
}

#[test]
fn what_renders_imports_in_one_direction() {
    for folder in ["render", "render/page"] {
        let mut left = imports_within(folder);
        assert!(left.values().any(|names| !names.is_empty()), "imports are found in {folder}");
        loop {
            let standing: BTreeSet<_> = left.keys().cloned().collect();
            left.retain(|_, names| names.iter().any(|name| standing.contains(name)));
            if left.len() == standing.len() {
                break;
            }
        }
        assert!(left.is_empty(), "modules of {folder} import each other in a circle: {left:#?}");
    }
}
