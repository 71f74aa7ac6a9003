//! `rungs check`: everything that is wrong, nothing written; explanations, and fixes that are certain.

use std::panic::{AssertUnwindSafe, catch_unwind};

use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::config::Overrides;
use rungs::for_tests::diagnostic::{self, Code, Severity};
use rungs::for_tests::fix;
use rungs::for_tests::register::REGISTER;
use rungs::for_tests::render::render;
use rungs::for_tests::source::Sources;
use rungs::for_tests::{Prepared, Progress};
use serde_json::Value;

use crate::driver::{Folder, LADDER, TRANSLATED};
use crate::place::Place;

/// The small site with a note in both languages.
fn note(english: &str, chinese: &str) -> Folder {
    let note = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n{text}\n");
    Folder::bilingual()
        .file("en/notes/reviews.md", &note("Reviews", english))
        .file("zh-TW/notes/reviews.md", &note("審查", chinese))
}

fn checked(folder: &Folder, table: &str) -> Folder {
    let site = folder.text("site.toml").to_owned();
    folder.clone().file("site.toml", &format!("{site}\n[check]\n{table}\n"))
}

/// Returns the problems of a site, each with the text it marks.
fn found(folder: &Folder) -> Vec<String> {
    let told = folder.build().1.into_iter().map(|problem| {
        let place = &problem.label.place;
        format!("{} {}", problem.code.name(), &folder.text(place.path.as_str())[place.span()])
    });
    told.collect()
}

