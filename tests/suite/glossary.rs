//! The glossary: what it asks of translations, its page, and the links that lead there.

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::Code;

use crate::driver::{Folder, LADDER};
use crate::pages::{Pages, tags};

fn with(glossary: &str) -> Folder {
    let folder = Folder::bilingual();
    folder.file("glossary.toml", glossary)
}

/// The small site with other words in its first criterion, and a glossary of these terms.
fn saying(source: &str, translation: &str, terms: &[(&str, &str)]) -> Folder {
    let term = |(en, zh): &(&str, &str)| format!("[[term]]\nen = {en}\nzh-TW = {zh}\n");
    with(&terms.iter().map(term).collect::<String>())
        .edited("en/ladder.md", "Writes code that others can read.", source)
        .edited("zh-TW/ladder.md", "撰寫他人看得懂的程式。", translation)
}

/// Returns the number of renderings that differ from the glossary.
fn others(folder: &Folder) -> usize {
    let (_, problems) = folder.build();
    assert!(problems.iter().all(|problem| problem.code == Code::GlossaryRendering), "{}", folder.problems());
    problems.len()
}

fn with_notes(folder: Folder, en: &str, zh: &str) -> Folder {
    let note = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n{text}\n");
    folder.file("en/notes/note.md", &note("Note", en)).file("zh-TW/notes/note.md", &note("說明", zh))
}

