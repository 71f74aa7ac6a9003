//! Whose words a site holds, and under which licence: said once, never a placeholder, and never two things at once.

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::place::{Place, Run};

const DOCUMENT: &str = "# Ladder\n\n## L1 = Junior\n\n### Craft\n\n- Writes code.\n";

/// A ladder that was adopted without a word of whose it is.
fn adopted() -> Place {
    let place = Place::empty();
    place.put("ladder.md", DOCUMENT);
    place.run_ok("init site --from ladder.md");
    place
}

/// The small site with a part of `site.toml` that reads otherwise.
fn small(old: &str, new: &str) -> String {
    Folder::small().edited("site.toml", old, new).problems()
}

#[test]
fn nothing_is_published_with_a_placeholder_and_each_is_told_with_its_line() {
    let place = adopted();
    for command in ["build -q", "check -q", "release 2026.1 -q"] {
        let run = place.run_with(command, "site", &[]);
        assert_eq!(run.status, 1, "{command}: {}", run.shown());
        assert_eq!(run.stderr.matches("error[placeholder]").count(), 11, "{command}: {}", run.stderr);
    }
    assert!(!place.at("site/public").exists() && !place.at("site/content/editions").exists());
    let told = place.run_with("check -q", "site", &[]).stderr;
    assert_snapshot!(told.split("\n\n").next().unwrap(), @r#"
    error[placeholder]: `provenance.source.creators.name` is still to be filled in: `To fill in`
      --> content/site.toml:21:22
       |
    21 | creators = [{ name = "To fill in" }]
       |                      ^^^^^^^^^^^^
       |
       = help: name the person or the organisation that wrote the ladder; if you wrote it yourself, remove `[provenance.source]`, `[provenance.licence]` and `[[provenance.modifications]]`, and write `owner = { name = "…" }` below `[provenance]`
    "#);
    // Work on the content goes on.
    place.put("site/content/en/ladder.md", place.text("site/content/en/ladder.md") + "- Reviews code.\n");
    place.run_with("id --write", "site", &[]);
    assert!(place.text("site/content/en/ladder.md").contains("- Reviews code. {#LA-002}"));
}

#[test]
fn what_is_told_of_a_placeholder_makes_a_site_that_builds() {
    let place = adopted();
    let site = place.text("site/content/site.toml");
    let (before, _) = site.split_once("[provenance.source]").unwrap();
    place.put("site/content/site.toml", format!("{before}[provenance]\nowner = {{ name = \"Acme Ltd\" }}\n"));
    place.run_with("build -q", "site", &[]);
    assert!(place.text("site/public/en/index.html").contains("Acme Ltd"));
    // Or key for key, for a ladder of others.
    let filled = site
        .replace("To fill in: the document says nothing of copyright.", "Copyright 2024 Acme Ltd")
        .replace("To fill in: the document says nothing of a licence.", "Licensed under CC BY 4.0.")
        .replace("uri = \"https://to-fill-in.invalid/\"", "uri = \"https://acme.example/\"")
        .replace("spdx = \"To fill in\"", "spdx = \"CC-BY-4.0\"")
        .replace("name = \"To fill in\"", "name = \"CC BY 4.0\"")
        .replace("named = \"To fill in\"", "named = \"CC BY 4.0\"")
        .replace("To fill in: why", "Why")
        .replace("https://to-fill-in.invalid/", "https://creativecommons.org/licenses/by/4.0/");
    place.put("site/content/site.toml", filled);
    assert_eq!(place.run_with("build -q", "site", &[]).shown(), "status 0");
}

#[test]
fn a_placeholder_in_any_language_is_one() {
    let place = Place::empty();
    place.put("ladder.md", "# 職涯階梯\n\n## L1 = 工程師\n\n### 技能\n\n- 撰寫程式。\n");
    place.run_ok("init site --from ladder.md --locale zh-TW");
    let told = place.run_with("check -q", "site", &[]).stderr;
    assert_eq!(told.matches("error[placeholder]").count(), 11, "{told}");
    assert!(told.contains("`待補：為何如此解讀聲明。`"), "{told}");
}

#[test]
fn what_earlier_versions_wrote_for_an_owner_is_a_placeholder_and_a_sentence_with_such_words_is_none() {
    let place = Place::of(&Folder::small().edited("site.toml", "B. Person", "Your company"));
    assert!(place.run("build -q").stderr.contains("error[placeholder]: `provenance.modifications.by.name`"));
    assert_eq!(small("Ids added.", "To fill in what was missing, ids were added."), "");
}

#[test]
fn init_names_the_owner_that_it_is_told_or_that_git_knows_or_the_title() {
    let owner = |command: &str, variables: &[(&str, &str)]| {
        let place = Place::empty();
        let run = place.run_with(command, ".", variables);
        assert_eq!(run.status, 0, "{}", run.shown());
        place.run_ok("build -q");
        let site = place.text("content/site.toml");
        site.lines().find_map(|line| line.strip_prefix("owner = ")).unwrap().to_owned()
    };
    let git =
        [("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "user.name"), ("GIT_CONFIG_VALUE_0", "A. \"Nick\" Person")];
    assert_eq!(owner("init", &[]), "{ name = \"Our Career Ladders\" }");
    assert_eq!(owner("init", &git), "{ name = 'A. \"Nick\" Person' }");
    assert_eq!(owner("init --owner Acme", &git), "{ name = \"Acme\" }");
}

#[test]
fn ladders_of_ones_own_are_adopted_without_a_question() {
    let place = Place::empty();
    place.put("ladder.md", DOCUMENT);
    place.run_ok("init site --from ladder.md --owner Acme");
    assert_eq!(place.run_with("build -q", "site", &[]).shown(), "status 0");
    let page = place.text("site/public/en/licence/index.html");
    assert!(page.contains("This ladder belongs to Acme. All rights are reserved"), "{page}");
    assert!(!page.contains("id=\"disclaimer\"") && !page.contains("rel=\"license\""), "{page}");
    // A notice says more than whoever adopts the ladder.
    place.put("theirs.md", format!("{DOCUMENT}\n## Credit\n\nCopyright 2024 B. Person. Licensed under CC BY 4.0.\n"));
    place.run_ok("init theirs --from theirs.md --owner Acme");
    let site = place.text("theirs/content/site.toml");
    assert!(
        site.contains("creators = [{ name = \"B. Person\" }]") && site.contains("by = { name = \"Acme\" }"),
        "{site}"
    );
}

/// The small site as a ladder of its owner's own.
fn own() -> Folder {
    let site = Folder::small().text("site.toml").to_owned();
    let (before, _) = site.split_once("[provenance.source]").unwrap();
    Folder::small().file("site.toml", &format!("{before}[provenance]\nowner = {{ name = \"Acme\" }}\n"))
}

#[test]
fn an_own_ladder_is_cited_released_and_not_adapted() {
    let place = Place::of(&own());
    let citation = place.run("cite EN-001 --format bibtex").stdout;
    assert!(citation.contains("\n  note = {L1 · Engineer; All rights reserved},\n"), "{citation}");
    place.run_ok("release 2026.1");
    place.run_ok("build -q");
    assert!(place.text("public/e/2026.1/index.html").contains("All rights reserved"));
    assert!(place.text("public/en/changes/feed.xml").contains("All rights reserved"));
    assert!(!place.text("content/editions/2026.1.json").contains("ladders.example"), "nothing frozen is a placeholder");
    assert_snapshot!(place.run("adapt content fork --prefix AC --by B").shown(), @r"
    status 1
    --- stderr
    error: Acme reserves all rights in this ladder, and names no licence
      = help: ask for permission; its owner then names a licence in `[provenance.source]` and `[provenance.licence]`
    ");
}

#[test]
fn an_owner_and_a_source_contradict_each_other_and_one_of_them_has_to_be() {
    let both = small("[provenance.source]", "[provenance]\nowner = { name = \"Acme\" }\n\n[provenance.source]");
    assert_snapshot!(both, @r#"
    error[invalid-value]: `provenance.owner` and `provenance.source` contradict each other
      --> content/site.toml:13:9
       |
    13 | owner = { name = "Acme" }
       |         ^^^^^^^^^^^^^^^^^
       |
       = help: keep `owner` alone for a ladder that its owner wrote and does not share; for any other, remove `owner` and keep `[provenance.source]` and `[provenance.licence]`
    "#);
    let neither = Folder::small().text("site.toml").split_once("[provenance.source]").unwrap().0.to_owned();
    assert_snapshot!(Folder::small().unregistered().file("site.toml", &format!("{neither}[provenance]\n")).told(), @r#"
    error[missing-key]: missing key `licence` in `[provenance]`
      --> content/site.toml:12:1
       |
    12 | [provenance]
       | ^^^^^^^^^^^^
       |
       = help: CC BY-SA 4.0, section 3(a)(1), asks whoever shares the text to keep its title and creators, its copyright and licence notices, its address and the licence's. A ladder that you wrote yourself needs only `owner = { name = "…" }`

    error[missing-key]: missing key `source` in `[provenance]`
      --> content/site.toml:12:1
       |
    12 | [provenance]
       | ^^^^^^^^^^^^
       |
       = help: CC BY-SA 4.0, section 3(a)(1), asks whoever shares the text to keep its title and creators, its copyright and licence notices, its address and the licence's. A ladder that you wrote yourself needs only `owner = { name = "…" }`
    "#);
    let fork =
        own().text("site.toml").to_owned() + "\n[[upstream]]\ntitle = \"Ladder\"\nurl = \"https://a.example/\"\n";
    assert_snapshot!(Folder::small().unregistered().file("site.toml", &fork).told(), @r#"
    error[unregistered-id]: there is no register of 7 ids
    --> content/register.toml
     = help: for a new site run `rungs id --write`, which begins one; if there was one, run `git restore --source=HEAD register.toml`

    error[invalid-value]: `provenance.owner` stands for a ladder of its owner's own, and `[[upstream]]` names another
      --> content/site.toml:13:9
       |
    13 | owner = { name = "Acme" }
       |         ^^^^^^^^^^^^^^^^^
       |
       = help: put the upstream's `[provenance]` back, with your changes below `[[provenance.modifications]]`

    error[altered-upstream]: there is no `upstream/1.json`, which keeps what Ladder said
      --> content/site.toml:15:1
       |
    15 | [[upstream]]
       | ^^^^^^^^^^^^
       |
       = help: restore the file from version control: it tells what was changed
    "#);
}

#[test]
fn the_licence_is_the_one_that_the_notice_names() {
    assert_snapshot!(small("licence-notice = \"CC BY-SA 4.0\"", "licence-notice = \"Licensed under CC BY 4.0.\""), @r#"
    error[contradictory-licence]: the licence notice does not say `CC BY-SA 4.0`
      --> content/site.toml:20:9
       |
    20 | named = "CC BY-SA 4.0"
       |         ^^^^^^^^^^^^^^
       |
      ::: content/site.toml:16:18
       |
    16 | licence-notice = "Licensed under CC BY 4.0."
       |                  --------------------------- the notice
       |
       = help: the notice names `CC BY 4.0`: write it, and the same licence in the keys below
    "#);
    assert_snapshot!(small("spdx = \"CC-BY-SA-4.0\"", "spdx = \"CC-BY-4.0\""), @r#"
    error[contradictory-licence]: the licence notice names `CC BY-SA 4.0`, and `spdx` another licence: `CC-BY-4.0`
      --> content/site.toml:23:8
       |
    23 | spdx = "CC-BY-4.0"
       |        ^^^^^^^^^^^
       |
      ::: content/site.toml:16:18
       |
    16 | licence-notice = "CC BY-SA 4.0"
       |                  -------------- the notice
       |
       = help: write `CC-BY-SA-4.0`, or the notice under which the text stands
    "#);
    assert_snapshot!(small("named = \"CC BY-SA 4.0\"", "named = \"All rights reserved\""), @r#"
    error[contradictory-licence]: the licence notice does not say `All rights reserved`
      --> content/site.toml:20:9
       |
    20 | named = "All rights reserved"
       |         ^^^^^^^^^^^^^^^^^^^^^
       |
      ::: content/site.toml:16:18
       |
    16 | licence-notice = "CC BY-SA 4.0"
       |                  -------------- the notice
       |
       = help: the notice names `CC BY-SA 4.0`: write it, and the same licence in the keys below
    "#);
    // The notice may be broken into lines, name more than one licence, or one that nobody knows here.
    for (notice, named, spdx) in [
        ("Licensed under\\nCC BY-SA\\n4.0.", "cc by-sa 4.0", "CC-BY-SA-4.0"),
        ("The text is under CC BY-SA 4.0, the code under the MIT License.", "CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("Under the Acme Licence 3.", "Acme Licence 3", "LicenseRef-Acme-3"),
        ("採用創用CC「姓名標示」授權。", "創用CC「姓名標示」", "CC-BY-3.0-TW"),
    ] {
        let folder = Folder::small()
            .edited("site.toml", "licence-notice = \"CC BY-SA 4.0\"", &format!("licence-notice = \"{notice}\""))
            .edited("site.toml", "named = \"CC BY-SA 4.0\"", &format!("named = \"{named}\""))
            .edited("site.toml", "spdx = \"CC-BY-SA-4.0\"", &format!("spdx = \"{spdx}\""));
        assert_eq!(folder.problems(), "", "{notice}");
    }
}

#[test]
fn an_address_at_which_nothing_stands_is_told_where_addresses_are_handed_on_and_never_by_a_build() {
    let place = Place::of(&Folder::small());
    let warns = |run: Run| {
        assert_eq!(run.status, 0, "{}", run.shown());
        (run.stdout + &run.stderr).contains("placeholder-address")
    };
    for command in ["build", "build --format json", "build --format sarif", "check --deny warnings"] {
        assert!(!warns(place.run(command)), "{command}");
    }
    place.put("review.md", "EN-001");
    for command in ["build --format github", "cite EN-001", "refs review.md", "release", "release 2026.1"] {
        assert!(warns(place.run(command)), "{command}");
    }
    for command in ["build --format github", "cite EN-001", "refs review.md"] {
        let run = place.run(&format!("{command} --base-url https://acme.example.org/"));
        assert!(!warns(run), "{command}");
    }
    place.edit("content/site.toml", "[[ladders]]", "[check]\nallow = [\"placeholder-address\"]\n\n[[ladders]]");
    assert!(!warns(place.run("cite EN-001")));
}
