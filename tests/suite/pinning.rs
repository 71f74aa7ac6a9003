//! `rungs refs --fix`: a citation is pinned to the edition that it means, and nothing else is touched.

use proptest::prelude::*;
use proptest::sample::select;

use crate::driver::Folder;
use crate::place::{Place, Run};

const FORMS: [&str; 5] = ["text", "markdown", "html", "bibtex", "csl-json"];
const LOCALES: [&str; 2] = ["en", "zh-TW"];

/// A small site in two languages with one edition.
fn released() -> Place {
    Place::of(&Folder::bilingual().with_ids().released("2026.1", "2026-03-02"))
}

/// Puts other words into `EN-001`, in both languages.
fn reword(place: &Place) {
    place.edit("content/en/ladder.md", "Writes code that others can read.", "Writes code that anybody can change.");
    place.edit("content/zh-TW/ladder.md", "撰寫他人看得懂的程式。", "撰寫人人改得動的程式。");
    place.run_ok("translation accept zh-TW EN-001");
}

/// The same, and releases them.
fn tighten(place: &Place) {
    reword(place);
    place.run_ok("release 2026.2 --stricter EN-001 --date 2026-08-01");
}

fn fixed(place: &Place, text: &str) -> String {
    place.run_on("refs --fix", text).stdout
}

fn told(place: &Place, text: &str) -> String {
    place.put("review.md", text);
    place.run("refs review.md").stderr
}

/// Every form of a citation in every language, by what was asked for.
fn citations(place: &Place, id: &str) -> Vec<(String, String)> {
    let arguments = FORMS.iter().flat_map(|form| LOCALES.map(|locale| format!("--format {form} --locale {locale}")));
    arguments.map(|said| (said.clone(), place.run_ok(&format!("cite {id} {said}")).stdout)).collect()
}

#[test]
fn a_copied_citation_becomes_the_one_of_the_edition_whose_words_it_holds() {
    let place = released();
    let ids = ["EN-001", "EN-002", "L1"];
    let given = ids.map(|id| citations(&place, id));
    tighten(&place);
    for (id, given) in ids.iter().zip(given) {
        // `EN-002` reads the same in both editions, but what names the first means the first.
        let pinned = citations(&place, &format!("{id}@2026.1"));
        for ((said, given), (_, pinned)) in given.iter().zip(&pinned) {
            assert_eq!(fixed(&place, given), *pinned, "cite {id} {said}");
            assert_eq!(fixed(&place, pinned), *pinned, "cite {id}@2026.1 {said}");
            let inside = |text: &str| format!("Before.\n\n{text}\nEN-003 too.\n");
            assert_eq!(
                fixed(&place, &inside(given)),
                inside(pinned).replace("EN-003 too", "EN-003@2026.2 too"),
                "cite {id} {said}"
            );
        }
        let now = citations(&place, id);
        let pinned = citations(&place, &format!("{id}@2026.2"));
        for ((said, now), (_, pinned)) in now.iter().zip(&pinned) {
            assert_eq!(fixed(&place, now), *pinned, "cite {id} {said}");
        }
    }
}

#[test]
fn a_citation_of_what_no_edition_has_stays_as_it_is_and_is_told() {
    let place = released();
    reword(&place);
    let bare = "EN-001, https://ladders.example/c/en-001/ and https://ladders.example/en/ladder/l1/#en-001\n";
    let cited = ["EN-001", "L1"].iter().flat_map(|id| citations(&place, id)).map(|(_, cited)| cited);
    for text in cited.chain([bare.to_owned()]) {
        place.put("review.md", &text);
        let run = place.run("refs --fix review.md");
        assert_eq!(place.text("review.md"), text);
        assert!(run.stderr.contains("warning[unpinned-citation]"), "{text}{}", run.shown());
        let is_none = [", not pinned", ", 0 of them pinned"].iter().any(|none| run.stdout.contains(none));
        assert!(is_none, "{}", run.shown());
        let seen = place.run("refs review.md");
        assert_eq!(seen.status, 0, "{}", seen.shown());
        assert!(seen.stdout.contains("(`--fix` says why it adds none)"), "{}", seen.shown());
    }
    // What the page says has moved, and what it says is the same.
    let moved = released();
    for (file, line, below) in [
        ("content/en/ladder.md", "- Writes code that others can read. {#EN-001}\n", "- Reviews"),
        ("content/zh-TW/ladder.md", "- 撰寫他人看得懂的程式。 {#EN-001}\n", "- 審查"),
    ] {
        moved.edit(file, line, "");
        moved.edit(file, below, &format!("{line}{below}"));
    }
    assert_eq!(fixed(&moved, "EN-001 EN-003"), "EN-001 EN-003@2026.1");
    let withdrawn = released();
    withdrawn.run_ok("withdraw EN-001 --reason Gone");
    assert_eq!(fixed(&withdrawn, bare), bare);
}

