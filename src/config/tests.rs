//! Each fault that `site.toml` can have, as its owner is told of it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::source::Sources;

const REAL: &str = include_str!("../../content/site.toml");

/// The small site of the tests in two languages, whose texts stand in tables.
static SMALL: LazyLock<String> = LazyLock::new(|| {
    let mut text = include_str!("../../tests/fixtures/small/site.toml").to_owned();
    let changes = [
        ("locales = [\"en\"]", "locales = [\"en\", \"de\"]"),
        ("title.en = \"Ladders\"", "title = { en = \"Ladders\", de = \"Leitern\" }"),
        (
            "description.en = \"What we expect.\"",
            "description = { en = \"What we expect.\", de = \"Was wir erwarten.\" }",
        ),
        ("key = \"ladder\"", "key = \"engineering\""),
        ("reason.en = \"It says so.\"", "reason = { en = \"It says so.\", de = \"So steht es da.\" }"),
        ("by = { name = \"B. Person\" }", "by = { name = \"B. Person\", url = \"https://b.example/\" }"),
        ("changes.en = [\"Ids added.\"]", "changes = { en = [\"Ids added.\"], de = [\"Kennungen ergänzt.\"] }"),
    ];
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "the small site holds {old} once");
        text = text.replace(old, new);
    }
    text + "\n[[provenance.translations]]\nlocale = \"de\"\ntranslators = [{ name = \"C. Person\" }]\n"
});

fn sources(site: &str) -> Sources {
    Sources { texts: [("site.toml".into(), site.to_owned())].into(), ..Sources::default() }
}

fn read_text(site: &str) -> (Option<Config>, Vec<Diagnostic>) {
    Problems::of(|problems| read(&sources(site), &Overrides::default(), problems))
}

/// Returns the problems of the small site after one change: code, message, the text at the place, help.
fn after(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "the small site holds {old}");
    let text = SMALL.replacen(old, new, 1);
    told(&text, &read_text(&text).1)
}

fn told(text: &str, problems: &[Diagnostic]) -> String {
    let mut told = String::new();
    for problem in problems {
        let place = text.get(problem.label.place.span()).expect("a span lies on character boundaries");
        let place = if place.is_empty() { "the file" } else { place };
        let help = problem.help.as_deref().expect("every problem says what to do");
        writeln!(told, "{}: {}\n  at: {place}\n  help: {help}", problem.code.name(), problem.message).unwrap();
        for other in &problem.related {
            writeln!(told, "  {}: {}", other.text, &text[other.place.span()]).unwrap();
        }
    }
    told
}

#[test]
fn the_real_site_has_no_problems() {
    let (config, problems) = read_text(REAL);
    assert_eq!(told(REAL, &problems), "");
    let config = config.expect("no problems");
    let slugs: Vec<_> = config.locales.iter().map(|locale| locale.slug.as_str()).collect();
    assert_eq!(slugs, ["en", "zh-tw"]);
    assert_eq!(config.title.own(LocaleIndex(1)).map(String::as_str), Some("技術領導職涯階梯"));
    assert_eq!(config.provenance.modifications[0].changes.source().len(), 5);
    assert_eq!(config.provenance.translations[0].locale, LocaleIndex(1));
}

#[test]
fn the_notices_of_the_real_site_stand_word_for_word_in_its_ladder() {
    let ladder = include_str!("../../content/en/technical-leadership.md");
    let source = read_text(REAL).0.expect("no problems").provenance.source;
    assert!(ladder.contains(&format!("{} {}", source.copyright_notice, source.licence_notice)));
}

#[test]
fn the_changes_of_the_real_site_keep_what_the_list_of_changes_quotes() {
    let list = include_str!("../../content/CHANGES.md");
    let changes = read_text(REAL).0.expect("no problems").provenance.modifications.remove(0).changes;
    let texts = (0..2).flat_map(|locale| changes.own(LocaleIndex(locale)).into_iter().flatten());
    for text in texts {
        for sentence in text.split(['.', ';', ':', '。', '；', '：', '*']).map(str::trim).filter(|part| part.len() > 3)
        {
            assert!(list.contains(sentence), "{sentence} stands in CHANGES.md");
        }
    }
}

