//! The user guide says what the program does: its pages that are made of the program are up to date, its commands are
//! understood, its examples work. So do the schema of `site.toml`, examples in `--help`, and colours.

#![allow(clippy::disallowed_methods, reason = "what is kept in the repository is compared with what is made")]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::driver::Folder;
use crate::place::Place;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content");

/// The pages of the guide in one language, by the names of their files.
fn pages(locale: &str) -> BTreeMap<String, String> {
    let real = Folder::real();
    let folder = format!("{locale}/guide/");
    let texts = real.sources().texts.iter();
    texts.filter_map(|(path, text)| Some((path.as_str().strip_prefix(&folder)?.to_owned(), text.clone()))).collect()
}

/// The blocks of code of a page, with their languages.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let mut parts = page.split("\n```");
    let mut blocks = Vec::new();
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        blocks.push(block.split_once('\n').unwrap_or((block, "")));
    }
    blocks
}

fn block<'a>(page: &'a str, language: &str, nth: usize) -> &'a str {
    let of_language = blocks(page).into_iter().filter(|(other, _)| *other == language);
    of_language.map(|(_, text)| text).nth(nth).expect("the page has as many blocks")
}

#[cfg(feature = "serve")]
#[test]
fn what_is_made_of_the_program_is_as_it_makes_it() {
    let place = Place::empty();
    place.run_ok("guide content");
    for (path, made) in place.files("content") {
        let kept = std::fs::read(format!("{CONTENT}/{path}")).unwrap_or_default();
        assert!(
            kept == made,
            "content/{path} is out of date: run `cargo run -- guide content`, bring what is translated up to date, then \
             run `cargo run -- translation accept zh-TW --all`"
        );
    }
}

#[test]
fn the_pages_of_both_languages_show_the_same_code() {
    let english = pages("en");
    for (name, page) in pages("zh-TW") {
        let source = english.get(&name).unwrap_or_else(|| panic!("{name} has no source"));
        assert_eq!(blocks(&page), blocks(source), "{name}");
    }
}

