//! Unusual but valid input that no page may break on.

use std::fmt::Write;

use crate::driver::Folder;
use crate::pages::Pages;

/// A ladder of two levels with the criteria of each, every one of them in the thread `share`.
fn in_one_thread(lower: &[String], higher: &[String]) -> Folder {
    let mut ladder = "+++\ntitle = \"L\"\n[threads]\nshare = \"Share\"\n+++\n# L\n".to_owned();
    let mut number = 0;
    for (level, criteria) in [("L1", lower), ("L2", higher)] {
        writeln!(ladder, "\n## {level} = Level {level} {{#{level}}}\n\n### Craft {{#craft}}\n").unwrap();
        for statement in criteria {
            number += 1;
            writeln!(ladder, "- {statement} {{#EN-{number:03} thread=share}}").unwrap();
        }
    }
    Folder::new().file("en/ladder.md", &ladder)
}

fn statement(text: &str) -> String {
    Pages::of(&in_one_thread(&[text.to_owned()], &["Leads.".to_owned()])).page("en/ladder/l1/").to_owned()
}

#[test]
fn a_range_may_be_written_from_its_upper_end() {
    let pages = Pages::of(&in_one_thread(&["Spends 80-40% of time.".into()], &["Spends 60-30% of time.".into()]));
    let chart = pages.page("en/ladder/threads/share.svg");
    assert!(chart.contains("80-40%") && chart.contains("60-30%"));
    assert!(!chart.contains("18446744073709"));
}

#[test]
fn a_thread_may_hold_hundreds_of_criteria_on_each_level() {
    let many =
        |level: &str| (0..400).map(|number| format!("Does the {number}th thing of {level}.")).collect::<Vec<_>>();
    let pages = Pages::of(&in_one_thread(&many("one"), &many("two")));
    assert!(pages.main("en/ladder/compare/l1-l2/").contains("Does the 399th thing of two."));
}

#[test]
fn no_link_stands_within_a_link() {
    let page = statement(
        "See [![a badge](https://example.org/a.svg)](https://example.org/) and [the [EN-002] one](https://example.org/x).",
    );
    assert!(page.contains("<a href=\"https://example.org/\">a badge</a>"));
    let opened = page.split("<a ").skip(1).filter(|rest| !rest.split("<a ").next().unwrap().contains("</a>")).count();
    assert_eq!(opened, 0, "each link ends before the next begins");
}

#[test]
fn braces_within_a_sentence_are_text() {
    assert!(statement("Sets {x=1} in templates.").contains("Sets {x=1} in templates."));
    let folder = in_one_thread(&["Works.".into()], &["Leads.".into()]);
    let told = folder.edited("en/ladder.md", "# L\n", "# L\n\nSee {#L1} as written.\n").told();
    assert!(told.contains("misplaced-attributes") && !told.contains("unclosed"), "{told}");
}

#[test]
fn a_template_that_asks_for_a_locale_that_is_not_there_is_reported() {
    let template = "{{ t(key=\"navigation.home\", locale=9) }}";
    let told = in_one_thread(&["Works.".into()], &["Leads.".into()]).themed("level.html", template).told();
    assert!(told.contains("there is no locale 9"), "{told}");
}
