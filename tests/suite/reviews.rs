//! `rungs refs` on whole reviews: what is found in them however people and programs write.

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
            "= help: name one by one the criteria that are meant",
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
    assert_eq!((run.stdout.as_str(), run.status), ("3 citations, 1 problem\n", 1), "{}", run.shown());
}

#[test]
fn a_misquoted_statement_is_told_with_the_words_that_differ() {
    let now = "Plans the maintenance of all machines, and keeps a record of it.";
    for (text, said) in [
        (
            "WK-006@2026.1: “Plans the repair of all machines, and keeps a record of it.”\n",
            "“repair” stands for “maintenance”",
        ),
        ("WK-006\n\n> Plans the maintenance of most machines and keeps a record of it\n", "“most” stands for “all”"),
        ("| WK-006 | plans the maintenance of all machines | met |\n", "“and keeps a record of it” is missing"),
        ("- WK-006@2026.1：「規劃所有機器的維修，並留下紀錄。」\n", "“維修” stands for “保養”"),
        ("- WK-006 Plans the maintenance of all our machines, and keeps a record of it.\n", "“our” is added"),
        ("She “plans the maintenance of all old machines” (WK-006)\n", "“old” is added"),
        (
            "@misc{wk-006,\n  title = {{WK-006: Plans the maintenance of all tools, and keeps a record of it.}},\n}\n",
            "“tools” stands for “machines”",
        ),
        ("WK-006 “Plans … of all tools, and keeps a record of it”\n", "“tools” stands for “machines”"),
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
            "warning[misquoted-statement]: WK-006 says something else in the edition 2026.1".to_owned(),
            format!("= help: these are the words of WK-006@2025.1: cite that if it is meant, or else quote “{now}”"),
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
            "error[unknown-citation]: WK-012 is not in the edition that is cited",
            "= help: editions that hold it: 2026.1",
            "error[unknown-citation]: the edition 2026.1 came after 2025.1",
            "= help: cite 2025.1, or leave out `--edition`",
        ],
        "{}",
        run.shown()
    );
    let run = refs("WK-006@2025.1 and WK-002\n", "--edition 2025.2");
    assert_eq!(told(&run)[0], "warning[changed-citation]: WK-006 has changed since the edition 2025.1");
    let fixed = past().run_on("refs --fix --edition 2025.1", "WK-006 and WK-002\n");
    assert_eq!(fixed.stdout, "WK-006@2025.1 and WK-002@2025.1\n", "{}", fixed.shown());
    let quoted = "WK-006: “Plans the maintenance of all machines, and keeps a record of it.”\n";
    assert!(told(&refs(quoted, "--edition 2025.1"))[0].contains("says something else in the edition 2025.1"));
    let run = refs(text, "--edition 2025.11");
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("the site has no edition `2025.11`\n  = help: did you mean `2025.1`?"),
        "{}",
        run.shown()
    );
}