#[test]
fn every_command_of_the_guide_is_understood() {
    let place = Place::empty();
    let (mut commands, mut refused) = (0, Vec::new());
    for (name, page) in pages("en") {
        for (_, block) in blocks(&page).into_iter().filter(|(language, _)| *language == "sh") {
            for line in block.lines().filter_map(|line| line.trim_end().strip_prefix("rungs ")) {
                let line = line.split(" > ").next().unwrap_or_default();
                let words: Vec<_> = line.split(['"', '\'']).enumerate().map(|(at, part)| quoted(at, part)).collect();
                let run = place.run(&format!("{} --help", words.concat()));
                if run.status != 0 {
                    refused.push(format!("{name}: rungs {line}: {}", run.stderr.lines().next().unwrap_or_default()));
                }
                commands += 1;
            }
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(commands > 60, "{commands} were found");
}

/// Every other part of a line stands in quotes and is one word.
fn quoted(at: usize, part: &str) -> String {
    if at % 2 == 1 { part.replace(' ', "_") } else { part.to_owned() }
}

#[test]
fn the_ladder_of_the_guide_with_its_settings_and_its_note_is_a_site_without_problems() {
    let english = pages("en");
    let (format, settings) = (&english["format.md"], &english["settings.md"]);
    let place = Place::empty();
    place.put("content/site.toml", format!("{}\n{}", block(settings, "toml", 0), block(settings, "toml", 1)));
    let ladder = block(format, "markdown", 0);
    let note = block(format, "markdown", 1);
    for locale in ["en", "zh-TW"] {
        place.put(&format!("content/{locale}/engineering.md"), ladder);
        place.put(&format!("content/{locale}/notes/reviews.md"), note);
    }
    place.run_ok("id --write");
    let run = place.run("check --allow missing-translation --allow copied-source");
    assert!(run.stdout.contains("no problems"), "{}", run.shown());
}

#[test]
fn the_page_about_settings_names_every_key_in_both_languages() {
    let mut keys = Vec::new();
    collect_keys(&schema(), &mut keys);
    for locale in ["en", "zh-TW"] {
        let page = &pages(locale)["settings.md"];
        let is_named = |key: &String| [format!("`{key}`"), format!("`[{key}.")].iter().any(|name| page.contains(name));
        let lacking: Vec<_> = keys.iter().filter(|key| !is_named(key)).collect();
        assert!(lacking.is_empty(), "{locale}/guide/settings.md lacks {lacking:?}");
    }
}

/// Tables of which the page tells in one row.
const TOLD_TOGETHER: [&str; 4] = ["by", "colours", "creators", "translators"];

/// The keys whose values are no tables.
fn collect_keys(schema: &Value, keys: &mut Vec<String>) {
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let inner = if property["type"] == "array" { &property["items"] } else { property };
        if inner["properties"].is_object() && !TOLD_TOGETHER.contains(&key.as_str()) {
            collect_keys(inner, keys);
        } else {
            keys.push(key.clone());
        }
    }
}

fn schema() -> Value {
    serde_json::from_str(&rungs::for_tests::config::schema()).unwrap()
}

#[test]
fn the_schema_accepts_the_settings_of_every_site_here() {
    let schema = schema();
    let fixture = include_str!("../fixtures/past/site.toml");
    let sites = [Folder::real(), Folder::new(), Folder::new().translated()];
    for text in sites.iter().map(|folder| folder.text("site.toml")).chain([fixture]) {
        assert_eq!(faults(&schema, &read(text)), Vec::<String>::new());
    }
    let checks = "[check]\nallow = [\"near-duplicate\"]\n[check.en]\nlongest-statement = 9\n";
    let pictures = "[open-graph]\ncards = \"levels\"\n";
    let text = format!("{}{pictures}{checks}", Folder::new().text("site.toml"));
    assert_eq!(faults(&schema, &read(&text)), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let schema = schema();
    let site = Folder::new();
    let site = site.text("site.toml");
    let cases = [
        (site.replace("base-url", "base-ulr"), "base-ulr"),
        (site.replace("[provenance.source]", "[provenance]\nowner.name = \"A\"\n[provenance.source]"), "provenance"),
        (site.replace("prefix =", "prefixes ="), "prefixes"),
        (site.replace("prefix = \"EN\"\n", ""), "prefix"),
        (site.replace("spdx = ", "spdx = 4 #"), "spdx"),
        (site.replace("title.en = \"Ladders\"", "title = \"Ladders\""), "title"),
        (format!("{site}[check.en]\nallow = [\"unknown-reference\"]\n"), "allow"),
        (format!("{site}[check.en]\nspelling = true\n"), "spelling"),
        (format!("{site}[open-graph]\ncards = true\n"), "cards"),
        (format!("{site}[open-graph]\ncards = \"false\"\n"), "cards"),
    ];
    for (text, at) in cases {
        let faults = faults(&schema, &read(&text));
        assert!(faults.iter().any(|fault| fault.contains(at)), "{at}: {faults:?}");
    }
}

fn read(toml: &str) -> Value {
    toml::from_str(toml).unwrap()
}

/// Returns the faults that a schema finds, with the part of the standard that this schema uses.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    find_faults(schema, value, "", &mut faults);
    faults
}

fn find_faults(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let known = [
        "$schema",
        "title",
        "description",
        "default",
        "format",
        "pattern",
        "minimum",
        "minItems",
        "enum",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "oneOf",
    ];
    let unknown =
        schema.as_object().into_iter().flat_map(|schema| schema.keys()).find(|key| !known.contains(&key.as_str()));
    assert_eq!(unknown, None, "this test knows too little of JSON Schema");
    let is_typed = match &schema["type"] {
        Value::Array(types) => types.iter().any(|name| is_of(name, value)),
        Value::Null => true,
        name => is_of(name, value),
    };
    let is_listed = schema["enum"].as_array().is_none_or(|values| values.contains(value));
    if !is_typed || !is_listed || schema == &Value::Bool(false) {
        faults.push(at.to_owned());
    }
    let ways = schema["oneOf"].as_array();
    if ways.is_some_and(|ways| ways.iter().filter(|way| self::faults(way, value).is_empty()).count() != 1) {
        faults.push(at.to_owned());
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(key).is_none() {
            faults.push(format!("{at}.{key}"));
        }
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let of_key = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        find_faults(of_key, value, &format!("{at}.{key}"), faults);
    }
    for value in value.as_array().into_iter().flatten() {
        find_faults(&schema["items"], value, at, faults);
    }
}

fn is_of(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64(),
        _ => false,
    }
}

#[test]
fn every_command_shows_examples_in_its_help() {
    let place = Place::empty();
    let page = &pages("en")["commands.md"];
    let commands: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## rungs ")).collect();
    assert!(commands.contains(&"translation status") && commands.len() > 14, "{commands:?}");
    for command in commands {
        let help = place.run(&format!("{command} --help")).stdout;
        let example = help.split_once("\nExample").map(|(_, examples)| examples.to_owned()).unwrap_or_default();
        assert!(example.contains(&format!("rungs {command}")), "rungs {command}: {help}");
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_want_them() {
    let site = Folder::new().file("en/ladder.md", &crate::driver::LADDER.replace(" thread=time", ""));
    let place = Place::of(&site);
    let is_coloured = |arguments: &str, variables: &[(&str, &str)]| {
        let run = place.run_with(arguments, ".", variables);
        run.stdout.contains('\u{1b}') || run.stderr.contains('\u{1b}')
    };
    for arguments in ["check", "check --help", "check --colour"] {
        assert!(!is_coloured(arguments, &[]), "{arguments} into a pipe");
        assert!(is_coloured(arguments, &[("CLICOLOR_FORCE", "1")]), "{arguments} with colours asked for");
        let both = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
        assert!(!is_coloured(arguments, &both), "{arguments} with colours forbidden");
    }
}
