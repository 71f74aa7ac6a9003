//! Texts of editions as Markdown: what is written reads as it was meant.

use proptest::prelude::*;
use rungs::edition::{Block, Text};

/// Blocks as JSON, which is how editions keep them.
fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        text().prop_map(Block::Paragraph),
        (1_u8..=6, words()).prop_map(|(depth, words)| Block::Heading { depth, text: plain(&words) }),
        ("[a-z]{0,3}", "([a-z`~ \\-#]{0,6}\n){0,3}").prop_map(|(language, text)| Block::Code { language, text }),
        prop::collection::vec(text(), 1..3).prop_map(|head| Block::Table {
            alignments: head.iter().map(|_| rungs::edition::Alignment::Center).collect(),
            rows: vec![head.clone()],
            head,
        }),
        Just(Block::Rule),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let blocks = prop::collection::vec(inner, 0..3);
        prop_oneof![
            prop::collection::vec(blocks.clone(), 1..3).prop_map(|items| Block::List { start: None, items }),
            (0_u64..12, prop::collection::vec(blocks.clone(), 1..3))
                .prop_map(|(start, items)| Block::List { start: Some(start), items }),
            blocks.prop_map(Block::Quote),
        ]
    })
}

fn plain(words: &str) -> Text {
    serde_json::from_value(serde_json::Value::from(words)).unwrap()
}

fn words() -> impl Strategy<Value = String> {
    "[-a-z0-9.)(#*_\\[\\]<>&;~{}|!`\\\\+=:\"'階，]{1,6}( [-a-z*_{}|=+#.]{1,4}){0,2}"
}

/// A text with something marked between words.
fn text() -> impl Strategy<Value = Text> {
    let marked = prop_oneof![
        words().prop_map(|code| serde_json::json!({ "code": code.replace('\\', "/") })),
        words().prop_map(|words| serde_json::json!({ "emphasis": words })),
        words().prop_map(|words| serde_json::json!({ "strong": [{ "emphasis": words }] })),
        words().prop_map(|words| serde_json::json!({ "strikethrough": words })),
        ("[-a-z0-9<>&*_\\\\\"#/]{1,8}", words()).prop_map(
            |(target, words)| serde_json::json!({ "link": { "target": target, "title": target, "words": words } })
        ),
        Just(serde_json::json!({ "reference": { "label": "EN-001", "written": "[EN-001]" } })),
    ];
    let mixed = (words(), marked, words()).prop_map(|(before, marked, after)| {
        serde_json::from_value(serde_json::json!([format!("{before} "), marked, format!(" {after}")])).unwrap()
    });
    prop_oneof![words().prop_map(|words| plain(&words)), mixed]
}

proptest! {
    #[test]
    fn a_text_that_is_written_and_read_says_the_same(text in text()) {
        prop_assert_eq!(Text::read(&text.markdown()), text.clone(), "{}", text.markdown());
    }

    #[test]
    fn blocks_that_are_written_and_read_say_the_same(blocks in prop::collection::vec(block(), 0..4)) {
        let written = Block::markdown(&blocks);
        prop_assert_eq!(Block::read(&written), blocks, "{}", written);
    }

    #[test]
    fn whatever_was_parsed_is_written_so_that_it_reads_alike(markdown in "([-a-z*_#>`~.0-9|階：() \n]{0,12}\n){0,4}") {
        let blocks = Block::read(&markdown);
        let written = Block::markdown(&blocks);
        let again = Block::markdown(&Block::read(&written));
        prop_assert_eq!(again, written);
    }
}
