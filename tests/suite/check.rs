//! The problems of a site, as its owner sees them: one small site for each rule.

use std::fmt::Write;

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::Code;
use rungs::for_tests::handle::{CriterionIndex, LadderIndex};

use crate::driver::{Folder, LADDER};

/// The small site with one change in its ladder.
fn with(old: &str, new: &str) -> Folder {
    assert!(LADDER.contains(old), "the ladder holds {old}");
    Folder::new().file("en/ladder.md", &LADDER.replacen(old, new, 1))
}

fn note(text: &str) -> String {
    format!("+++\ntitle = \"Note\"\n+++\n{text}\n")
}

fn codes(folder: &Folder) -> Vec<&'static str> {
    folder.build().1.iter().map(|problem| problem.code.name()).collect()
}

#[test]
fn all_is_well_with_the_small_site() {
    assert_snapshot!(Folder::small().problems(), @"");
}

#[test]
fn nothing_is_wrong_with_the_real_content() {
    assert_snapshot!(Folder::real().problems(), @"");
}

#[test]
fn references_to_nothing_are_found_in_ladders_and_notes() {
    let folder = with("Reviews the designs", "Reviews [EN-020] and [words][EN-001] [x] the designs");
    let folder =
        folder.file("en/notes/a.md", &note("## On [L9]\n\n> | a |\n> |---|\n> | **[thread:tme]** |\n\n[0][1]"));
    assert_snapshot!(folder.problems(), @r"
    error[unknown-reference]: `EN-020` leads nowhere
      --> content/en/ladder.md:19:11
       |
    19 | - Reviews [EN-020] and [words][EN-001] [x] the designs of a team. {#EN-003}
       |           ^^^^^^^^ nothing has this id
       |
       = help: did you mean `[EN-002]`?

    error[unknown-reference]: `L9` leads nowhere
     --> content/en/notes/a.md:4:7
      |
    4 | ## On [L9]
      |       ^^^^ nothing has this id
      |
      = help: if you mean the brackets literally, write `\[L9]`

    error[unknown-reference]: `thread:tme` leads nowhere
     --> content/en/notes/a.md:8:7
      |
    8 | > | **[thread:tme]** |
      |       ^^^^^^^^^^^^ nothing has this id
      |
      = help: did you mean `[thread:time]`?

    error[unknown-reference]: `1` leads nowhere
      --> content/en/notes/a.md:10:1
       |
    10 | [0][1]
       | ^^^^^^ nothing has this id
       |
       = help: if you mean the brackets literally, write `\[0][1]`
    ");
}

#[test]
fn references_in_a_translation_are_its_own() {
    let ladder = LADDER.replace("Writes code that others can read.", "撰寫[EN-0002]他人看得懂的程式。");
    assert_snapshot!(Folder::small().translated().file("zh-TW/ladder.md", &ladder).problems(), @"
    error[unknown-reference]: `EN-0002` leads nowhere
      --> content/zh-TW/ladder.md:12:5
       |
    12 | - 撰寫[EN-0002]他人看得懂的程式。 {#EN-001}
       |       ^^^^^^^^^ not how the id is written
       |
    help: write `EN-002`
       |
    12 - - 撰寫[EN-0002]他人看得懂的程式。 {#EN-001}
    12 + - 撰寫[EN-002]他人看得懂的程式。 {#EN-001}
       |
    ");
}

#[test]
fn links_to_nothing_come_with_what_may_have_been_meant() {
    let folder = with("Reviews the designs", "Reviews [the](l3/) [designs](notes/tme.md)");
    let folder = folder
        .file("en/notes/time.md", &note("## How much?\n\n[a](#how-mch) [b](tim) ![c](../x.png) [d]() [e](x.pdf)"));
    assert_snapshot!(folder.problems(), @"
    error[broken-link]: the link `l3/` leads nowhere
      --> content/en/ladder.md:19:11
       |
    19 | - Reviews [the](l3/) [designs](notes/tme.md) of a team. {#EN-003}
       |           ^^^^^^^^^^ there is no page `en/ladder/l3`
       |
       = help: did you mean `l1/`?

    error[broken-link]: the link `notes/tme.md` leads nowhere
      --> content/en/ladder.md:19:22
       |
    19 | - Reviews [the](l3/) [designs](notes/tme.md) of a team. {#EN-003}
       |                      ^^^^^^^^^^^^^^^^^^^^^^^ no page is made from `en/notes/tme.md`
       |
       = help: did you mean `notes/time.md`?

    error[broken-link]: the link `#how-mch` leads nowhere
     --> content/en/notes/time.md:6:1
      |
    6 | [a](#how-mch) [b](tim) ![c](../x.png) [d]() [e](x.pdf)
      | ^^^^^^^^^^^^^ the page has no anchor `#how-mch`
      |
      = help: did you mean `#how-much`?

    error[broken-link]: the link `tim` leads nowhere
     --> content/en/notes/time.md:6:15
      |
    6 | [a](#how-mch) [b](tim) ![c](../x.png) [d]() [e](x.pdf)
      |               ^^^^^^^^ there is no page `en/notes/time/tim`
      |
      = help: write the path of a Markdown file from this one, or an address that begins with https://

    error[broken-image]: there is no image `../x.png`
     --> content/en/notes/time.md:6:24
      |
    6 | [a](#how-mch) [b](tim) ![c](../x.png) [d]() [e](x.pdf)
      |                        ^^^^^^^^^^^^^^ no file is called `en/x.png`
      |
      = help: put the image next to the file, and write its path from there: `![A map](map.svg)`

    error[broken-link]: this link leads nowhere
     --> content/en/notes/time.md:6:39
      |
    6 | [a](#how-mch) [b](tim) ![c](../x.png) [d]() [e](x.pdf)
      |                                       ^^^^^ it does not name a page
      |
      = help: write the path of a Markdown file from this one, or an address that begins with https://

    error[broken-link]: the link `x.pdf` leads nowhere
     --> content/en/notes/time.md:6:45
      |
    6 | [a](#how-mch) [b](tim) ![c](../x.png) [d]() [e](x.pdf)
      |                                             ^^^^^^^^^^ there is no page `en/notes/time/x.pdf`
      |
      = help: write the path of a Markdown file from this one, or an address that begins with https://
    ");
}

#[test]
fn links_that_could_run_something_are_refused() {
    let text = "[a](javascript:alert%281%29) [b](<JavaScript:alert(1)>) [c](data:text/html,x) [d](//x.example) <vbscript:x>\n\n[e]\n\n[e]: java&#9;script:x";
    assert_snapshot!(Folder::small().file("en/notes/a.md", &note(text)).problems(), @"
    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/a.md:4:1
      |
    4 | [a](javascript:alert%281%29) [b](<JavaScript:alert(1)>) [c](data:text/html,x) [d](//x.example) <vbscript:x>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ neither https, http, mailto nor relative
      |
      = help: write the full address, beginning with https://, or a relative one

    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/a.md:4:30
      |
    4 | [a](javascript:alert%281%29) [b](<JavaScript:alert(1)>) [c](data:text/html,x) [d](//x.example) <vbscript:x>
      |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ neither https, http, mailto nor relative
      |
      = help: write the full address, beginning with https://, or a relative one

    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/a.md:4:57
      |
    4 | [a](javascript:alert%281%29) [b](<JavaScript:alert(1)>) [c](data:text/html,x) [d](//x.example) <vbscript:x>
      |                                                         ^^^^^^^^^^^^^^^^^^^^^ neither https, http, mailto nor relative
      |
      = help: write the full address, beginning with https://, or a relative one

    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/a.md:4:79
      |
    4 | [a](javascript:alert%281%29) [b](<JavaScript:alert(1)>) [c](data:text/html,x) [d](//x.example) <vbscript:x>
      |                                                                               ^^^^^^^^^^^^^^^^ neither https, http, mailto nor relative
      |
      = help: write the full address, beginning with https://, or a relative one

    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/a.md:4:96
      |
    4 | [a](javascript:alert%281%29) [b](<JavaScript:alert(1)>) [c](data:text/html,x) [d](//x.example) <vbscript:x>
      |                                                                                                ^^^^^^^^^^^^ neither https, http, mailto nor relative
      |
      = help: write the full address, beginning with https://, or a relative one

    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/a.md:6:1
      |
    6 | [e]
      | ^^^ neither https, http, mailto nor relative
      |
      = help: write the full address, beginning with https://, or a relative one
    ");
}

#[test]
fn raw_html_is_text_and_told() {
    let (site, problems) = with("Reviews the designs", "Reviews <script>alert(1)</script> {{ x }} the designs").build();
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::RawHtml, Code::RawHtml]);
    assert_eq!(
        site[CriterionIndex(2).of(LadderIndex(0))].text.source().plain,
        "Reviews <script>alert(1)</script> {{ x }} the designs of a team."
    );
}

#[test]
fn a_ladder_without_a_translation_is_one_problem() {
    let folder = Folder::small().translated().file("en/notes/time.md", &note("x"));
    assert_snapshot!(folder.problems(), @r"
    warning[missing-translation]: the ladder `ladder` is missing in zh-TW
    --> content/en/ladder.md
     = help: write it in zh-TW/ladder.md

    warning[missing-translation]: the note `time` is missing in zh-TW
    --> content/en/notes/time.md
     = help: write it in zh-TW/notes/time.md
    ");
}

#[test]
fn what_a_translation_lacks_is_named_with_the_file_to_write_it_in() {
    let ladder = "\
# 階梯

## L1 = 工程師 {#L1}

### 工藝 {#craft}

- 撰寫他人看得懂的程式。 {#EN-001}
";
    let source =
        LADDER.replace("{#EN-004 thread=time}", "{#EN-004 thread=time}\n\n### Care {#care}\n\n- Asks. {#EN-005}");
    let folder = Folder::new().translated().file("en/ladder.md", &source).file("zh-TW/ladder.md", ladder);
    assert_snapshot!(folder.problems(), @r#"
    warning[missing-translation]: the title of the thread `time` is missing in zh-TW
     --> content/en/ladder.md:4:1
      |
    4 | time = "Time"
      | ^^^^
      |
      = help: add `time = "…"` under `[threads]` in zh-TW/ladder.md

    warning[missing-translation]: EN-002 is missing in zh-TW
      --> content/en/ladder.md:13:3
       |
    13 | - Spends most of the day on it. {#EN-002 thread=time}
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write it with the id `{#EN-002}` in zh-TW/ladder.md

    warning[missing-translation]: level L2 with 3 criteria is missing in zh-TW
      --> content/en/ladder.md:15:4
       |
    15 | ## L2 = Lead {#L2}
       |    ^^^^^^^^^
       |
       = help: write it with the id `{#L2}` in zh-TW/ladder.md

    warning[missing-translation]: the category `care` is missing in zh-TW
      --> content/en/ladder.md:22:5
       |
    22 | ### Care {#care}
       |     ^^^^
       |
       = help: write its heading with the id `{#care}` in zh-TW/ladder.md
    "#);
}

#[test]
fn a_thread_has_to_lead_from_level_to_level() {
    let ladder = LADDER
        .replacen("thread=time", "thread=code", 1)
        .replace("[threads]", "[threads]\ncode = \"Code\"\nnone = \"None\"");
    assert_snapshot!(Folder::new().file("en/ladder.md", &ladder).problems(), @r#"
    warning[single-level-thread]: the thread `code` has criteria at only one level, L1
      --> content/en/ladder.md:4:1
       |
     4 | code = "Code"
       | ^^^^
       |
      ::: content/en/ladder.md:15:3
       |
    15 | - Spends most of the day on it. {#EN-002 thread=code}
       |   ----------------------------- its first criterion
       |
       = help: add `thread=code` to criteria at other levels, or remove the thread

    warning[unused-thread]: no criterion is in the thread `none`
     --> content/en/ladder.md:5:1
      |
    5 | none = "None"
      | ^^^^
      |
      = help: add `thread=none` to the attributes of criteria, or remove the thread

    warning[single-level-thread]: the thread `time` has criteria at only one level, L2
      --> content/en/ladder.md:6:1
       |
     6 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:22:3
       |
    22 | - Spends half of the day on code. {#EN-004 thread=time}
       |   ------------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread
    "#);
}

#[test]
fn criteria_that_say_nearly_the_same_are_shown_together() {
    let long = "Explains the reasons for each decision of the team to everybody who asks and writes them down where others will find them later";
    let near = long.replace("later", "again").replace("Explains", "EXPLAINS");
    let ladder = LADDER
        .replace("Writes code that others can read.", long)
        .replace("Reviews the designs of a team.", &near)
        .replace("- Spends half", "- reviews, rewrites?\n  {#EN-005}\n- Rewrites; reviews! {#EN-006}\n- Spends half");
    assert_snapshot!(Folder::new().file("en/ladder.md", &ladder).problems(), @"
    warning[near-duplicate]: EN-003 says nearly the same as EN-001
      --> content/en/ladder.md:19:3
       |
    19 | - EXPLAINS the reasons for each decision of the team to everybody who asks and writes them down where others will find them again {#...
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      ::: content/en/ladder.md:12:3
       |
    12 | - Explains the reasons for each decision of the team to everybody who asks and writes them down where others will find them later {#...
       |   ------------------------------------------------------------------------------------------------------------------------------- EN-001 is here
       |
       = help: put both into one thread if one builds on the other, or remove one of them

    warning[near-duplicate]: EN-006 says nearly the same as EN-005
      --> content/en/ladder.md:22:3
       |
    22 | - Rewrites; reviews! {#EN-006}
       |   ^^^^^^^^^^^^^^^^^^
       |
      ::: content/en/ladder.md:20:3
       |
    20 | - reviews, rewrites?
       |   ------------------ EN-005 is here
       |
       = help: put both into one thread if one builds on the other, or remove one of them
    ");
}

#[test]
fn criteria_of_one_thread_may_be_alike() {
    let ladder = LADDER.replace("Spends half of the day on code.", "Spends most of the day on it.");
    assert_snapshot!(Folder::new().file("en/ladder.md", &ladder).problems(), @"");
}

#[test]
fn one_number_makes_a_difference_in_a_short_statement() {
    let ladder = LADDER
        .replace("Reviews the designs of a team.", "Has 5 years of experience.")
        .replace("Writes code that others can read.", "Has 2 years of experience.");
    assert_snapshot!(Folder::new().file("en/ladder.md", &ladder).problems(), @"");
    let chinese = LADDER
        .replace("Reviews the designs of a team.", "通常具有十二年的技術領導職位經驗並能帶領團隊。")
        .replace("Writes code that others can read.", "通常具有二年的技術領導職位經驗並能帶領團隊。");
    assert_snapshot!(Folder::new().file("en/ladder.md", &chinese).problems(), @"");
}

#[test]
fn a_ladder_without_levels_and_a_level_without_criteria_are_said_to_be_so() {
    assert_snapshot!(Folder::new().file("en/ladder.md", "# Ladder\n\nNothing yet.\n").problems(), @r"
    error[no-levels]: this ladder has no levels
    --> content/en/ladder.md
     = help: write a level as a heading with its criteria below it: `## L1 = Engineer`
    ");
    let ladder = format!("{LADDER}\n## L3 = Head {{#L3}}\n");
    assert_snapshot!(Folder::new().file("en/ladder.md", &ladder).problems(), @"
    error[empty-level]: level L3 has no criteria
      --> content/en/ladder.md:22:4
       |
    22 | ## L3 = Head {#L3}
       |    ^^^^^^^^^
       |
       = help: list its criteria below a category, or remove the level
    ");
}

#[test]
fn one_id_for_two_levels_is_reported_once_and_loses_no_id() {
    assert_snapshot!(with("## L2 = Lead {#L2}", "## L2 = Lead {#L1}").with_ids().problems(), @r#"
    warning[single-level-thread]: the thread `time` has criteria at only one level, L1
      --> content/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:13:3
       |
    13 | - Spends most of the day on it. {#EN-002 thread=time}
       |   ----------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread

    error[duplicate-id]: the id L1 occurs twice
      --> content/en/ladder.md:15:15
       |
    15 | ## L2 = Lead {#L1}
       |               ^^^ again here
       |
      ::: content/en/ladder.md:8:4
       |
     8 | ## L1 = Engineer {#L1}
       |    ------------- first here
       |
       = help: remove it if it is a copy; otherwise remove the id from the one that came later and run `rungs id --write`
    "#);
}

#[test]
fn ids_stand_where_something_can_carry_them_and_are_closed() {
    let folder = with("# Ladder\n", "# Ladder\n\nSome words. {#EN-009}\n");
    assert_snapshot!(folder.problems(), @r"
    error[misplaced-attributes]: nothing here can carry the id EN-009
     --> content/en/ladder.md:8:13
      |
    8 | Some words. {#EN-009}
      |             ^^^^^^^^^ belongs to no level, category or criterion
      |
      = help: write `- ` before its sentence, move it to the end of what it belongs to, or remove it
    ");
    assert_snapshot!(with("{#EN-003}", "{#EN-003").problems(), @r"
    error[unclosed-attributes]: these attributes are never closed
      --> content/en/ladder.md:19:34
       |
    19 | - Reviews the designs of a team. {#EN-003
       |                                  ^^^^^^^^ opened here
       |
       = help: end them with }
    ");
}

#[test]
fn notes_may_be_about_each_other_and_refer_in_a_circle() {
    let about = |other: &str| {
        format!(
            "+++\ntitle = \"N\"\nabout = [\"note:{other}\", \"EN-001\"]\n+++\n[note:{other}] [{other}]({other}.md)\n"
        )
    };
    let folder = Folder::small().file("en/notes/a.md", &about("b")).file("en/notes/b.md", &about("a"));
    assert_snapshot!(folder.problems(), @"");
}

/// A ladder of two levels, the second of which asks for ten thousand things.
fn crowd(statement: impl Fn(usize) -> String) -> String {
    crowd_of(10_000, statement)
}

fn crowd_of(count: usize, statement: impl Fn(usize) -> String) -> String {
    let mut ladder =
        "# L\n\n## L1 = A {#L1}\n\n### C {#c}\n\n- Begins. {#EN-20000}\n\n## L2 = B {#L2}\n\n### C {#c}\n\n".to_owned();
    for number in 1..=count {
        writeln!(ladder, "- {} {{#EN-{number:03}}}", statement(number)).unwrap();
    }
    ladder
}

#[test]
fn ten_thousand_criteria_in_one_category_are_checked() {
    let words = |number: usize| {
        let word = |place: usize| {
            let mixed = (number * 12 + place).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(24) % 211
        };
        (0..12).map(|place| format!("word{}", word(place))).collect::<Vec<_>>().join(" ")
    };
    let fourteen = "common words that all of these statements have and that tell none of them apart";
    let crowds = [
        ("different", crowd(words), 0..1),
        ("equal", crowd(|_| "The same for all of them.".to_owned()), 9_999..10_000),
        ("all but near", crowd(|number| format!("{fourteen} {number}")), 0..1),
        ("near", crowd(|number| format!("{fourteen} as long as nobody counts past twenty {number}")), 9_999..10_000),
    ];
    for (name, ladder, expected) in crowds {
        let problems = Folder::new().file("en/ladder.md", &ladder).build().1;
        let near = problems.iter().filter(|problem| problem.code == Code::NearDuplicate).count();
        assert_eq!(near, problems.len(), "{name}");
        assert!(expected.contains(&near), "{near} of {name} are said to be nearly the same");
    }
}

#[test]
fn ten_thousand_faults_are_each_reported() {
    let folder =
        Folder::new().file("en/ladder.md", &crowd(|number| format!("See [EN-9{number:05}] and [x](y{number}.md).")));
    assert!(folder.build().1.len() >= 20_000);
}

#[test]
fn findings_come_in_the_same_order_every_time() {
    let folder =
        Folder::new().translated().file("en/ladder.md", &crowd_of(300, |number| format!("See [EN-9{number:05}].")));
    let first = codes(&folder);
    assert!((0..3).all(|_| codes(&folder) == first));
}

#[test]
fn a_thread_of_criteria_without_ids_is_not_called_unused() {
    let folder = Folder::small()
        .edited("en/ladder.md", "time = \"Time\"", "time = \"Time\"\ntests = \"Tests\"")
        .edited("en/ladder.md", "- Writes code", "- Writes tests. {thread=tests}\n- Writes code");
    let codes: Vec<_> = folder.built().problems.iter().map(|problem| problem.code.name()).collect();
    assert!(codes.contains(&"missing-id") && !codes.contains(&"unused-thread"), "{}", folder.problems());
}