#[test]
fn the_small_site_has_no_problems() {
    let (config, problems) = read_text(&SMALL);
    assert_eq!(told(&SMALL, &problems), "");
    let config = config.expect("no problems");
    assert_eq!(config.edit_url, None);
    assert!(config.ladders[0].levels_accumulate);
}

#[test]
fn a_site_without_locales_is_in_its_source_locale_only() {
    let text = SMALL.split("[[provenance.modifications]]").next().unwrap();
    let text = text.replace("locales = [\"en\", \"de\"]\n", "");
    let text = [", de = \"Leitern\"", ", de = \"Was wir erwarten.\"", ", de = \"So steht es da.\""]
        .iter()
        .fold(text, |text, translation| text.replace(translation, ""));
    let (config, problems) = read_text(&text);
    assert_eq!(told(&text, &problems), "");
    assert_eq!(config.expect("no problems").locales.len(), 1);
}

#[test]
fn the_source_locale_comes_first() {
    let text = SMALL.replace("[\"en\", \"de\"]", "[\"fr\", \"de\", \"en\", \"ja\"]");
    let tags: Vec<_> =
        read_text(&text).0.expect("warnings only").locales.into_iter().map(|locale| locale.tag).collect();
    assert_eq!(tags, ["en", "fr", "de", "ja"]);
}

