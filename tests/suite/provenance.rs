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

/// Returns the problems of such a site if it cannot be understood.
fn told(old: &str, new: &str) -> String {
    Folder::small().unregistered().edited("site.toml", old, new).told()
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
    error[placeholder]: `provenance.source.creators.name` still has to be filled in: `To fill in`
      --> content/site.toml:23:22
       |
    23 | creators = [{ name = "To fill in" }]
       |                      ^^^^^^^^^^^^
       |
       = help: name the person or the organisation that wrote the ladder; if you wrote it yourself, remove `[provenance.source]`, `[provenance.licence]` and `[[provenance.modifications]]`, and write `owner = { name = "…" }` under `[provenance]`
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
        .replace("To fill in: the document does not mention copyright.", "Copyright 2024 Acme Ltd")
        .replace("To fill in: the document does not mention a licence.", "Licensed under CC BY 4.0.")
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
    assert_eq!(owner("init", &git), "{ name = 'A. \"Nick\" Person', kind = \"person\" }");
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
    assert_snapshot!(place.run("adapt content fork --prefix AC --by B").shown(), @"
    status 1
    --- stderr
    error: all rights in this ladder are reserved by Acme, and it names no licence
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
       = help: keep only `owner` for a ladder that its owner wrote and does not share; for any other, remove `owner` and keep `[provenance.source]` and `[provenance.licence]`
    "#);
    let neither = Folder::small().text("site.toml").split_once("[provenance.source]").unwrap().0.to_owned();
    assert_snapshot!(Folder::small().unregistered().file("site.toml", &format!("{neither}[provenance]\n")).told(), @r#"
    error[missing-key]: missing key `licence` in `[provenance]`
      --> content/site.toml:12:1
       |
    12 | [provenance]
       | ^^^^^^^^^^^^
       |
       = help: the site credits the work by its title, creators, notices, address and licence, and licences such as CC BY-SA 4.0 require such credit of everyone who shares it. A ladder that you wrote yourself needs only `owner = { name = "…" }`

    error[missing-key]: missing key `source` in `[provenance]`
      --> content/site.toml:12:1
       |
    12 | [provenance]
       | ^^^^^^^^^^^^
       |
       = help: the site credits the work by its title, creators, notices, address and licence, and licences such as CC BY-SA 4.0 require such credit of everyone who shares it. A ladder that you wrote yourself needs only `owner = { name = "…" }`
    "#);
    let fork =
        own().text("site.toml").to_owned() + "\n[[upstream]]\ntitle = \"Ladder\"\nurl = \"https://a.example/\"\n";
    assert_snapshot!(Folder::small().unregistered().file("site.toml", &fork).told(), @r#"
    error[unregistered-id]: there is no register for 7 ids
    --> content/register.toml
     = help: for a new site, run `rungs id --write`, which creates one; if there was one, run `git restore --source=HEAD register.toml`

    error[invalid-value]: `provenance.owner` means that the owner wrote the ladder, but `[[upstream]]` names another
      --> content/site.toml:13:9
       |
    13 | owner = { name = "Acme" }
       |         ^^^^^^^^^^^^^^^^^
       |
       = help: restore the upstream's `[provenance]`, with your changes under `[[provenance.modifications]]`

    error[altered-upstream]: `upstream/1.json`, the record of Ladder, is missing
      --> content/site.toml:15:1
       |
    15 | [[upstream]]
       | ^^^^^^^^^^^^
       |
       = help: restore the file from version control: without it, nobody can tell what was changed
    "#);
}

/// The same content of a sealed file but for one place, sealed anew.
fn sealed_anew(text: &str, old: &str, new: &str) -> String {
    let (opening, content) = text.split_once("\",\n\"content\": ").unwrap();
    let content = content.strip_suffix("\n}\n").unwrap();
    assert!(content.contains(old), "{old}: {content}");
    let content = content.replacen(old, new, 1);
    let opening = opening.split_once("blake3:").unwrap().0;
    format!("{opening}blake3:{}\",\n\"content\": {content}\n}}\n", blake3::hash(content.as_bytes()).to_hex())
}

#[test]
fn what_is_sealed_is_judged_as_if_it_were_written_by_hand() {
    for (site, file) in [("past", "content/editions/2025.1.json"), ("fork", "content/upstream/1.json")] {
        let whole = Place::of_fixture(site);
        let text = whole.text(file);
        let same = whole.copy();
        same.put(file, sealed_anew(&text, "\"schema\"", "\"schema\""));
        assert!(same.errors().is_empty());
        for (old, new, told) in [
            ("\"uri\": \"https:", "\"uri\": \"javascript:", "begins with `javascript:`, not with `https:`"),
            ("\"url\": \"https:", "\"url\": \"data:", "begins with `data:`, not with `https:`"),
            ("\"key\": \"", "\"key\": \"../../", "cannot be part of an address"),
        ] {
            let place = whole.copy();
            place.put(file, sealed_anew(&text, old, new));
            let run = place.run("check");
            assert!(run.status == 1 && run.stderr.contains(told) && run.stderr.contains(file), "{old}: {}", run.stderr);
        }
    }
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
       = help: the notice names `CC BY 4.0`: write that, and the same licence in the keys below
    "#);
    assert_snapshot!(small("spdx = \"CC-BY-SA-4.0\"", "spdx = \"CC-BY-4.0\""), @r#"
    error[contradictory-licence]: the licence notice names `CC BY-SA 4.0`, but `spdx` names another licence: `CC-BY-4.0`
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
       = help: write `CC-BY-SA-4.0`, or correct the notice if it is not that of the text
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
       = help: the notice names `CC BY-SA 4.0`: write that, and the same licence in the keys below
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
    for command in ["build", "build --format json", "check --format sarif", "check --deny warnings"] {
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

/// Returns the licence that `rungs init --from` writes for a document with these files beside it.
fn licence(files: &[(&str, &str)]) -> (String, String) {
    let place = Place::empty();
    place.put("docs/ladder.md", DOCUMENT);
    files.iter().for_each(|(path, text)| place.put(path, text));
    place.init_git();
    let told = place.run_ok("init site --from docs/ladder.md").stdout;
    let site = place.text("site/content/site.toml");
    let value = |key: &str| site.lines().find_map(|line| line.strip_prefix(&format!("{key} = "))).unwrap().to_owned();
    let keys = ["copyright-notice", "licence-notice", "named", "spdx"];
    (keys.map(value).join(" | "), told)
}

#[test]
fn notices_stand_in_files_beside_a_document_and_at_the_root_of_its_repository() {
    let mit =
        "MIT License\n\nCopyright (c) 2021 Acme Ltd\n\nPermission is hereby granted, free of charge, to any person\n";
    let (site, told) = licence(&[("LICENSE", mit)]);
    assert_eq!(site, r#""Copyright (c) 2021 Acme Ltd" | "MIT License" | "MIT License" | "MIT""#);
    assert!(told.contains("Notices were taken from ") && told.contains("LICENSE: check that they"), "{told}");
    let apache =
        "                      Apache License\n                Version 2.0, January 2004\n\nCopyright [yyyy] [name]\n";
    assert!(licence(&[("docs/LICENSE.txt", apache)]).0.ends_with(r#""Apache License Version 2.0" | "Apache-2.0""#));
    let cc0 = "Creative Commons Legal Code\n\nCC0 1.0 Universal\n";
    assert!(licence(&[("docs/COPYING", cc0)]).0.ends_with(r#""CC0 1.0" | "CC0-1.0""#));
    let readme = "# Ladders\n\n© 2022 The Guild\n\n## Licence\n\nOur text is licensed under CC BY 4.0.\n";
    let (site, _) = licence(&[("docs/README.md", readme)]);
    assert_eq!(site, r#""© 2022 The Guild" | "Our text is licensed under CC BY 4.0." | "CC BY 4.0" | "CC-BY-4.0""#);
    let badge =
        "# L\n\n[![Licence](https://img.shields.io/badge/License-CC_BY--SA_4.0-lightgrey.svg)](https://a.example)\n";
    assert!(licence(&[("README.md", badge)]).0.ends_with(r#""CC BY-SA 4.0" | "CC-BY-SA-4.0""#));
    let tag = "<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n# Ladders\n";
    assert!(licence(&[("README.md", tag)]).0.ends_with(r#""CC-BY-4.0" | "CC-BY-4.0""#));
    assert!(licence(&[("README.md", "# L\n\n## License\n\nMIT\n")]).0.ends_with(r#""MIT" | "MIT""#));
}

#[test]
fn where_files_beside_a_document_disagree_nothing_is_taken() {
    let (site, told) = licence(&[("LICENSE", "MIT License\n"), ("docs/README.md", "Licensed under CC BY 4.0.\n")]);
    assert!(site.ends_with(r#""To fill in" | "To fill in""#) && !told.contains("taken from"), "{site}: {told}");
    // A notice of the document itself says more.
    let place = Place::empty();
    place.put("ladder.md", format!("{DOCUMENT}\n## Credit\n\nCopyright 2024 B. Person. Licensed under CC BY 4.0.\n"));
    place.put("LICENSE", "MIT License\n\nCopyright 2021 Acme Ltd\n");
    place.run_ok("init site --from ladder.md");
    let site = place.text("site/content/site.toml");
    assert!(site.contains("spdx = \"CC-BY-4.0\"") && site.contains("Copyright 2024 B. Person."), "{site}");
}

#[test]
fn the_address_of_the_work_is_the_page_of_its_repository() {
    let address = |remote: &str| {
        let place = Place::empty();
        place.put("ladder.md", DOCUMENT);
        place.init_git();
        place.git(&["remote", "add", "origin", remote]).unwrap();
        place.run_ok("init site --from ladder.md");
        let site = place.text("site/content/site.toml");
        site.lines().find_map(|line| line.strip_prefix("uri = ")).unwrap().to_owned()
    };
    assert_eq!(address("git@github.com:acme/ladders.git"), "\"https://github.com/acme/ladders\"");
    assert_eq!(address("https://github.com/acme/ladders"), "\"https://github.com/acme/ladders\"");
    assert_eq!(address("https://token@github.com/acme/ladders"), "\"https://to-fill-in.invalid/\"");
    assert_eq!(address("/srv/git/ladders"), "\"https://to-fill-in.invalid/\"");
}

/// The bilingual site with translators, adapted by another company.
fn fork() -> Place {
    let site = Folder::bilingual().text("site.toml").to_owned()
        + "\n[[provenance.translations]]\nlocale = \"zh-TW\"\ntranslators = [{ name = \"譯者\" }]\n";
    let place = Place::of(&Folder::bilingual().file("site.toml", &site));
    place.run_ok("adapt content fork --prefix AC --by Acme --base-url https://acme.test/");
    place
}

#[test]
fn a_citation_names_the_translators_of_its_language_and_those_who_modified_the_text() {
    let place = fork();
    let cite = |arguments: &str| place.run_ok(&format!("cite EN-001 --content fork {arguments}")).stdout;
    assert!(cite("").contains(", A. Person, modified by B. Person, Acme (CC BY-SA 4.0), "), "{}", cite(""));
    let chinese = cite("--locale zh-TW");
    assert!(chinese.contains("，A. Person，譯者譯，B. Person、Acme修改（CC BY-SA 4.0），"), "{chinese}");
    assert!(cite("--format html").contains("A. Person, modified by B. Person, Acme (<a "));
    assert!(!cite("--format bibtex").contains("translator"));
    let bibtex = cite("--format bibtex --locale zh-TW");
    assert!(
        bibtex.contains("\n  translator = {{譯者}},\n") && bibtex.contains("，B. Person、Acme修改},\n"),
        "{bibtex}"
    );
    let csl: serde_json::Value = serde_json::from_str(&cite("--format csl-json --locale zh-TW")).unwrap();
    assert_eq!(csl[0]["translator"], serde_json::json!([{ "literal": "譯者" }]));
    assert_eq!(csl[0]["contributor"], serde_json::json!([{ "literal": "B. Person" }, { "literal": "Acme" }]));
    // What names an edition names those who were named then.
    place.run_ok("release 2026.1 --content fork -q");
    place.edit("fork/site.toml", "name = \"Acme\"", "name = \"Acme Ltd\"");
    assert!(cite("").contains("edition 2026.1, ") && cite("").contains("Acme ("), "{}", cite(""));
    assert!(place.run("cite EN-001@2026.1 --content fork").stdout.contains("Acme ("));
    place.edit("fork/en/ladder.md", "Writes code that", "Writes all code that");
    assert!(cite("").contains("Acme Ltd ("), "{}", cite(""));
}

#[test]
fn structured_data_tells_persons_from_organisations_and_gives_a_term_nothing_that_only_a_work_has() {
    let folder =
        Folder::small().edited("site.toml", "{ name = \"A. Person\" }", "{ name = \"Acme\", kind = \"organisation\" }");
    let build = folder.built();
    let data = |path: &str| -> serde_json::Value {
        let page = build.outputs.iter().find(|output| output.path == path).unwrap();
        let page = std::str::from_utf8(&page.bytes).unwrap();
        let (_, json) = page.split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(json.split_once("</script>").unwrap().0).unwrap()
    };
    // A criterion leads to its ladder, which names them.
    let criterion = data("c/en-001/index.html");
    assert!(criterion["creditText"].to_string().contains("Acme"), "{criterion}");
    for path in ["en/ladder/index.html", "en/licence/index.html"] {
        let data = data(path);
        assert_eq!(data["creator"][0]["@type"], "Organization", "{data}");
        assert_eq!(data["contributor"][0]["@type"], "Person", "{data}");
        assert!(data["@type"].to_string().contains("CreativeWork"), "{data}");
    }
    let wrong = told("{ name = \"A. Person\" }", "{ name = \"Acme\", kind = \"company\" }");
    assert!(
        wrong.contains("`provenance.source.creators.kind` has to be `\"person\"` or `\"organisation\"`"),
        "{wrong}"
    );
}

#[test]
fn an_address_with_a_password_in_it_is_refused() {
    let told = told("https://ladders.example/\"", "https://user:secret@ladders.example/\"");
    assert!(
        told.contains("error[invalid-base-url]: the address from `base-url` contains a user name or a password"),
        "{told}"
    );
}
