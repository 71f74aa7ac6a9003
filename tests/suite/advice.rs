//! Advice that works: what the program tells people to do is done to the letter, and then all is well and nothing lost.

#![allow(clippy::disallowed_methods, reason = "commands are run as a person runs them")]

use std::ops::Deref;

use serde_json::Value;

use crate::driver::{Folder, LADDER, TRANSLATED};
use crate::place::Place;

const REGISTER: &str = "content/register.toml";
const SOURCE: &str = "content/en/ladder.md";
const FIRST: &str = "- Writes code that others can read. {#EN-001}\n";

/// A folder under version control, to which a slip happens.
struct Site {
    place: Place,
    /// All that editions hold.
    released: Vec<String>,
}

impl Deref for Site {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

impl Site {
    /// A site in two languages whose translation is recorded, with what is done to it before its first edition.
    fn new(prepare: impl FnOnce(&Site), is_released: bool) -> Self {
        let folder = Folder::bilingual();
        let mut site = Self { place: Place::of(&folder), released: Vec::new() };
        site.init_git();
        site.shell_ok("rungs translation accept zh-TW --all");
        prepare(&site);
        if is_released {
            site.shell_ok("rungs release 2026.1 --date 2026-07-01");
            let edition: Value = serde_json::from_str(&site.text("content/editions/2026.1.json")).unwrap();
            let criteria = edition["content"]["ladders"][0]["criteria"].as_array().unwrap();
            site.released = criteria.iter().map(|criterion| criterion["id"].as_str().unwrap().to_owned()).collect();
        }
        assert_eq!(site.problems().len(), 0, "{:#?}", site.problems());
        site.committed("Written");
        site
    }

    fn released() -> Self {
        Self::new(|_| (), true)
    }

    fn draft() -> Self {
        Self::new(|_| (), false)
    }

    /// Follows the advice of the first problem until there is none. Of several ways it takes the one at a place, or the
    /// last; a way that changes nothing is left for the next.
    fn follow(&self, way: usize) -> Vec<String> {
        let mut done = Vec::new();
        let mut way = way;
        for _ in 0..12 {
            let problems = self.problems();
            let Some(first) = problems.first() else {
                self.assert_nothing_lost(&done);
                return done;
            };
            let ways = ways(first);
            assert!(!ways.is_empty(), "nothing to do is said: {first:#}\nafter {done:#?}");
            let step = &ways[way.min(ways.len() - 1)];
            if done.last() == Some(step) {
                way += 1;
                continue;
            }
            match step.strip_prefix("write ") {
                Some(block) => {
                    let id = block.trim_start_matches("{#").split([' ', '}']).next().unwrap();
                    self.edit(SOURCE, &format!("{{#{id}}}"), block);
                }
                None => {
                    self.shell_ok(step);
                }
            }
            done.push(step.clone());
        }
        panic!("the advice leads in a circle: {done:#?}\n{:#?}", self.problems());
    }

