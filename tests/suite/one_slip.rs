//! One slip of the hand is one error, whatever else it makes of the site, and what is advised fixes it.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::{Code, Diagnostic, Severity};
use rungs::for_tests::fix::fix;
use rungs::for_tests::report::human;

use crate::driver::Folder;

/// A slip in a file of a fixture, and what is told of it: the code, the file, the message, what to do.
struct Row {
    fixture: &'static str,
    path: &'static str,
    /// The text to replace, wherever it occurs.
    old: &'static str,
    new: &'static str,
    told: &'static str,
    /// The text after following the advice, where the program does not fix the slip itself. None if it does.
    fixed: Option<&'static str>,
}

fn all_edited(folder: Folder, path: &str, old: &str, new: &str) -> Folder {
    let text = folder.text(path);
    assert!(text.contains(old), "{path} holds {old}");
    let text = text.replace(old, new);
    folder.file(path, &text)
}

fn problems(folder: &Folder) -> Vec<Diagnostic> {
    folder.built().problems
}

fn shown(problem: &Diagnostic) -> String {
    let (path, help) = (&problem.label.place.path, problem.help.as_deref().unwrap_or_default());
    format!("{} {path}: {} | {help}", problem.code.name(), problem.message)
}

/// Returns the problems of a spoilt fixture that the fixture itself does not have.
fn new_problems(fixture: &str, spoilt: &Folder) -> Vec<Diagnostic> {
    let before: Vec<_> = problems(&Folder::fixture(fixture)).iter().map(shown).collect();
    problems(spoilt).into_iter().filter(|problem| !before.contains(&shown(problem))).collect()
}

fn assert_told(rows: &[Row]) {
    for Row { fixture, path, old, new, told, fixed } in rows {
        let spoilt = all_edited(Folder::fixture(fixture), path, old, new);
        let problems = new_problems(fixture, &spoilt);
        let lines: Vec<_> = problems.iter().map(shown).collect();
        let case = format!("{path}: {new:?} for {old:?}");
        assert_eq!(lines, [*told], "{case}");
        assert_eq!(problems[0].severity(), Severity::Error, "{case}");
        let after = match fixed {
            Some(fixed) => all_edited(spoilt, path, new, fixed),
            None => {
                let fixed = fix(&problems, spoilt.sources());
                assert!(fixed.count > 0, "{case} has no fix");
                spoilt.edited_by(fixed.texts)
            }
        };
        assert_eq!(new_problems(fixture, &after).iter().map(shown).collect::<Vec<_>>(), [""; 0], "{case}, fixed");
    }
}

const EN: &str = "en/workshop.md";
const ZH: &str = "zh-TW/workshop.md";

#[test]
fn an_id_with_a_slip_in_it_is_told_once_and_read_as_it_was_meant() {
    let row = |path, old, new, told| Row { fixture: "past", path, old, new, told, fixed: None };
    assert_told(&[
        row(EN, "#WK-001}", "#wk-001}", "invalid-id en/workshop.md: `wk-001` cannot be an id here | write `WK-001`"),
        row(EN, "#WK-001}", "#WK-00l}", "invalid-id en/workshop.md: `WK-00l` cannot be an id here | write `WK-001`"),
        row(EN, "#WK-010 ", "#WK_O1O ", "invalid-id en/workshop.md: `WK_O1O` cannot be an id here | write `WK-010`"),
        row(EN, "#WK-001}", "#WK-01}", "invalid-id en/workshop.md: `WK-01` cannot be an id here | write `WK-001`"),
        row(
            ZH,
            "#WK-010}",
            "#WK-01O}",
            "only-in-translation zh-TW/workshop.md: the criterion `WK-01O` is only in the translation | write \
             `{#WK-010}`, as in the source",
        ),
        row(
            EN,
            "{#W1}",
            "{#w1}",
            "vanished-id en/workshop.md: this is level W1 with the id w1, which is not its own | write `{#W1}` at its \
             end, or let `rungs check --fix` do it",
        ),
        row(
            ZH,
            "{#W1}",
            "{#w1}",
            "only-in-translation zh-TW/workshop.md: the level `w1` is only in the translation | write `{#W1}`, as in \
             the source",
        ),
    ]);
    let of_category = all_edited(
        Folder::fixture("past"),
        EN,
        "## W1 = Apprentice {#W1}\n\n### Craft {#craft}",
        "## W1 = Apprentice {#W1}\n\n### Craft {#Craft}",
    );
    let told: Vec<_> = new_problems("past", &of_category).iter().map(shown).collect();
    assert_eq!(
        told,
        ["invalid-id en/workshop.md: the category `craft` is written `Craft` here | write `{#craft}`, or give it \
             another id if it is another category"]
    );
}