#[test]
fn a_site_without_faults_is_fine_and_nothing_is_written() {
    let place = Place::of(&Folder::bilingual());
    let before = place.files("content");
    assert_snapshot!(place.run("check").shown(), @r"
    status 0
    --- stdout
    no problems
    ");
    assert_eq!(place.files("content"), before);
    assert!(!place.at("public").exists());
}

#[test]
fn faults_of_templates_are_found_too() {
    let place = Place::of(&Folder::bilingual().themed("level.html", "{{ nothing.at.all }}"));
    let run = place.run("check");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[template]"), "{}", run.stderr);
}

#[test]
fn a_warning_can_be_denied_or_allowed_for_one_run() {
    let place = Place::of(&note("See.", "先看軟件。"));
    let status = |arguments: &str| {
        let run = place.run(arguments);
        (run.status, run.stdout.trim().to_owned())
    };
    assert_eq!(status("check"), (0, "1 warning".to_owned()));
    assert_eq!(status("check --deny mainland-term"), (1, "1 error".to_owned()));
    assert_eq!(status("check --deny warnings"), (1, "1 error".to_owned()));
    assert_eq!(status("check --deny ellipsis"), (0, "1 warning".to_owned()));
    assert_eq!(status("check --allow mainland-term"), (0, "no problems".to_owned()));
    assert_eq!(status("check --deny warnings --allow mainland-term"), (0, "no problems".to_owned()));
    assert!(place.run("check --deny warnings -q").stderr.contains("error[mainland-term]"));
}

#[test]
fn what_the_site_allows_is_not_denied() {
    let place = Place::of(&checked(&note("See.", "先看軟件。"), "allow = [\"mainland-term\"]"));
    place.run_ok("check --deny warnings");
}

#[test]
fn a_code_that_is_none_is_a_fault_of_the_command_line() {
    let place = Place::of(&Folder::bilingual());
    assert_snapshot!(place.run("check --deny mainland-terms").shown(), @r"
    status 2
    --- stderr
    error: there is no code `mainland-terms`
      = help: did you mean `mainland-term`?
    ");
    assert_snapshot!(place.run("check --allow unknown-reference").shown(), @r"
    status 2
    --- stderr
    error: `unknown-reference` is an error and cannot be allowed
      = help: fix what it reports
    ");
    assert_snapshot!(place.run("check --explain ladderfile").shown(), @r"
    status 2
    --- stderr
    error: there is no code `ladderfile`
      = help: did you mean `ladder-file`?
    ");
}

#[test]
fn a_code_is_explained_without_any_content() {
    assert_snapshot!(Place::empty().run("check --explain ellipsis").shown(), @r#"
    status 0
    --- stdout
    ellipsis

    An ellipsis in a Chinese sentence is not `……`.

    Why it matters

    A Chinese ellipsis is two characters wide and has six dots in the middle of the line. Other dots look like a truncated
    word.

    Example

    zh-TW/notes/reviews.md:

        +++
        title = "審查"
        +++
        程式、設計、文件...

    Fix

    Write `……`, or let `rungs check --fix` do it.

    zh-TW/notes/reviews.md:

        +++
        title = "審查"
        +++
        程式、設計、文件……
    "#);
}

/// The blocks of a part of an explanation that name a file, with that file.
fn blocks(part: &str) -> Vec<(&str, String)> {
    let blocks = part.split("\n```").skip(1).step_by(2);
    let named = blocks.filter_map(|block| {
        let (about, text) = block.split_once('\n')?;
        Some((about.split_once(' ')?.1, format!("{text}\n")))
    });
    named.collect()
}

/// The small site with the files of an example. Of `site.toml` and the register it shows what is added.
fn example(code: Code, folder: Folder, blocks: &[(&str, String)]) -> Folder {
    let register = Folder::small().assignment().register;
    let is_registered =
        matches!(code, Code::UnregisteredId) || blocks.iter().any(|(path, _)| [REGISTER, "site.toml"].contains(path));
    let folder = if is_registered { folder.file(REGISTER, &register) } else { folder };
    blocks.iter().fold(folder, |folder, (path, text)| match *path {
        REGISTER => folder.file(REGISTER, &format!("{register}\n{text}")),
        "site.toml" if text.starts_with('[') => {
            let site = Folder::bilingual().text("site.toml").to_owned();
            folder.file("site.toml", &format!("{site}\n{text}"))
        }
        "site.toml" => {
            let key = text.split(" =").next().unwrap();
            let site = Folder::bilingual().text("site.toml").to_owned();
            let others = site.lines().filter(|line| !line.starts_with(&format!("{key} =")));
            folder.file("site.toml", &format!("{text}{}\n", others.collect::<Vec<_>>().join("\n")))
        }
        path => match path.strip_prefix("theme/") {
            Some(template) => folder.themed(template, text.as_bytes()),
            None if path.ends_with(".svg") => folder.image(path, text.as_bytes()),
            None => folder.file(path, text),
        },
    })
}

/// A site with the fault of an example.
fn faulty_example(code: Code, faulty: &[(&str, String)]) -> Folder {
    let is_translated = faulty.iter().any(|(path, _)| path.contains("zh-TW/"));
    example(code, if is_translated { note("Who.", "誰。") } else { Folder::bilingual() }, faulty)
}

fn codes(folder: &Folder) -> Vec<Code> {
    folder.built().problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn every_example_shows_its_fault_and_every_fixed_one_does_not() {
    let mut shown = 0;
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let (_, rest) = code.explanation().split_once("## Example").unwrap();
        let (faulty, fixed) = rest.split_once("## Fix").unwrap();
        let (faulty, fixed) = (blocks(faulty), blocks(fixed));
        if faulty.is_empty() {
            continue;
        }
        shown += 1;
        let folder = faulty_example(code, &faulty);
        if !codes(&folder).contains(&code) {
            wrong.push(format!("the example of `{}` gives {:?}", code.name(), codes(&folder)));
        }
        let folder = example(code, folder, &fixed);
        if !fixed.is_empty() && codes(&folder).contains(&code) {
            wrong.push(format!("what fixes `{}` gives {:?}", code.name(), codes(&folder)));
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(shown > 40, "{shown}");
}

/// `serve` shows pages before it checks them.
#[test]
fn no_fault_of_an_example_keeps_its_pages_from_being_rendered() {
    let mut rendered = 0;
    for &code in Code::ALL {
        let (_, rest) = code.explanation().split_once("## Example").unwrap();
        let faulty = blocks(rest.split_once("## Fix").unwrap().0);
        let folder = faulty_example(code, &faulty);
        let (prepared, _) = rungs::for_tests::prepare(folder.sources(), Vec::new(), &Overrides::default());
        if let Some(Prepared { understood, words, theme }) = prepared {
            let render = || render(&understood, &words, &theme, None, &Progress::default(), &drop);
            catch_unwind(AssertUnwindSafe(render)).unwrap_or_else(|_| panic!("pages with `{}`", code.name()));
            rendered += 1;
        }
    }
    assert!(rendered > 40, "{rendered}");
}

#[test]
fn sarif_is_one_document_whatever_is_found() {
    let log = |place: &Place| -> Value { serde_json::from_str(&place.run("check --format sarif").stdout).unwrap() };
    let log_of_none = log(&Place::of(&Folder::bilingual()));
    assert_eq!(log_of_none["runs"][0]["results"].as_array().unwrap().len(), 0);
    let log = log(&Place::of(&note("See [en-1].", "先看,再看。")));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let found = results.iter().map(|result| {
        let location = &result["locations"][0]["physicalLocation"];
        let text = &result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"];
        let place = (&location["artifactLocation"]["uri"], &location["region"]["startColumn"], text);
        format!("{} {} {} {} {}", result["ruleId"], result["level"], place.0, place.1, place.2)
    });
    assert_snapshot!(found.collect::<Vec<_>>().join("\n"), @r#"
    "unknown-reference" "error" "content/en/notes/reviews.md" 5 "EN-001"
    "half-width-punctuation" "warning" "content/zh-TW/notes/reviews.md" 3 "，"
    "#);
}

#[test]
fn what_is_certain_is_fixed_and_the_rest_reported() {
    let folder = note("See [en-1], [words][EN2] and [EN-009].", "他說 (是) 軟件,很好...\r\n\r\n看软體 。");
    let folder =
        folder.edited("site.toml", "description.en", "Repository = \"https://example.org/a/b\"\ndescription.en");
    let place = Place::of(&folder);
    let run = place.run("check --fix");
    assert_eq!((run.status, run.stdout.trim()), (1, "8 fixed, 1 error and 1 warning"));
    assert!(run.stderr.contains("error[unknown-reference]: `EN-009`"), "{}", run.stderr);
    assert!(run.stderr.contains("warning[mainland-term]"), "{}", run.stderr);
    let english = "+++\ntitle = \"Reviews\"\n+++\nSee [EN-001], [words][EN-002] and [EN-009].\n";
    let chinese = "+++\ntitle = \"審查\"\n+++\n他說（是）軟件，很好……\r\n\r\n看軟體 。\n";
    assert_eq!(place.text("content/en/notes/reviews.md"), english);
    assert_eq!(place.text("content/zh-TW/notes/reviews.md"), chinese);
    assert!(place.text("content/site.toml").contains("\nrepository = \""));
    let before = place.files("content");
    assert_eq!(place.run("check --fix").stdout.trim(), "0 fixed, 1 error and 1 warning");
    assert_eq!(place.files("content"), before);
}

#[test]
fn what_is_allowed_for_a_run_is_not_fixed_in_it() {
    let place = Place::of(&note("See.", "先看,再看。"));
    let before = place.files("content");
    assert_eq!(place.run("check --fix --allow half-width-punctuation").stdout.trim(), "0 fixed, no problems");
    assert_eq!(place.files("content"), before);
}

#[test]
fn a_reader_is_told_what_can_be_fixed() {
    let run = Place::of(&note("See.", "先看,再看。")).run("check");
    assert_snapshot!(run.stdout.trim(), @"1 warning, fixable with `rungs check --fix`");
}

#[test]
fn rules_of_style_are_off_unless_switched_on() {
    let ladder = LADDER
        .replace("Writes code that others can read.", "Writes code for others and mentors two engineers.")
        .replace("Reviews the designs of a team.", "Designs of a team, etc.");
    let folder = Folder::bilingual().file("en/ladder.md", &ladder);
    assert_eq!(found(&folder), [""; 0]);
    let stops = ["."; 3].map(|stop| format!("trailing-full-stop {stop}"));
    let all: Vec<_> = found(&checked(&folder, "no-trailing-full-stop = true"));
    assert_eq!(all[..3], stops);
    assert_eq!(all[3..], ["。"; 4].map(|stop| format!("trailing-full-stop {stop}")));
    assert_eq!(found(&checked(&folder, "no-joined-expectations = true")), ["joined-expectations and mentors"]);
    let site = folder.text("site.toml").to_owned();
    let english = |table: &str| folder.clone().file("site.toml", &format!("{site}\n[check.en]\n{table}\n"));
    assert_eq!(found(&english("no-trailing-full-stop = true")), stops);
    assert_eq!(found(&english("longest-statement = 45")).len(), 1);
    let noun = folder.clone().edited("en/ladder.md", "Spends most", "Most");
    assert_eq!(found(&checked(&noun, "starts-with-verb = true")), ["no-verb-first Most"]);
}

#[test]
fn a_full_stop_is_taken_out_and_nothing_else() {
    let folder = checked(&Folder::bilingual(), "no-trailing-full-stop = true");
    let place = Place::of(&folder);
    assert_eq!(place.run("check --fix").stdout.trim(), "8 fixed, no problems");
    let without = |text: &str| text.replace(". {#", " {#").replace("。 {#", " {#");
    assert_eq!(place.text("content/en/ladder.md"), without(LADDER));
    assert_eq!(place.text("content/zh-TW/ladder.md"), without(TRANSLATED));
}

#[test]
fn denying_changes_the_severity_and_nothing_else() {
    let problems = note("See.", "先看,再看。").build().1;
    let denied = problems[0].clone().denied();
    assert_eq!((problems[0].severity(), denied.severity()), (Severity::Warning, Severity::Error));
    assert!(!diagnostic::has_errors(&problems) && diagnostic::has_errors(&[denied]));
}

/// The Chinese text of a note after `check --fix`, and how many problems were fixed.
fn fixed(text: &str) -> (String, usize) {
    let folder = note("See.", text);
    let check = |sources: &Sources| rungs::for_tests::problems(sources, Vec::new(), &Overrides::default());
    let mut sources = folder.registered();
    let mut problems = check(&sources);
    let fixed = fix::fix_all(&mut problems, &mut sources, check);
    assert_eq!(fix::fix(&problems, &sources).count, 0, "nothing is left to fix in {text:?}");
    let path = "zh-TW/notes/reviews.md";
    let others = fixed.texts.keys().filter(|changed| *changed != path);
    assert_eq!(others.count(), 0, "nothing else has changed");
    let written = sources.text(path.into()).unwrap();
    let (_, body) = written.split_once("\n+++\n").unwrap();
    (body.strip_suffix('\n').unwrap().to_owned(), fixed.count)
}

#[test]
fn fixes_that_touch_the_same_space_do_not_get_in_each_others_way() {
    for (text, expected) in [
        ("說( )是。", "說（）是。"),
        ("說(  )是。", "說（）是。"),
        ("說()是。", "說（）是。"),
        ("中\" \"了。", "中「」了。"),
        ("按 \" \" 鍵。", "按「」鍵。"),
        ("說“ ”是。", "說「」是。"),
        ("甲 ( 乙 ) 丙。", "甲（乙）丙。"),
        ("甲 ( (乙) ) 丙。", "甲（（乙））丙。"),
        ("甲 ( ( 乙 ) ) 丙。", "甲（( 乙 )）丙。"),
        ("甲, , 乙。", "甲，，乙。"),
        ("甲 ( ) ( ) 乙。", "甲（）（）乙。"),
        ("甲 \" \" \" \" 乙。", "甲「」「」乙。"),
        ("甲 , ( 乙", "甲，( 乙"),
    ] {
        assert_eq!(fixed(text).0, expected, "of {text}");
    }
}

#[test]
fn a_pair_with_nothing_but_a_space_in_it_is_fixed_on_disk() {
    let place = Place::of(&note("See.", "說( )是。\n\n中\" \"了。"));
    let run = place.run("check");
    assert_eq!((run.status, run.stdout.trim()), (0, "4 warnings, 4 of them fixable with `rungs check --fix`"));
    assert_eq!(place.run("check --fix").stdout.trim(), "4 fixed, no problems");
    assert!(place.text("content/zh-TW/notes/reviews.md").ends_with("\n說（）是。\n\n中「」了。\n"));
    assert_eq!(place.run("check --fix").stdout.trim(), "0 fixed, no problems");
}

#[test]
fn both_halves_of_a_pair_are_drawn_where_they_are() {
    assert_snapshot!(note("See.", "說()是。").problems(), @"
    warning[half-width-punctuation]: `(` next to Han characters
     --> content/zh-TW/notes/reviews.md:4:2
      |
    4 | 說()是。
      |   ^
      |
    help: write `（`
      |
    4 - 說()是。
    4 + 說（)是。
      |

    warning[half-width-punctuation]: `)` next to Han characters
     --> content/zh-TW/notes/reviews.md:4:3
      |
    4 | 說()是。
      |    ^
      |
    help: write `）`
      |
    4 - 說()是。
    4 + 說(）是。
      |
    ");
}

/// Chinese with half-width punctuation, spaces and marks of Markdown in it, such as nobody writes.
fn soup() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(
        ["(", ")", "\"", "“", "”", ",", ":", "!", "?", ".", "...", "。。", "（", "，", "「", "」"].as_slice(),
    );
    let others = prop::sample::select(
        ["甲", "乙", "软", "a", "3", "**", "*", "_", "`", "[", "]", "\\", "…", "~~", "\n", "\u{3000}", "https://a.b/"]
            .as_slice(),
    );
    prop::collection::vec(prop_oneof![3 => Just(" "), 4 => marks, 2 => Just("甲"), 2 => others], 1..24)
        .prop_map(|parts| parts.concat())
}

properties! {
    192 cases,

    #[test]
    fn fixing_comes_to_an_end_and_changes_nothing_but_punctuation_and_spaces(text in soup()) {
        let text = format!("始{text}");
        let (once, _) = fixed(&text);
        prop_assert_eq!(fixed(&once), (once.clone(), 0));
        let words = |text: &str| text.replace('软', "軟").chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(words(&once), words(&text));
    }
}