    /// Whether every criterion that was ever released has its page still, and its last words stand on it.
    fn assert_nothing_lost(&self, done: &[String]) {
        self.shell_ok("rungs build");
        for id in &self.released {
            let page = format!("public/c/{}/index.html", id.to_lowercase());
            assert!(self.at(&page).exists(), "{id} has no page after {done:#?}");
            let page = self.text(&page);
            let said = TRANSLATED.lines().find(|line| line.contains(id)).unwrap();
            let said = said.trim_start_matches("- ").split(" {").next().unwrap();
            assert!(page.contains(said), "the page of {id} does not say `{said}` after {done:#?}");
        }
    }
}

/// Returns the remedies that a problem offers: command lines, and blocks of attributes to be written.
fn ways(problem: &Value) -> Vec<String> {
    let help = problem["help"].as_str().unwrap_or_default();
    let code: Vec<_> = help.split('`').skip(1).step_by(2).collect();
    let command = |text: &&&str| text.starts_with("rungs ") || text.starts_with("git ");
    let blocks = code.iter().filter(|text| text.starts_with("{#") && text.contains(" was="));
    let blocks = blocks.map(|text| format!("write {text}"));
    blocks.chain(code.iter().filter(command).map(|text| (*text).to_owned())).collect()
}

#[test]
fn a_register_that_was_deleted_comes_back_from_git_and_from_what_else_is_known() {
    for (way, wanted) in [(0, "git restore --source=HEAD content/register.toml"), (1, "rungs id --restore")] {
        let site = Site::released();
        let register = site.text(REGISTER);
        site.remove(REGISTER);
        let told = site.errors();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert_eq!(told[0]["code"], "incomplete-register");
        let (is_done, told) = site.shell("rungs id --write");
        assert!(!is_done && told.contains("incomplete-register"), "{told}");
        assert!(!site.at(REGISTER).exists());
        assert_eq!(site.follow(way), [wanted]);
        assert_eq!(site.text(REGISTER), register);
    }
}

#[test]
fn what_a_merge_dropped_comes_back_though_no_commit_has_it() {
    // The criterion was withdrawn for an edition, and a merge took the other side's register.
    let site = Site::released();
    site.shell_ok("rungs withdraw EN-002 --reason 'No more.' --reason zh-TW=不再需要。 --date 2026-08-01");
    site.edit("content/en/ladder.md", " thread=time", "");
    site.edit("content/en/ladder.md", "[threads]\ntime = \"Time\"\n", "");
    site.edit("content/zh-TW/ladder.md", "[threads]\ntime = \"時間\"\n", "");
    site.shell_ok("rungs translation accept zh-TW");
    site.shell_ok("rungs release 2026.2 --date 2026-09-01");
    let register = site.text(REGISTER);
    let (before, rest) = register.split_once("[criterion.EN-002]").unwrap();
    let (_, after) = rest.split_once("[criterion.EN-003]").unwrap();
    site.put(REGISTER, format!("{before}[criterion.EN-003]{after}"));
    site.committed("Changed");
    let errors = site.errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(errors[0]["message"], "the register has lost EN-002, which an edition has");
    let done = site.follow(0);
    assert_eq!(done, ["git restore --source=HEAD content/register.toml", "rungs id --restore"]);
    let register = site.text(REGISTER);
    let (_, entry) = register.split_once("[criterion.EN-002]\n").unwrap();
    let (entry, _) = entry.split_once("\n[").unwrap();
    insta::assert_snapshot!(entry, @r#"
    state = "withdrawn"
    since = "2026.1"
    withdrawn-in = "2026.2"
    level = "L1"
    category = "craft"
    statement.en = "Spends most of the day on it."
    statement.zh-TW = "一天大半時間如此。"
    "#);
}

#[test]
fn a_number_that_any_file_still_holds_is_not_given_again() {
    for is_released in [true, false] {
        let site = Site::new(|_| (), is_released);
        // Nothing is left of the last criterion but the edition or the record of its translation.
        for path in [SOURCE, "content/zh-TW/ladder.md"] {
            let text = site.text(path);
            site.put(
                path,
                text.lines()
                    .filter(|line| !line.contains("EN-004"))
                    .fold(String::new(), |text, line| text + line + "\n"),
            );
        }
        let register = site.text(REGISTER);
        site.put(
            REGISTER,
            register
                .replace("[criterion.EN-004]\nstate = \"active\"\n", "")
                .replace("since = \"2026.1\"\n\n[level", "[level"),
        );
        site.edit(SOURCE, "- Reviews", "- Something else entirely.\n- Reviews");
        let (_, told) = site.shell("rungs id --write");
        let given = site.text(SOURCE);
        assert!(!given.contains("EN-004"), "{told}\n{given}");
        assert_eq!(given.contains("- Something else entirely. {#EN-005}"), !is_released, "{told}");
    }
}

#[test]
fn what_was_never_released_is_forgotten_or_withdrawn() {
    for (way, wanted) in [(0, "rungs withdraw EN-001"), (1, "rungs id --forget EN-001")] {
        let site = Site::draft();
        site.edit(SOURCE, FIRST, "");
        let done = site.follow(way);
        assert!(done[0].starts_with(wanted) && done.len() == 1, "{done:#?}");
        let register = site.text(REGISTER);
        assert_eq!(register.contains("Writes code that others can read."), way == 0, "{register}");
        assert_eq!(register.contains("EN-001"), way == 0, "{register}");
    }
}

#[test]
fn the_number_of_what_was_forgotten_is_not_given_again() {
    let site = Site::draft();
    let last = "- Spends half of the day on code. {#EN-004 thread=time}\n";
    for (line, id, new) in [(last, "EN-004", "EN-005"), ("- Pairs. {#EN-005}\n", "EN-005", "EN-006")] {
        site.edit(SOURCE, line, "");
        site.shell_ok(&format!("rungs id --forget {id}"));
        site.edit(SOURCE, "- Reviews the", "- Pairs.\n- Reviews the");
        site.shell_ok("rungs id --write");
        assert!(site.text(SOURCE).contains(&format!("- Pairs. {{#{new}}}")), "{}", site.text(REGISTER));
    }
    let register = site.text(REGISTER);
    assert!(register.ends_with("They are not reused.\n[forgotten]\nEN = 5\n"), "{register}");
}

#[test]
fn what_nothing_remembers_is_forgotten() {
    let place = Place::of(&Folder::small().with_ids());
    let site = Site { place, released: Vec::new() };
    site.edit(SOURCE, FIRST, "");
    assert_eq!(site.follow(0), ["rungs id --forget EN-001"]);
}

#[test]
fn nothing_is_withdrawn_of_which_something_cannot_be_read() {
    for path in [SOURCE, "content/zh-TW/ladder.md"] {
        for (old, new) in [("### ", "```\n### "), ("- ", "-")] {
            let site = Site::released();
            site.edit(path, old, new);
            let before = site.files("content");
            let (is_done, told) = site.shell("rungs withdraw EN-001 --reason x");
            assert!(
                !is_done && told.contains("not everything that the files say about EN-001 can be read"),
                "{path}: {told}"
            );
            assert!(site.files("content") == before, "{path}: something is written");
        }
    }
}

#[test]
fn a_criterion_with_the_id_of_another_is_known_by_its_words() {
    for other in ["EN-003", "OT-001"] {
        let site = Site::released();
        site.edit(SOURCE, "{#EN-001}", &format!("{{#{other}}}"));
        let problems = site.errors();
        let told: Vec<_> = problems.iter().map(|problem| problem["message"].as_str().unwrap()).collect();
        assert_eq!(told, [format!("this is EN-001 with the id {other}, which is not its own")]);
        assert_eq!(site.follow(0)[0], "rungs check --fix");
        assert_eq!(site.text(SOURCE), LADDER);
    }
}

#[test]
fn headings_of_a_translation_take_the_ids_that_the_source_gave_them() {
    let path = "content/zh-TW/ladder.md";
    let renamed = Site::released();
    renamed.edit(SOURCE, "{#L2}", "{#S1 was=L2}");
    renamed.shell_ok("rungs id --write");
    renamed.shell_ok("rungs check --fix");
    assert_eq!(renamed.text(path), TRANSLATED.replace("{#L2}", "{#S1}"));
    let misspelt = Site::released();
    misspelt.put(path, TRANSLATED.replace("{#craft}", "{#kraft}"));
    assert_eq!(misspelt.errors().len(), 1, "{:#?}", misspelt.errors());
    misspelt.shell_ok("rungs check --fix");
    assert_eq!(misspelt.text(path), TRANSLATED);
}

#[test]
fn code_that_takes_in_several_ids_is_one_error() {
    for fence in ["```", "~~~~"] {
        let site = Site::released();
        site.edit(SOURCE, "## L2", &format!("{fence}\n## L2"));
        let text = site.text(SOURCE);
        site.put(SOURCE, format!("{text}{fence}\n"));
        let errors = site.errors();
        assert_eq!(errors.len(), 1, "{errors:#?}");
        assert_eq!(errors[0]["message"], "EN-003, EN-004, level L2 are in code, which is text");
        assert_eq!(errors[0]["line"], text.lines().position(|line| line == fence).unwrap() + 1);
        let gone = "rungs withdraw EN-003 EN-004 L2 --ladder ladder --reason \"…\"";
        assert!(ways(&errors[0]).contains(&gone.to_owned()), "{errors:#?}");
        site.shell_ok(gone);
        assert_eq!(site.errors(), [Value::Null; 0]);
    }
}

#[test]
fn a_fault_in_one_ladder_hides_none_of_another() {
    let second = |site: &Site| {
        site.edit("content/site.toml", "[[ladders]]", "[[ladders]]\nkey = \"other\"\nprefix = \"OT\"\n\n[[ladders]]");
        let other = Folder::small().without_threads().text("en/ladder.md").replace("EN-", "OT-");
        site.put("content/en/other.md", &other);
        site.put("content/zh-TW/other.md", other);
        site.shell_ok("rungs id --write && rungs translation accept zh-TW --all");
    };
    let site = Site::new(second, true);
    site.edit(SOURCE, "- Spends most", "```\n- Spends most");
    site.edit("content/en/other.md", "- Spends most of the day on it. {#OT-002}\n", "");
    site.edit("content/zh-TW/other.md", "{#L1}", "{#M1}");
    let codes: Vec<_> = site.errors().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes, ["unclosed-code", "vanished-id", "only-in-translation"]);
}

#[test]
fn what_was_released_is_withdrawn_with_its_last_words() {
    let site = Site::released();
    site.edit(SOURCE, FIRST, "");
    let (is_done, told) = site.shell("rungs id --forget EN-001");
    assert!(!is_done && told.contains("an edition has EN-001"), "{told}");
    assert_eq!(site.follow(0), ["rungs withdraw EN-001 --reason \"…\""]);
    assert!(site.text(REGISTER).contains("statement.zh-TW = \"撰寫他人看得懂的程式。\""));
}

#[test]
fn what_was_reworded_since_the_last_edition_is_withdrawn_with_its_newer_words_in_all_languages() {
    let was = ["Writes code that others can read.", "撰寫他人看得懂的程式。"];
    let is = ["Writes code that others enjoy.", "撰寫他人樂見的程式。"];
    for is_accepted in [true, false] {
        let site = Site::released();
        site.edit(SOURCE, was[0], is[0]);
        site.edit("content/zh-TW/ladder.md", was[1], is[1]);
        if is_accepted {
            site.shell_ok("rungs translation accept zh-TW EN-001");
        }
        site.edit(SOURCE, &FIRST.replace(was[0], is[0]), "");
        site.shell_ok("rungs withdraw EN-001 --reason Gone.");
        let register = site.text(REGISTER);
        // What nobody recorded is not known any more.
        let said = if is_accepted { is[0] } else { was[0] };
        assert!(register.contains(&format!("statement.en = \"{said}\"")), "{register}");
        assert!(register.contains(&format!("statement.zh-TW = \"{}\"", is[1])), "{register}");
    }
}

#[test]
fn an_item_that_lost_only_its_id_is_known_by_its_words() {
    for site in [Site::released(), Site::draft()] {
        site.edit(SOURCE, FIRST, &FIRST.replace(" {#EN-001}", ""));
        let problems = site.problems();
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert_eq!(problems[0]["message"], "this is EN-001 without its id");
        let (is_done, told) = site.shell("rungs id --write");
        assert!(!is_done && told.contains("this is EN-001 without its id"), "{told}");
        assert_eq!(site.follow(0), ["rungs check --fix"]);
        assert_eq!(site.text(SOURCE), LADDER);
    }
}

#[test]
fn no_id_is_given_while_something_is_lost_though_only_its_cause_is_told() {
    let fence = ["- Spends most", "### 工藝"];
    for (path, before) in [SOURCE, "content/zh-TW/ladder.md"].into_iter().zip(fence) {
        let site = Site::draft();
        site.edit(path, before, &format!("```\n{before}"));
        site.edit(SOURCE, FIRST, "- Something else entirely.\n");
        let told = site.problems();
        let codes: Vec<_> = told.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
        assert_eq!(codes.iter().filter(|code| **code == "unclosed-code").count(), 1, "{told:#?}");
        let before = site.text(SOURCE);
        let (is_done, told) = site.shell("rungs id --write");
        assert!(!is_done && told.contains("unclosed-code") && told.contains("nothing was written"), "{told}");
        assert_eq!(site.text(SOURCE), before);
    }
}

#[test]
fn two_items_of_the_same_words_are_not_taken_for_each_other() {
    let same = |site: &Site| {
        site.edit(SOURCE, FIRST, "- Spends most of the day on it. {#EN-001 thread=time}\n");
        site.shell_ok("rungs translation accept zh-TW --all");
    };
    let site = Site::new(same, true);
    // Their places among the ids of the translation tell them apart; without these nobody knows.
    site.remove("content/zh-TW/ladder.md");
    site.edit(SOURCE, "{#EN-001 thread=time}", "{thread=time}");
    site.edit(SOURCE, "{#EN-002 thread=time}", "{thread=time}");
    let codes: Vec<_> = site.errors().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes, ["missing-id", "vanished-id", "vanished-id"]);
}

