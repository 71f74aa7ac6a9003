//! Texts as Markdown and as JSON: what is written reads as it was meant.

use proptest::prelude::*;
use rungs::for_tests::parse::{self, Block, RichText};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Words with whatever means something to Markdown, and with what stands beside delimiters in Chinese.
fn words() -> impl Strategy<Value = String> {
    const ODD: &str = "[-a-c0-9.)(#*_\\[\\]<>&;~{}|!`\\\\+=:\"'/階一，：。（）「」“”—…！é👍 \u{A0}\u{3000}\n\t]";
    let drawn = |pattern: String| prop::string::string_regex(&pattern).unwrap();
    prop_oneof![
        6 => drawn(format!("{ODD}{{1,6}}")),
        2 => drawn(format!("{ODD}{{1,3}}( {ODD}{{1,3}}){{1,2}}")),
        1 => Just("break".to_owned()),
        1 => "&(amp|#38|lt);|http|\u{FEFF}a|---|a +#+|[ \t]+",
    ]
}

/// Where a text stands, by what it cannot hold there.
#[derive(Debug, Clone, Copy)]
struct At {
    can_link: bool,
    can_break: bool,
    can_strike: bool,
    /// The number of further marks of emphasis that can be nested.
    emphasis: u32,
}

/// A text as an edition keeps it.
fn text(at: At) -> impl Strategy<Value = RichText> {
    pieces(at, 3).prop_map(|pieces| read(&Value::from(pieces)))
}

const PARAGRAPH: At = At { can_link: true, can_break: true, can_strike: true, emphasis: 2 };

fn paragraph() -> impl Strategy<Value = RichText> {
    text(PARAGRAPH)
}

fn line() -> impl Strategy<Value = RichText> {
    text(At { can_break: false, ..PARAGRAPH })
}

/// The pieces of a text, with marks within marks down to a depth.
fn pieces(at: At, depth: u32) -> BoxedStrategy<Vec<Value>> {
    let piece = prop_oneof![3 => words().prop_map(|words| said(&words)), 2 => marked(at, depth)];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| told_apart(pieces, false)).boxed()
}

/// Words in a list. The word `break` is two strings there.
fn said(words: &str) -> Value {
    if words == "break" { json!(["brea", "k"]) } else { words.into() }
}

fn marked(at: At, depth: u32) -> BoxedStrategy<Value> {
    let code = "[ -~階，*\u{3000}]{1,5}".prop_map(|code| json!({ "code": code }));
    let image = (address(), title(), prop_oneof![Just(String::new()), words()]).prop_map(
        |(target, title, alternative)| json!({ "image": titled(&target, &title, "alternative", alternative.into()) }),
    );
    let mut kinds = vec![(3, code.boxed()), (1, image.boxed())];
    if at.can_break {
        kinds.push((2, Just(json!("break")).boxed()));
    }
    if at.can_link {
        let footnote = prop::sample::select(&["1", "階"]);
        kinds.push((1, footnote.prop_map(|label| json!({ "footnote": { "label": label } })).boxed()));
        const REFERENCES: &[[&str; 3]] =
            &[["EN-001", "", "[EN-001]"], ["職級", "", "[職級][]"], ["thread:a", "甲*", "[甲\\*][thread:a]"]];
        let reference = prop::sample::select(REFERENCES).prop_map(|[label, words, written]| match words {
            "" => json!({ "reference": { "label": label, "written": written } }),
            words => json!({ "reference": { "label": label, "words": words, "written": written } }),
        });
        let bare = "https?://[a-c階*。|&#\\[\\]()_\\\\]{1,5}"
            .prop_map(|target| json!({ "link": { "target": target, "words": target } }));
        kinds.extend([(3, reference.boxed()), (1, bare.boxed())]);
    }
    let inner = |at| pieces(at, depth - 1).prop_map(|pieces| told_apart(pieces, true));
    if depth > 0 && at.emphasis > 0 {
        let inner = inner(At { emphasis: at.emphasis - 1, ..at }).boxed();
        kinds.push((4, inner.clone().prop_map(|words| json!({ "emphasis": words })).boxed()));
        kinds.push((3, inner.prop_map(|words| json!({ "strong": words })).boxed()));
    }
    if depth > 0 && at.can_strike {
        let inner = inner(At { can_strike: false, ..at });
        kinds.push((2, inner.prop_map(|words| json!({ "strikethrough": words })).boxed()));
    }
    if depth > 0 && at.can_link {
        let inner = prop_oneof![1 => Just(vec![]), 9 => pieces(At { can_link: false, ..at }, depth - 1)];
        let link = (address(), title(), inner)
            .prop_map(|(target, title, words)| json!({ "link": titled(&target, &title, "words", words.into()) }));
        kinds.push((2, link.boxed()));
    }
    prop::strategy::Union::new_weighted(kinds).boxed()
}

