//! Characters that no page and no feed may hold: told wherever they come in, fixed, and never published.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use proptest::prelude::*;
use roxmltree::Document;
use rungs::for_tests::Build;

use crate::driver::{Folder, LADDER};
use crate::place::Place;

/// Characters that XML 1.0 cannot hold, that HTML calls errors, and a directional control that nothing closes.
const FORBIDDEN: &str =
    "\0\u{1}\u{8}\u{B}\u{C}\u{1B}\u{1F}\u{7F}\u{85}\u{9F}\u{202E}\u{2066}\u{FDD0}\u{FFFE}\u{FFFF}\u{1FFFF}";

/// The bilingual site with a file of every kind, and all is well.
fn site() -> Folder {
    Folder::bilingual()
        .file("en/notes/n.md", "+++\ntitle = \"Note\"\n+++\nWords of a note.\n")
        .file("zh-TW/notes/n.md", "+++\ntitle = \"筆記\"\n+++\n筆記的文字。\n")
        .file("en/pages/about.md", "+++\ntitle = \"About\"\n+++\nWho we are.\n")
        .file("zh-TW/pages/about.md", "+++\ntitle = \"關於\"\n+++\n我們是誰。\n")
        .file("glossary.toml", "[[term]]\nen = [\"onboarding\"]\nzh-TW = [\"到職\"]\n")
        .file("i18n/en.toml", "[navigation]\nhome = \"Home\"\n")
}

/// Returns the places of forbidden characters in a site.
fn told(place: &Place) -> Vec<String> {
    let told = place.problems();
    let told = told.iter().filter(|problem| problem["code"] == "forbidden-character");
    told.map(|problem| format!("{}:{}:{}", problem["path"].as_str().unwrap(), problem["line"], problem["column"]))
        .collect()
}

#[test]
fn every_file_that_holds_one_is_told_with_its_place_and_fixed() {
    for (path, old, new, at) in [
        ("en/ladder.md", "Writes code", "Writes\u{B}code", "12:9"),
        ("en/ladder.md", "Writes code", "Writes&#8; code", "12:9"),
        ("en/ladder.md", "Writes code", "Writes [code](x \"a&#x7F;\")", "12:21"),
        ("en/ladder.md", "\"Time\"", "\"Ti\\u0008me\"", "4:11"),
        ("en/ladder.md", "\"Time\"", "\"Ti\u{8}me\"", "4:11"),
        ("zh-TW/ladder.md", "# ", "# \u{202E}", "6:3"),
        ("en/notes/n.md", "Words", "Wor\0ds", "4:4"),
        ("en/notes/n.md", "Words", "- Wor&#0;ds", "4:6"),
        ("zh-TW/pages/about.md", "我們", "我\u{85}們", "4:2"),
        ("site.toml", "\"Ladders\"", "\"Lad\\bders\"", "6:16"),
        ("site.toml", "\"Ladders\"", "\"Lad\u{FFFE}ders\"", "6:16"),
        ("glossary.toml", "\"onboarding\"", "\"onbo\\u001Barding\"", "2:12"),
        ("i18n/en.toml", "\"Home\"", "\"Home\\U00000000\"", "2:13"),
        ("register.toml", "state = \"active\"", "state = \"active\"\nnote = \"\u{9F}\"", ""),
    ] {
        let place = Place::of(&site());
        assert_eq!(place.errors(), [""; 0], "nothing is wrong before");
        let path = &format!("content/{path}");
        place.edit(path, old, new);
        let found = told(&place);
        assert!(found.len() == 1 && found[0].starts_with(&format!("{path}:{at}")), "{new:?} in {path}: {found:?}");
        assert_eq!(place.errors().len(), 1 + usize::from(at.is_empty()), "{:?}", place.errors());
        assert_eq!(place.run("build").status, 1);
        place.run("check --fix");
        assert_eq!(told(&place), [""; 0], "{new:?} in {path}");
        assert!(!place.text(path).contains(|c| FORBIDDEN.contains(c)), "{new:?} in {path}");
    }
}