#[test]
fn a_level_that_has_another_id_says_what_it_was() {
    let site = Site::released();
    site.edit(SOURCE, "## L2 = Lead {#L2}", "## S1 = Lead {#S1}");
    site.edit("content/zh-TW/ladder.md", "## L2 = 負責人 {#L2}", "## S1 = 負責人 {#S1}");
    let done = site.follow(0);
    assert_eq!(done, ["write {#S1 was=L2}", "rungs id --write"]);
}

#[test]
fn references_to_a_former_id_are_rewritten() {
    let about = "+++\ntitle = \"Leads\"\nabout = [\"L2\"]\n+++\nOf [L2] and [leads][L2].\n";
    let write = |site: &Site| {
        site.put("content/en/notes/leads.md", about);
        site.put("content/zh-TW/notes/leads.md", about.replace("Leads", "負責人").replace("Of [L2]", "關於[L2]"));
        site.shell_ok("rungs translation accept zh-TW --all");
    };
    let site = Site::new(write, true);
    for path in [SOURCE, "content/zh-TW/ladder.md"] {
        site.edit(path, "{#L2}", if path == SOURCE { "{#S1 was=L2}" } else { "{#S1}" });
    }
    site.shell_ok("rungs id --write");
    let errors = site.errors();
    assert!(
        errors.iter().all(|problem| problem["message"] == "`L2` is called `S1` now" && problem["fix"].is_array()),
        "{errors:#?}"
    );
    site.shell_ok("rungs check --fix");
    let note = site.text("content/en/notes/leads.md");
    assert_eq!(note, about.replace("L2", "S1"));
}

