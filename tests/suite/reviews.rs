//! `rungs refs` on whole reviews: what is found in them however people and programs write.

#![allow(clippy::disallowed_methods, reason = "the reviews stand in files")]

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::place::{Place, Run};

/// The small site with three editions, and criteria that were reworded, moved, withdrawn, merged.
fn past() -> Place {
    let place = Place::of_fixture("past");
    let site = place.text("content/site.toml");
    place.put("content/site.toml", format!("{site}\n[check]\nallow = [\"placeholder-address\"]\n"));
    place
}

fn refs(text: &str, arguments: &str) -> Run {
    past().run_on(&format!("refs - {arguments}"), text)
}

/// The first lines of all problems, their labels and advice.
fn told(run: &Run) -> Vec<String> {
    let is_said = |line: &&str| line.starts_with("warning") || line.starts_with("error") || line.contains("= help");
    run.stderr.lines().filter(is_said).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_range_stands_for_all_that_lies_in_it() {
    let run = refs("She meets WK-001 to WK-004 and WK-010/011.\n", "");
    assert!(run.stdout.starts_with("6 citations, 6 of them without an edition"), "{}", run.shown());
    let run = refs("WK-005@2026.1–WK-007@2026.1\n", "");
    assert_eq!((run.stdout.as_str(), run.status), ("3 citations, no problems\n", 0), "{}", run.shown());
    let run = refs("WK-011 to WK-999\n", "");
    assert_eq!(
        told(&run),
        [
            "error[unknown-citation]: this range spans 986 ids that no criterion ever had",
            "= help: name the criteria that you mean one by one",
            "error[unknown-citation]: there is no criterion WK-999",
            "= help: did you mean WK-009?",
        ]
    );
    assert!(run.stderr.contains("WK-013, WK-014"), "{}", run.shown());
    let pinned = |text: &str| past().run_on("refs --fix", text).stdout;
    assert_eq!(pinned("WK-009–011, wk‑002\n"), "WK-009@2026.1–011@2026.1, wk‑002@2026.1\n");
    // What lies between may not be in the edition as it reads now.
    let run = past().run_on("refs --fix", "WK-007 to WK-009\n");
    assert_eq!(run.stdout, "WK-007 to WK-009\n", "{}", run.shown());
    assert!(run.stderr.contains("WK-008 was withdrawn"), "{}", run.shown());
}

#[test]
fn what_is_counted_and_measured_behind_an_id_is_no_id() {
    for text in [
        "from WK-010 and 100,000 users",
        "Call WK-010, 020 7946 0958",
        "WK-010/100 users",
        "WK-010 to 100-200",
        "WK-010至100 人",
        "WK-010，100分",
        "WK-010及020人",
    ] {
        let pinned = past().run_on("refs --fix", &format!("{text}\n")).stdout;
        assert_eq!(pinned.replacen("WK-010@2026.1", "WK-010", 1), format!("{text}\n"));
    }
}

#[test]
fn a_time_and_a_density_are_no_editions() {
    let run = refs("Meet in room W2@10:30. The picture W2@2x is sharper. WK-009@10:00 was the slot.\n", "");
    assert_eq!((run.status, told(&run).len()), (0, 0), "{}", run.shown());
}

#[test]
fn words_are_compared_behind_what_stands_in_brackets() {
    for aside in ["(W2)", "(2026.1)", "(Craft)", "(p. 3)", "[W2]", "（工藝）"] {
        let wrong = format!("WK-006 {aside}: Plans the maintenance of some machines, and keeps a record of it.\n");
        let run = refs(&wrong, "");
        assert!(run.stderr.contains("misquoted-statement"), "{aside}: {}", run.shown());
        let right = wrong.replace("some", "all");
        let run = refs(&right, "");
        assert!(!run.stderr.contains("misquoted-statement"), "{aside}: {}", run.shown());
    }
}

#[test]
fn an_address_ends_with_the_cell_of_a_table() {
    let run = refs("https://workshop.example/c/wk-009/,Craft,x\nhttps://workshop.example/c/wk-010/;then\n", "");
    assert!(run.stdout.starts_with("2 citations") && !run.stderr.contains("no page"), "{}", run.shown());
}

#[test]
fn a_citation_counts_once_and_is_told_once() {
    for text in [
        "[WK-006@2025.1](https://workshop.example/e/2025.1/c/wk-006/): “Plans the maintenance of the machines of one \
         room.” J2, <https://workshop.example/e/2025.1/c/wk-006/>\n",
        "WK-006@2025.1 (https://workshop.example/e/2025.1/c/wk-006/#zh-tw)\n",
    ] {
        let run = refs(text, "");
        assert_eq!((run.stdout.as_str(), run.status), ("1 citation, 1 problem\n", 0), "{}", run.shown());
        assert_eq!(refs(text, "--deny changed-citation").status, 1);
        assert_eq!(refs(text, "--allow changed-citation").stdout, "1 citation, no problems\n");
    }
    let run = refs("[WK-999](https://workshop.example/c/wk-999/), WK-002@2026.1 and WK-002@2026.1\n", "");
    assert!(run.stdout.starts_with("3 citations, 1 of them without an edition"), "{}", run.shown());
    assert_eq!((run.stdout.ends_with(", 1 problem\n"), run.status), (true, 1), "{}", run.shown());
}

#[test]
fn a_misquoted_statement_is_told_with_the_words_that_differ() {
    let now = "Plans the maintenance of all machines, and keeps a record of it.";
    for (text, said) in [
        (
            "WK-006@2026.1: “Plans the repair of all machines, and keeps a record of it.”\n",
            "“repair” replaces “maintenance”",
        ),
        ("WK-006\n\n> Plans the maintenance of most machines and keeps a record of it\n", "“most” replaces “all”"),
        ("| WK-006 | plans the maintenance of all machines | met |\n", "“and keeps a record of it” is missing"),
        ("- WK-006@2026.1：「規劃所有機器的維修，並留下紀錄。」\n", "“維修” replaces “保養”"),
        ("- WK-006 Plans the maintenance of all our machines, and keeps a record of it.\n", "“our” is added"),
        ("She “plans the maintenance of all old machines” (WK-006)\n", "“old” is added"),
        ("> Plans the maintenance of all machines, and keeps record of it.\n\n— WK-006\n", "“a” is missing"),
        (
            "* **WK-006**: Plans the maintenance of all machines and keeps no record of it. She did so twice, in May.\n",
            "“no” replaces “a”",
        ),
        (
            "@misc{wk-006,\n  title = {{WK-006: Plans the maintenance of all tools, and keeps a record of it.}},\n}\n",
            "“tools” replaces “machines”",
        ),
        ("WK-006 “Plans … of all tools, and keeps a record of it”\n", "“tools” replaces “machines”"),
    ] {
        let run = refs(text, "");
        assert!(
            run.stderr.contains("warning[misquoted-statement]: WK-006 says something else"),
            "{text}{}",
            run.shown()
        );
        assert!(run.stderr.contains(said), "{text}{}", run.shown());
        assert_eq!(run.stderr.matches("misquoted-statement").count(), 1, "{text}{}", run.shown());
    }
    let other = refs("WK-006@2026.1: “Plans the maintenance of the machines of one room.”\n", "");
    assert_eq!(
        told(&other),
        [
            "warning[misquoted-statement]: WK-006 says something else in edition 2026.1".to_owned(),
            format!("= help: these are the words of WK-006@2025.1: cite that if you mean it, or else quote “{now}”"),
        ],
        "{}",
        other.shown()
    );
    for right in [
        "WK-006@2026.1: “PLANS the *maintenance* of all\nmachines; and keeps a record of it”\n",
        "WK-006@2026.1: “Plans … and keeps a record of it.” She says “I kept a record of my machines at home”.\n",
        "WK-006@2026.1: 「規劃所有機器的保養，並留下紀錄。」\n",
        "WK-006, “plans the maintenance of all machines”, is met.\n",
        "WK-006 is met: she plans the upkeep of our room and writes a diary.\n",
        "WK-006: “Plans the maintenance of the machines of one room.”\n",
        "| WK-006 | Plans the maintenance of all machines, and keeps a record of it. | She planned all of it |\n",
    ] {
        let run = refs(right, "");
        assert!(!run.stderr.contains("misquoted"), "{right}{}", run.shown());
    }
}

#[test]
fn everything_is_judged_as_of_an_edition() {
    let text = "WK-006, WK-008, WK-012 and J2@2025.1, WK-009@2026.1\n";
    let run = refs(text, "--edition 2025.1");
    assert_eq!(
        told(&run),
        [
            "error[unknown-citation]: WK-012 is not in edition 2025.1",
            "= help: editions that have WK-012: 2026.1",
            "error[unknown-citation]: edition 2026.1 came after 2025.1",
            "= help: cite 2025.1, or leave out `--edition`",
        ],
        "{}",
        run.shown()
    );
    let run = refs("WK-006@2025.1 and WK-002\n", "--edition 2025.2");
    assert_eq!(told(&run)[0], "warning[changed-citation]: WK-006 has changed since edition 2025.1");
    let run = refs("WK-008@2025.1\n", "--edition 2025.2");
    assert_eq!(told(&run)[1], "= help: merged into: WK-004", "{}", run.shown());
    assert_eq!(told(&refs("WK-008@2025.1\n", ""))[1], "= help: merged into: WK-012");
    let fixed = past().run_on("refs --fix --edition 2025.1", "WK-006 and WK-002\n");
    assert_eq!(fixed.stdout, "WK-006@2025.1 and WK-002@2025.1\n", "{}", fixed.shown());
    let quoted = "WK-006: “Plans the maintenance of all machines, and keeps a record of it.”\n";
    assert!(told(&refs(quoted, "--edition 2025.1"))[0].contains("says something else in edition 2025.1"));
    let run = refs(text, "--edition 2025.11");
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("the site has no edition `2025.11`\n  = help: did you mean `2025.1`?"),
        "{}",
        run.shown()
    );
}

