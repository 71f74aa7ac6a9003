//! Worksheets are read as their files in `tests/fixtures/worksheets` say, and lose nothing.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{Answer, FrontMatter, Known, Link, Rating, Sheet, trimmed};
use crate::citing::bare;

/// What is known of the site of the fixtures: `known.json`.
struct Fixtures {
    labels: Vec<String>,
    statements: BTreeMap<String, Vec<String>>,
}

impl Fixtures {
    fn read() -> Self {
        let known: Value = serde_json::from_str(&file("known.json")).unwrap();
        Self {
            labels: serde_json::from_value(known["labels"].clone()).unwrap(),
            statements: serde_json::from_value(known["statements"].clone()).unwrap(),
        }
    }

    fn known(&self) -> Known<'_> {
        let is_statement = |id: &str, text: &str| {
            self.statements.get(id).is_some_and(|known| known.iter().any(|statement| bare(statement) == bare(text)))
        };
        Known {
            labels: self.labels.iter().map(|label| label.to_lowercase()).collect(),
            is_statement: Box::new(is_statement),
        }
    }
}

fn folder() -> Utf8PathBuf {
    Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/worksheets")
}

#[allow(clippy::disallowed_methods, reason = "reads the fixtures of the test")]
fn file(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[allow(clippy::disallowed_methods, reason = "reads the fixtures of the test")]
fn cases() -> Vec<String> {
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut cases: Vec<_> = names.filter_map(|name| name.strip_suffix(".md").map(str::to_owned)).collect();
    cases.sort();
    cases
}

/// Returns answers as the fixtures give them. Lines end as in browsers.
fn told(answers: &[Answer]) -> Value {
    let told = answers.iter().map(|answer| {
        json!({
            "id": answer.id,
            "edition": answer.edition,
            "rating": answer.rating(),
            "evidence": answer.evidence.replace("\r\n", "\n"),
        })
    });
    told.collect()
}

/// Returns answers without how their ids stand: behind a fence that is open they have brackets.
fn unlinked(sheet: &Sheet) -> Vec<Answer> {
    sheet.answers.iter().map(|answer| Answer { link: Link::Bare, ..answer.clone() }).collect()
}

#[test]
fn each_case_is_read_as_its_file_says_and_keeps_its_answers_when_it_is_written() {
    let fixtures = Fixtures::read();
    let known = fixtures.known();
    let cases = cases();
    assert!(cases.len() >= 25, "{cases:?}");
    for case in cases {
        let text = file(&format!("{case}.md"));
        let sheet = Sheet::read(&text, &known);
        let expected: Value = serde_json::from_str(&file(&format!("{case}.json"))).unwrap();
        assert_eq!(told(&sheet.answers), expected["answers"], "{case}: {:#}", told(&sheet.answers));
        let written = sheet.write(&known);
        let again = Sheet::read(&written, &known);
        assert_eq!(unlinked(&again), unlinked(&sheet), "{case}, written: {written}");
        assert_eq!((&again.front, &again.preamble), (&sheet.front, &sheet.preamble), "{case}");
        assert_eq!(again.write(&known), written, "{case}");
        assert_eq!(written.contains("\r\n"), text.contains("\r\n"), "{case}");
        // The lines that a person wrote are all there, whatever was put around them.
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("###")) {
            assert!(written.contains(line.trim()), "{case} has lost {line:?}: {written}");
        }
    }
}

#[test]
fn a_byte_order_mark_behind_a_blank_line_is_kept() {
    let fixtures = Fixtures::read();
    let known = fixtures.known();
    let written = Sheet::read("\n\u{feff}\n", &known).write(&known);
    let read = Sheet::read(&written, &known);
    assert_eq!(read.write(&known), written);
    assert!(written.contains('\u{feff}'), "{written:?}");
}

#[test]
fn keys_of_the_front_matter_stay_where_and_as_they_are() {
    let fixtures = Fixtures::read();
    let known = fixtures.known();
    let text = "---\nrungs-worksheet: 1\nlevel :  \"L6\"\n# mine\nnotes: a: b\nperson:\n---\n\nHello.\n";
    let mut sheet = Sheet::read(text, &known);
    let front = &mut sheet.front;
    assert_eq!(
        ["level", "notes", "person", "edition"].map(|key| front.get(key)),
        [Some("L6"), Some("a: b"), Some(""), None]
    );
    front.set("level", "L6");
    front.set("person", "Ada");
    front.set("edition", "2026.1");
    let expected = text.replace("person:\n", "person: Ada\nedition: 2026.1\n");
    assert_eq!(sheet.write(&known), expected);
}