#[test]
fn an_id_that_another_thing_has_is_not_taken_for_it() {
    let folder = all_edited(Folder::fixture("past"), EN, "{#WK-001}", "{#wk-002}");
    let told: Vec<_> = new_problems("past", &folder).iter().map(shown).collect();
    assert!(told[0].starts_with("invalid-id en/workshop.md: `wk-002` cannot be"), "{told:#?}");
    assert!(told.iter().all(|line| !line.contains("occurs twice")), "{told:#?}");
}

#[test]
fn html_that_is_never_closed_is_told_once() {
    for (opening, end, path) in [
        ("<!--", "-->", EN),
        ("<!--", "-->", ZH),
        ("<pre>", "</pre>", EN),
        ("<script>", "</script>", EN),
        ("<?x", "?>", EN),
    ] {
        for between in ["\n", "\n\n"] {
            let spoilt = all_edited(Folder::fixture("past"), path, "## W1", &format!("{opening}{between}## W1"));
            let told: Vec<_> = new_problems("past", &spoilt).iter().map(shown).collect();
            assert_eq!(told.len(), 1, "{opening}: {told:#?}");
            let sign = opening.trim_end_matches('x');
            let wanted =
                format!("unclosed-code {path}: the HTML that begins with `{sign}` is never closed | W1, craft, WK-001");
            assert!(told[0].starts_with(&wanted), "{told:#?}");
            assert!(told[0].ends_with(&format!("remove `{sign}`, or write `{end}` where it should end")), "{told:#?}");
        }
    }
}

#[test]
fn html_that_lacks_the_empty_line_behind_it_is_told_once() {
    let spoilt = all_edited(Folder::fixture("past"), EN, "## W2 =", "<div class=\"a\">\n## W2 =");
    let mut errors = new_problems("past", &spoilt);
    errors.retain(|problem| problem.severity() == Severity::Error);
    assert_eq!(
        errors.iter().map(shown).collect::<Vec<_>>(),
        ["misplaced-attributes en/workshop.md: W2 is in HTML, which is shown as text | put an empty line after \
             this one, or remove this one"]
    );
    let fixed = fix(&errors, spoilt.sources());
    let mut left = new_problems("past", &spoilt.edited_by(fixed.texts));
    left.retain(|problem| problem.code != Code::RawHtml);
    assert!(left.is_empty(), "{left:#?}");
    let closed = all_edited(Folder::fixture("past"), EN, "- Draws a piece", "\n<pre>\n- Draws a piece");
    let closed = all_edited(closed, EN, "{#WK-006 thread=tools}", "{#WK-006 thread=tools}\n</pre>");
    let told: Vec<_> = new_problems("past", &closed).iter().map(shown).collect();
    assert_eq!(told.iter().filter(|line| line.starts_with("misplaced-attributes")).count(), 1, "{told:#?}");
}

#[test]
fn a_front_matter_that_cannot_be_read_is_told_once() {
    let row = |fixture, path, old, new| Row { fixture, path, old, new, told: "", fixed: Some(old) };
    for Row { fixture, path, old, new, .. } in [
        row("past", EN, "\"Care of tools\"", "\"Care of tools"),
        row("past", EN, "\"Care of tools\"", "Care of tools\""),
        row("past", EN, "[threads]", "[threads"),
        row("past", EN, "title = \"Workshop Ladder\"", "title = \"Workshop Ladder"),
        row("past", ZH, "[threads]", "[threads"),
        row("ladders", "en/baking.md", "\"Ovens\"", "\"Ovens"),
        row("ladders", "site.toml", "\"Teaching others\"", "\"Teaching others"),
    ] {
        let spoilt = all_edited(Folder::fixture(fixture), path, old, new);
        let told: Vec<_> = new_problems(fixture, &spoilt).iter().map(shown).collect();
        assert!(told.len() == 1 && told[0].starts_with(&format!("toml-syntax {path}: ")), "{new}: {told:#?}");
    }
}

