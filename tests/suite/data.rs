//! The site as data: the files below `data/`, and what pages say of themselves to programs.

#![allow(clippy::disallowed_methods, reason = "the reviews are in files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::driver::Folder;
use crate::pages::Pages;
use crate::place::Place;

fn data(pages: &Pages, path: &str) -> Value {
    serde_json::from_str(pages.page(path)).unwrap()
}

/// All strings of a file that are paths of the site, by their keys.
fn paths(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                match (key.as_str(), value) {
                    ("page" | "json" | "csv" | "xlsx" | "ids" | "changes" | "schema", Value::String(path)) => {
                        found.push(path.clone());
                    }
                    ("pages", Value::Object(pages)) => {
                        found.extend(pages.values().map(|path| path.as_str().unwrap().to_owned()));
                    }
                    _ => paths(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| paths(value, found)),
        _ => {}
    }
}

#[test]
fn the_list_names_every_file_and_what_the_files_name_is_there() {
    for name in ["past", "ladders", "fork"] {
        let pages = Pages::of(&Folder::fixture(name));
        let there: BTreeSet<_> = pages.files().keys().filter(|path| path.starts_with("data/")).cloned().collect();
        let mut named = Vec::new();
        paths(&data(&pages, "data/index.json"), &mut named);
        let listed = named.iter().filter(|path| path.starts_with("data/")).cloned();
        let own = ["data/index.json".to_owned()];
        let is_schema = |path: &String| path.starts_with("data/schema/");
        let listed: BTreeSet<_> = listed.chain(own).filter(|path| !is_schema(path)).collect();
        assert_eq!(listed, there.iter().filter(|path| !is_schema(path)).cloned().collect(), "of {name}");
        for path in there.iter().filter(|path| path.ends_with(".json") && !path.contains("/schema/")) {
            let file = data(&pages, path);
            paths(&file, &mut named);
            // The editions are as they were released.
            if !path.contains("/editions/") {
                let schema = file["$schema"].as_str().unwrap();
                assert!(there.contains(&format!("data/{schema}")), "{schema} of {path} is not there");
            }
        }
        for path in named.iter().filter(|path| !path.starts_with("schema/")) {
            let is_there = |path: &str| pages.files().contains_key(path);
            assert!(is_there(path) || is_there(&format!("{path}index.html")), "{path} of {name} is not there");
        }
        // The page for people leads to all of them.
        let downloads = pages.page("en/downloads/");
        for path in &there {
            assert!(downloads.contains(&format!("href=\"../../{path}\"")), "{path} of {name} is not to be had");
        }
    }
}

#[test]
fn every_id_ever_given_is_listed_with_what_became_of_it() {
    let pages = Pages::of(&Folder::fixture("past"));
    let ids = data(&pages, "data/ids.json");
    let of = |id: &str| ids["criteria"][id].clone();
    assert_eq!(
        of("WK-006"),
        json!({
            "status": "active",
            "page": "c/wk-006/",
            "ladder": "workshop",
            "level": "W2",
            "category": "craft",
            "since": of("WK-006")["since"],
            "changed-in": of("WK-006")["changed-in"],
        })
    );
    let withdrawn = of("WK-008");
    assert_eq!((&withdrawn["status"], &withdrawn["page"]), (&json!("withdrawn"), &json!("c/wk-008/")));
    assert_eq!((&withdrawn["level"], &withdrawn["category"]), (&json!("W2"), &json!("people")));
    let mut withdrawn = withdrawn;
    let said = withdrawn["withdrawn"].as_object_mut().unwrap();
    assert_eq!(said.remove("statement").unwrap()["zh-TW"], "作品出錯後，一週內寫下原因。");
    assert!(said.remove("reason").is_some());
    let ended = r#"{"in":"2025.2","now":["WK-012"],"on":"2025-08-30","successors":["WK-004"],"verb":"merged-into"}"#;
    assert_eq!(withdrawn["withdrawn"].to_string(), ended);
    assert_eq!(ids["levels"]["workshop"]["W2"]["page"], "en/workshop/w2/");
    let renamed = &ids["levels"]["workshop"]["J2"];
    assert_eq!((&renamed["status"], &renamed["renamed-to"]), (&json!("renamed"), &json!("W2")));
}

#[test]
fn the_present_says_which_edition_it_is_unless_something_has_changed() {
    let released = Folder::small().released("2026.1", "2026-03-01");
    let current = data(&Pages::of(&released), "data/current.json");
    assert_eq!(current["same-as"], "2026.1");
    assert_eq!((&current["content"]["edition"], &current["content"]["date"]), (&Value::Null, &Value::Null));
    let changed = Pages::of(&Folder::fixture("past"));
    assert_eq!(data(&changed, "data/current.json")["same-as"], Value::Null, "a criterion was added since");
    let changes = data(&changed, "data/changes.json");
    let last = changes["releases"].as_array().unwrap().last().unwrap();
    assert_eq!(last["to"], Value::Null);
}

