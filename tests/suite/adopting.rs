//! How `rungs init --from` reads documents of many shapes: the account that it gives, and the outline that comes of it.

#![allow(clippy::disallowed_methods, reason = "the documents stand in files")]

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;
use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::config::Overrides;
use rungs::for_tests::diagnostic::Severity;
use rungs::for_tests::init::{Account, AdoptOptions, Adopted, AdoptedDocument, FoundDocument, adopt};
use rungs::for_tests::problems;
use rungs::for_tests::source::Sources;

/// The folder of the documents: files, or folders of files that are adopted together. Beside each stands the account of
/// it and the outline that comes of it.
fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/adopt/documents")
}

/// Returns the texts of a document or of a folder of them, by their paths as they are given.
fn texts(root: &Path, path: &Path) -> Vec<(Utf8PathBuf, String)> {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        return entries.iter().flat_map(|entry| texts(root, entry)).collect();
    }
    let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    vec![(name.into(), fs::read_to_string(path).unwrap())]
}

/// Adopts texts as `rungs init --from` does.
fn adopted(texts: &[(Utf8PathBuf, String)], options: &AdoptOptions) -> Result<Adopted, String> {
    let document = |(path, text): &'_ (Utf8PathBuf, String)| (path.clone(), text.clone());
    let owned: Vec<_> = texts.iter().map(document).collect();
    let documents: Vec<_> = owned
        .iter()
        .map(|(path, text)| AdoptedDocument { found: FoundDocument { path, text }, name: path.clone() })
        .collect();
    adopt(&documents, &[], options).map_err(|refusal| refusal.message)
}

/// The account, what is told of lines, and the ladders without their ids.
fn shown(texts: &[(Utf8PathBuf, String)], options: &AdoptOptions) -> String {
    let options = AdoptOptions { owner: Some("Somebody".into()), ..options.clone() };
    let adopted = match adopted(texts, &options) {
        Ok(adopted) => adopted,
        Err(message) => return format!("error: {message}"),
    };
    let mut lines = Vec::new();
    for account in &adopted.accounts {
        lines.extend(account.lines());
        lines.extend(account.doubts().into_iter().map(|doubt| format!("  ? {doubt}")));
        lines.push(String::new());
    }
    for problem in &adopted.findings {
        let place = &problem.label.place;
        let text = texts.iter().find(|(path, _)| *path == place.path).map_or("", |(_, text)| text);
        let line = text[..place.span().start].matches('\n').count() + 1;
        lines.push(format!("! {}:{line}: {}", place.path, problem.message));
    }
    for (path, text) in adopted.files.iter().filter(|(path, _)| path.extension() == Some("md")) {
        lines.push(format!("=== {path}"));
        let body =
            text.strip_prefix("+++\n").and_then(|text| text.split_once("+++\n")).map_or(text.as_str(), |it| it.1);
        let plain = body.lines().map(|line| line.split(" {#").next().unwrap().to_owned());
        lines.extend(plain.filter(|line| !line.trim().is_empty()));
    }
    lines
        .extend(adopted.left.iter().map(|problem| format!("error: {}: {}", problem.label.place.path, problem.message)));
    lines.extend(errors(&adopted).into_iter().map(|error| format!("it cannot be built: {error}")));
    lines.join("\n")
}

#[test]
fn documents_of_many_shapes_are_read_as_a_person_reads_them() {
    let root = documents();
    let entries = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> =
        entries.filter(|path| path.extension().is_none_or(|extension| extension != "snap")).collect();
    cases.sort();
    assert!(cases.len() >= 60, "{}", cases.len());
    let failed: Vec<_> = cases
        .iter()
        .filter(|case| {
            let name = case.file_stem().unwrap().to_str().unwrap();
            let mut settings = insta::Settings::new();
            settings.set_snapshot_path(&root);
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            let shown = shown(&texts(&root, case), &AdoptOptions::default());
            panic::catch_unwind(AssertUnwindSafe(|| settings.bind(|| assert_snapshot!(name, shown)))).is_err()
        })
        .collect();
    assert!(failed.is_empty(), "the differences stand above: {failed:#?}");
}