#[test]
fn the_text_beside_an_id_says_which_edition_is_meant() {
    let place = released();
    tighten(&place);
    for (text, pinned) in [
        // The words of an edition, in lines of their own.
        (
            "She meets EN-001:\n> “Writes code that\n> others can read.”\n",
            "She meets EN-001@2026.1:\n> “Writes code that\n> others can read.”\n",
        ),
        ("EN-001: “Writes code that anybody can change.”\n", "EN-001@2026.2: “Writes code that anybody can change.”\n"),
        (
            "[EN-001](https://ladders.example/e/2026.1/c/en-001/)\n",
            "[EN-001@2026.1](https://ladders.example/e/2026.1/c/en-001/)\n",
        ),
        (
            "<a href=\"https://ladders.example/c/en-001/\">EN-001@2026.1</a>\n",
            "<a href=\"https://ladders.example/e/2026.1/c/en-001/\">EN-001@2026.1</a>\n",
        ),
        (
            "[L1](https://ladders.example/en/ladder/l1/)\n",
            "[L1@2026.2](https://ladders.example/e/2026.2/en/ladder/l1/)\n",
        ),
        ("EN-001, edition 2026.2\n", "EN-001@2026.2, edition 2026.2\n"),
        // Another citation has its own text.
        ("EN-001@2026.1 and EN-003\n", "EN-001@2026.1 and EN-003@2026.2\n"),
    ] {
        assert_eq!(fixed(&place, text), pinned);
        assert_eq!(fixed(&place, pinned), pinned);
    }
    for text in [
        "EN-001, edition 2026.1\n",
        "EN-001 (2026.1版)\n",
        "EN-001 as edition 2025.9 has it\n",
        "EN-001: “Writes code that anybody can change.”, edition 2026.1\n",
        "EN-001@2026.1 asks for less than EN-001\n",
    ] {
        let run = place.run_on("refs --fix", text);
        assert_eq!(run.stdout, text);
        assert!(run.stderr.contains("warning[unpinned-citation]"), "{text}{}", run.shown());
    }
    assert!(told(&place, "EN-001: “Writes code that others can read.”\n").contains("changed since edition 2026.1"));
}

#[test]
fn what_is_no_citation_is_never_touched() {
    let place = released();
    for text in [
        "https://tracker.example/browse/EN-002",
        "docs/EN-003.md, EN-004.pdf and EN-001-draft",
        "https://web.archive.org/web/2026/https://ladders.example/c/en-001/",
        "EN-001@example.com",
        "<a id=\"EN-001\"></a> {#EN-002}",
        "`EN-001`, and\n\n```\nEN-002\n```\n",
        "[EN-001][], and\n\n[EN-001]: https://elsewhere.example/\n",
    ] {
        let run = place.run_on("refs --fix", text);
        assert_eq!((run.status, run.stdout.as_str()), (0, text), "{}", run.stderr);
    }
    for (text, help) in [
        ("EN-002@v2026.1", "did you mean `EN-002@2026.1`?"),
        ("EN-002@latest", "did you mean `EN-002@2026.1`?"),
        ("EN-002@2026.01", "did you mean `EN-002@2026.1`?"),
        ("EN-002@draft", "editions: 2026.1"),
        ("L1@2026.01", "did you mean `L1@2026.1`?"),
    ] {
        let run = place.run_on("refs --fix", text);
        assert_eq!((run.status, run.stdout.as_str()), (1, text), "{}", run.stderr);
        assert!(
            run.stderr.contains("error[unknown-citation]: there is no edition") && run.stderr.contains(help),
            "{}",
            run.stderr
        );
    }
    for (text, pinned) in [
        ("_EN-001_ __EN-002__", "_EN-001@2026.1_ __EN-002@2026.1__"),
        (
            "https://ladders.example/c/en-001/?from=mail#zh-tw",
            "https://ladders.example/e/2026.1/c/en-001/?from=mail#zh-tw",
        ),
        ("HTTPS://Ladders.Example:443/c/en-001/", "https://ladders.example/e/2026.1/c/en-001/"),
    ] {
        assert_eq!(fixed(&place, text), pinned);
    }
}