/// What is said of a review, and what a fix changes in it.
fn report(place: &Place, name: &str) -> String {
    let run = place.run(&format!("refs {name} --format json"));
    let mut lines: Vec<String> = run.stdout.lines().map(|line| problem(&serde_json::from_str(line).unwrap())).collect();
    lines.push(run.stderr.trim_end().replace(&place.path().to_string_lossy().into_owned(), "."));
    lines.push(format!("exit status {}", run.status));
    let before = fs::read(place.at(name)).unwrap();
    let fixed = place.run(&format!("refs --fix {name}"));
    let after = fs::read(place.at(name)).unwrap();
    let [old, new] = [&before, &after].map(|bytes| shown(bytes));
    assert_eq!(old.lines().count(), new.lines().count(), "{name}: a fix keeps the lines");
    for (old, new) in old.lines().zip(new.lines()).filter(|(old, new)| old != new) {
        lines.push(format!("- {old}\n+ {new}"));
    }
    let again = place.run(&format!("refs --fix {name}"));
    assert_eq!(fs::read(place.at(name)).unwrap(), after, "{name}: a second fix changes nothing");
    assert_eq!(again.stdout.split(", ").next(), fixed.stdout.split(", ").next(), "{name}: {}", again.shown());
    lines.join("\n")
}