#[test]
fn a_thread_with_a_slip_in_its_name_is_told_once() {
    let row = |fixture, path, old, new, told, fixed| Row { fixture, path, old, new, told, fixed };
    assert_told(&[
        row(
            "past",
            EN,
            "thread=tools",
            "thread=tool",
            "untitled-thread en/workshop.md: the thread `tool` has no title | did you mean `tools`?",
            Some("thread=tools"),
        ),
        row(
            "past",
            EN,
            "#WK-002 thread=tools",
            "#WK-002 thread=tolos",
            "untitled-thread en/workshop.md: the thread `tolos` has no title | did you mean `tools`?",
            Some("#WK-002 thread=tools"),
        ),
        row(
            "past",
            EN,
            "tools = ",
            "tool = ",
            "untitled-thread en/workshop.md: the thread `tools` has no title | write `tools` instead of `tool`, or \
             use `tool` on the criteria",
            None,
        ),
        row(
            "past",
            EN,
            "tools = ",
            "instruments = ",
            "untitled-thread en/workshop.md: the thread `tools` has no title | write `tools` instead of `instruments`, \
             or use `instruments` on the criteria",
            None,
        ),
        row(
            "past",
            ZH,
            "tools = ",
            "tool = ",
            "only-in-translation zh-TW/workshop.md: the thread `tool` is only in the translation | write `tools`, \
             as in the source",
            None,
        ),
        row(
            "ladders",
            "site.toml",
            "[threads.teaching]",
            "[threads.teachin]",
            "untitled-thread site.toml: the thread `teaching` has no title | write `teaching` instead of `teachin`, or \
             use `teachin` on the criteria",
            None,
        ),
        row(
            "ladders",
            "en/baking.md",
            "#BK-005 thread=teaching",
            "#BK-005 thread=teachin",
            "untitled-thread en/baking.md: the thread `teachin` has no title | did you mean `teaching`?",
            Some("#BK-005 thread=teaching"),
        ),
    ]);
}

#[test]
fn a_ladder_of_another_name_or_prefix_is_told_once() {
    let site = "site.toml";
    let row = |fixture, old, new, told, fixed| Row { fixture, path: site, old, new, told, fixed };
    assert_told(&[
        row(
            "past",
            "prefix = \"WK\"",
            "prefix = \"WR\"",
            "renamed-ladder site.toml: the ids of the ladder `workshop` begin with WK, not with WR | write `prefix = \
             \"WK\"`: ids are never renamed, and neither is the prefix of new ones",
            None,
        ),
        row(
            "ladders",
            "prefix = \"BK\"",
            "prefix = \"BG\"",
            "renamed-ladder site.toml: the ids of the ladder `baking` begin with BK, not with BG | write `prefix = \
             \"BK\"`: ids are never renamed, and neither is the prefix of new ones",
            None,
        ),
        row(
            "past",
            "prefix = \"WK\"",
            "prefix = \"WR\"\nkept-prefixes = [\"WK\"]",
            "renamed-ladder site.toml: the ids of the ladder `workshop` begin with WK, not with WR | write `prefix = \
             \"WK\"` and remove WK from `kept-prefixes`, which is for ids from elsewhere: ids are never renamed, and \
             neither is the prefix of new ones",
            Some("prefix = \"WK\""),
        ),
        row(
            "past",
            "key = \"workshop\"",
            "key = \"studio\"",
            "ladder-file en/studio.md: the ladder `studio` has no file | there is `en/workshop.md`: write `key = \
             \"workshop\"` in site.toml",
            Some("key = \"workshop\""),
        ),
        row(
            "ladders",
            "key = \"baking\"",
            "key = \"bakin\"",
            "ladder-file en/bakin.md: the ladder `bakin` has no file | there is `en/baking.md`: write `key = \
             \"baking\"` in site.toml",
            Some("key = \"baking\""),
        ),
    ]);
}