#[test]
fn a_table_has_a_row_for_each_criterion_and_says_whose_it_is() {
    let pages = Pages::of(&Folder::fixture("past"));
    let lines: Vec<_> = pages.page("data/current.csv").split("\r\n").collect();
    insta::assert_snapshot!(lines[0].trim_start_matches('\u{FEFF}').replace(',', " "), @"id edition change ladder level level-title.en level-title.zh-TW category category-title.en category-title.zh-TW thread thread-title.en thread-title.zh-TW position statement.en statement.zh-TW detail.en detail.zh-TW url licence attribution");
    insta::assert_snapshot!(lines[1..3].join("\n"), @r#"
    WK-001,,changed,workshop,W1,Apprentice,學徒,craft,Craft,工藝,,,,1,Finishes a piece from a drawing that a colleague made.,依同事繪製的圖面完成一件作品。,,,https://workshop.example/c/wk-001/,CC-BY-SA-4.0,"Workshop Ladder, The Rungs project, https://workshop.example/source, CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), changed by The Rungs project"
    WK-002,2026.1,unchanged,workshop,W1,Apprentice,學徒,craft,Craft,工藝,tools,Care of tools,工具的保養,2,Keeps the tools of one bench sharp and in their place.,讓一張工作檯的工具保持銳利並歸位。,,,https://workshop.example/c/wk-002/,CC-BY-SA-4.0,"Workshop Ladder, The Rungs project, https://workshop.example/source, CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), changed by The Rungs project"
    "#);
    assert_eq!(lines.len(), 1 + 9 + 1);
    // An edition says of each criterion what happened to it then.
    let edition = pages.page("data/editions/2025.2.csv");
    assert!(edition.contains(",2025.2,"), "{edition}");
}

/// The types of schema.org that pages use, with all types above them.
/// Source: <https://schema.org/version/latest/schemaorg-current-https.jsonld>.
const TYPES: [(&str, &[&str]); 6] = [
    ("CreativeWork", &["Thing"]),
    ("DefinedTerm", &["Intangible", "Thing"]),
    ("DefinedTermSet", &["CreativeWork", "Thing"]),
    ("Organization", &["Thing"]),
    ("Person", &["Thing"]),
    ("Language", &["Intangible", "Thing"]),
];

/// The properties that pages use: the types that have them, and those that they lead to.
const PROPERTIES: [(&str, &[&str], &[&str]); 14] = [
    ("contributor", &["CreativeWork", "Event"], &["Organization", "Person"]),
    ("copyrightNotice", &["CreativeWork"], &["Text"]),
    ("creator", &["CreativeWork", "UserComments"], &["Organization", "Person"]),
    ("creditText", &["CreativeWork"], &["Text"]),
    ("inDefinedTermSet", &["DefinedTerm"], &["DefinedTermSet", "URL"]),
    ("inLanguage", &["CreativeWork", "Event"], &["Language", "Text"]),
    ("isBasedOn", &["CreativeWork"], &["CreativeWork", "Product", "URL"]),
    ("license", &["CreativeWork"], &["CreativeWork", "URL"]),
    ("name", &["Thing"], &["Text"]),
    ("termCode", &["DefinedTerm"], &["Text"]),
    ("translationOfWork", &["CreativeWork"], &["CreativeWork"]),
    ("translator", &["CreativeWork", "Event"], &["Organization", "Person"]),
    ("url", &["Thing"], &["URL"]),
    ("version", &["CreativeWork"], &["Number", "Text"]),
];

/// The types of a thing, with all types above them.
fn types_of(thing: &Value) -> BTreeSet<&str> {
    let own: Vec<_> = match &thing["@type"] {
        Value::String(own) => vec![own.as_str()],
        Value::Array(all) => all.iter().map(|own| own.as_str().unwrap()).collect(),
        _ => Vec::new(),
    };
    let above: BTreeMap<_, _> = TYPES.into();
    own.iter().flat_map(|own| above[own].iter().chain([own])).copied().collect()
}

/// Checks that each property belongs to its thing, and leads to something of a type that it may lead to.
fn assert_valid(thing: &Value, path: &str) {
    let types = types_of(thing);
    for (name, values) in thing.as_object().unwrap().iter().filter(|(name, _)| !name.starts_with('@')) {
        let found = PROPERTIES.iter().find(|(property, ..)| property == name);
        let (_, domain, range) = found.unwrap_or_else(|| panic!("{path}: schema.org has no `{name}`"));
        assert!(domain.iter().any(|of| types.contains(of)), "{path}: `{name}` does not belong to {types:?}");
        for value in values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice) {
            let is_text = value.is_string() || value.get("@value").is_some();
            match value.get("@type") {
                Some(_) => {
                    let types = types_of(value);
                    assert!(range.iter().any(|to| types.contains(to)), "{path}: `{name}` leads to {types:?}");
                    assert_valid(value, path);
                }
                // A reference to a thing that is described on its own page.
                None if value.get("@id").is_some() => {
                    assert!(!["Text", "Number"].contains(&range[0]), "{path}: `{name}` leads to {value}");
                }
                None => {
                    assert!(is_text, "{path}: {value}");
                    let is_address = value.as_str().is_some_and(|text| url::Url::parse(text).is_ok());
                    let fits = range.contains(&"Text") || (range.contains(&"URL") && is_address);
                    assert!(fits, "{path}: `{name}` leads to the text {value}");
                }
            }
        }
    }
}