/// A line that may be taken for something else, or any other, and what ends it.
fn line() -> impl Strategy<Value = String> {
    let signs = select(
        [
            "```",
            "````rust",
            "~~~",
            "   ```",
            "    ```",
            "```\tx`y",
            "### EN-001",
            "### EN-002@2026.1 mine",
            "### [EN-001@2026.1](https://ladders.example/)",
            "### [EN-003]",
            "### Other",
            "#### EN-001",
            "## Craft",
            "##",
            "#",
            "Rating: consistently",
            "**Rating:** no",
            "評定：持續做到",
            "**Rating: a**",
            "__rating__ : b",
            "Ratings: x",
            "> Writes code that others can read.",
            "> Tests code.",
            "> Mine.",
            ">",
            "- a list",
            "---",
            "",
            "  ",
            "\t",
            "שלום עולם",
            "\u{202B}مرحبا",
            "\u{FEFF}",
            "<!--",
            "    code",
            "a\\",
            "[x]: y",
        ]
        .as_slice(),
    );
    let end = select(["\n", "\n", "\n", "\r\n", "\r", " \n"].as_slice());
    let backslashes = select(["", "", "", "\\", "\\\\"].as_slice());
    let text = prop_oneof![4 => signs.prop_map(str::to_owned), 1 => ".{0,20}"];
    (backslashes, text, end).prop_map(|(backslashes, text, end)| format!("{backslashes}{text}{end}"))
}

fn evidence() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..9).prop_map(|lines| trimmed(&lines.concat()).to_owned())
}

fn answer() -> impl Strategy<Value = Answer> {
    let id = select(["EN-001", "EN-002", "EN-999"].as_slice());
    let edition = select([None, Some("2026.1"), Some("2026.2")].as_slice());
    let rating = select([None, Some(""), Some("in part"), Some("持續做到"), Some("a: b **c**")].as_slice());
    let section = select([None, None, Some("Craft"), Some("")].as_slice());
    (id, edition, rating, section, evidence(), any::<[bool; 2]>()).prop_map(
        |(id, edition, rating, section, evidence, [is_linked, is_quoted])| Answer {
            section: section.map(str::to_owned),
            id: id.to_owned(),
            edition: edition.map(str::to_owned),
            link: if is_linked { Link::To(format!("https://ladders.example/c/{id}/")) } else { Link::Bare },
            rest: String::new(),
            quotation: match (id, is_quoted) {
                ("EN-001", true) => "> Writes code that others can read.\n>\n> 撰寫他人看得懂的程式。".to_owned(),
                _ => String::new(),
            },
            rating: rating.map(|value| Rating {
                lead: if value.is_empty() { "Rating:" } else { "Rating: " }.to_owned(),
                value: value.to_owned(),
                tail: String::new(),
            }),
            evidence,
        },
    )
}

properties! {
    256 cases,

    #[test]
    fn answers_are_read_as_they_were_written(
        answers in prop::collection::vec(answer(), 0..5),
        has_bom in any::<bool>(),
        line_end in select(["\n", "\r\n"].as_slice()),
    ) {
        let fixtures = Fixtures::read();
        let known = fixtures.known();
        let front = FrontMatter::of([("rungs-worksheet", "1".to_owned()), ("person", String::new())]);
        let answers = answers.into_iter().map(|answer| Answer {
            quotation: answer.quotation.replace('\n', line_end),
            ..answer
        });
        let preamble = "# Sheet".to_owned();
        let sheet = Sheet { has_bom, line_end, front, preamble, answers: answers.collect() };
        let written = sheet.write(&known);
        let read = Sheet::read(&written, &known);
        prop_assert_eq!(unlinked(&read), unlinked(&sheet), "{}", written);
        prop_assert_eq!(&read.front, &sheet.front);
        prop_assert_eq!((&read.preamble, read.has_bom), (&sheet.preamble, has_bom));
        prop_assert_eq!(read.write(&known), written);
    }

    #[test]
    fn whatever_is_read_is_written_so_that_it_reads_the_same(lines in prop::collection::vec(line(), 0..16)) {
        let fixtures = Fixtures::read();
        let known = fixtures.known();
        let sheet = Sheet::read(&format!("---\nrungs-worksheet: 1\n---\n{}", lines.concat()), &known);
        let written = sheet.write(&known);
        let read = Sheet::read(&written, &known);
        prop_assert_eq!(told(&read.answers), told(&sheet.answers), "{}", &written);
        prop_assert_eq!(read.preamble, sheet.preamble);
    }
}