#[test]
fn what_is_counted_as_pinned_is_pinned() {
    let place = released();
    reword(&place);
    place.put("review.md", "EN-001, EN-002 and EN-003\n");
    let run = place.run("refs review.md");
    assert!(
        run.stdout.starts_with("3 citations, 3 of them without an edition (`--fix` adds it to 2), no problems"),
        "{}",
        run.shown()
    );
    let run = place.run("refs --fix review.md");
    assert!(run.stdout.starts_with("3 citations, 2 of them pinned, 1 problem"), "{}", run.shown());
    assert_eq!(place.text("review.md"), "EN-001, EN-002@2026.1 and EN-003@2026.1\n");
}

#[test]
fn a_level_that_says_something_else_has_changed() {
    let place = released();
    place.edit("content/en/ladder.md", "## L1 = Engineer {#L1}\n", "## L1 = Engineer {#L1}\n\nBegins here.\n");
    place.edit("content/zh-TW/ladder.md", "{#L1}\n", "{#L1}\n\n從這裡開始。\n");
    place.edit("content/en/ladder.md", "### Craft {#craft}", "### Trade {#craft}");
    place.edit("content/en/ladder.md", "### Craft {#craft}", "### Trade {#craft}");
    place.run_ok("translation accept zh-TW --all");
    place.run_ok("release 2026.2 --date 2026-08-01");
    let said = told(&place, "L1@2026.1\n");
    assert!(said.contains("another summary in 2026.2, another name of a category in 2026.2"), "{said}");
}

#[test]
fn a_new_language_changes_nothing_that_was_cited() {
    let place = Place::of(&Folder::small().with_ids().released("2026.1", "2026-03-02"));
    let text = "EN-001@2026.1, https://ladders.example/e/2026.1/c/en-001/ and L1@2026.1\n";
    let translated = Folder::bilingual().with_ids();
    place.put("content/site.toml", translated.text("site.toml"));
    place.put("content/zh-TW/ladder.md", translated.text("zh-TW/ladder.md"));
    place.run_ok("translation accept zh-TW --all");
    place.run_ok("release 2026.2 --date 2026-08-01");
    place.put("review.md", text);
    let run = place.run("refs review.md");
    assert_eq!(run.status, 0, "{}", run.shown());
    place.run_ok("build -o site");
    assert!(!place.text("site/e/2026.1/c/en-001/index.html").contains("2026.2 (2026-08-01)"));
}

#[test]
fn a_page_that_was_renamed_is_found_after_a_move() {
    let place = released();
    place.edit("content/en/ladder.md", "{#L1}", "{#S1 was=L1}");
    place.edit("content/zh-TW/ladder.md", "{#L1}", "{#S1}");
    place.edit("content/site.toml", "base-url = \"https://ladders.example/\"", "base-url = \"https://new.acme.dev/ladders/\"\nformer-base-urls = [\"https://ladders.example\", \"https://new.acme.dev/\"]");
    place.run_ok("id --write");
    let base = "https://new.acme.dev/ladders";
    for (old, new) in [
        ("https://ladders.example/en/ladder/l1/?a=b#craft", format!("{base}/en/ladder/s1/?a=b#craft")),
        ("https://ladders.example/en/ladder/l1/#en-001", format!("{base}/e/2026.1/c/en-001/#en")),
        ("https://ladders.example", format!("{base}/")),
        ("https://ladders.example/sitemap.xml", format!("{base}/sitemap.xml")),
        ("https://ladders.example/data/editions/2026.1.json", format!("{base}/data/editions/2026.1.json")),
        // The rest of the host belongs to others.
        ("https://new.acme.dev/blog/", "https://new.acme.dev/blog/".to_owned()),
        ("https://new.acme.dev/ladders/robots.txt", "https://new.acme.dev/ladders/robots.txt".to_owned()),
    ] {
        let run = place.run_on("refs --fix", old);
        assert_eq!(run.stdout, new, "{old} {}", run.stderr);
        assert!(!run.stderr.contains("error"), "{old} {}", run.stderr);
    }
    let said = told(&place, "https://ladders.example/en/ladder/l1/#craft\n");
    assert!(said.contains(&format!("= help: cite {base}/en/ladder/s1/#craft")), "{said}");
    let missing = told(&place, "https://new.acme.dev/ladders/data/editions/2026.9.json\n");
    assert!(missing.contains("there is no edition 2026.9"), "{missing}");
}