#[test]
fn what_is_told_names_the_characters_of_a_line_once() {
    let folder = site().edited("en/notes/n.md", "Words of a note.", "Words\u{B}of\u{8} a\u{8} note.");
    assert_snapshot!(folder.told(), @"
    error[forbidden-character]: U+0008, U+000B are characters that are not allowed in pages
     --> content/en/notes/n.md:4:6
      |
    4 | Words␋of␈ a␈ note.
      |      ^ the first of 3 on this line
      |
    help: remove it: such characters come with text copied from slides, PDF files or terminals
      |
    4 | Words of␈ a␈ note.
      |      +
    ");
    let folder = site().edited("en/notes/n.md", "Words of a note.", "Words \u{202E}of a note.\n\u{202C}");
    assert_snapshot!(folder.told(), @"
    error[forbidden-character]: U+202E reverses the direction of text and is not closed on its line
     --> content/en/notes/n.md:4:7
      |
    4 | Words �of a note.
      |       ^
      |
    help: remove it: such characters come with text copied from slides, PDF files or terminals
      |
    4 - Words �of a note.
    4 + Words of a note.
      |

    error[forbidden-character]: U+202C reverses the direction of text and is not closed on its line
     --> content/en/notes/n.md:5:1
      |
    5 | �
      | ^
      |
    help: remove it: such characters come with text copied from slides, PDF files or terminals
      |
    5 - �
      |
    ");
}

#[test]
fn what_is_written_by_number_in_code_means_itself() {
    let code = "`&#8;` and\n\n```\n&#0;\n```\n\nand \\&#8; and \u{2067}עברית\u{2069}";
    let folder = site().edited("en/notes/n.md", "Words of a note.", code);
    assert_eq!(folder.told(), "");
    let build = folder.built();
    let page = build.outputs.iter().find(|output| output.path == "en/notes/n/index.html").unwrap();
    let page = String::from_utf8(page.bytes.clone()).unwrap();
    assert!(page.contains("<code>&amp;#8;</code>") && page.contains("and &amp;#8; and"), "{page}");
}

#[test]
fn what_is_typed_or_handed_over_is_refused() {
    let place = Place::of(&site());
    let before = place.files("content");
    place.put("summary.md", "Better\u{8} than ever.\n");
    assert_snapshot!(place.run("release 2026.1 --summary summary.md").shown(), @"
    status 1
    --- stderr
    error[forbidden-character]: U+0008 is a character that is not allowed in pages
     --> summary.md:1:7
      |
    1 | Better␈ than ever.
      |       ^
      |
    help: remove it: such characters come with text copied from slides, PDF files or terminals
      |
    1 - Better␈ than ever.
    1 + Better than ever.
      |

    error: the summary cannot be published
    ");
    let run = place.run("withdraw EN-001 --reason Gone\u{8}.");
    assert_snapshot!(run.shown(), @"
    status 2
    --- stderr
    error: U+0008 is a character that is not allowed in pages: it is in the argument `Gone.`
      = help: type the argument again
    ");
    place.run_ok("translation export zh-TW zh-TW.po");
    let po = place.text("zh-TW.po");
    for written in ["撰寫\\a", "撰寫\u{7}"] {
        let (first, rest) = po.split_once("msgid \"Writes code").unwrap();
        let (source, rest) = rest.split_once("msgstr \"").unwrap();
        place.put("zh-TW.po", format!("{first}msgid \"Writes code{source}msgstr \"{written}{rest}"));
        let run = place.run("translation import zh-TW zh-TW.po");
        assert!(
            run.status == 1 && run.stderr.contains("U+0007 is a character that is not allowed in pages"),
            "{}",
            run.shown()
        );
        assert!(run.stderr.contains("zh-TW.po:"), "{}", run.stderr);
    }
    // The message is left out, and the others are known to be right now.
    place.remove("content/zh-TW/translation.toml");
    assert_eq!(place.files("content"), before);
}

#[test]
fn a_template_that_holds_one_is_told_and_fixed_by_hand() {
    let folder = site().themed("bare.html", "{% extends \"default/bare.html\" %}\u{8}");
    assert_snapshot!(folder.told(), @r#"
    error[forbidden-character]: U+0008 is a character that is not allowed in pages
     --> content/theme/bare.html:1:34
      |
    1 | {% extends "default/bare.html" %}␈
      |                                  ^
      |
      = help: remove it: such characters come with text copied from slides, PDF files or terminals

    error[template]: a template of the theme fails: This content would be ignored: only `extends`, `block` and `component` are allowed at the top level of a child template.
     --> content/theme/bare.html:1:34
      |
    1 | {% extends "default/bare.html" %}␈
      |                                  ^
      |
      = help: fix the template, or remove it to use the default
    "#);
}

/// An edition of the site whose texts hold more than they said, as an older program could have released it.
fn released(more: &str) -> Folder {
    let folder = site().released("2026.1", "2026-01-01");
    let text = folder.text("editions/2026.1.json").to_owned();
    let (_, content) = text.split_once("\"content\": ").unwrap();
    let content = content.strip_suffix("\n}\n").unwrap();
    let escaped: String = more.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let content = content
        .replace("Writes code", &format!("Writes{escaped}code"))
        .replace("\"en\": \"Ladders\"", &format!("\"en\": \"Lad{escaped}ders\""))
        .replace("\"date\":", &format!("\"summary\": \"Better{escaped} than ever.\",\n  \"date\":"));
    assert!(content.contains("summary") && content.contains(&format!("Writes{escaped}code")), "{content}");
    let digest = blake3::hash(content.as_bytes()).to_hex();
    folder.file("editions/2026.1.json", &format!("{{\n\"digest\": \"blake3:{digest}\",\n\"content\": {content}\n}}\n"))
}

/// Sees to it that nothing forbidden stands in any file of a site, but for the editions themselves, and that all XML can
/// be read.
fn assert_clean(build: &Build) {
    let mut read = BTreeSet::new();
    for output in &build.outputs {
        let name = output.path.file_name().unwrap();
        let Ok(text) = std::str::from_utf8(&output.bytes) else { continue };
        if output.path.extension() == Some("woff2") {
            continue;
        }
        let found = text.chars().find(|c| FORBIDDEN.contains(*c) && !matches!(c, '\u{2066}' | '\u{202E}'));
        assert_eq!(found, None, "{}", output.path);
        if output.path.extension() == Some("xml") {
            let parsed = Document::parse(text);
            assert!(parsed.is_ok(), "{}: {parsed:?}: {text}", output.path);
            read.insert(name);
        }
        if !output.path.as_str().contains("2026.1.json") {
            for code in FORBIDDEN.chars().filter(|c| u32::from(*c) < 0x20).map(u32::from) {
                assert!(!text.contains(&format!("\\u{code:04x}")), "{} writes U+{code:04X} by number", output.path);
            }
        }
    }
    assert_eq!(read.into_iter().collect::<Vec<_>>(), ["feed.xml", "sitemap.xml"]);
}

#[test]
fn an_edition_that_holds_them_is_read_without_them() {
    let folder = released(FORBIDDEN);
    let told = folder.told();
    assert!(told.starts_with("warning[frozen-character]: U+0000, U+0001"), "{told}");
    assert!(told.contains("content/editions/2026.1.json:") && !told.contains("error"), "{told}");
    let build = folder.built();
    assert_clean(&build);
    let feed = build.outputs.iter().find(|output| output.path == "en/changes/feed.xml").unwrap();
    let feed = std::str::from_utf8(&feed.bytes).unwrap();
    assert!(feed.contains("Better    than ever.") || feed.contains("Better   than ever."), "{feed}");
    let allowed = folder.edited("site.toml", "[[ladders]]", "[check]\nallow = [\"frozen-character\"]\n\n[[ladders]]");
    assert_eq!(allowed.told(), "");
}

properties! {
    12 cases,

    #[test]
    fn whatever_an_edition_holds_what_is_published_is_well_formed(
        more in "[\\x00-\\x20\\x7f-\\x9fa職<&\"\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FDD0}\u{FFFE}\u{FFFF}\u{1FFFF}]{1,12}"
    ) {
        assert_clean(&released(&more).built());
    }

    #[test]
    fn whatever_is_written_into_a_site_is_told_or_published_well_formed(
        more in prop::collection::vec(prop_oneof![
            "[\\x00-\\x20\\x7f-\\x9fa職<&\u{202E}\u{2066}\u{FFFE}]",
            Just("&#8;".to_owned()), Just("&#x1B;".to_owned()), Just("&#0".to_owned()), Just("\\u0008".to_owned()), Just("\\b".to_owned()),
        ], 1..6),
    ) {
        let more = more.concat();
        let ladder = LADDER.replace("Writes code", &format!("Writes{more}code")).replace("\"Time\"", &format!("\"Ti{}me\"", more.replace('\n', "")));
        let folder = site().unregistered().file("en/ladder.md", &ladder).file("register.toml", &site().assignment().register);
        let build = folder.built();
        for output in &build.outputs {
            if let Ok(text) = std::str::from_utf8(&output.bytes) {
                let found = text.chars().find(|c| FORBIDDEN.contains(*c));
                prop_assert_eq!(found, None, "{} of {:?}", output.path, more);
            }
        }
    }
}
