//! Markdown that people know from elsewhere: footnotes, alerts, boxes, titles, and what only other programs read.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use rungs::for_tests::{diagnostic::Code, parse};

use crate::driver::Folder;
use crate::published::Published;

/// The bilingual site with a note in both languages.
fn noted(source: &str, translated: &str) -> Folder {
    Folder::bilingual().file("en/notes/n.md", source).file("zh-TW/notes/n.md", translated)
}

/// The small site with a note below this title.
fn note(text: &str) -> Folder {
    Folder::small().file("en/notes/n.md", &format!("+++\ntitle = \"Note\"\n+++\n{text}\n"))
}

/// Returns the problems of one kind: the part of the file that each is about.
fn told(folder: &Folder, code: Code) -> Vec<String> {
    let (_, problems) = folder.build();
    let found = problems.iter().filter(|problem| problem.code == code);
    let part = |place: &rungs::for_tests::diagnostic::Diagnostic| {
        folder.text(place.label.place.path.as_str())[place.label.place.span()].to_owned()
    };
    found.map(part).collect()
}

/// Returns what stands in the body of a page.
fn body(page: &str) -> &str {
    let start = page.find("<main").unwrap();
    &page[start..page.find("</main>").unwrap()]
}

#[test]
fn whatever_is_shown_as_it_is_written_is_told() {
    let cases = [
        ("One<br>two.", "<br>"),
        ("Press <kbd>git</kbd>.", "<kbd>"),
        ("<b>Bold</b> words.", "<b>"),
        ("A </i> alone.", "</i>"),
        ("> <p>Quoted</p>", "<p>"),
        ("| a |\n|---|\n| b<br/>c |", "<br/>"),
        ("<details>\n<summary>More</summary>\nText.\n</details>", "<details>"),
        ("<table><tr><td>x</td></tr></table>", "<table>"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>"),
        ("<div>\n<!-- <b> -->\nx</div>", "<div>"),
        ("<!DOCTYPE html>\n<hr>", "<hr>"),
        ("{{< figure src=\"a.png\" >}}", "{{< figure src=\"a.png\" >}}"),
        ("{{% notice %}}", "{{% notice %}}"),
        ("{{<b>}}", "{{<b>}}"),
        ("見{{ site.title }}。", "{{ site.title }}"),
        ("{% include a.md %}", "{% include a.md %}"),
        ("A list\n{:.no_toc}", "{:.no_toc}"),
        (":::tip\nText.\n:::", ":::tip"),
        ("::: warning Title", "::: warning Title"),
        ("!!! note\n    Text.", "!!! note"),
        ("[TOC]", "[TOC]"),
        ("- [[toc]]", ""),
        ("[[_TOC_]]", "[[_TOC_]]"),
        ("> [!FYI]\n> Text.", "[!FYI]"),
        ("> [!NOTE] Title\n> Text.", "[!NOTE]"),
        ("Text <!-- that goes on.", "<!--"),
        ("Write <name> there.", "<name>"),
    ];
    for (text, shown) in cases {
        let expected: Vec<_> = [shown].into_iter().filter(|shown| !shown.is_empty()).collect();
        assert_eq!(told(&note(text), Code::RawHtml), expected, "{text}");
    }
}

#[test]
fn code_comments_and_escapes_are_shown_as_they_are_meant() {
    for text in [
        "`<br>` and `` `{{< x >}}` ``",
        "```\n<b>\n{% x %}\n:::tip\n[TOC]\n```",
        "    <b>\n",
        "<!-- <b> {{ x }} :::tip -->",
        "Text <!-- <b> --> text.",
        "<!--\n[TOC]\n{{< x >}}\n-->",
        "\\<br> and \\{{ x }} and \\[TOC]",
        "<https://example.org/> and <a@example.org>",
        "a < b and b > a, {braces}, :: and !!!",
        "> [!NOTE]\n> Text.",
        "See [EN-001].",
    ] {
        assert_eq!(told(&note(text), Code::RawHtml), [""; 0], "{text}");
    }
}

#[test]
fn every_text_of_a_site_is_looked_at() {
    let places = [
        ("en/ladder.md", "Writes code", "Writes <b>code</b>"),
        ("en/ladder.md", "title = \"", "title = \"<b>x</b> "),
        ("zh-TW/ladder.md", "\n# ", "\n# <b>x</b> "),
        ("site.toml", "\"Ladders\"", "\"<b>Ladders</b>\""),
    ];
    for (path, old, new) in places {
        let folder = Folder::bilingual();
        if !folder.text(path).contains(old) {
            continue;
        }
        let folder = folder.edited(path, old, new);
        assert_eq!(told(&folder, Code::RawHtml), ["<b>"], "{path}: {new}");
    }
    let folder = Folder::small().file("glossary.toml", "[[term]]\nen = [\"code\"]\nnote = \"What <b>runs</b>.\"\n");
    assert_eq!(told(&folder, Code::RawHtml), ["<b>"]);
}

#[test]
fn the_advice_says_what_to_write() {
    let folder = note("One<br>two. {{< x >}}\n\n:::tip\n\n<custom-tag>");
    assert_snapshot!(folder.problems(), @"
    warning[raw-html]: `<br>` is shown as text
     --> content/en/notes/n.md:4:4
      |
    4 | One<br>two. {{< x >}}
      |    ^^^^ HTML is not supported
      |
      = help: end the line with a backslash; in a table, write two rows or a list below it

    warning[raw-html]: `{{< x >}}` is shown as text
     --> content/en/notes/n.md:4:13
      |
    4 | One<br>two. {{< x >}}
      |             ^^^^^^^^^ a shortcode or a variable of another generator
      |
      = help: write what it means in Markdown, or remove it; between backticks it is code

    warning[raw-html]: `:::tip` is shown as text
     --> content/en/notes/n.md:6:1
      |
    6 | :::tip
      | ^^^^^^ a block of another generator
      |
      = help: write `> [!NOTE]` on a line of its own, with `> ` before each line of what it says; there are NOTE, TIP, IMPORTANT, WARNING and CAUTION

    warning[raw-html]: `<custom-tag>` is shown as text
     --> content/en/notes/n.md:8:1
      |
    8 | <custom-tag>
      | ^^^^^^^^^^^^ HTML is not supported
      |
      = help: if you mean it literally, write `` `<custom-tag>` ``; if not, remove it
    ");
}

const FOOTNOTES: &str = "+++\ntitle = \"Note\"\n+++\nA claim[^1] and[^cost] more[^1].\n\n[^1]: Plain.\n\n    Twice.\n\n[^cost]: https://example.org/\n";
const FOOTNOTES_HAN: &str = "+++\ntitle = \"筆記\"\n+++\n註腳[^1]。另一個[^cost]。再一次[^1]。\n\n[^1]: 一般的。\n\n    兩段。\n\n[^cost]: https://example.org/\n";

#[test]
fn footnotes_are_numbered_and_lead_there_and_back() {
    let folder = noted(FOOTNOTES, FOOTNOTES_HAN);
    assert_eq!(folder.problems(), "");
    let site = Published::of(&folder);
    for address in ["en/notes/n/", "zh-tw/notes/n/", "en/notes/n/beside/zh-tw/", "zh-tw/notes/n/beside/en/"] {
        let page = body(site.page(address));
        assert!(!page.contains("[^"), "{address}: {page}");
        let ids: Vec<_> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{address}: {ids:?}");
        let signs = page.split("href=\"#_").skip(1).map(|rest| rest.split('"').next().unwrap());
        let signs: Vec<_> = signs.map(|id| format!("_{id}")).collect();
        assert!(signs.len() >= 6 && signs.iter().all(|id| ids.contains(&id.as_str())), "{address}: {signs:?} {ids:?}");
    }
    let words = |address: &str| site.said(address);
    assert_snapshot!(words("en/notes/n/"), @"
    Note
    One language
    Side by side with Traditional Chinese
    A claim1 and2 more1.
    Footnotes
    Plain.Twice.↩&#xFE0E; ↩&#xFE0E;
    https://example.org/↩&#xFE0E;
    ");
    assert_snapshot!(words("zh-tw/notes/n/"), @"
    筆記
    單一語言
    英文對照
    註腳1。另一個2。再一次1。
    註腳
    一般的。兩段。↩&#xFE0E; ↩&#xFE0E;
    https://example.org/↩&#xFE0E;
    ");
    let names = |address: &str| {
        let names = body(site.page(address)).split("aria-label=\"").skip(1);
        names.map(|rest| rest.split('"').next().unwrap()).collect::<Vec<_>>().join(" | ")
    };
    assert_snapshot!(names("zh-tw/notes/n/"), @"檢視方式 | 註腳1 | 註腳2 | 註腳1 | 回到內文中的註腳1，第1處 | 回到內文中的註腳1，第2處 | 回到內文中的註腳2");
}

#[test]
fn a_footnote_that_only_the_source_has_is_shown_below_its_translation() {
    let folder = noted(
        "+++\ntitle = \"Note\"\n+++\nOne[^a].\n\nTwo[^b].\n\n[^a]: First.\n\n[^b]: Second.\n",
        "+++\ntitle = \"筆記\"\n+++\n一[^a]。\n\n[^a]: 第一。\n",
    );
    let site = Published::of(&folder);
    let page = body(site.page("zh-tw/notes/n/"));
    assert!(page.contains("id=\"_footnote-2\"") && page.contains("Second."), "{page}");
}

#[test]
fn a_reference_may_stand_right_behind_a_footnote() {
    let folder = note("One[^1][EN-001].\n\n[^1]: First.");
    assert_eq!(folder.problems(), "");
    let site = Published::of(&folder);
    let page = body(site.page("en/notes/n/"));
    assert!(page.contains(">1</a></sup><a href=\"../../../c/en-001/\"") || page.contains(">EN-001</a>."), "{page}");
}

#[test]
fn footnotes_that_lead_nowhere_are_told() {
    let folder = note("One[^1] two[^zwei].\n\n[^1]: First.\n\n[^1]: Again.\n\n[^3]: Never.\n\n[^wide]：Wide.");
    assert_snapshot!(folder.problems(), @r"
    warning[footnote]: there is no footnote `zwei`
     --> content/en/notes/n.md:4:12
      |
    4 | One[^1] two[^zwei].
      |            ^^^^^^^ shown as written
      |
      = help: write `[^zwei]: …` on a line of its own, or `\[^zwei]` if you mean the brackets literally

    warning[footnote]: the footnote `1` is defined twice
     --> content/en/notes/n.md:8:1
      |
    8 | [^1]: Again.
      | ^^^^^ not shown
      |
     ::: content/en/notes/n.md:6:1
      |
    6 | [^1]: First.
      | ----- this one is shown
      |
      = help: give one of them another label, or make them one

    warning[footnote]: nothing refers to the footnote `3`
      --> content/en/notes/n.md:10:1
       |
    10 | [^3]: Never.
       | ^^^^^ not shown
       |
       = help: write `[^3]` after the words that it is about, or remove it

    warning[footnote]: there is no footnote `wide`
      --> content/en/notes/n.md:12:1
       |
    12 | [^wide]：Wide.
       | ^^^^^^^ shown as written
       |
    help: begin its line with `[^wide]: `, with the colon of ASCII
       |
    12 - [^wide]：Wide.
    12 + [^wide]: Wide.
       |
    ");
}

#[test]
fn a_ladder_has_no_footnotes_and_says_so() {
    let folder = Folder::small().edited(
        "en/ladder.md",
        "Writes code that others can read.",
        "Writes code that others can read.[^1]",
    );
    let text = format!("{}\n[^1]: Measured.\n\n[^2]: Alone.\n", folder.text("en/ladder.md"));
    let folder = folder.file("en/ladder.md", &text);
    assert_snapshot!(folder.problems(), @"
    warning[footnote]: a ladder has no footnotes
      --> content/en/ladder.md:12:36
       |
    12 | - Writes code that others can read.[^1] {#EN-001}
       |                                    ^^^^ shown as written
       |
      ::: content/en/ladder.md:22:1
       |
    22 | [^1]: Measured.
       | ----- what it says
       |
       = help: write what it says below: at a criterion as a paragraph, indented as far as the statement; then remove both

    warning[footnote]: a ladder has no footnotes
      --> content/en/ladder.md:24:1
       |
    24 | [^2]: Alone.
       | ^^^^^ shown as written
       |
       = help: write it where it belongs, or remove it
    ");
}

#[test]
fn footnotes_come_back_from_translators() {
    let text = parse::RichText::read("主張[^1]。");
    assert_eq!(text.markdown(), "主張[^1]。");
    for markdown in
        ["a[^1]\n\n[^1]: b\n\n    c\n", "[^階]: - a\n    - b\n", "> [!TIP]\n> a\n>\n> - b\n", "- [ ] a\n- [x] b\n"]
    {
        let blocks = parse::blocks(markdown);
        assert_eq!(parse::blocks(&parse::markdown(&blocks)), blocks, "{markdown}\n{}", parse::markdown(&blocks));
    }
}

#[test]
fn the_box_before_a_criterion_is_no_part_of_it() {
    let folder = Folder::small();
    let text = folder.text("en/ladder.md").replacen("- Writes", "- [ ] Writes", 1);
    let ticked = text.replacen("- [ ] ", "- [x] ", 1);
    let (plain, open) = (Published::of(&folder), Published::of(&folder.clone().file("en/ladder.md", &text)));
    assert_eq!(plain.page("c/en-001/"), open.page("c/en-001/"));
    let folder = folder.file("en/ladder.md", &ticked);
    assert_eq!(Published::of(&folder).page("c/en-001/"), plain.page("c/en-001/"));
    assert_snapshot!(folder.problems(), @"
    warning[ticked-box]: the tick before this criterion is not shown
      --> content/en/ladder.md:12:3
       |
    12 | - [x] Writes code that others can read. {#EN-001}
       |   ^^^ not part of the statement
       |
       = help: remove the box, or write `[ ]`: use a worksheet to record who meets what
    ");
}

#[test]
fn boxes_and_alerts_of_a_note_are_shown_in_the_language_of_the_reader() {
    let text = |title: &str| {
        format!(
            "+++\ntitle = \"{title}\"\n+++\n- [ ] A\n- [x] B\n\n> [!NOTE]\n> N.\n\n> [!TIP]\n> T.\n\n> [!IMPORTANT]\n> I.\n\n> \
             [!WARNING]\n> W.\n\n> [!CAUTION]\n> C.\n\n> Quoted.\n"
        )
    };
    let site = Published::of(&noted(&text("Note"), &text("筆記")));
    let prose = |address: &str| {
        let page = body(site.page(address));
        let start = page.find("<div class=\"prose\">").unwrap();
        page[start..page.find("</article>").unwrap()]
            .trim()
            .replace("</div><", "</div>\n<")
            .replace("</li><", "</li>\n<")
    };
    assert_snapshot!(prose("en/notes/n/"), @r#"
    <div class="prose"><ul><li class="task"><span class="box" role="img" aria-label="Not done">☐</span> A</li>
    <li class="task"><span class="box" role="img" aria-label="Done">☑</span> B</li>
    </ul><div class="alert note"><p class="title">Note</p><p>N.</p></div>
    <div class="alert tip"><p class="title">Tip</p><p>T.</p></div>
    <div class="alert important"><p class="title">Important</p><p>I.</p></div>
    <div class="alert warning"><p class="title">Warning</p><p>W.</p></div>
    <div class="alert caution"><p class="title">Caution</p><p>C.</p></div>
    <blockquote><p>Quoted.</p></blockquote></div>
    "#);
    assert_snapshot!(prose("zh-tw/notes/n/"), @r#"
    <div class="prose"><ul><li class="task"><span class="box" role="img" aria-label="未完成">☐</span> A</li>
    <li class="task"><span class="box" role="img" aria-label="已完成">☑</span> B</li>
    </ul><div class="alert note"><p class="title">附註</p><p>N.</p></div>
    <div class="alert tip"><p class="title">提示</p><p>T.</p></div>
    <div class="alert important"><p class="title">重要</p><p>I.</p></div>
    <div class="alert warning"><p class="title">警告</p><p>W.</p></div>
    <div class="alert caution"><p class="title">注意</p><p>C.</p></div>
    <blockquote><p>Quoted.</p></blockquote></div>
    "#);
    let fallback = Published::of(&Folder::bilingual().file("en/notes/n.md", &text("Note")));
    let page = body(fallback.page("zh-tw/notes/n/"));
    assert!(page.contains("<p class=\"title\" lang=\"zh-Hant-TW\">附註</p>"), "{page}");
}

#[test]
fn signs_that_close_a_heading_may_stand_before_its_attributes() {
    for (heading, expected) in [
        ("## Why ## {#why}", "<h2 id=\"why\">Why</h2>"),
        ("## Why # {#because}", "<h2 id=\"because\">Why</h2>"),
        ("## Why ##", "<h2 id=\"why\">Why</h2>"),
        ("## About C# {#sharp}", "<h2 id=\"sharp\">About C#</h2>"),
    ] {
        let folder = note(&format!("{heading}\n\nText."));
        assert_eq!(folder.problems(), "", "{heading}");
        let site = Published::of(&folder);
        assert!(body(site.page("en/notes/n/")).contains(expected), "{heading}: {}", body(site.page("en/notes/n/")));
    }
}

#[test]
fn a_note_may_have_its_title_as_a_heading() {
    let folder = noted("# Maps\n\nText.\n\n## More\n\nText.\n", "# 地圖\n\n文字。\n\n## 更多\n\n文字。\n");
    assert_eq!(folder.problems(), "");
    let site = Published::of(&folder);
    for (address, title) in [("en/notes/n/", "Maps"), ("zh-tw/notes/n/", "地圖")] {
        let page = body(site.page(address));
        assert!(page.contains(&format!("<h1>{title}</h1>")) && page.matches(title).count() == 1, "{page}");
    }
    let untitled = Folder::small().file("en/notes/n.md", "Text.\n\n# Heading\n\nText.\n");
    assert_snapshot!(untitled.problems(), @r#"
    error[missing-key]: missing key `title`
    --> content/en/notes/n.md
     = help: write `title = "…"` between two +++ lines at the top of the file, or begin it with `# …`
    "#);
}

#[test]
fn front_matter_in_yaml_is_refused_by_name() {
    let folder = Folder::small().file("en/notes/n.md", "---\ntitle: \"Maps\"\n---\nText.\n");
    assert_snapshot!(folder.problems(), @r#"
    error[unclosed-front-matter]: the front matter is YAML
     --> content/en/notes/n.md:1:1
      |
    1 | ---
      | ^^^ opened here
      |
      = help: write TOML between two +++ lines, such as `title = "…"`
    "#);
    let folder = Folder::small().file("en/notes/n.md", "---\ntitle: Maps\ndate: 2026-01-01\n---\nText.\n");
    assert_snapshot!(folder.problems(), @r#"
    error[unclosed-front-matter]: the front matter is YAML
     --> content/en/notes/n.md:1:1
      |
    1 | ---
      | ^^^ opened here
      |
      = help: write TOML between two +++ lines, such as `title = "…"`
    "#);
    let rule = note("---\n\nText: what follows.\n\n---\n");
    assert_eq!(rule.problems(), "");
}

#[test]
fn definitions_of_links_that_take_a_label_or_swallow_a_text_are_told() {
    let folder = note(
        "See [EN-001], [words], [more][x].\n\n[EN-001]: https://example.org/\n[l1]: https://example.org/\n[words]: \
         https://example.org/\n[x]: y.md\n[unused]: https://example.org/\n[重要]: 說明文字\n[//]: # (a comment)",
    );
    assert_eq!(
        told(&folder, Code::LinkDefinition),
        ["[EN-001]: https://example.org/", "[l1]: https://example.org/", "[重要]: 說明文字"]
    );
}

#[test]
fn a_line_end_stands_for_the_space_that_the_text_has_elsewhere() {
    let plain = |text: &str| parse::RichText::read(text).plain();
    for (text, expected) in [
        ("使用\nRust\n編寫", "使用Rust編寫"),
        ("用 Go 或\nRust\n編寫", "用 Go 或 Rust 編寫"),
        ("他說——\n好", "他說——好"),
        ("等等……\n好", "等等……好"),
        ("他說“好”\n她笑", "他說“好”她笑"),
        ("說「好」\nRust", "說「好」Rust"),
        ("好，\nRust", "好，Rust"),
        ("第\n3\n級", "第3級"),
        ("one —\ntwo", "one — two"),
        ("“one”\ntwo", "“one” two"),
        ("wait…\ntwo", "wait… two"),
        ("한국어\n문장", "한국어 문장"),
        ("日本\n語の\nRust", "日本語のRust"),
    ] {
        assert_eq!(plain(text), expected, "{text}");
    }
}