#[test]
fn levels_that_there_are_not_are_told_with_those_that_there_are() {
    let place = Place::of_fixture("ladders");
    let told = |text: &str| {
        place.put("review.md", text);
        let run = place.run("refs review.md");
        assert_eq!(run.status, 1, "{}", run.shown());
        run.stderr
    };
    for text in ["nope:L1@2026.1", "baking:L7@2026.1"] {
        let said = told(text);
        assert!(said.contains(&format!("there is no level `{text}`")), "{said}");
        assert!(said.contains("levels:"), "{said}");
    }
    for text in ["L9@2099.1", "foo:L1", "L66"] {
        let Run { status, stderr, .. } = place.run(&format!("cite {text}"));
        assert_eq!(status, 1);
        assert!(stderr.contains(&format!("there is no criterion or level `{text}`")), "{stderr}");
        assert!(stderr.contains("baking:L1"), "{stderr}");
    }
    let place = released();
    for (text, said) in [
        ("EN-001@2026.01", "the site has no edition `2026.01`\n  = help: did you mean `EN-001@2026.1`?"),
        ("L1@latest", "the site has no edition `latest`\n  = help: did you mean `L1@2026.1`?"),
        ("craft", "`category:craft` is a category"),
        ("time", "`thread:time` is a thread"),
    ] {
        let stderr = place.run(&format!("cite {text}")).stderr;
        assert!(stderr.contains(said), "{stderr}");
    }
}

#[test]
fn a_level_is_cited_by_its_codes_as_pages_show_them() {
    let place = Place::of(
        &Folder::small()
            .edited("en/ladder.md", "## L1 = Engineer {#L1}", "## T1/L1 = Engineer {#T1-L1}")
            .with_ids()
            .released("2026.1", "2026-03-02"),
    );
    for name in ["T1/L1", "ladder:T1/L1", "ladder/T1-L1", "T1", "t1-l1"] {
        let cited = place.run_ok(&format!("cite {name}@2026.1")).stdout;
        assert!(cited.starts_with("T1-L1@2026.1: T1/L1 · Engineer"), "{name}: {cited}");
        let run = place.run_on("refs", &format!("{name}@2026.1"));
        assert_eq!((run.status, run.stdout.trim()), (0, "1 citation, no problems"), "{name}: {}", run.shown());
    }
}

#[test]
fn an_edition_is_cited_in_a_language_that_the_site_has_no_more() {
    let place = released();
    let ids = ["EN-001@2026.1", "L1@2026.1"];
    let cite = |id: &str| place.run_ok(&format!("cite {id} --locale zh-TW --format csl-json")).stdout;
    let of_item = |cited: &str| {
        let item: serde_json::Value = serde_json::from_str(cited).unwrap();
        ["title", "language", "URL", "container-title"].map(|key| item[0][key].as_str().unwrap().to_owned())
    };
    let before = ids.map(|id| of_item(&cite(id)));
    let monolingual = Folder::small().with_ids();
    place.put("content/site.toml", monolingual.text("site.toml"));
    place.remove("content/zh-TW/ladder.md");
    assert_eq!(ids.map(|id| of_item(&cite(id))), before);
    let refused = place.run("cite EN-001 --locale zh-TW");
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("name an edition that has it, as in `TL-042@2026.1`"), "{}", refused.shown());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one_when_its_file_is_fixed() {
    let place = released();
    place.put("reviews/review.md", "EN-001\n");
    std::os::unix::fs::symlink("reviews/review.md", place.at("link.md")).unwrap();
    place.run_ok("refs --fix link.md");
    assert!(place.at("link.md").is_symlink());
    assert_eq!(place.text("reviews/review.md"), "EN-001@2026.1\n");
}

/// What may stand in a review: citations, and what looks like one.
const PARTS: &[&str] = &[
    "EN-001",
    "EN-002.",
    "(EN-003)",
    "_EN-004_",
    "EN-009",
    "EN-001/EN-002",
    "docs/EN-001.md",
    "EN-001@example.com",
    "EN-001@draft",
    "[EN-001](https://ladders.example/c/en-001/)",
    "<https://ladders.example/c/en-002/#zh-tw>",
    "https://ladders.example/en/ladder/l1/",
    "https://elsewhere.example/EN-001/https://ladders.example/c/en-001/",
    "<a id=\"EN-001\" href='https://ladders.example/c/en-001/'>EN-001</a>",
    "`EN-001`",
    "```",
    "符合EN-002。",
    "“Writes code that others can read.”",
    "\\",
    "[",
    "]: ",
    "<",
    "@",
    "\u{301}",
];

properties! {
    24 cases,

    #[test]
    fn a_fix_adds_editions_and_nothing_else(
        parts in prop::collection::vec((select(PARTS), select(&[" ", "", "\n", "\n\n", "\n- "][..])), 1..16),
    ) {
        let place = released();
        let text: String = parts.iter().flat_map(|(part, behind)| [*part, *behind]).collect();
        let pinned = fixed(&place, &text);
        prop_assert_eq!(fixed(&place, &pinned), pinned.as_str());
        let unpinned = pinned.replace("@2026.1", "").replace("/e/2026.1/", "/");
        prop_assert_eq!(unpinned, text);
    }
}