#[test]
fn a_ladder_whose_files_moved_with_its_key_says_what_it_was() {
    let moved = |folder: Folder| {
        let (en, zh) = (folder.text(EN).to_owned(), folder.text(ZH).to_owned());
        let folder = folder.without(EN).without(ZH).file("en/studio.md", &en).file("zh-TW/studio.md", &zh);
        all_edited(folder, "site.toml", "key = \"workshop\"", "key = \"studio\"")
    };
    let spoilt = moved(Folder::fixture("past"));
    let told: Vec<_> =
        new_problems("past", &spoilt).iter().map(shown).filter(|line| !line.contains("WK-006")).collect();
    assert_eq!(
        told,
        ["renamed-ladder site.toml: the ladder `studio` has the levels of `workshop`, which no longer exists | if \
             it has \
          another name now, write `was = [\"workshop\"]` below its key, so that its addresses still work; otherwise write \
          `key = \"workshop\"` and give its files that name"]
    );
    let followed = all_edited(spoilt, "site.toml", "key = \"studio\"", "key = \"studio\"\nwas = [\"workshop\"]");
    let told: Vec<_> =
        problems(&followed).into_iter().filter(|problem| problem.severity() == Severity::Error).collect();
    let told: Vec<_> = told.iter().map(shown).collect();
    assert!(told.len() == 1 && told[0].ends_with("run `rungs id --write`, which keeps the register"), "{told:#?}");
    let register = followed.assignment().register;
    let left = problems(&followed.file("register.toml", &register));
    assert!(left.iter().all(|problem| problem.severity() == Severity::Warning), "{left:#?}");
}

#[test]
fn ids_that_were_renamed_with_their_prefix_are_told_once_and_come_back() {
    let renamed = |fixture, paths: &[&str], old: &str, new: &str| {
        let folder = all_edited(Folder::fixture(fixture), "site.toml", &format!("\"{old}\""), &format!("\"{new}\""));
        paths.iter().fold(folder, |folder, path| all_edited(folder, path, &format!("{old}-"), &format!("{new}-")))
    };
    let spoilt = renamed("past", &[EN, ZH], "WK", "WR");
    let told: Vec<_> = new_problems("past", &spoilt)
        .iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .map(shown)
        .collect();
    assert_eq!(
        told,
        ["renamed-ladder site.toml: the ids of the ladder `workshop` begin with WK, not with WR | write `prefix = \
          \"WK\"`, and in the files `WK-001` for `WR-001` and so on: ids are never renamed; or, if \
          these are other criteria, run `rungs withdraw WK-001 WK-002 WK-005 WK-006 WK-007 WK-009 WK-010 WK-011 WK-012 \
          --reason \"…\"`"]
    );
    let draft =
        renamed("ladders", &["en/baking.md", "zh-TW/baking.md", "en/leading.md", "zh-TW/leading.md"], "BK", "BG");
    let told: Vec<_> = new_problems("ladders", &draft)
        .iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .map(shown)
        .collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    let forget = "or, since no edition has them, run `rungs id --forget BK-001 BK-002 BK-003 BK-004 BK-005 BK-006`";
    assert!(told[0].ends_with(forget), "{told:#?}");
}

#[test]
fn a_new_ladder_in_the_place_of_another_is_not_that_ladder_under_a_new_name() {
    let (en, zh) = ("en/baking.md", "zh-TW/baking.md");
    let folder = Folder::fixture("ladders");
    let [new, translated] = [en, zh].map(|path| folder.text(path).replace("BK-", "CK-"));
    let folder = folder.without(en).without(zh).file("en/cakes.md", &new).file("zh-TW/cakes.md", &translated);
    let folder = all_edited(folder, "site.toml", "\"BK\"", "\"CK\"");
    let folder = all_edited(folder, "site.toml", "\"baking\"", "\"cakes\"");
    let told: Vec<_> = new_problems("ladders", &folder).iter().map(shown).collect();
    assert!(told.iter().all(|line| !line.starts_with("renamed-ladder")), "{told:#?}");
    assert!(told.iter().any(|line| line.starts_with("vanished-id") && line.contains("BK-001")), "{told:#?}");
}