fn problem(problem: &Value) -> String {
    let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
    let (severity, code, message, help) = (text("severity"), text("code"), text("message"), text("help"));
    let label = Some(text("label")).filter(|label| !label.is_empty()).map(|label| format!(": {label}"));
    let help = Some(help).filter(|help| !help.is_empty()).map(|help| format!("\n    {help}"));
    let place = format!("{}:{}", problem["line"], problem["column"]);
    format!("{place} {severity}[{code}] {message}{}{}", label.unwrap_or_default(), help.unwrap_or_default())
}

/// A text for reading, whatever its encoding.
fn shown(bytes: &[u8]) -> String {
    match (std::str::from_utf8(bytes), bytes.strip_prefix(b"\xff\xfe")) {
        (Ok(text), _) => text.to_owned(),
        (_, Some(units)) => {
            let units: Vec<u16> = units.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        _ => bytes.iter().map(|&byte| if byte < 0x80 { char::from(byte) } else { '·' }).collect(),
    }
}

#[test]
fn reviews_of_many_programs_are_read_as_a_person_reads_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reviews");
    let entries = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end != "snap")).collect();
    cases.sort();
    assert!(cases.len() >= 50, "{}", cases.len());
    let place = past();
    let failed: Vec<_> = cases
        .iter()
        .filter(|case| {
            let name = case.file_name().unwrap().to_str().unwrap();
            place.put(name, fs::read(case).unwrap());
            let mut settings = insta::Settings::new();
            settings.set_snapshot_path(&root);
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            let report = panic::catch_unwind(AssertUnwindSafe(|| report(&place, name)));
            let Ok(report) = report else { return true };
            panic::catch_unwind(AssertUnwindSafe(|| settings.bind(|| assert_snapshot!(name, report)))).is_err()
        })
        .collect();
    assert!(failed.is_empty(), "the differences stand above: {failed:#?}");
}

/// What a citation may be of.
const CITED: &[&str] = &[
    "WK-001", "WK-002", "WK-004", "WK-005", "WK-006", "WK-007", "WK-008", "WK-009", "WK-010", "WK-011", "WK-012", "W1",
    "W2", "W3", "J2", "W4",
];
const EDITIONS: &[&str] = &["", "@2025.1", "@2025.2", "@2026.1"];
const FORMS: &[&str] = &["text", "markdown", "html", "bibtex", "csl-json"];

/// What a citation may stand in.
#[derive(Debug, Clone, Copy)]
enum Wrap {
    Paragraph,
    List,
    Table,
    Quote,
    Mail,
    Wrapped,
    Bold,
    Brackets,
    FullWidthBrackets,
    WordHtml,
    GoogleHtml,
    PreformattedUtf16,
}

const WRAPS: &[Wrap] = &[
    Wrap::Paragraph,
    Wrap::List,
    Wrap::Table,
    Wrap::Quote,
    Wrap::Mail,
    Wrap::Wrapped,
    Wrap::Bold,
    Wrap::Brackets,
    Wrap::FullWidthBrackets,
    Wrap::WordHtml,
    Wrap::GoogleHtml,
    Wrap::PreformattedUtf16,
];