#[test]
fn a_translation_that_renders_a_term_otherwise_is_shown_with_its_source() {
    let folder =
        saying("Helps tech leads.", "幫助技術主管。", &[(r#"["technical lead", "tech lead"]"#, r#""技術負責人""#)]);
    assert_snapshot!(folder.problems(), @r#"
    warning[glossary-rendering]: EN-001 does not translate `tech leads` as in the glossary
      --> content/zh-TW/ladder.md:12:3
       |
    12 | - 幫助技術主管。 {#EN-001}
       |   ^^^^^^^^^^^^^^ none of its renderings is here
       |
      ::: content/en/ladder.md:12:9
       |
    12 | - Helps tech leads. {#EN-001}
       |         ---------- used here
       |
      ::: content/glossary.toml:2:7
       |
     2 | en = ["technical lead", "tech lead"]
       |       ---------------- the term in the glossary
       |
       = help: write `技術負責人`, or add the rendering used here to the glossary
    "#);
}

#[test]
fn a_term_is_met_as_a_word_in_any_number_and_the_longest_counts() {
    let lead = (r#""tech lead""#, r#""負責人""#);
    let senior = (r#""senior tech lead""#, r#""資深人員""#);
    let policy = (r#""policy""#, r#""政策""#);
    let ed = (r#""ED""#, r#""ED""#);
    let cases = [
        ("Tech Lead.", "負責人。", 0),
        ("Tech Lead.", "主管。", 1),
        ("Two tech\n  leads.", "主管。", 1),
        ("A tech leader.", "主管。", 0),
        ("A fintech lead.", "主管。", 0),
        ("Senior tech leads.", "資深人員。", 0),
        ("Senior tech leads.", "負責人。", 1),
        ("Policies.", "政策。", 0),
        ("Policies, policy.", "規定。", 1),
        ("Edited, ed.", "編輯。", 0),
        ("EDs.", "總監。", 1),
        ("*Tech* [lead](https://a.example/).", "主管。", 1),
    ];
    for (source, translation, count) in cases {
        assert_eq!(others(&saying(source, translation, &[lead, senior, policy, ed])), count, "{source} {translation}");
    }
}

#[test]
fn an_entry_may_allow_several_renderings_and_words_between() {
    let team = (r#""dedicated team""#, r#"["專責團隊", "專責……團隊"]"#);
    for (translation, count) in [("專責團隊。", 0), ("專責的工程團隊。", 0), ("團隊專責。", 1)] {
        assert_eq!(others(&saying("A dedicated team.", translation, &[team])), count, "{translation}");
    }
    let glossary = "
[[term]]
en = \"issue\"
context = \"of a magazine\"
zh-TW = \"期\"
[[term]]
en = \"issue\"
zh-TW = \"問題\"
[[term]]
en = \"team\"
note = \"Rendered as you like.\"
";
    let folder = with(glossary).edited("en/ladder.md", "Writes code", "Team issue: writes code");
    assert_eq!(others(&folder.clone().edited("zh-TW/ladder.md", "撰寫他人", "問題")), 0);
    assert_eq!(others(&folder.clone().edited("zh-TW/ladder.md", "撰寫他人", "這期")), 0);
    assert_eq!(others(&folder), 1);
}

#[test]
fn details_of_a_criterion_are_read_too() {
    let folder = saying("Writes.", "撰寫。", &[(r#""board""#, r#""董事會""#)])
        .edited("en/ladder.md", "{#EN-001}", "{#EN-001}\n\n  - For the board.\n")
        .edited("zh-TW/ladder.md", "{#EN-001}", "{#EN-001}\n\n  - 給大家。\n");
    assert_eq!(others(&folder), 1);
    assert_eq!(others(&folder.edited("zh-TW/ladder.md", "給大家", "給董事會")), 0);
}

#[test]
fn any_two_languages_have_a_glossary() {
    let ladder = LADDER.replace("Writes code that others can read.", "寫程式碼。");
    let folder = Folder::new().in_locales(&["zh-TW", "de"]);
    let site = folder.text("site.toml").replace("= \"en\"", "= \"zh-TW\"").replace(".en =", ".zh-TW =");
    let folder = folder.file("site.toml", &site).file("zh-TW/ladder.md", &ladder);
    let folder = folder.file("glossary.toml", "[[term]]\nzh-TW = \"程式碼\"\nde = \"Quelltext\"\n");
    let german = |text: &str| folder.clone().file("de/ladder.md", &ladder.replace("寫程式碼。", text)).build().1;
    let is_other = |problems: Vec<rungs::for_tests::diagnostic::Diagnostic>| {
        problems.iter().filter(|problem| problem.code == Code::GlossaryRendering).count()
    };
    assert_eq!(is_other(german("Schreibt Code.")), 1);
    assert_eq!(is_other(german("Schreibt Quelltext.")), 0);
}

#[test]
fn a_criterion_can_be_let_off() {
    let folder = saying("Helps the board.", "幫助大家。", &[(r#""board""#, r#""董事會""#)]);
    let comment = "<!-- rungs: allow glossary-rendering -->\n- 幫助";
    assert_eq!(others(&folder.edited("zh-TW/ladder.md", "- 幫助", comment)), 0);
}

#[test]
fn what_is_wrong_in_the_glossary_is_told() {
    let glossary = "\
terms = 1
[[term]]
en = \"board\"
zh_TW = \"董事會\"
[[term]]
zh-TW = \"專案\"
[[term]]
en = \"\"
zh-TW = []
[[term]]
en = [\"Board\", 7]
zh-TW = \"……\"
link = \"no\"
";
    assert_snapshot!(with(glossary).problems(), @r#"
    error[unknown-key]: unknown key `terms`
     --> content/glossary.toml:1:1
      |
    1 | terms = 1
      | ^^^^^
      |
      = help: did you mean `term`?

    error[unknown-key]: unknown key `zh_TW`: it is not a locale of the site
     --> content/glossary.toml:4:1
      |
    4 | zh_TW = "董事會"
      | ^^^^^
      |
      = help: did you mean `zh-TW`?

    error[missing-key]: a term without its source, `en`
     --> content/glossary.toml:5:1
      |
    5 | [[term]]
      | ^^^^^^^^
      |
      = help: add `en = "…"`

    error[invalid-value]: an empty text
     --> content/glossary.toml:8:6
      |
    8 | en = ""
      |      ^^
      |
      = help: write it between the quotes, or remove the key

    error[invalid-value]: a term without a word
     --> content/glossary.toml:9:9
      |
    9 | zh-TW = []
      |         ^^
      |
      = help: write a word between the brackets, or remove the key

    error[invalid-value]: the term `Board` is defined twice
      --> content/glossary.toml:11:7
       |
    11 | en = ["Board", 7]
       |       ^^^^^^^ again here
       |
      ::: content/glossary.toml:3:6
       |
     3 | en = "board"
       |      ------- first here
       |
       = help: combine the two, or distinguish them with `context = "…"`

    error[invalid-value]: each element of `term.en` has to be a string, not an integer
      --> content/glossary.toml:11:16
       |
    11 | en = ["Board", 7]
       |                ^
       |
       = help: write a string, or remove it

    error[invalid-value]: an empty text
      --> content/glossary.toml:12:9
       |
    12 | zh-TW = "……"
       |         ^^^^
       |
       = help: write it between the quotes, or remove the key

    error[invalid-value]: `term.link` has to be true or false, not a string
      --> content/glossary.toml:13:8
       |
    13 | link = "no"
       |        ^^^^
       |
       = help: write `link = true` or `link = false`
    "#);
}

const TERMS: &str = "
[[term]]
en = [\"tech lead\", \"lead of a team\"]
zh-TW = [\"技術負責人\", \"負責人\"]
note = \"Not 主管, who manages.\"
[[term]]
en = \"board\"
context = \"of directors\"
zh-TW = \"董事會\"
[[term]]
en = \"level\"
zh-TW = \"職級\"
link = false
";

#[test]
fn the_glossary_is_a_page_in_each_language() {
    let site = Pages::of(&with_notes(with(TERMS), "Words.", "說明。"));
    assert_snapshot!(site.main("zh-tw/glossary/"), @"
    詞彙表
    重要用語的譯法。
    用語
    繁體中文
    說明
    board (of directors)
    董事會
    level
    職級
    tech lead / lead of a team
    技術負責人、負責人
    Not 主管, who manages.
    ");
    let page = site.page("zh-tw/glossary/");
    let ids = ["board", "level", "tech-lead"].map(|id| format!(" scope=\"row\" id=\"{id}\" lang=\"en\""));
    assert_eq!(tags(page, "th")[3..], ids);
    assert!(
        page.contains("<td lang=\"zh-Hant-TW\">技術負責人、負責人</td><td lang=\"en\">Not 主管, who manages.</td>")
    );
    assert!(site.page("en/notes/").contains("href=\"../glossary/\""));
    assert!(site.page("sitemap.xml").contains("https://ladders.example/zh-tw/glossary/"));
}

#[test]
fn a_site_without_a_glossary_has_no_page_for_it() {
    let site = Pages::of(&with_notes(with(TERMS).without("glossary.toml"), "Tech lead.", "負責人。"));
    assert!(site.files().keys().all(|path| !path.contains("glossary")));
    assert!(site.html().all(|(_, page)| !page.contains("glossary")));
}

#[test]
fn the_first_use_of_a_term_in_a_note_leads_to_the_glossary() {
    let en = "# Tech leads\n\nA `tech lead` on [a tech lead](https://a.example/).\n\nEach **tech\nlead** & \
              tech lead at a level meets the board.";
    let zh = "## 負責人\n\n每位負\n責人與技術負責人，向董事會。";
    let site = Pages::of(&with_notes(with(TERMS), en, zh));
    let links = |page: &str| -> Vec<String> {
        let links = page.split("<a class=\"term\"").skip(1);
        links.map(|link| link.split("</a>").next().unwrap().to_owned()).collect()
    };
    assert_eq!(
        links(site.page("en/notes/note/")),
        [" href=\"../../glossary/#tech-lead\">tech lead", " href=\"../../glossary/#board\">board",]
    );
    assert_eq!(
        links(site.page("zh-tw/notes/note/")),
        [" href=\"../../glossary/#tech-lead\">負責人", " href=\"../../glossary/#board\">董事會",]
    );
    assert!(site.page("en/notes/note/").contains("<strong><a class=\"term\""));
}

#[test]
fn a_note_may_link_to_the_glossary_by_hand() {
    let folder = with_notes(with(TERMS), "[Boards](../../glossary/#board)", "[董事](../../glossary/#bord)");
    assert_snapshot!(folder.problems(), @"
    error[broken-link]: the link `../../glossary/#bord` leads nowhere
     --> content/zh-TW/notes/note.md:4:1
      |
    4 | [董事](../../glossary/#bord)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the page has no anchor `#bord`
      |
      = help: did you mean `../../glossary/#board`?
    ");
}

#[test]
fn anchors_outlive_terms_that_are_added_behind() {
    let anchors = |glossary: &str| {
        let (site, _) = with(glossary).build();
        site.glossary.terms.iter().map(|term| term.anchor.clone()).collect::<Vec<_>>()
    };
    let more = format!("{TERMS}[[term]]\nen = \"Board\"\ncontext = \"of wood\"\n[[term]]\nen = \"board!\"\n");
    assert_eq!(anchors(TERMS), ["tech-lead", "board", "level"]);
    assert_eq!(anchors(&more), ["tech-lead", "board", "level", "board-of-wood", "board-2"]);
}