#[test]
fn what_goes_with_its_level_or_category_is_told_once() {
    let without = |fixture: &str, path: &str, is_gone: &dyn Fn(&str) -> bool| {
        let folder = Folder::fixture(fixture);
        let text: String = folder.text(path).split_inclusive('\n').filter(|line| !is_gone(line)).collect();
        folder.file(path, &text)
    };
    let told = |fixture, spoilt: &Folder| -> Vec<String> {
        let errors = new_problems(fixture, spoilt).into_iter().filter(|problem| problem.severity() == Severity::Error);
        errors.map(|problem| shown(&problem)).collect()
    };
    let all_of_level = without("past", EN, &|line| ["WK-001", "WK-002", "WK-012"].iter().any(|id| line.contains(id)));
    assert_eq!(
        told("past", &all_of_level),
        ["vanished-id en/workshop.md: level W1 has lost its criteria: WK-001, WK-002, WK-012 | put it back, or if \
          they are really gone, run `rungs withdraw WK-001 WK-002 WK-012 --reason \"…\"`"]
    );
    let level = without("past", EN, &|line| ["{#W2", "WK-005", "WK-006"].iter().any(|id| line.contains(id)));
    assert_eq!(
        told("past", &level),
        [
            "vanished-id register.toml: level W2 is no longer in the content, nor is what belongs to it: WK-005, WK-006, \
          level J2 | put it back, or if they are really gone, run `rungs withdraw WK-005 WK-006 W2 J2 --ladder workshop \
          --reason \"…\"`"
        ]
    );
    let ids = ["{#people}", "WK-007", "WK-010", "WK-011", "WK-012"];
    let category = without("past", EN, &|line| ids.iter().any(|id| line.contains(id)));
    assert_eq!(
        told("past", &category),
        ["vanished-id register.toml: category `people` is no longer in the content, nor are its contents: WK-007, \
          WK-010, WK-011, WK-012 | put it back, or if they are really gone, run `rungs withdraw WK-007 WK-010 WK-011 \
          WK-012 people --ladder workshop --reason \"…\"`"]
    );
    let renamed = all_edited(Folder::fixture("past"), EN, "{#people}", "{#teamwork}");
    let renamed = told("past", &renamed);
    assert!(renamed[0].contains("if it is called teamwork now, write `{#teamwork was=people}`"), "{renamed:#?}");
    let draft = without("ladders", "en/baking.md", &|line| {
        ["{#L3}", "no-counterpart", "BK-006"].iter().any(|id| line.contains(id))
    });
    let draft = told("ladders", &draft);
    assert!(
        draft.len() == 1
            && draft[0].contains("level L3 is no longer in the content, nor is what belongs to it: BK-006"),
        "{draft:#?}"
    );
}

#[test]
fn a_heading_of_the_wrong_depth_is_told_once_and_fixed() {
    let row = |path, old, new, told| Row { fixture: "past", path, old, new, told, fixed: None };
    let told = "heading-depth en/workshop.md: W2 is a level, but its heading begins with 3 `#` instead of 2 | write \
                `##`, or let `rungs check --fix` do it";
    assert_told(&[
        row(EN, "## W2", "### W2", told),
        row(
            EN,
            "## W2",
            "# W2",
            "heading-depth en/workshop.md: W2 is a level, but its heading begins with 1 `#` instead of 2 | write `##`, \
             or let `rungs check --fix` do it",
        ),
        row(
            ZH,
            "## W2",
            "### W2",
            "heading-depth zh-TW/workshop.md: W2 is a level, but its heading begins with 3 `#` instead of 2 | write \
             `##`, or let `rungs check --fix` do it",
        ),
        row(
            EN,
            "{#W1}\n\n### Craft",
            "{#W1}\n\n## Craft",
            "heading-depth en/workshop.md: craft is a category, but its heading begins with 2 `#` instead of 3 | write \
             `###`, or let `rungs check --fix` do it",
        ),
    ]);
}

