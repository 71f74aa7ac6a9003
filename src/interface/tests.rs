use std::fs;

use camino::Utf8PathBuf;
use insta::assert_snapshot;

use super::*;
use crate::config::{Overrides, read};
use crate::diagnostic::{Diagnostic, Problems};

const FIRST: LocaleIndex = LocaleIndex(0);
const SECOND: LocaleIndex = LocaleIndex(1);

/// Languages that nobody will add to `i18n/`: Volapük and Interlingua.
const UNSPOKEN: [&str; 2] = ["vo", "ia"];

/// Returns the words of a site in some locales, the source first, with files of its own.
fn words_of(locales: &[&str], files: &[(&str, &str)]) -> (Words, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.texts.insert("site.toml".into(), include_str!("../../content/site.toml").to_owned());
    let real = read(&sources, &Overrides::default(), &Problems::default()).expect("the real site has no problems");
    let locales = locales.iter().map(|tag| Locale::parse(tag).expect("a locale")).collect();
    sources.texts.extend(files.iter().map(|(path, text)| ((*path).into(), (*text).to_owned())));
    Problems::of(|problems| Words::new(&sources, &Config { locales, ..real }, problems))
}

fn words(locales: &[&str]) -> Words {
    words_of(locales, &[]).0
}

/// Returns the files of `i18n/`: tag, path, text.
fn built_in_files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/i18n");
    let paths = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let tag = |path: &std::path::Path| path.file_stem().and_then(|stem| stem.to_str()).expect("a tag").to_owned();
    paths.map(|path| (tag(&path), fs::read_to_string(&path).expect("a text"))).collect()
}

/// What a file of `i18n/` lacks or has too much of, beside English.
fn faults(tag: &str, text: &str) -> Vec<String> {
    let path = Utf8PathBuf::from(format!("i18n/{tag}.toml"));
    let (texts, problems) = Problems::of(|problems| site_words::read_file(&path, text, tag, problems));
    let mut faults: Vec<_> = problems.iter().map(|problem| problem.message.clone()).collect();
    for (key, english) in site_words::known(tag) {
        match texts.get(&key) {
            // Told already if it is there and cannot be used.
            None if problems.iter().any(|problem| problem.message.contains(&format!("`{key}`"))) => {}
            None => faults.push(format!("`{key}` is missing: {english}")),
            // The form for one may leave the number out: "one criterion".
            Some(said) => faults.extend(
                placeholders(&english)
                    .filter(|name| !key.ends_with(".one") && placeholders(said).all(|other| other != *name))
                    .map(|name| format!("`{key}` lacks `%{{{name}}}`: {said}")),
            ),
        }
    }
    faults
}

#[test]
fn every_language_has_every_word() {
    for (tag, text) in built_in_files() {
        let faults = faults(&tag, &text);
        assert!(faults.is_empty(), "in i18n/{tag}.toml:\n  {}", faults.join("\n  "));
    }
}