#[test]
fn a_folder_without_a_site_is_told_how_to_begin() {
    let (config, problems) = Problems::of(|problems| read(&Sources::default(), &Overrides::default(), problems));
    assert_eq!(config, None);
    assert_snapshot!(told("", &problems), @r#"
    no-site: there is no `site.toml` in the content folder
      at: the file
      help: create one that begins with `base-url = "https://ladders.example/"`, `source-locale = "en"`, `title.en = "Our ladders"`; a build then names what is missing
    "#);
}

#[test]
fn an_empty_site_lacks_everything_at_once() {
    assert_snapshot!(told("", &read_text("").1), @r#"
    missing-key: missing key `base-url`
      at: the file
      help: set the address of the site, such as `base-url = "https://ladders.example/"`, or build with `--base-url`
    missing-key: missing key `description`
      at: the file
      help: describe the site in one sentence: `[description]`, and below it `en = "…"`
    missing-key: missing key `ladders`
      at: the file
      help: add a ladder: `[[ladders]]`, and below it `key = "engineering"`, `prefix = "EN"`
    missing-key: missing key `provenance`
      at: the file
      help: for a ladder that you wrote yourself, write `[provenance]`, and below it `owner = { name = "…" }`; for one that comes from elsewhere, write its `[provenance.source]` and `[provenance.licence]`
    missing-key: missing key `source-locale`
      at: the file
      help: say in which language the ladders are written: `source-locale = "en"`
    missing-key: missing key `title`
      at: the file
      help: give the site a title in its source locale: `[title]`, and below it `en = "…"`
    "#);
}

#[test]
fn faults_of_syntax_have_a_place() {
    assert_snapshot!(told("title = Ladders\n", &read_text("title = Ladders\n").1), @"
    toml-syntax: invalid TOML: string values must be quoted, expected literal string
      at: Ladders
      help: put texts in quotes, use each key only once, and close what you open
    ");
}

#[test]
fn an_unknown_key_is_named_with_the_one_that_was_meant() {
    assert_snapshot!(after("base-url = ", "base_url = "), @r#"
    missing-key: missing key `base-url`
      at: the file
      help: set the address of the site, such as `base-url = "https://ladders.example/"`, or build with `--base-url`
    unknown-key: unknown key `base_url`
      at: base_url
      help: did you mean `base-url`?
    "#);
}

#[test]
fn an_unknown_key_in_a_table_names_the_keys_there_are() {
    assert_snapshot!(after(r#"prefix = "EN""#, r#"prefix = "EN"
colour = 3"#), @"
    unknown-key: unknown key `colour` in `[[ladders]]`
      at: colour
      help: remove it; known here: `key`, `prefix`, `kept-prefixes`, `levels-accumulate`, `was`, `inherits`, `compare-with`
    ");
}

#[test]
fn values_of_the_wrong_type_are_reported_once() {
    assert_snapshot!(after(r#"title = { en = "Ladders", de = "Leitern" }"#, r#"title = "Ladders""#), @r#"
    invalid-value: `title` has to be a table, not a string
      at: "Ladders"
      help: write it below a line `[title]`
    "#);
}

#[test]
fn a_list_may_hold_nothing_but_strings() {
    assert_snapshot!(after(r#"["en", "de"]"#, r#"["en", "de", 3]"#), @"
    invalid-value: each element of `locales` has to be a string, not an integer
      at: 3
      help: write a string, or remove it
    ");
}

#[test]
fn a_locale_with_an_underscore_is_told_how_to_be_written() {
    assert_snapshot!(after(r#"["en", "de"]"#, r#"["en", "de", "zh_TW"]"#), @r#"
    invalid-locale: `zh_TW` is not a BCP 47 language tag in its usual form
      at: "zh_TW"
      help: write `zh-TW`, and name its folder `zh-TW`
    "#);
}

#[test]
fn a_locale_that_is_none_is_refused() {
    assert_snapshot!(after(r#"["en", "de"]"#, r#"["en", "de", "german"]"#), @r#"
    invalid-locale: `german` is not a BCP 47 language tag in its usual form
      at: "german"
      help: write a tag such as `en`, `zh-TW` or `sr-Latn`
    "#);
}

#[test]
fn a_locale_of_no_language_or_region_names_the_one_that_is_meant() {
    let told = |tag: &str| after(r#"["en", "de"]"#, &format!(r#"["en", "{tag}"]"#));
    assert_snapshot!(["jp", "zh-XX", "xx"].map(told).join("\n"), @r#"
    invalid-locale: `jp` names an unknown language or region
      at: "jp"
      help: write `ja`, and name its folder `ja`

    invalid-locale: `zh-XX` names an unknown language or region
      at: "zh-XX"
      help: write `zh`, and name its folder `zh`

    invalid-locale: `xx` names an unknown language or region
      at: "xx"
      help: write a tag such as `en`, `zh-TW` or `sr-Latn`
    "#);
}

#[test]
fn a_code_that_is_taken_for_that_of_a_country_is_warned_of() {
    assert_snapshot!(after(r#"["en", "de"]"#, r#"["en", "de", "kr"]"#), @r#"
    unlikely-locale: `kr` is the code of Kanuri
      at: "kr"
      help: write `ko` if you mean that; otherwise allow `unlikely-locale` in `[check]`
    missing-translation: `title` is not translated into `kr`
      at: { en = "Ladders", de = "Leitern" }
      help: add `kr = …`
    missing-translation: `description` is not translated into `kr`
      at: { en = "What we expect.", de = "Was wir erwarten." }
      help: add `kr = …`
    missing-translation: `provenance.licence.reason` is not translated into `kr`
      at: { en = "It says so.", de = "So steht es da." }
      help: add `kr = …`
    missing-translation: `provenance.modifications.changes` is not translated into `kr`
      at: { en = ["Ids added."], de = ["Kennungen ergänzt."] }
      help: add `kr = …`
    "#);
}

#[test]
fn a_locale_in_another_letter_case_is_refused_since_its_folder_is_named_by_it() {
    assert_snapshot!(after(r#"["en", "de"]"#, r#"["en", "de", "zh-tw"]"#), @r#"
    invalid-locale: `zh-tw` is not a BCP 47 language tag in its usual form
      at: "zh-tw"
      help: write `zh-TW`, and name its folder `zh-TW`
    "#);
}

#[test]
fn a_locale_may_be_listed_once() {
    assert_snapshot!(after(r#"["en", "de"]"#, r#"["en", "de", "de"]"#), @r#"
    invalid-value: the locale `de` is listed twice
      at: "de"
      help: remove one of the two
      first listed here: "de"
    "#);
}

#[test]
fn the_source_locale_has_to_be_among_the_locales() {
    assert_snapshot!(after(r#"source-locale = "en""#, r#"source-locale = "fr""#), @r#"
    invalid-value: the source locale `fr` is not among the locales
      at: "fr"
      help: add `"fr"` to `locales`
    missing-key: `title` lacks the source locale `fr`
      at: { en = "Ladders", de = "Leitern" }
      help: add `fr = …`
    missing-key: `description` lacks the source locale `fr`
      at: { en = "What we expect.", de = "Was wir erwarten." }
      help: add `fr = …`
    missing-key: `provenance.licence.reason` lacks the source locale `fr`
      at: { en = "It says so.", de = "So steht es da." }
      help: add `fr = …`
    missing-key: `provenance.modifications.changes` lacks the source locale `fr`
      at: { en = ["Ids added."], de = ["Kennungen ergänzt."] }
      help: add `fr = …`
    "#);
}

#[test]
fn a_text_in_a_language_the_site_does_not_have_is_an_unknown_key() {
    assert_snapshot!(after(r#"de = "Leitern""#, r#"de = "Leitern", dee = "x""#), @"
    unknown-key: unknown key `dee`: it is not a locale of the site
      at: dee
      help: remove it; known here: `en`, `de`
    ");
}

#[test]
fn a_title_without_translation_is_a_warning() {
    assert_snapshot!(after(r#", de = "Leitern""#, ""), @r#"
    missing-translation: `title` is not translated into `de`
      at: { en = "Ladders" }
      help: add `de = …`
    "#);
}

#[test]
fn the_source_has_to_have_a_description() {
    assert_snapshot!(after(r#"en = "What we expect.", "#, ""), @r#"
    missing-key: `description` lacks the source locale `en`
      at: { de = "Was wir erwarten." }
      help: add `en = …`
    "#);
}

#[test]
fn a_title_may_not_be_empty() {
    assert_snapshot!(after(r#""Ladders", de"#, r#"" ", de"#), @r#"
    invalid-value: `title.en` is empty
      at: " "
      help: write a text between the quotes
    "#);
}

#[test]
fn the_base_url_has_to_be_absolute() {
    assert_snapshot!(after(r#""https://ladders.example/"
source"#, r#""/ladders/"
source"#), @r#"
invalid-base-url: the address from `base-url` is not absolute: `/ladders/`
  at: "/ladders/"
  help: write an absolute address such as `https://ladders.example/`
"#);
}

#[test]
fn the_base_url_has_to_be_of_the_web() {
    assert_snapshot!(after(r#""https://ladders.example/"
source"#, r#""ftp://ladders.example/"
source"#), @r#"
invalid-base-url: the address from `base-url` begins with `ftp:`, not with `https:` or `http:`
  at: "ftp://ladders.example/"
  help: write an absolute address such as `https://ladders.example/`
"#);
}

#[test]
fn the_base_url_has_no_query() {
    assert_snapshot!(after(r#""https://ladders.example/"
source"#, r#""https://ladders.example/?a=b"
source"#), @r#"
invalid-base-url: the address from `base-url` contains a query
  at: "https://ladders.example/?a=b"
  help: remove everything from `?` or `#` on: the addresses of pages are added to the end
"#);
}

#[test]
fn the_base_url_has_no_fragment() {
    assert_snapshot!(after(r#""https://ladders.example/"
source"#, r#""https://ladders.example/#top"
source"#), @r#"
invalid-base-url: the address from `base-url` contains a fragment
  at: "https://ladders.example/#top"
  help: remove everything from `?` or `#` on: the addresses of pages are added to the end
"#);
}

#[test]
fn a_former_base_url_is_read_like_the_present_one() {
    assert_snapshot!(after("source-locale", r#"former-base-urls = ["https://old.example/a", "handbook/"]
source-locale"#), @r#"
invalid-base-url: the address from `former-base-urls` is not absolute: `handbook/`
  at: "handbook/"
  help: write an absolute address such as `https://ladders.example/`
"#);
}

#[test]
fn the_repository_is_an_https_address() {
    assert_snapshot!(after("source-locale", r#"repository = "git@github.com:a/b.git"
source-locale"#), @r#"
invalid-value: the address from `repository` is not absolute: `git@github.com:a/b.git`
  at: "git@github.com:a/b.git"
  help: write the address of the repository's page, such as `https://github.com/example/ladders`
"#);
}

#[test]
fn a_site_has_a_ladder() {
    assert_snapshot!(after(r#"[[ladders]]
key = "engineering"
prefix = "EN"
"#, r"ladders = []
"), @"
    invalid-value: the site has no ladder
      at: []
      help: name one under `[[ladders]]`
    ");
}

#[test]
fn a_ladder_has_a_key_and_a_prefix() {
    assert_snapshot!(after(r#"key = "engineering"
prefix = "EN""#, ""), @r#"
missing-key: missing key `key` in `[[ladders]]`
  at: [[ladders]]
  help: give the name of the ladder's files without `.md`: `key = "engineering"`
missing-key: missing key `prefix` in `[[ladders]]`
  at: [[ladders]]
  help: set the prefix of the ladder's ids: `prefix = "EN"` for `EN-001`
"#);
}

#[test]
fn the_key_of_a_ladder_is_fit_for_addresses() {
    assert_snapshot!(after(r#""engineering""#, r#""Tech Lead""#), @r#"
    invalid-value: `Tech Lead` cannot be the key of a ladder
      at: "Tech Lead"
      help: write lower case letters a to z, digits and single hyphens: it is part of addresses
    "#);
}

#[test]
fn the_key_of_a_ladder_is_not_that_of_another_page() {
    assert_snapshot!(after(r#""engineering""#, r#""notes""#), @r#"
    invalid-value: `notes` cannot be the key of a ladder
      at: "notes"
      help: choose another name: `/notes/` is reserved for a page of the site itself in each language
    "#);
}

#[test]
fn the_prefix_of_ids_is_upper_case() {
    assert_snapshot!(after(r#""EN""#, r#""en""#), @r#"
    invalid-value: `en` cannot be the prefix of ids
      at: "en"
      help: write upper case letters A to Z and digits, a letter first, such as `TL` for `TL-042`
    "#);
}

#[test]
fn keys_and_prefixes_of_ladders_are_distinct() {
    assert_snapshot!(after("[provenance.source]", r#"[[ladders]]
key = "engineering"
prefix = "EN"

[provenance.source]"#), @r#"
    invalid-value: two ladders have the key `engineering`
      at: "engineering"
      help: give each ladder a key of its own
      first used here: "engineering"
    invalid-value: two ladders have the prefix `EN`
      at: "EN"
      help: give each ladder a prefix of its own
      first used here: "EN"
    "#);
}

#[test]
fn the_source_of_the_text_has_to_be_named() {
    assert_snapshot!(after(r#"[provenance.source]
title = "Ladders"
creators = [{ name = "A. Person" }]"#, "[provenance.source]"), @"
missing-key: missing key `creators` in `[provenance.source]`
  at: [provenance.source]
  help: the site credits the work by its title, creators, notices, address and licence, and licences such as CC BY-SA 4.0 require such credit of everyone who shares it
missing-key: missing key `title` in `[provenance.source]`
  at: [provenance.source]
  help: the site credits the work by its title, creators, notices, address and licence, and licences such as CC BY-SA 4.0 require such credit of everyone who shares it
");
}

#[test]
fn somebody_has_created_the_text() {
    assert_snapshot!(after(r#"[{ name = "A. Person" }]"#, "[]"), @r#"
    invalid-value: `provenance.source.creators` is empty
      at: []
      help: name at least one: `[{ name = "…" }]`; the site credits the work by its title, creators, notices, address and licence, and licences such as CC BY-SA 4.0 require such credit of everyone who shares it
    "#);
}

#[test]
fn addresses_of_the_provenance_are_of_the_web() {
    assert_snapshot!(after(r#""https://b.example/""#, r#""b.example""#), @r#"
    invalid-value: the address from `provenance.modifications.by.url` is not absolute: `b.example`
      at: "b.example"
      help: write an absolute address such as `https://ladders.example/`
    "#);
}

#[test]
fn a_modification_says_what_was_changed() {
    assert_snapshot!(after(r#"["Ids added."]"#, "[]"), @"
    invalid-value: `provenance.modifications.changes.en` is empty
      at: en
      help: say what was changed
    ");
}

#[test]
fn the_source_locale_has_no_translators() {
    assert_snapshot!(after(r#"locale = "de""#, r#"locale = "en""#), @r#"
    invalid-value: `en` is the source locale, not a translation
      at: "en"
      help: use a locale that is translated, or remove the entry
    "#);
}

#[test]
fn translators_of_a_locale_the_site_does_not_have_are_refused() {
    assert_snapshot!(after(r#"locale = "de""#, r#"locale = "fr""#), @r#"
    invalid-locale: the site has no locale `fr`
      at: "fr"
      help: remove it; known here: `en`, `de`
    "#);
}

#[test]
fn translators_into_one_locale_stand_together() {
    assert_snapshot!(after("[[provenance.translations]]", r#"[[provenance.translations]]
locale = "de"
translators = [{ name = "D." }]
[[provenance.translations]]"#), @r#"
invalid-value: two entries list the translators into `de`
  at: "de"
  help: list all translators in one entry
  first listed here: "de"
"#);
}

#[test]
fn all_faults_are_found_in_one_run() {
    let text = SMALL.replace("prefix = \"EN\"", "prefx = 3").replace("uri =", "url =").replace("\"en\"", "\"e\"");
    assert_snapshot!(told(&text, &read_text(&text).1), @r#"
    invalid-locale: `e` is not a BCP 47 language tag in its usual form
      at: "e"
      help: write a tag such as `en`, `zh-TW` or `sr-Latn`
    invalid-locale: `e` is not a BCP 47 language tag in its usual form
      at: "e"
      help: write a tag such as `en`, `zh-TW` or `sr-Latn`
    missing-key: missing key `prefix` in `[[ladders]]`
      at: [[ladders]]
      help: set the prefix of the ladder's ids: `prefix = "EN"` for `EN-001`
    unknown-key: unknown key `prefx` in `[[ladders]]`
      at: prefx
      help: did you mean `prefix`?
    missing-key: missing key `uri` in `[provenance.source]`
      at: [provenance.source]
      help: the site credits the work by its title, creators, notices, address and licence, and licences such as CC BY-SA 4.0 require such credit of everyone who shares it
    unknown-key: unknown key `url` in `[provenance.source]`
      at: url
      help: did you mean `uri`?
    "#);
}

#[test]
fn the_command_line_goes_before_the_file() {
    let overrides = Overrides {
        base_url: Some("https://other.example/ladders".to_owned()),
        repository: Some("https://github.com/a/b".to_owned()),
    };
    let without = SMALL.replace("base-url = \"https://ladders.example/\"\n", "");
    for text in [SMALL.as_str(), &without] {
        let (config, problems) = Problems::of(|problems| read(&sources(text), &overrides, problems));
        assert_eq!(told(text, &problems), "");
        let config = config.expect("no problems");
        assert_eq!(config.base_url.as_str(), "https://other.example/ladders/");
        assert_eq!(config.edit_url.unwrap().as_str(), "https://github.com/a/b/edit/main/content/");
    }
}

#[test]
fn a_faulty_address_from_the_command_line_is_reported_as_such() {
    let overrides = Overrides { base_url: Some("ladders".to_owned()), repository: Some("file:///a".to_owned()) };
    assert_snapshot!(told(&SMALL, &Problems::of(|problems| read(&sources(&SMALL), &overrides, problems)).1), @"
    invalid-base-url: the address from `--base-url` or `RUNGS_BASE_URL` is not absolute: `ladders`
      at: the file
      help: write an absolute address such as `https://ladders.example/`
    invalid-value: the address from `--repository` or `RUNGS_REPOSITORY` begins with `file:`, not with `https:` or `http:`
      at: the file
      help: write the address of the repository's page, such as `https://github.com/example/ladders`
    ");
}

#[test]
fn folders_that_look_like_locales_are_reported_once_at_their_first_file() {
    let mut sources = sources(&SMALL);
    let paths = [
        "de/engineering.md",
        "fr/notes/a.md",
        "fr/engineering.md",
        "zh_TW/engineering.md",
        "EN/engineering.md",
        "theme/a.md",
        "editions/a.md",
        "i18n/a.md",
        ".fr/a.md",
        "notes/a.md",
        "ja/a.toml",
        "fr.md",
    ];
    sources.texts.extend(paths.map(|path| (path.into(), String::new())));
    let (_, problems) = Problems::of(|problems| read(&sources, &Overrides::default(), problems));
    let told: String = problems
        .iter()
        .map(|problem| {
            format!("{}: {}\n  help: {}\n", problem.label.place.path, problem.message, problem.help.as_deref().unwrap())
        })
        .collect();
    assert_snapshot!(told, @r#"
    EN/engineering.md: the folder `EN` looks like a locale, but the site has no such locale
      help: rename the folder to `en`
    fr/engineering.md: the folder `fr` looks like a locale, but the site has no such locale
      help: add `"fr"` to `locales` in `site.toml`, or remove the folder
    zh_TW/engineering.md: the folder `zh_TW` looks like a locale, but the site has no such locale
      help: rename the folder to `zh-TW` and add `"zh-TW"` to `locales` in `site.toml`, or remove the folder
    "#);
}

properties! {
    256 cases,

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        read_soundly(&text);
    }

    #[test]
    fn no_change_of_the_real_site_makes_reading_panic(
        at in 0..REAL.len(),
        length in 0..40_usize,
        inserted in prop_oneof!["[\\[\\]{}=\"'\\n.,#a-z0-9 -]{0,8}", any::<String>()],
    ) {
        let start = REAL.floor_char_boundary(at);
        let end = REAL.ceil_char_boundary((start + length).min(REAL.len()));
        read_soundly(&format!("{}{inserted}{}", &REAL[..start], &REAL[end..]));
    }
}

/// There is a configuration or a reason why there is none, and every place lies in the text.
fn read_soundly(text: &str) {
    let (config, problems) = read_text(text);
    assert!(config.is_some() || crate::diagnostic::has_errors(&problems), "there is a reason");
    for problem in problems {
        assert!(text.get(problem.label.place.span()).is_some(), "{:?} lies in the text", problem.label.place);
    }
}

#[test]
fn each_key_that_the_schema_requires_is_missed() {
    let schema: serde_json::Value = serde_json::from_str(&super::schema()).unwrap();
    let mut tables = Vec::new();
    with_required_keys(&schema, "", &[], &mut tables);
    assert!(tables.len() > 10, "{tables:#?}");
    // The address may be given to the build.
    let published = Overrides { base_url: Some("https://ladders.example/".to_owned()), ..Overrides::default() };
    for (headers, required) in tables {
        let (_, problems) = Problems::of(|problems| read(&sources(&headers.join("\n")), &published, problems));
        let inside = headers.last().map_or(String::new(), |header| format!(" in `{header}`"));
        let message = |key: &String| format!("missing key `{key}`{inside}");
        let is_inside = |message: &&str| match inside.as_str() {
            "" => message.matches('`').count() == 2,
            inside => message.ends_with(inside),
        };
        let told = problems.iter().filter(|problem| problem.code == Code::MissingKey);
        let told: BTreeSet<_> = told.map(|problem| problem.message.as_str()).filter(is_inside).collect();
        let expected: Vec<_> = required.iter().map(message).collect();
        assert_eq!(told, expected.iter().map(String::as_str).collect(), "below {headers:?}");
    }
}

/// All tables that have to have some keys: the headers of an empty one and of those around it, and these keys.
fn with_required_keys(
    schema: &serde_json::Value,
    name: &str,
    headers: &[String],
    tables: &mut Vec<(Vec<String>, Vec<String>)>,
) {
    let required = schema["required"].as_array().into_iter().flatten();
    let required: Vec<_> = required.map(|key| key.as_str().unwrap().to_owned()).collect();
    if !required.is_empty() {
        tables.push((headers.to_vec(), required));
    }
    let by_key = schema["properties"].as_object().into_iter().flatten().map(|(key, part)| (key.as_str(), part));
    let free = Some(("x", &schema["additionalProperties"])).filter(|(_, part)| part.is_object());
    for (key, part) in by_key.chain(free) {
        let name = if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
        let (part, header) = match part.get("items") {
            Some(element) => (element, format!("[[{name}]]")),
            None => (part, format!("[{name}]")),
        };
        with_required_keys(part, &name, &[headers, &[header]].concat(), tables);
    }
}

#[test]
fn faults_of_worksheets() {
    let ratings =
        |ratings: &str| after("[provenance.source]", &format!("[worksheet]\n{ratings}\n\n[provenance.source]"));
    assert_eq!(ratings("ratings.en = []"), "");
    assert_eq!(ratings("ratings = { en = [\"no\", \"yes\"], de = [\"nein\", \"ja\"] }"), "");
    assert_eq!(after("[[ladders]]", "worksheet = false\n[[ladders]]"), "");
    assert_snapshot!(ratings("ratings.en = [\"no\", \"yes\"]"), @r#"
    missing-translation: `worksheet.ratings` is not translated into `de`
      at: ratings
      help: add `de = …`
    "#);
    assert_snapshot!(ratings("ratings.de = [\"nein\"]"), @r#"
    missing-key: `worksheet.ratings` lacks the source locale `en`
      at: ratings
      help: add `en = …`
    "#);
    assert_snapshot!(ratings("ratings = { en = [\"no\", \"yes\"], de = [\"nein\"] }"), @"
    invalid-value: `worksheet.ratings.de` does not have the same number of ratings as `worksheet.ratings.en`
      at: de
      help: write all of them, in the same order
    ");
    assert_snapshot!(ratings(
        "ratings = { en = [\"no\", \" NO \", \"\", \"a\\nb\"], de = [\"a\", \"b\", \"c\", \"d\"] }"
    ), @r#"
    invalid-value: `worksheet.ratings.en` has the rating ` NO ` twice
      at: " NO "
      help: remove one of the two
      first listed here: "no"
    invalid-value: `worksheet.ratings.en` is empty
      at: ""
      help: write a text between the quotes
    invalid-value: a rating in `worksheet.ratings.en` has several lines
      at: "a\nb"
      help: write it on one line
    "#);
    assert_snapshot!(ratings("rating.en = []"), @r#"
    unknown-key: unknown key `rating` in `[worksheet]`
      at: rating
      help: did you mean `ratings`?
    "#);
    assert_snapshot!(after("[[ladders]]", "worksheet = \"no\"\n[[ladders]]"), @r#"
    invalid-value: `worksheet` has to be true or false, not a string
      at: "no"
      help: write `worksheet = true` or `worksheet = false`
    "#);
}
