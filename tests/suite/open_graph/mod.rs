//! Social cards: what `[open-graph]` may say, and the pictures of pages.

#[cfg(feature = "cards")]
mod drawing;

use insta::assert_snapshot;
use rungs::for_tests::source::Pictures;

use crate::driver::Folder;

/// The same folder, and its `site.toml` says something in `[open-graph]`.
fn with(folder: Folder, line: &str) -> Folder {
    let site = format!("{}\n[open-graph]\n{line}\n", folder.text("site.toml"));
    folder.file("site.toml", &site)
}

#[test]
fn a_site_without_the_setting_asks_for_no_cards() {
    let pictured = |folder: Folder| {
        let build = folder.drawn_with(Pictures::default()).built();
        assert_eq!(build.problems, []);
        build.outputs.iter().any(|output| String::from_utf8_lossy(&output.bytes).contains("og:image"))
    };
    assert!(!pictured(Folder::bilingual()));
    assert!(!pictured(with(Folder::bilingual(), "cards = false")));
}

#[test]
fn what_is_no_setting_of_cards_is_told_with_what_to_write() {
    let told = |line: &str| with(Folder::small(), line).told();
    assert_snapshot!(told("cards = true"), @r#"
    error[invalid-value]: `open-graph.cards` has to be `"levels"`, `"all"` or `false`
      --> content/site.toml:32:9
       |
    32 | cards = true
       |         ^^^^
       |
       = help: write `cards = "levels"`, `cards = "all"` or `cards = false`
    "#);
    assert_snapshot!(told("cards = \"level\""), @r#"
    error[invalid-value]: `open-graph.cards` has to be `"levels"`, `"all"` or `false`
      --> content/site.toml:32:9
       |
    32 | cards = "level"
       |         ^^^^^^^
       |
       = help: did you mean `cards = "levels"`?
    "#);
    assert_snapshot!(told("cards = \"false\""), @r#"
    error[invalid-value]: `open-graph.cards` has to be `"levels"`, `"all"` or `false`
      --> content/site.toml:32:9
       |
    32 | cards = "false"
       |         ^^^^^^^
       |
       = help: did you mean `cards = false`?
    "#);
    assert_snapshot!(told("cards = \"some\""), @r#"
    error[invalid-value]: `open-graph.cards` has to be `"levels"`, `"all"` or `false`
      --> content/site.toml:32:9
       |
    32 | cards = "some"
       |         ^^^^^^
       |
       = help: write `cards = "levels"`, `cards = "all"` or `cards = false`
    "#);
    assert_snapshot!(told("cards = 3"), @r#"
    error[invalid-value]: `open-graph.cards` has to be `"levels"`, `"all"` or `false`
      --> content/site.toml:32:9
       |
    32 | cards = 3
       |         ^
       |
       = help: write `cards = "levels"`, `cards = "all"` or `cards = false`
    "#);
    assert_snapshot!(told("images = true"), @r#"
    error[unknown-key]: unknown key `images` in `[open-graph]`
      --> content/site.toml:32:1
       |
    32 | images = true
       | ^^^^^^
       |
       = help: write `cards = "all"` for a card for each criterion and each level, `cards = "levels"` for one for each level, or `cards = false` for none
    "#);
    assert_snapshot!(told("crads = \"all\""), @r#"
    error[unknown-key]: unknown key `crads` in `[open-graph]`
      --> content/site.toml:32:1
       |
    32 | crads = "all"
       | ^^^^^
       |
       = help: did you mean `cards`?
    "#);
}

/// What each of them says to write is taken.
#[test]
fn the_advice_about_cards_works() {
    for line in ["cards = true", "cards = \"level\"", "cards = \"false\"", "cards = \"some\"", "images = true"] {
        let told = with(Folder::small(), line).told();
        let advised: Vec<_> = told.split('`').filter(|part| part.starts_with("cards = ")).collect();
        assert!(!advised.is_empty(), "{told}");
        for advice in advised {
            assert_eq!(with(Folder::small(), advice).told(), "", "{advice}");
        }
    }
}

#[cfg(not(feature = "cards"))]
#[test]
fn a_program_that_draws_no_cards_says_so_where_they_are_asked_for() {
    for cards in ["\"levels\"", "\"all\""] {
        let folder = with(Folder::bilingual(), &format!("cards = {cards}")).drawn_with(Pictures::default());
        let told = folder.told();
        assert_eq!(told.matches("warning[no-card]").count(), 1, "{told}");
        assert!(told.contains(&format!("cards = {cards}")), "{told}");
        assert!(folder.built().outputs.len() > 20, "the site is built nevertheless");
    }
    let folder = with(Folder::bilingual(), "cards = \"levels\"").drawn_with(Pictures::default());
    assert_snapshot!(folder.told(), @r#"
    warning[no-card]: no page gets a card: this program was built without what draws them
      --> content/site.toml:36:9
       |
    36 | cards = "levels"
       |         ^^^^^^^^
       |
       = help: use a released Rungs, build it with `--features cards`, or write `cards = false`
    "#);
}
