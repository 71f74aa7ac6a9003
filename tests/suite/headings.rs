//! Anchors of headings: the same in every language, given by authors, and kept from edition to edition.

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::edition::{self, Edition};

use crate::driver::{Folder, LADDER};
use crate::published::Published;

/// The bilingual site with a note of these headings, each with a text below it.
fn noted(headings: &[(&str, &str)], translated: &[(&str, &str)]) -> Folder {
    let text = |title: &str, headings: &[(&str, &str)]| {
        let sections: String = headings.iter().map(|(heading, text)| format!("\n## {heading}\n\n{text}\n")).collect();
        format!("+++\ntitle = \"{title}\"\n+++\nText.\n{sections}")
    };
    Folder::bilingual()
        .file("en/notes/maps.md", &text("Maps", headings))
        .file("zh-TW/notes/maps.md", &text("地圖", translated))
}

/// Returns the anchors and the text of headings, in order: `why Why`, with former anchors in brackets.
fn headings(folder: &Folder, address: &str) -> String {
    let site = Published::of(folder);
    let headings = site.page(address).split("<h2 id=\"").skip(1).map(|rest| {
        let (anchor, rest) = rest.split_once('"').unwrap();
        let mut words = rest.split_once('>').unwrap().1.split_once("</h2>").unwrap().0.to_owned();
        while let Some((_, former)) = words.split_once("<span id=\"") {
            let (id, rest) = former.split_once('"').unwrap();
            words = format!("[{id}] {}", rest.split_once("</span>").unwrap().1);
        }
        format!("{anchor} {words}")
    });
    let headings = headings.filter(|heading| !heading.starts_with('_'));
    headings.collect::<Vec<_>>().join(" | ")
}

fn in_both(folder: &Folder) -> String {
    let [en, zh] = ["en", "zh-tw"].map(|locale| headings(folder, &format!("{locale}/notes/maps/")));
    format!("{en}\n{zh}")
}