#[test]
fn levels_that_are_named_are_levels_and_no_others() {
    let text = "# Guild\n\n## Values\n\n- Be kind.\n\n## Red\n\n### Craft\n\n- Dyes.\n\n## Blue\n\n- Weaves.\n\n## Thanks\n\n- To all.\n";
    let options = AdoptOptions { levels: vec!["red".into(), " Blue".into()], ..AdoptOptions::default() };
    assert_snapshot!(shown(&[("guild.md".into(), text.into())], &options), @"
    Guild

      levels: Red, Blue (2)
      4 statements: 2 became criteria, 2 are prose (line 5, line 19)

            Craft  without a category    all
      Red       1                   ·      1
      Blue      ·                   1      1
      all       1                   1      2

      en: GU-001 to GU-002, from guild.md
      Levels are recognised by the ids of 2 headings and their lists.
      ? of 4 statements, 2 did not become criteria

    === content/en/guild.md
    # Guild
    ## Values
    - Be kind.
    ### Red
    #### Craft
    - Dyes.
    ### Blue
    - Weaves.
    ## Thanks
    - To all.
    ");
}

#[test]
fn levels_that_are_named_are_read_in_every_column_and_the_others_are_told() {
    let table = |row: &str| format!("| Junior | Mid | Senior |\n|---|---|---|\n{row}\n\n");
    let text = format!(
        "# Ladder\n\n## Craft\n\n{}## Team\n\n{}",
        table("| Writes. | Tests. | Designs. |"),
        table("| Listens. | Speaks. | Leads. |")
    );
    let read = |levels: &[&str]| {
        let levels = levels.iter().map(|&level| level.to_owned()).collect();
        let adopted =
            adopted(&[("ladder.md".into(), text.clone())], &AdoptOptions { levels, ..AdoptOptions::default() });
        adopted.map(|adopted| (adopted.accounts[0].criteria(), adopted.accounts[0].doubts()))
    };
    assert_eq!(read(&["Junior", "Mid", "Senior"]), Ok((6, Vec::new())));
    let (criteria, doubts) = read(&["Mid", "Senior"]).unwrap();
    assert_eq!((criteria, doubts[0].as_str()), (4, "2 statements are left out"));
}

#[test]
fn prefixes_are_for_the_ladders_whose_keys_they_name() {
    let ladder =
        |name: &str| (Utf8PathBuf::from(format!("{name}.md")), "## Junior\n\n- A.\n\n## Senior\n\n- B.\n".to_owned());
    let texts = [ladder("cooking"), ladder("serving")];
    let adopt = |prefixes: &[&str]| {
        let prefixes = prefixes.iter().map(|prefix| (*prefix).to_owned()).collect();
        adopted(&texts, &AdoptOptions { prefixes, ..AdoptOptions::default() }).map(|adopted| {
            let ids = adopted.accounts.iter().flat_map(|account| account.lines());
            ids.filter(|line| line.contains(" to ")).map(|line| line.trim().to_owned()).collect::<Vec<_>>()
        })
    };
    let told = adopt(&["serving=SV", "CK"]).unwrap();
    assert_eq!(told, ["en: CK-001 to CK-002, from cooking.md", "en: SV-001 to SV-002, from serving.md"]);
    assert_eq!(adopt(&["washing=WA"]).unwrap_err(), "there is no ladder `washing` to give a prefix to");
}

/// The errors that keep the site from being built that is made of documents. None if nothing is written at all.
fn errors(adopted: &Adopted) -> Vec<String> {
    if !adopted.left.is_empty() {
        return Vec::new();
    }
    let texts = adopted.files.iter().filter_map(|(path, text)| {
        let path = path.strip_prefix("content").ok()?;
        Some((path.to_owned(), text.clone()))
    });
    let sources = Sources { texts: texts.collect(), ..Sources::default() };
    let problems = problems(&sources, Vec::new(), &Overrides::default());
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    errors.map(|problem| format!("{}: {}", problem.label.place.path, problem.message)).collect()
}

/// Pieces of documents. `@` stands for the words of one statement.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# Ladder\n\n",
        "## Junior\n\n",
        "## Senior\n\n",
        "## L3 = Lead\n\n",
        "## FAQ\n\n",
        "## Delivery\n\n",
        "## Engineering track\n\n",
        "### Junior\n\n",
        "### Senior\n\n",
        "### Craft\n\n",
        "### Team\n\n",
        "#### Craft\n\n",
        "**Craft**\n\n",
        "- @\n\n",
        "- @\n- @\n\n",
        "- Craft: @\n\n",
        "- **Team**: @\n\n",
        "- @\n  - with a detail\n\n",
        "- Care:\n  - @\n  - @\n\n",
        "1. @\n\n",
        "| Area | Junior | Senior |\n|---|---|---|\n| Craft | @ | @ |\n\n",
        "| Level | Scope |\n|---|---|\n| Junior | @ |\n| Senior | @ |\n\n",
        "<ul><li>@</li><li>@</li></ul>\n\n",
        "<table><tr><th>Area</th><th>L1</th><th>L2</th></tr><tr><td>Craft</td><td>@</td><td>@<br>@</td></tr></table>\n\n",
        "- [elsewhere](https://example.org/)\n\n",
        "- @<br>\n- @\n\n",
        "- @ {key=val}\n\n",
        "- @ {#mine}\n- {#mine}\n\n",
        "- \n-\n* \n\n",
        "- - @\n  - @\n\n",
        "- > @\n\n",
        "- # @\n\n",
        "- ```\n  code\n  ```\n\n",
        "- ![](x.png)\n- [ ](y.md)\n\n",
        "## \n\n",
        "### {#anchor}\n\n",
        "### {key=val}\n\n",
        "> - @\n\n",
        "<!-- open\n\n",
        "```\nopen\n",
        "> Quoted.\n\n",
        "Text.\n\n",
        "---\n\n",
    ])
}