/// The errors of the site with several ladders after some edits, each in a line.
fn errors_of_ladders(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let edit = |folder: Folder, &(path, old, new): &(&str, &str, &str)| all_edited(folder, path, old, new);
    let spoilt = edits.iter().fold(Folder::fixture("ladders"), edit);
    let problems = new_problems("ladders", &spoilt);
    problems.iter().filter(|problem| problem.severity() == Severity::Error).map(shown).collect()
}

#[test]
fn two_ladders_that_have_swapped_their_keys_or_prefixes_are_told_once() {
    for edits in [
        [("\"BK\"", "\"?\""), ("\"LD\"", "\"BK\""), ("\"?\"", "\"LD\"")],
        [("key = \"baking\"", "?"), ("key = \"leading\"", "key = \"baking\""), ("?", "key = \"leading\"")],
    ] {
        let told = errors_of_ladders(&edits.map(|(old, new)| ("site.toml", old, new)));
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains("have swapped their keys or their prefixes | the ids of `"), "{told:#?}");
    }
}

#[test]
fn a_locale_that_is_dropped_is_told_once() {
    let told = errors_of_ladders(&[("site.toml", "\"en\", \"zh-TW\"]", "\"en\"]")]);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("unnamed-locale zh-TW/"), "{told:#?}");
    let zh_tw = |path: &str| path.starts_with("zh-TW/");
    let folder = all_edited(Folder::fixture("ladders"), "site.toml", "\"en\", \"zh-TW\"]", "\"en\"]");
    let paths: Vec<_> = folder.sources().texts.keys().filter(|path| zh_tw(path.as_str())).cloned().collect();
    let folder = paths.iter().fold(folder, |folder, path| folder.without(path.as_str()));
    let told: Vec<_> = problems(&folder).iter().map(shown).collect();
    assert_eq!(
        told,
        ["unknown-key site.toml: unknown key `zh-TW`: it is not a locale of the site | remove these keys, or add \
          `\"zh-TW\"` to `locales`"]
    );
}

#[test]
fn a_ladder_that_is_gone_with_all_it_held_is_told_once() {
    let ladders = || Folder::fixture("ladders").released("2026.1", "2026-07-01");
    let emptied = ladders().file("en/baking.md", "");
    let deleted = ["en/leading.md", "zh-TW/leading.md"].iter().fold(ladders(), |folder, path| folder.without(path));
    let deleted = all_edited(
        deleted,
        "site.toml",
        "[[ladders]]\nkey = \"leading\"\nprefix = \"LD\"\ninherits = \"common\"\nlevels-accumulate = false\n",
        "",
    );
    for (folder, key) in [(emptied, "baking"), (deleted, "leading")] {
        let errors = problems(&folder).into_iter().filter(|problem| problem.severity() == Severity::Error);
        let told: Vec<_> = errors.map(|problem| shown(&problem)).collect();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains(&format!("the ladder `{key}` is no longer in the content")), "{told:#?}");
    }
}

#[test]
fn an_id_that_was_copied_over_another_is_told_once_in_each_language() {
    let [en, zh] = ["en/baking.md", "zh-TW/baking.md"].map(|path| (path, "{#BK-002", "{#BK-001"));
    let told = errors_of_ladders(&[en, zh]);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("this is BK-002 with the id BK-001, which is not its own"), "{told:#?}");
}

#[test]
fn the_former_key_of_a_ladder_in_site_toml_names_the_new_one() {
    let mut spoilt = Folder::fixture("ladders");
    for path in ["en/baking.md", "zh-TW/baking.md"] {
        let text = spoilt.text(path).to_owned();
        spoilt = spoilt.without(path).file(&path.replace("baking", "bread"), &text);
    }
    let key = "key = \"bread\"\nwas = [\"baking\"]";
    let spoilt = all_edited(spoilt, "site.toml", "key = \"baking\"", key);
    let told: Vec<_> = problems(&spoilt).iter().map(shown).filter(|line| line.starts_with("invalid-value")).collect();
    assert_eq!(told, ["invalid-value site.toml: the ladder `baking` is called `bread` now | write `\"bread\"`"]);
}

/// A site in one language with the edition that its content is.
fn released() -> Folder {
    Folder::small().with_ids().released("2026.1", "2026-07-01")
}