#[test]
fn several_ids_are_withdrawn_for_one_reason_whatever_their_order() {
    let refers = |site: &Site| {
        site.edit(SOURCE, "on it. {#EN-002 thread=time}", "on it, see [EN-001]. {#EN-002}");
        site.edit(SOURCE, "on code. {#EN-004 thread=time}", "on code. {#EN-004}");
        site.edit(SOURCE, "[threads]\ntime = \"Time\"\n", "");
        site.edit(SOURCE, "### Craft {#craft}\n\n- Writes", "### Craft {#craft}\n\n- Asks. {#EN-005}\n- Writes");
        site.edit("content/zh-TW/ladder.md", "[threads]\ntime = \"時間\"\n", "");
        site.edit("content/zh-TW/ladder.md", "如此。", "如此，見[EN-001]。");
        site.edit(
            "content/zh-TW/ladder.md",
            "### 工藝 {#craft}\n\n- 撰寫",
            "### 工藝 {#craft}\n\n- 發問。 {#EN-005}\n- 撰寫",
        );
        site.shell_ok("rungs id --write && rungs translation accept zh-TW --all");
    };
    let site = Site::new(refers, false);
    let told = site.shell_ok("rungs withdraw EN-001 EN-002 --reason 'No more.' --reason zh-TW=不再需要。");
    assert!(told.contains("EN-001, EN-002 are withdrawn"), "{told}");
    assert_eq!(site.problems().len(), 0, "{:#?}", site.problems());
    let register = site.text(REGISTER);
    assert_eq!(register.matches("reason.en = \"No more.\"").count(), 2);
    // One that cannot go keeps all of them.
    let (is_done, _) = site.shell("rungs withdraw EN-005 EN-003 EN-004 --reason x");
    assert!(!is_done);
    assert_eq!(site.text(REGISTER), register);
}