fn titled(target: &str, title: &str, name: &str, words: Value) -> Value {
    let mut fields = json!({ "target": target, name: words });
    if !title.is_empty() {
        fields["title"] = title.into();
    }
    fields
}

fn address() -> impl Strategy<Value = String> {
    "[-`a-c0-9<>&;*_\\\\\"#/()\\[\\]|{}階。\n ]{0,8}"
}

fn title() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[-a-c&;*_\\\\\"'<>()|階。\n]{1,5}"]
}

/// The pieces with words between those that Markdown would read as one, and at an end where none can stand.
fn told_apart(pieces: Vec<Value>, is_within: bool) -> Vec<Value> {
    let kind = |piece: &Value| match piece {
        Value::Object(fields) => fields.keys().next().cloned().unwrap_or_default(),
        piece => (if piece == "break" { "break" } else { "words" }).to_owned(),
    };
    let mut apart: Vec<Value> = Vec::new();
    for piece in pieces {
        let before = apart.last().map(kind).unwrap_or_default();
        let would_merge = match (before.as_str(), kind(&piece).as_str()) {
            ("code", "code") | ("strikethrough", "strikethrough") | ("reference", "reference" | "link") => true,
            ("emphasis" | "strong", "emphasis" | "strong") | ("", "break") => is_within,
            _ => false,
        };
        apart.extend(would_merge.then(|| "x".into()));
        match piece {
            Value::Array(strings) => apart.extend(strings),
            piece => apart.push(piece),
        }
    }
    apart.extend((apart.last().map(kind).as_deref() == Some("break")).then(|| "x".into()));
    apart
}

fn block() -> impl Strategy<Value = Block> {
    let alignment = prop::sample::select(&["none", "left", "center", "right"]);
    let cell = prop_oneof![1 => Just(RichText::default()), 4 => line()].boxed();
    let table = (1_usize..4).prop_flat_map(move |columns| {
        let row = || prop::collection::vec(cell.clone(), columns);
        (prop::collection::vec(alignment.clone(), columns), row(), prop::collection::vec(row(), 0..3))
    });
    let heading = |(depth, text): (u8, RichText)| json!({ "heading": { "depth": depth, "text": text } });
    let leaf = prop_oneof![
        4 => paragraph().prop_map(|text| json!({ "paragraph": text })),
        1 => (1_u8..=2, paragraph()).prop_map(heading),
        1 => (3_u8..=6, line()).prop_map(heading),
        1 => ("[a-c+#&;`~\\\\\\[\t階]{0,3}", "([a-c`~ \t\\-#&>*階，]{0,6}\n){0,3}")
            .prop_map(|(language, text)| json!({ "code": { "language": language, "text": text } })),
        2 => table.prop_map(
            |(alignments, head, rows)| json!({ "table": { "alignments": alignments, "head": head, "rows": rows } })
        ),
        1 => Just(json!("rule")),
    ];
    let block = leaf.prop_recursive(3, 12, 3, |inner| {
        let blocks = || prop::collection::vec(inner.clone(), 0..3);
        // An empty item stands alone: what follows a list in a quotation is misread if the last of its items is empty.
        let items = prop_oneof![1 => Just(vec![vec![]]), 9 => prop::collection::vec(prop::collection::vec(inner.clone(), 1..3), 1..4)];
        let start = prop_oneof![Just(None), (0_u64..12).prop_map(Some), (999_999_997_u64..=999_999_999).prop_map(Some)];
        prop_oneof![
            (start, items).prop_map(|(start, items)| json!({ "list": { "start": start, "items": items } })),
            blocks().prop_map(|blocks| json!({ "quote": blocks })),
            blocks().prop_map(|blocks| json!({ "alert": { "kind": "tip", "blocks": blocks } })),
        ]
    });
    block.prop_map(|block| read(&block))
}