fn swapped(folder: Folder, ids: &[&str]) -> Folder {
    let text = folder.text("en/ladder.md").to_owned();
    let marked = ids.iter().fold(text, |text, id| text.replace(&format!("{{#{id}"), &format!("{{#<{id}>")));
    let text = ids.iter().enumerate().fold(marked, |text, (at, id)| {
        text.replace(&format!("{{#<{id}>"), &format!("{{#{next}", next = ids[(at + 1) % ids.len()]))
    });
    folder.file("en/ladder.md", &text)
}

#[test]
fn ids_that_were_swapped_are_told_before_a_release() {
    assert!(problems(&released()).is_empty());
    for (ids, message) in [
        (&["EN-001", "EN-003"][..], "EN-001, EN-003 have swapped their ids: each says what the other said in 2026.1"),
        (
            &["EN-001", "EN-002", "EN-003"],
            "EN-001, EN-003, EN-002 have swapped their ids: each says what another of them said in 2026.1",
        ),
    ] {
        let spoilt = swapped(released(), ids);
        let problems: Vec<_> =
            problems(&spoilt).into_iter().filter(|problem| problem.severity() == Severity::Error).collect();
        assert_eq!(problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), [message]);
        let fixed = fix(&problems, spoilt.sources());
        let text = spoilt.edited_by(fixed.texts).text("en/ladder.md").to_owned();
        assert_eq!(text, released().text("en/ladder.md"));
    }
}

/// Attribute blocks of one file that have swapped their ids.
fn swapped_in(folder: Folder, path: &str, [one, other]: [&str; 2]) -> Folder {
    let text = folder.text(path).replace(&format!("{{#{one}"), "{#<>");
    let text = text.replace(&format!("{{#{other}"), &format!("{{#{one}")).replace("{#<>", &format!("{{#{other}"));
    folder.file(path, &text)
}

#[test]
fn levels_and_translations_that_have_swapped_their_ids_are_told_and_fixed() {
    let whole = Folder::bilingual().with_ids().released("2026.1", "2026-07-01");
    assert!(problems(&whole).iter().all(|problem| problem.severity() != Severity::Error));
    let (english, chinese) = (&["en/ladder.md"][..], &["zh-TW/ladder.md"][..]);
    let both = ["en/ladder.md", "zh-TW/ladder.md"];
    for (ids, paths) in [
        (["L1", "L2"], english),
        (["EN-001", "EN-002"], chinese),
        (["EN-001", "EN-003"], chinese),
        (["L1", "L2"], chinese),
        (["EN-001", "EN-002"], &both),
        (["L1", "L2"], &both),
    ] {
        let mut spoilt = paths.iter().fold(whole.clone(), |folder, path| swapped_in(folder, path, ids));
        let errors = problems(&spoilt).into_iter().filter(|problem| problem.severity() == Severity::Error);
        let told: Vec<_> = errors.map(|problem| problem.message).collect();
        let message = format!("{} have swapped their ids: each says what the other said in 2026.1", ids.join(", "));
        assert_eq!(told, [message], "{ids:?} in {paths:?}");
        for _ in paths {
            let fixed = fix(&problems(&spoilt), spoilt.sources());
            spoilt = spoilt.edited_by(fixed.texts);
        }
        both.iter().for_each(|path| assert_eq!(spoilt.text(path), whole.text(path), "{ids:?} in {paths:?}"));
    }
}