properties! {
    192 cases,

    #[test]
    fn every_statement_is_a_criterion_or_counted_as_prose(pieces in prop::collection::vec(piece(), 1..16)) {
        let mut text = String::from("# Title\n\n");
        let mut statements = 0;
        for part in pieces.concat().split_inclusive('@') {
            text.push_str(&part.replace('@', &format!("does thing{statements}x now")));
            statements += part.matches('@').count();
        }
        let options = AdoptOptions { owner: Some("Somebody".into()), ..AdoptOptions::default() };
        if let Ok(adopted) = adopted(&[("ladder.md".into(), text.clone())], &options) {
            prop_assert_eq!(errors(&adopted), Vec::<String>::new(), "{}", text);
            let counted: usize = adopted.accounts.iter().map(|account| account.statements.all()).sum();
            let criteria: usize = adopted.accounts.iter().map(|account| account.statements.criteria).sum();
            let lines: Vec<&str> = adopted.files.values().flat_map(|text| text.lines()).collect();
            let is_criterion = |number: &usize| {
                let words = format!("thing{number}x");
                lines.iter().any(|line| line.contains(&words) && line.replace("\\{#", "").contains("{#"))
            };
            let became = (0..statements).filter(is_criterion).count();
            // Any paragraph may be a criterion where there are no lists, and is counted then. What stands in code or in
            // a comment is no statement.
            if !text.contains("Text.") && !text.contains("open\n") {
                prop_assert_eq!(criteria, adopted.accounts.iter().map(Account::criteria).sum::<usize>(), "{}", text);
                // What has no words of a statement is counted only where it became a criterion.
                prop_assert_eq!(counted - criteria, statements - became, "{}", text);
            }
        }
    }
}

#[test]
fn what_an_option_names_and_nothing_is_called_is_told() {
    let text = "# Ladder\n\n## Junior\n\n- Writes code.\n\n## Senior\n\n- Reviews it.\n";
    let texts = [("ladder.md".into(), text.to_owned())];
    let wished = |levels: &[&str]| {
        let levels = levels.iter().map(|&level| level.to_owned()).collect();
        adopted(&texts, &AdoptOptions { levels, ..AdoptOptions::default() }).map(|adopted| adopted.accounts.len())
    };
    assert_eq!(wished(&["Junior", "senior"]), Ok(1));
    assert_eq!(wished(&["Junior", "Middle"]), Err("nothing in the documents is called `Middle`".to_owned()));
    assert_eq!(wished(&["1. Junior", "🌳 Senior"]), Ok(1));
    assert_eq!(wished(&["Middle"]), Err("nothing in the documents is called `Middle`".to_owned()));
}
