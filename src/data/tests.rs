//! Tests of the way from the data of a site back to content.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::*;
use crate::config::{self, Overrides};
use crate::diagnostic::{Problems, Refusal, Severity};
use crate::model::published;
use crate::source::{self, Sources};
use crate::understood::interpreted;

/// The sites of this repository. One has three editions, one three ladders, one a look of its own, one is adapted.
const SITES: [&str; 5] =
    ["content", "tests/fixtures/past", "tests/fixtures/ladders", "tests/fixtures/themed", "tests/fixtures/fork"];

fn read(site: &str) -> Sources {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    source::read(&root.join(site)).unwrap().0
}

fn interpret(sources: &Sources, site: &str) -> (Site, Register) {
    let (found, problems) = Problems::of(|problems| {
        let config = config::read(sources, &Overrides::default(), problems).expect("the settings are right");
        let (site, register, _) = interpreted(sources, config, None, problems);
        (site, register)
    });
    // One warns of what it means, and allows that in comments.
    let error = problems.iter().find(|problem| problem.severity() == Severity::Error);
    assert!(error.is_none(), "of {site}: {error:?}");
    found
}

fn data_of(site: &Site, register: &Register) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(site, register, &mut |path, bytes| {
        assert!(found.insert(path, bytes).is_none());
    });
    found
}

fn again(data: &BTreeMap<String, Vec<u8>>) -> Sources {
    let read = |path: &str| {
        let bytes = data.get(&format!("{FOLDER}{path}")).ok_or_else(|| Refusal::new(path.to_owned()))?;
        Ok(String::from_utf8(bytes.clone()).unwrap())
    };
    content(read).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn the_data_of_a_site_say_all_that_is_cited_and_every_address() {
    for name in SITES {
        let (site, register) = interpret(&read(name), name);
        let data = data_of(&site, &register);
        let (same, its_register) = interpret(&again(&data), name);
        let (one, other) = (site.as_of(None), same.as_of(None));
        for (one, other) in one.ladders.iter().zip(&other.ladders) {
            let text = |ladder: &crate::edition::FrozenLadder| serde_json::to_string_pretty(ladder).unwrap();
            assert_same(&text(one), &text(other), name);
        }
        // Which pages of two languages the site leaves out is not said.
        let there = published(&same).addresses;
        let lost: Vec<_> = published(&site).addresses.into_keys().filter(|path| !there.contains_key(path)).collect();
        assert!(lost.is_empty(), "of {name}: {lost:?}");
        let once_more = data_of(&same, &its_register);
        for path in [IDS, CHANGES].into_iter().filter(|path| data.contains_key(*path)) {
            let told = |data: &BTreeMap<String, Vec<u8>>| {
                let mut file: serde_json::Value = serde_json::from_slice(&data[path]).unwrap();
                file["origin"].take();
                file
            };
            let text = |data| serde_json::to_string_pretty(&told(data)).unwrap();
            assert_same(&text(&data), &text(&once_more), &format!("{path} of {name}"));
        }
    }
}

/// Shows the first lines in which two texts differ.
fn assert_same(one: &str, other: &str, name: &str) {
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    assert!(one == other, "of {name}: {differing:?}");
}

#[test]
fn no_text_is_too_long_for_a_workbook() {
    let mut sources = read(SITES[1]);
    let text = sources.texts.get_mut(Utf8Path::new("en/workshop.md")).unwrap();
    let long = format!("Finishes a piece. {}\u{1F600}{}", "w ".repeat(16_370), "\u{1F600} ".repeat(12_000));
    *text = text.replacen("Finishes a piece", &long, 1);
    let settings = sources.texts.get_mut(Utf8Path::new("site.toml")).unwrap();
    let long = format!("https://workshop.example/source/{}", "long/".repeat(600));
    *settings = settings.replacen("https://workshop.example/source", &long, 1);
    let (site, register) = interpret(&sources, SITES[1]);
    let data = data_of(&site, &register);
    #[cfg(feature = "export")]
    assert!(data[CURRENT_WORKBOOK].starts_with(b"PK"));
    assert!(data[CURRENT_TABLE].len() > 50_000);
}

#[test]
fn former_addresses_of_a_site_are_among_its_data() {
    let mut sources = read(SITES[1]);
    let settings = sources.texts.get_mut(Utf8Path::new("site.toml")).unwrap();
    *settings = format!("former-base-urls = [\"https://old.workshop.example/\"]\n{settings}");
    let (site, register) = interpret(&sources, SITES[1]);
    let (same, _) = interpret(&again(&data_of(&site, &register)), SITES[1]);
    assert_eq!(same.config.former_base_urls, site.config.former_base_urls);
    assert_eq!(same.config.former_base_urls.len(), 1);
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (site, register) = interpret(&read(SITES[1]), SITES[1]);
    assert!(data_of(&site, &register) == data_of(&site, &register));
}