impl Wrap {
    /// The name of a file and its bytes.
    fn of(self, form: &str, cited: &str) -> (&'static str, Vec<u8>) {
        let cited = cited.trim_end();
        let of_each = |before: &str| cited.lines().map(|line| format!("{before}{line}\n")).collect::<String>();
        let is_line = !cited.contains('\n');
        let escaped = || cited.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let body =
            |body: &str| format!("<html><head><title>WK-001</title></head><body>\n<p>Before.</p>{body}</body></html>");
        let text = match self {
            Self::List => format!("- Before.\n- {}", of_each("  ").trim_start()),
            Self::Table if is_line => format!("| a | b |\n|---|---|\n| {cited} | c |\n"),
            Self::Quote => format!("Before.\n\n{}", of_each("> ")),
            Self::Mail => format!("B wrote:\n{}Yes.\n", of_each(">> ")),
            Self::Wrapped => wrapped(cited),
            Self::Bold if is_line => format!("**{cited}**\n"),
            Self::Brackets => format!("Before [{cited}] (and after).\n"),
            Self::FullWidthBrackets => format!("之前（{cited}）【之後】\n"),
            Self::WordHtml => {
                let inner = match form {
                    "html" => cited.to_owned(),
                    _ => escaped().replace("WK-", "<b>W</b>K&#8209;").replace('\n', "<br>").replace(": ", ":&nbsp; "),
                };
                return ("case.htm", body(&format!("<p class=MsoNormal>{inner}</p>")).into());
            }
            Self::GoogleHtml => {
                let over = "https://www.google.com/url?q=https://workshop.example/";
                let inner = match form {
                    "html" => cited.replace("href=\"https://workshop.example/", &format!("href=\"{over}")),
                    _ => linked(&escaped(), over).replace('\n', "</span></p><p><span>"),
                };
                // Each line of what is pasted there is a paragraph: only what is one line stays one citation.
                let is_one = is_line || form == "html";
                return (
                    "case.html",
                    body(&if is_one {
                        format!("<p><span>{inner}</span></p>")
                    } else {
                        format!("<pre>{}</pre>", escaped())
                    })
                    .into(),
                );
            }
            Self::PreformattedUtf16 => {
                let inner = body(&format!("<pre>{}</pre>", escaped()));
                let units = inner.encode_utf16().flat_map(u16::to_le_bytes);
                return ("case.html", [0xff, 0xfe].into_iter().chain(units).collect());
            }
            _ => format!("Before.\n\n{cited}\n\nAfter.\n"),
        };
        ("case.md", text.into())
    }
}

/// Breaks lines at spaces, as mail programs do.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_inclusive([' ', '\n']) {
        if column + word.chars().count() > 60 && column > 0 {
            out.push('\n');
            column = 0;
        }
        out.push_str(word.trim_end_matches(' '));
        column += word.chars().count();
        if word.ends_with(' ') {
            out.push(' ');
        }
        if word.ends_with('\n') {
            column = 0;
        }
    }
    out.replace(" \n", "\n") + "\n"
}

/// Makes links of addresses, which lead over another site.
fn linked(text: &str, over: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split("https://workshop.example/").enumerate() {
        if at == 0 {
            out.push_str(part);
            continue;
        }
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && !"/.-#".contains(c)).unwrap_or(part.len());
        let (path, rest) = part.split_at(end);
        let path = path.trim_end_matches('.');
        out.push_str(&format!(
            "<a href=\"{over}{}&amp;sa=D\">https://workshop.example/{path}</a>",
            path.replace('#', "%23")
        ));
        out.push_str(rest);
    }
    out
}

properties! {
    32 cases,

    #[test]
    fn a_citation_that_was_made_counts_once_and_is_found_right_whatever_it_stands_in(
        (cited, edition) in (select(CITED), select(EDITIONS)),
        (form, locale) in (select(FORMS), select(&["en", "zh-TW"][..])),
        wrap in select(WRAPS),
    ) {
        let place = past();
        let label = format!("{cited}{edition}");
        let run = place.run(&format!("cite {label} --format {form} --locale {locale}"));
        prop_assume!(run.status == 0);
        let codes = |run: &Run| {
            let told: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            told.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let expected = codes(&place.run_on("refs --format json", &label));
        let (name, bytes) = wrap.of(form, &run.stdout);
        place.put(name, &bytes);
        let found = place.run(&format!("refs --format json {name}"));
        prop_assert!(found.stderr.starts_with("1 citation,"), "{}\n{}", String::from_utf8_lossy(&bytes), found.shown());
        prop_assert_eq!(codes(&found), expected, "{}\n{}", String::from_utf8_lossy(&bytes), found.shown());
    }
}