#[test]
fn a_translation_that_the_source_was_copied_over_is_told() {
    let whole = Folder::bilingual().with_ids().released("2026.1", "2026-07-01");
    let copied = whole.clone().file("zh-TW/ladder.md", whole.text("en/ladder.md"));
    let message = |problem: &Diagnostic| problem.code.name() == "copied-source";
    let told = |folder: &Folder| {
        let told: Vec<_> = problems(folder).into_iter().filter(message).collect();
        human::render(&told, folder.sources(), "content", human::Style::Plain)
    };
    assert_snapshot!(told(&copied), @"
    warning[copied-source]: zh-TW/ladder.md is word for word the same as the source
    --> content/zh-TW/ladder.md
     = help: restore the translation with `git restore --source=HEAD zh-TW/ladder.md`, or from an earlier commit: 2026.1 has it
    ");
    let two = whole.edited("zh-TW/ladder.md", "撰寫他人看得懂的程式。", "Writes code that others can read.").edited(
        "zh-TW/ladder.md",
        "半天撰寫程式。",
        "Spends half of the day on code.",
    );
    assert_snapshot!(told(&two), @"
    warning[copied-source]: EN-001, EN-004 are word for word the same in zh-TW as in the source
      --> content/zh-TW/ladder.md:12:3
       |
    12 | - Writes code that others can read. {#EN-001}
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      ::: content/zh-TW/ladder.md:20:3
       |
    20 | - Spends half of the day on code. {#EN-004}
       |   ------------------------------- in 2026.1 this was `半天撰寫程式。`
       |
       = help: write the translation again: in 2026.1 it was `撰寫他人看得懂的程式。`
    ");
}

#[test]
fn a_source_that_its_translation_was_copied_over_is_told() {
    let whole = Folder::bilingual().with_ids().released("2026.1", "2026-07-01");
    let copied = whole.clone().file("en/ladder.md", whole.text("zh-TW/ladder.md"));
    let told: Vec<_> = problems(&copied).iter().map(shown).filter(|line| line.starts_with("copied-source")).collect();
    assert_eq!(
        told,
        ["copied-source en/ladder.md: en/ladder.md is word for word the same as the translation | restore the source \
          with `git restore --source=HEAD en/ladder.md`, or from an earlier commit: 2026.1 has it"]
    );
}

#[test]
fn a_translation_whose_source_was_renamed_is_to_be_renamed_too() {
    let folder = Folder::fixture("ladders");
    let note = folder.text("en/notes/reading.md").replacen("title =", "was = [\"reading\"]\ntitle =", 1);
    let note = folder.clone().without("en/notes/reading.md").file("en/notes/how.md", &note);
    let told: Vec<_> = problems(&note).iter().map(shown).filter(|line| line.contains("no source")).collect();
    assert_eq!(
        told,
        ["only-in-translation zh-TW/notes/reading.md: this note has no source | rename this file to \
          zh-TW/notes/how.md, as its source was renamed"]
    );
    let text = folder.text("en/baking.md").to_owned();
    let ladder = folder.without("en/baking.md").file("en/bread.md", &text);
    let ladder = all_edited(ladder, "site.toml", "key = \"baking\"", "key = \"bread\"\nwas = [\"baking\"]");
    let told: Vec<_> = problems(&ladder).iter().map(shown).filter(|line| line.contains("belongs to no")).collect();
    assert_eq!(
        told,
        [
            "ladder-file zh-TW/baking.md: `zh-TW/baking.md` belongs to no ladder | rename it to zh-TW/bread.md: the ladder \
          `baking` is called `bread` now"
        ]
    );
}

#[test]
fn a_criterion_that_takes_over_the_words_of_one_that_says_something_else_is_no_swap() {
    let edited =
        swapped(released(), &["EN-001", "EN-003"]).edited("en/ladder.md", "that others can read", "for others");
    assert!(problems(&edited).iter().all(|problem| problem.code.name() != "swapped-id"));
}

#[test]
fn the_feed_of_a_language_that_was_dropped_goes_on_in_the_language_of_the_source() {
    let folder = Folder::bilingual().with_ids();
    let released = folder.released("2026.1", "2026-07-01");
    let feeds = |folder: &Folder| -> Vec<(String, Vec<u8>)> {
        let outputs = folder.built().outputs.into_iter().filter(|output| output.path.ends_with("feed.xml"));
        outputs.map(|output| (output.path.to_string(), output.bytes.to_vec())).collect()
    };
    let paths = |feeds: &[(String, Vec<u8>)]| feeds.iter().map(|(path, _)| path.clone()).collect::<BTreeSet<_>>();
    let before = paths(&feeds(&released));
    assert_eq!(before.len(), 2, "{before:?}");
    let dropped = released.in_locales(&["en"]).without("zh-TW/ladder.md");
    let after = feeds(&dropped);
    assert_eq!(paths(&after), before, "{}", dropped.told());
    assert!(after.iter().all(|(_, bytes)| *bytes == after[0].1));
}