/// Markdown as nobody writes it.
fn markdown() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a",
        "b c",
        "階",
        "一",
        "，",
        "：",
        "（",
        "」",
        "”",
        "—",
        "…",
        "！",
        "!",
        ".",
        "'",
        " ",
        " ",
        "  ",
        "a\tb",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
        "*",
        "*",
        "**",
        "***",
        "_",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "![",
        "](x)",
        "](<*。> \"*，\")",
        "[EN-001]",
        "[職][EN-001]",
        "[EN-001][]",
        "][EN\n-001]",
        "http://a.b/_c ",
        "<http://a*。>",
        "<a@b.c>",
        "\\",
        "\\\\",
        "&amp;",
        "&#32;",
        "&#10;",
        "&#42;",
        "-",
        "- ",
        "  - ",
        "+ ",
        "1. ",
        "12) ",
        "> ",
        "# ",
        "## ",
        " #",
        "```",
        "~~~ `",
        "    ",
        "|",
        " | ",
        "| a |\n|---|\n| ",
        "---",
        "===",
        "break",
        ":",
        "=",
        "<b>",
        "<!-- c -->",
        "[^1]",
        "[^1]",
        "[^階]",
        "\n[^1]: ",
        "\n\n[^階]: a\n",
        "- [ ] ",
        "- [x] ",
        "[x]",
        "> [!NOTE]\n> ",
        "[!TIP]",
        "^",
        "\n[a]: x\n",
    ];
    (prop::collection::vec(prop::sample::select(PIECES), 0..24), any::<bool>()).prop_map(|(pieces, is_unix)| {
        let markdown = pieces.concat();
        // In code the parser takes two bytes at the end of a line for two spaces.
        if is_unix || markdown.contains('`') { markdown } else { markdown.replace('\n', "\r\n") }
    })
}