#[test]
fn one_slip_is_one_error() {
    let codes = |spoil: &dyn Fn(&Site)| -> Vec<String> {
        let site = Site::released();
        spoil(&site);
        let told = site.problems();
        told.iter()
            .map(|problem| format!("{} {}", problem["code"].as_str().unwrap(), problem["help"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(
        codes(&|site| site.edit("content/site.toml", "key = \"ladder\"", "key = \"lader\"")),
        ["ladder-file there is `en/ladder.md`: write `key = \"ladder\"` in site.toml"]
    );
    let unclosed = codes(&|site| site.edit(SOURCE, "time = \"Time\"\n+++\n", "time = \"Time\"\n"));
    assert!(unclosed.len() == 1 && unclosed[0].starts_with("unclosed-front-matter"), "{unclosed:#?}");
    for path in [SOURCE, "content/zh-TW/ladder.md"] {
        let unopened = codes(&|site| site.edit(path, "+++\n", ""));
        assert_eq!(unopened, ["unclosed-front-matter begin the file with a +++ line"], "{path}");
        for before in ["# ", "## L1", "- "] {
            let code = codes(&|site| site.edit(path, &format!("\n{before}"), &format!("\n```\n{before}")));
            assert_eq!(code.len(), 1, "{path} {before}: {code:#?}");
            let is_told = code[0].starts_with("unclosed-code ") && code[0].contains("EN-004 are part of it: end it");
            assert!(is_told, "{path} {before}: {code:#?}");
        }
    }
    for folder in ["en", "zh-TW"] {
        let unnamed = codes(&|site| {
            std::fs::rename(site.at(&format!("content/{folder}")), site.at("content/ef")).unwrap();
        });
        assert!(unnamed.len() == 1 && unnamed[0].starts_with("unnamed-locale"), "{folder}: {unnamed:#?}");
    }
}