#[test]
fn what_pages_say_of_themselves_is_valid_by_the_vocabulary() {
    let sites = ["past", "ladders", "fork"].map(|name| Pages::of(&Folder::fixture(name)));
    let mut seen = BTreeSet::new();
    for pages in sites.iter().chain([Pages::real()]) {
        for (path, page) in pages.html() {
            for part in page.split("<script type=\"application/ld+json\">").skip(1) {
                let thing: Value = serde_json::from_str(part.split("</script>").next().unwrap()).unwrap();
                assert_eq!(thing["@context"], "https://schema.org");
                seen.extend(types_of(&thing).into_iter().map(str::to_owned));
                assert_valid(&thing, path);
            }
        }
    }
    assert!(seen.contains("DefinedTerm") && seen.contains("DefinedTermSet"), "{seen:?}");
}

/// The small site with three editions.
fn past() -> Place {
    let place = Place::of_fixture("past");
    let site = place.text("content/site.toml");
    place.put("content/site.toml", format!("{site}\n[check]\nallow = [\"placeholder-address\"]\n"));
    place
}

#[test]
fn reviews_are_judged_by_the_data_of_a_published_site_as_by_its_content() {
    let place = past();
    assert_eq!(place.run("build").status, 0);
    // Nothing of the content is there any more.
    fs::rename(place.at("content"), place.at("elsewhere")).unwrap();
    let documents: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reviews"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|extension| extension != "snap" && extension != "json"))
        .collect();
    assert!(documents.len() >= 40, "{}", documents.len());
    for document in documents {
        let judged = |arguments: &str| {
            let run = place.run(&format!("refs {} {arguments}", document.display()));
            (run.status, run.stdout, run.stderr)
        };
        let by_content = judged("--content elsewhere");
        assert_eq!(judged("--data public/data"), by_content, "{}", document.display());
        assert_eq!(judged("--data public"), by_content, "{}", document.display());
    }
    let run = place.run("refs --data elsewhere -");
    assert_eq!(run.status, 1, "{}", run.shown());
    assert!(run.stderr.contains("name the folder `data` of a published site"), "{}", run.shown());
}

#[test]
fn what_is_exported_is_what_the_site_publishes() {
    let place = past();
    assert_eq!(place.run("build").status, 0);
    for (arguments, path) in [
        ("--format json", "data/current.json"),
        ("--format csv", "data/current.csv"),
        ("--edition 2025.2", "data/editions/2025.2.json"),
        ("--edition 2025.2 --format csv", "data/editions/2025.2.csv"),
    ] {
        assert_eq!(place.run(&format!("export {arguments}")).stdout, place.text(&format!("public/{path}")), "{path}");
    }
    assert_eq!(place.run("export -o ladder.xlsx").status, 0);
    assert!(fs::read(place.at("ladder.xlsx")).unwrap() == fs::read(place.at("public/data/current.xlsx")).unwrap());
    let again = place.run("export -o ladder.xlsx");
    assert_eq!(again.status, 1, "{}", again.shown());
    assert!(again.stderr.contains("`ladder.xlsx` already exists"), "{}", again.shown());
    // One language.
    let table = place.run("export --format csv --locale zh-TW").stdout;
    assert!(table.contains("statement.zh-TW") && !table.contains("statement.en"), "{table}");
    for (arguments, advice) in [
        ("--edition 2025.3", "did you mean `--edition 2025.2`?"),
        ("-o ladder.docx", "name a file that ends in `.json`, `.csv`, `.xlsx`, `.md` or `.pdf`"),
        ("--locale zh", "its locales: en, zh-TW"),
        ("--ladder workshops", "did you mean `--ladder workshop`?"),
        ("--format json --locale en", "leave out `--locale`"),
        ("--format md --locale en,zh-TW", "name one locale"),
    ] {
        let run = place.run(&format!("export {arguments}"));
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.shown());
        assert!(run.stderr.contains(advice), "{}", run.shown());
    }
}

#[test]
fn a_pdf_without_typst_is_refused_with_how_to_get_it() {
    for arguments in ["export --format pdf", "worksheet W1 --format pdf"] {
        let run = past().run_with(arguments, "", &[("PATH", "")]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.shown());
        assert!(run.stderr.contains("`typst`, which is not installed: install it from https://"), "{}", run.shown());
    }
}

#[test]
fn a_ladder_that_was_exported_as_markdown_is_adopted_with_its_ids_and_all_it_says() {
    for edition in ["", "--edition 2025.1", "--edition 2026.1"] {
        let place = past();
        let exported = place.run(&format!("export --format md {edition}"));
        place.put("workshop.md", &exported.stdout);
        let adopted = place.run("init new --from workshop.md");
        assert_eq!(adopted.status, 0, "{}", adopted.shown());
        let again = place.run("export --format md --content new/content");
        let body = |text: &str| text.split_once("\ntitle = ").expect("front matter").1.to_owned();
        assert_eq!(body(&again.stdout), body(&exported.stdout), "{edition}: {}", again.shown());
    }
}