#[test]
fn everything_that_is_wrong_with_a_language_is_named_at_once() {
    let (_, english) = built_in_files().into_iter().find(|(tag, _)| tag == "en").expect("English is there");
    let lacking = english.replace("home = \"Home\"\n", "").replace("next = \"Next\"\n", "new = \"New\"\n");
    let lacking = lacking.replace("\"Beside %{language}\"", "\"Beside it\"");
    assert_snapshot!(faults("de", &lacking).join("\n"), @"
    the interface has no words `navigation.new` in this language
    `navigation.home` is missing: Home
    `navigation.next` is missing: Next
    ");
}

#[test]
fn every_word_is_said_in_some_letters() {
    for (tag, _) in built_in_files() {
        let words = built_in(&tag);
        assert!(!words.is_empty(), "{tag} is compiled in");
        for (key, text) in words {
            assert!(!text.trim().is_empty(), "i18n/{tag}.toml: `{key}` is not empty");
        }
    }
}

#[test]
fn each_locale_says_its_own_words_and_its_own_name() {
    let words = words(&["en", "zh-TW"]);
    assert_eq!(words.get(FIRST, "navigation.notes"), "Notes");
    assert_eq!(words.get(SECOND, "navigation.notes"), "解說");
    assert_eq!(words.name(FIRST), "English");
    assert_eq!(words.name(SECOND), "繁體中文（台灣）");
}

#[test]
fn a_locale_without_words_borrows_those_of_its_language_but_not_the_name() {
    let words = words(&["en-GB", "zh-HK", "zh-CN"]);
    assert_eq!(words.get(FIRST, "navigation.notes"), "Notes");
    assert_eq!(words.get(SECOND, "navigation.notes"), "解說");
    assert_eq!(words.get(LocaleIndex(2), "navigation.notes"), "Notes", "simplified characters differ");
    assert_eq!([words.name(FIRST), words.name(SECOND)], ["en-GB", "zh-HK"]);
}

#[test]
fn a_locale_without_words_falls_back_on_the_source_and_then_on_english() {
    let own = "[navigation]\nnotes = \"Penets\"\n";
    let (words, problems) = words_of(&UNSPOKEN, &[("i18n/vo.toml", own)]);
    assert_eq!(problems, []);
    assert_eq!(words.get(SECOND, "navigation.notes"), "Penets");
    assert_eq!(words.get(SECOND, "navigation.home"), "Home");
    assert_eq!(words.find(SECOND, "no.such.key"), None);
}

#[test]
fn a_site_has_the_first_word_in_its_own_languages_only() {
    let own = "_version = 1\nlocale.name = \"English, plainly\"\nnavigation.notes = \"Find\"\n";
    let (words, problems) = words_of(&["en", "zh-TW"], &[("i18n/en.toml", own)]);
    assert_eq!(problems, []);
    assert_eq!([words.get(FIRST, "navigation.notes"), words.name(FIRST)], ["Find", "English, plainly"]);
    assert_eq!(words.get(SECOND, "navigation.notes"), "解說");
}

#[test]
fn what_one_site_says_is_not_heard_on_another() {
    let own = "navigation.notes = \"Find\"\n";
    assert_eq!(words_of(&["en"], &[("i18n/en.toml", own)]).0.get(FIRST, "navigation.notes"), "Find");
    assert_eq!(words(&["en"]).get(FIRST, "navigation.notes"), "Notes");
}

#[test]
fn numbers_take_the_form_their_language_asks_for() {
    let polish = "[count.criteria]\none = \"%{count} kryterium\"\nfew = \"%{count} kryteria\"\n\
                  many = \"%{count} kryteriów\"\nother = \"%{count} kryterium\"\n";
    let (words, problems) = words_of(&["pl", "zh-TW"], &[("i18n/pl.toml", polish)]);
    assert_eq!(problems, []);
    let polish: Vec<_> = [0, 1, 2, 5, 22].map(|number| words.count(FIRST, "count.criteria", number)).into();
    assert_eq!(polish, ["0 kryteriów", "1 kryterium", "2 kryteria", "5 kryteriów", "22 kryteria"]);
    assert_eq!(words.count(SECOND, "count.criteria", 1), "1項準則");
}

#[test]
fn borrowed_words_are_counted_as_in_the_language_they_come_from() {
    let words = words(&UNSPOKEN);
    assert_eq!(words.count(FIRST, "count.criteria", 1), "1 criterion");
    assert_eq!(words.count(FIRST, "count.criteria", 2), "2 criteria");
}

#[test]
fn placeholders_are_filled_and_unknown_ones_stay() {
    assert_eq!(words(&["zh-TW"]).phrase(FIRST, "level.inherited-from", &[("level", "L5")]), "來自L5");
    let values = [("a", "1"), ("b", "%{a}")];
    assert_eq!(fill("%{a}, %{b}, %{c}, 5%, %{", &values), "1, %{a}, %{c}, 5%, %{");
    assert_eq!(fill("", &values), "");
}

#[test]
fn faults_in_a_site_s_own_words_are_reported_with_their_place() {
    let own = "navigation.nots = \"Find\"\n[level]\ninherited-from = \"From %{levle}\"\n[ladder]\nuncategorized = \" \"\n\
               description = 3\n[count.criteria]\nfew = \"%{count}\"\n";
    let files = [("i18n/en.toml", own), ("i18n/zh_TW.toml", ""), ("i18n/fr.toml", ""), ("i18n/zh-TW.toml", "x")];
    let problems = words_of(&["en", "zh-TW"], &files).1;
    let told: Vec<_> = problems
        .iter()
        .map(|problem| {
            let place = &problem.label.place;
            let text = files.iter().find(|(path, _)| *path == place.path).map(|(_, text)| &text[place.span()]);
            let text = text.filter(|text| !text.is_empty()).unwrap_or("the file");
            let help = problem.help.as_deref().unwrap_or("none");
            format!("{}: {}\n  at: {}: {}\n  help: {help}", problem.code.name(), problem.message, place.path, text)
        })
        .collect();
    assert_snapshot!(told.join("\n"), @r#"
    unknown-key: the interface has no words `navigation.nots` in this language
      at: i18n/en.toml: nots
      help: did you mean `navigation.notes`?
    invalid-value: nothing fills `%{levle}` in `level.inherited-from`
      at: i18n/en.toml: "From %{levle}"
      help: the English text is `From %{level}`
    invalid-value: `ladder.uncategorized` is empty
      at: i18n/en.toml: " "
      help: write a text, or remove the key
    invalid-value: `ladder.description` has to be a string, not an integer
      at: i18n/en.toml: 3
      help: write `description = "…"`
    unknown-key: the interface has no words `count.criteria.few` in this language
      at: i18n/en.toml: few
      help: did you mean `count.criteria.one`?
    unnamed-locale: words for `fr`, which is not a locale of the site
      at: i18n/fr.toml: the file
      help: add `"fr"` to `locales` in `site.toml`, or remove the file
    toml-syntax: invalid TOML: key with no value, expected `=`
      at: i18n/zh-TW.toml: the file
      help: put texts in quotes, use each key only once, and close what you open
    unnamed-locale: words for `zh_TW`, which is not a locale of the site
      at: i18n/zh_TW.toml: the file
      help: rename it to `i18n/zh-TW.toml`
    "#);
}

#[test]
fn words_can_be_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Words>();
}