#[test]
fn headings_have_the_same_anchors_in_every_language() {
    let folder = noted(
        &[("Example", "One."), ("Why", "Two."), ("Why", "Three.")],
        &[("範例", "一。"), ("為什麼", "二。"), ("為何", "三。")],
    );
    assert_eq!(folder.problems(), "");
    assert_snapshot!(in_both(&folder), @r"
    example Example | why Why | why-2 Why
    example 範例 | why 為什麼 | why-2 為何
    ");
    for beside in ["en/notes/maps/beside/zh-tw/", "zh-tw/notes/maps/beside/en/"] {
        let site = Published::of(&folder);
        assert_eq!(site.anchors(beside).into_iter().collect::<Vec<_>>(), ["example", "why", "why-2"], "{beside}");
    }
}

#[test]
fn sections_of_a_ladder_have_the_same_anchors_in_every_language_too() {
    let add = |folder: Folder, locale: &str, text: &str| {
        let path = format!("{locale}/ladder.md");
        let whole = format!("{}\n{text}\n", folder.text(&path));
        folder.file(&path, &whole)
    };
    let folder = add(Folder::bilingual(), "en", "## Credits {#thanks}\n\nBy many.\n\n## Terms\n\nAs usual.");
    let folder = add(folder, "zh-TW", "## 致謝 {#thanks}\n\n許多人。\n\n## 條款\n\n照舊。");
    assert_eq!(folder.problems(), "");
    for locale in ["en", "zh-tw"] {
        let site = Published::of(&folder);
        for address in [
            format!("{locale}/ladder/"),
            format!("{locale}/ladder/beside/{}/", if locale == "en" { "zh-tw" } else { "en" }),
        ] {
            assert!(["thanks", "terms"].iter().all(|anchor| site.has_anchor(&address, anchor)), "{address}");
        }
    }
}

#[test]
fn authors_give_anchors_and_translations_repeat_them_or_not() {
    let headings = &[("The reasons {#why}", "One."), ("Why", "Two.")];
    let folder = noted(headings, &[("為什麼", "一。"), ("為何 {#why-2}", "二。")]);
    assert_eq!(folder.problems(), "");
    assert_snapshot!(in_both(&folder), @r"
    why The reasons | why-2 Why
    why 為什麼 | why-2 為何
    ");
    let folder = noted(headings, &[("為什麼 {#reason}", "一。"), ("為何", "二。"), ("附錄", "三。")]);
    assert_snapshot!(folder.problems(), @"
    error[only-in-translation]: the anchor `#reason` is only in the translation
     --> content/zh-TW/notes/maps.md:6:9
      |
    6 | ## 為什麼 {#reason}
      |            ^^^^^^^ the heading of the source at this place has the anchor `#why`
      |
    help: write `{#why}`, or remove it: anchors are the same in every language
      |
    6 - ## 為什麼 {#reason}
    6 + ## 為什麼 {#why}
      |
    ");
    let wrong =
        &[("One {#Not So}", "One."), ("Two {#two}", "Two."), ("Three {#two}", "3."), ("Four {#four x=y}", "4.")];
    assert_snapshot!(noted(wrong, &[]).problems(), @"
    error[invalid-id]: `Not` cannot be the anchor of a heading
     --> content/en/notes/maps.md:6:9
      |
    6 | ## One {#Not So}
      |         ^^^^
      |
      = help: write lower case letters, digits and single hyphens, such as `{#not}`

    error[invalid-attributes]: `So` is not an attribute
     --> content/en/notes/maps.md:6:14
      |
    6 | ## One {#Not So}
      |              ^^ neither #id nor key=value, or a second id
      |
      = help: write attributes as {#TL-001 thread=some-thread}

    error[duplicate-id]: the anchor `#two` occurs twice on this page
      --> content/en/notes/maps.md:14:11
       |
    14 | ## Three {#two}
       |           ^^^^ again here
       |
       = help: give this heading another anchor, or remove this one

    error[invalid-attributes]: unknown attribute `x`
      --> content/en/notes/maps.md:18:16
       |
    18 | ## Four {#four x=y}
       |                ^^^
       |
       = help: a heading can only have an anchor here: remove it
    ");
}

#[test]
fn what_a_translation_has_more_goes_by_its_own_words_and_an_anchor_tells_where_it_is_in_step() {
    let source = &[("One", "1."), ("Two", "2."), ("Three", "3.")];
    let folder = noted(source, &[("一", "1."), ("二", "2."), ("三", "3."), ("附錄", "4.")]);
    assert_snapshot!(headings(&folder, "zh-tw/notes/maps/"), @"one 一 | two 二 | three 三 | 附錄 附錄");
    let folder = noted(source, &[("一", "1."), ("三 {#three}", "3.")]);
    assert_snapshot!(headings(&folder, "zh-tw/notes/maps/"), @"one 一 | three 三");
}

#[test]
fn an_anchor_of_an_edition_stays_with_its_heading() {
    let zh = &[("為什麼", "二。")];
    let folder = noted(&[("Why", "Two.")], zh).released("2026.1", "2026-01-01");
    let edit = |folder: &Folder, headings: &[(&str, &str)]| {
        let other = noted(headings, &[]);
        folder.clone().file("en/notes/maps.md", other.text("en/notes/maps.md"))
    };
    let shown = |headings: &[(&str, &str)]| self::headings(&edit(&folder, headings), "en/notes/maps/");
    // Another one with the same words before it, even if its own text has changed a little.
    assert_eq!(shown(&[("Why", "New."), ("Why", "Two.")]), "why-2 Why | why Why");
    assert_eq!(shown(&[("Why", "Another text."), ("Why", "Two!")]), "why-2 Why | why Why");
    // An unclosed block of code takes headings with it, and is one error.
    let swallowed = edit(&folder, &[("Other", "```\nCode."), ("Why", "Two.")]);
    assert!(!swallowed.problems().contains("lost-anchor"), "{}", swallowed.problems());
    // New words above the same text.
    assert_eq!(shown(&[("Because", "Two.")]), "why Because");
    // An anchor of the author's own.
    assert_eq!(shown(&[("Why {#reason}", "Two.")]), "reason [why] Why");
    // All of it is new: only the author knows.
    let lost = edit(&folder, &[("Because", "It is so.")]);
    assert_eq!(self::headings(&lost, "en/notes/maps/"), "because Because");
    assert!(Published::of(&lost).has_anchor("en/notes/maps/", "why"), "it says what became of it");
    assert_snapshot!(lost.problems().split("\nwarning[out").next().unwrap(), @"
    warning[lost-anchor]: the heading “Why” of 2026.1 is gone, and nothing says where `#why` leads
     --> content/en/notes/maps.md:6:4
      |
    6 | ## Because
      |    ^^^^^^^
      |
      = help: if this heading replaced it, write `{#why}` at its end; if none did, write `<!-- rungs: allow lost-anchor -->` on a line above it: `#why` then tells readers that it is gone
    ");
    let told = edit(&folder, &[("Because {#why}", "It is so.")]);
    assert!(!told.problems().contains("lost-anchor"));
    assert_eq!(self::headings(&told, "en/notes/maps/"), "why Because");
    // It cannot be given away while its heading stands.
    let stolen = edit(&folder, &[("Because {#why}", "It is so."), ("Why", "Two.")]);
    assert_snapshot!(stolen.problems().split("\nwarning[out").next().unwrap(), @"
    error[duplicate-id]: `#why` is the anchor of the heading “Why”, which still exists
     --> content/en/notes/maps.md:6:13
      |
    6 | ## Because {#why}
      |             ^^^^ released as the anchor of another heading
      |
      = help: give this heading another anchor; or, if `#why` is to lead here, give the other heading an anchor of its own
    ");
}

#[test]
fn anchors_are_kept_over_several_editions() {
    let allowed = "[check]\nallow = [\"outdated-translation\", \"missing-translation\"]\n\n[provenance.source]";
    let zh = &[("為什麼", "二。")];
    let folder = noted(&[("Why", "Two.")], zh).edited("site.toml", "[provenance.source]", allowed);
    let folder = folder.released("2026.1", "2026-01-01");
    let edit = |folder: &Folder, headings: &[(&str, &str)]| {
        folder.clone().file("en/notes/maps.md", noted(headings, &[]).text("en/notes/maps.md"))
    };
    let folder = edit(&folder, &[("Why", "New."), ("Why", "Two.")]).released("2026.2", "2026-02-01");
    assert_eq!(headings(&folder, "en/notes/maps/"), "why-2 Why | why Why");
    let folder = edit(&folder, &[("Because", "Two."), ("Why", "New.")]).released("2026.3", "2026-03-01");
    assert_eq!(headings(&folder, "en/notes/maps/"), "why Because | why-2 Why");
    let folder = edit(&folder, &[("Because {#reason}", "Two."), ("Why", "New!")]).released("2026.4", "2026-04-01");
    let folder = edit(&folder, &[("Why", "New."), ("So {#reason}", "Three.")]);
    assert_eq!(headings(&folder, "en/notes/maps/"), "why-2 Why | reason [why] So");
    assert_eq!(headings(&folder, "zh-tw/notes/maps/"), "why-2 為什麼");
}

#[test]
fn a_heading_of_a_translation_keeps_its_anchor_while_source_and_translation_differ() {
    let (en, zh) = ([("Why", "One."), ("Ends", "Two.")], [("為何", "一。"), ("結語", "二。")]);
    let released = noted(&en, &zh).released("2026.1", "2026-07-01");
    let edited = |en: &[(&str, &str)], zh: &[(&str, &str)]| {
        let new = noted(en, zh);
        let [en, zh] = ["en/notes/maps.md", "zh-TW/notes/maps.md"].map(|path| new.text(path).to_owned());
        in_both(&released.clone().file("en/notes/maps.md", &en).file("zh-TW/notes/maps.md", &zh))
    };
    let middle = [("Why", "One."), ("Middle", "New."), ("Ends", "Two.")];
    assert_snapshot!(edited(&middle, &zh), @"
    why Why | middle Middle | ends Ends
    why 為何 | ends 結語
    ");
    assert_snapshot!(edited(&middle, &[("為何", "一。"), ("中間", "新。"), ("結語", "二。")]), @"
    why Why | middle Middle | ends Ends
    why 為何 | middle 中間 | ends 結語
    ");
    assert_snapshot!(edited(&[("Ends", "Two."), ("Why", "One.")], &zh), @"
    ends Ends | why Why
    why 為何 | ends 結語
    ");
    assert_snapshot!(edited(&en, &[("結語", "二。")]), @"
    why Why | ends Ends
    ends 結語
    ");
}

#[test]
fn anchors_of_the_words_of_a_translation_lead_to_their_headings() {
    // An edition that came before headings had one anchor in all languages.
    let folder = noted(&[("Example", "One."), ("Why", "Two.")], &[("範例", "一。"), ("為什麼", "二。")]);
    let folder = folder.released("2026.1", "2026-01-01");
    let (editions, _) = Problems::of(|problems| edition::read(folder.sources(), problems));
    let edition = &editions[0];
    let mut frozen = edition.frozen.clone();
    (frozen.schema, frozen.published) = (1, None);
    let folder = folder.file("editions/2026.1.json", &Edition::of(frozen, edition.name().clone(), edition.date).text);
    assert_snapshot!(in_both(&folder), @"
    example Example | why Why
    example [範例] 範例 | why [為什麼] 為什麼
    ");
    let zh = noted(&[], &[("新的", "新。"), ("例子", "一。"), ("為什麼", "二。")]);
    let folder = folder
        .file(
            "en/notes/maps.md",
            noted(&[("New", "New."), ("Example", "One."), ("Why", "Two.")], &[]).text("en/notes/maps.md"),
        )
        .file("zh-TW/notes/maps.md", zh.text("zh-TW/notes/maps.md"));
    assert_snapshot!(in_both(&folder), @"
    new New | example Example | why Why
    new 新的 | example [範例] 例子 | why [為什麼] 為什麼
    ");
    let site = Published::of(&folder);
    let beside = site.anchors("zh-tw/notes/maps/beside/en/");
    assert!(["example", "範例"].iter().all(|anchor| beside.contains(anchor)), "{beside:?}");
    // A link in the content may name a heading by its words in that language.
    let folder = noted(&[("Why", "Two.")], &[("為什麼", "見[此](#為什麼)與[彼](#why)。")]);
    assert_eq!(folder.problems(), "");
    assert_eq!(Published::of(&folder).page("zh-tw/notes/maps/").matches("href=\"#why\"").count(), 2);
}

#[test]
fn anchors_of_other_pages_and_of_sections_of_ladders_stay_too() {
    let ladder = |sections: &str| format!("{LADDER}\n{sections}\n");
    let page = |sections: &str| format!("+++\ntitle = \"Start\"\n+++\n{sections}\n");
    let folder = Folder::small()
        .edited(
            "site.toml",
            "[provenance.source]",
            "[[pages]]\nfolder = \"guide\"\ntitle.en = \"Guide\"\n\n[provenance.source]",
        )
        .file("en/guide/start.md", &page("## Why\n\nTwo.\n\n## Why\n\nThree."))
        .file("en/ladder.md", &ladder("## Credits {#thanks}\n\nBy many.\n\n## Terms\n\nAs usual."));
    let folder = folder.released("2026.1", "2026-01-01");
    // Of two with the same words the first is gone, and the text of the other has changed.
    let folder = folder
        .file("en/guide/start.md", &page("## Why\n\nThree!"))
        .file("en/ladder.md", &ladder("## Terms\n\nNew.\n\n## Thanks\n\nBy many.\n\n## Terms\n\nAs usual."));
    assert_eq!(headings(&folder, "en/guide/start/"), "why-2 Why");
    let shown = headings(&folder, "en/ladder/");
    assert!(shown.ends_with("terms-2 Terms | thanks Thanks | terms Terms"), "{shown}");
    assert!(Published::of(&folder).has_anchor("en/guide/start/", "why"));
}