/// Returns the nesting depth of fields of these names, of those that count.
fn depth(json: &Value, names: &[&str], counts: &dyn Fn(&Value) -> bool) -> usize {
    match json {
        Value::Array(values) => values.iter().map(|value| depth(value, names, counts)).max().unwrap_or(0),
        Value::Object(fields) => {
            let field_depth = |(field, value): (&String, &Value)| {
                usize::from(names.contains(&field.as_str()) && counts(value)) + depth(value, names, counts)
            };
            fields.iter().map(field_depth).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// A value from JSON, and what JSON makes of it.
fn read<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn through_json<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let json = serde_json::to_string(value).unwrap();
    let again = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(serde_json::to_string(&again).unwrap(), json);
    again
}

properties! {
    512 cases,

    #[test]
    fn a_text_that_is_written_and_read_says_the_same(text in paragraph()) {
        prop_assert_eq!(RichText::read(&text.markdown()), text.clone(), "{}", text.markdown());
        prop_assert_eq!(through_json(&text), text);
    }

    #[test]
    fn blocks_that_are_written_and_read_say_the_same(blocks in prop::collection::vec(block(), 0..4)) {
        let written = parse::markdown(&blocks);
        prop_assert_eq!(&parse::blocks(&written), &blocks, "{}", written);
        prop_assert_eq!(through_json(&blocks), blocks);
    }

    #[test]
    fn whatever_was_parsed_is_written_so_that_it_reads_alike(markdown in markdown()) {
        // What is written of a link with brackets in it would be the label of a reference before it.
        prop_assume!(!markdown.contains("][!["));
        let blocks = parse::blocks(&markdown);
        let json = serde_json::to_value(&blocks).unwrap();
        // There are two delimiters, so three marks within each other may not be told apart.
        prop_assume!(depth(&json, &["emphasis", "strong"], &|_| true) < 3);
        // Of a reference in several lines it is not kept how far they were indented.
        prop_assume!(depth(&json, &["written"], &|written| written.as_str().is_some_and(|words| words.contains('\n'))) == 0);
        prop_assume!(depth(&json, &["reference"], &|reference| depth(reference, &["code"], &|_| true) > 0) == 0);
        let written = parse::markdown(&blocks);
        prop_assert_eq!(&parse::blocks(&written), &blocks, "{}", written);
        prop_assert_eq!(through_json(&blocks), blocks);
    }
}

/// Regressions that the property tests have found, and similar cases.
#[test]
fn markdown_that_was_once_written_so_that_it_read_otherwise() {
    let cases = [
        // Emphasis beside the punctuation of either script, and beside other emphasis.
        "_a\n-_：",
        "*-*&#65306;",
        "\\*「_&#32;_",
        "*0*。_&#9;_",
        "*階*\n*一*字",
        "_*a*_ __*a*__ ***a** b* **a *b***",
        "*a**b* **a*b*c**",
        "~~a ~b~ c~~",
        // What would be one with what stands beside it.
        "`階`\n`一`",
        "~~階~~\n~~一~~",
        "[職]\n[級]",
        "[職]\n[級](x)",
        "[EN-001][][EN-001]",
        "a[EN-001]<a@b.c>",
        "[EN-001]\\: see",
        "[EN-001]\\(see)",
        "- [EN-001]: see the other\n- [EN-001]\\: see",
        "# [b __*…*__~~`]:`~~](x)",
        "[EN-001]&#91;<http://\\]>",
        "\\![a](x) \\![EN-001]",
        "[`][EN-001]``",
        // Links and addresses.
        "[<a@b.c>](x)",
        "[http://a b](<http://a b>) [*http://a*](http://a) [https](https)",
        "<http://a*。> <https://a\\b>",
        "[階](<*。> \"*，\") ![階](<~：>)",
        // Code.
        "`*。\nb`",
        "| `a\\\\|b` | a\\|b |\n|---|---|",
        "http://a.b/_c\\| a |\n|---|\n| ",
        "```a&amp;b&#96;c\n```",
        "~~~a`b\nx\n~~~",
        "```\nx",
        // Line ends, and spaces at them.
        "&#10;",
        "a&#10;",
        "&#65279;a",
        "&#12;a",
        "[- \\\n](x)",
        "[  \n\\\n](x)",
        "a[- \\\n][EN\n-001]",
        "a[*  \n][EN\n-001]",
        "> [職\n> 級 a\n> b][EN-001]",
        "[  \n12) ]",
        // Lists.
        "999999999. a\n1. b",
        "- +\n  *",
        "+ - *",
    ];
    for markdown in cases {
        let blocks = parse::blocks(markdown);
        let written = parse::markdown(&blocks);
        assert_eq!(parse::blocks(&written), blocks, "{markdown}\n{written}");
        assert_eq!(through_json(&blocks), blocks, "{markdown}");
    }
}

#[test]
fn where_lines_end_in_a_reference_makes_no_difference() {
    let text = parse::blocks("見[職級 of each][EN-001]。");
    for markdown in ["見[職\n級 of\neach][EN-001]。", "見[職級 of\r\n  each][EN-001]。"] {
        assert_eq!(parse::blocks(markdown), text, "{markdown}");
    }
    assert_eq!(parse::blocks("> 見[職\n> 級 of\n> each][EN-001]。"), [read(&json!({ "quote": text }))]);
}

#[test]
fn a_hard_break_and_the_word_break_stay_what_they_are() {
    let shown = |text: &RichText| format!("{}: {}", serde_json::to_string(text).unwrap(), text.markdown());
    let cases = ["a\\\nb", "break", "*break*", "a\\\nbreak\\\nb", "break*break*`break`break"];
    let texts = cases.map(RichText::read);
    insta::assert_snapshot!(texts.iter().map(shown).collect::<Vec<_>>().join("\n"), @r#"
    ["a","break","b"]: a\
    b
    "break": break
    [{"emphasis":"break"}]: *break*
    ["a","break","brea","k","break","b"]: a\
    break\
    b
    ["brea","k",{"emphasis":"break"},{"code":"break"},"brea","k"]: break*break*`break`break
    "#);
    for text in texts {
        assert_eq!(through_json(&text), text);
    }
    // A text is the same however it is divided into strings, and wherever it stands.
    assert_eq!(read::<RichText>(&json!(["b", "", "reak", { "code": "x" }])), RichText::read("break`x`"));
    assert_eq!(RichText::read("\n\nbreak`x` {#EN-001}"), RichText::read("break`x`"));
    // What an edition does not keep is refused, not passed over.
    let placed = json!([{ "link": { "target": "x", "words": "y", "span": { "start": 0, "end": 1 } } }]);
    assert!(serde_json::from_value::<RichText>(placed).is_err());
}
