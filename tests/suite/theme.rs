//! A site's own theme: files that take the place of the embedded ones.

use insta::assert_snapshot;

use crate::driver::{Folder, LADDER};
use crate::pages::{Pages, values};
use crate::place::Place;

fn small() -> Folder {
    Folder::new().file("en/ladder.md", LADDER)
}

fn style(pages: &Pages) -> &str {
    let mut names = pages.files().keys().filter(|path| path.starts_with("assets/style.") && path.ends_with(".css"));
    names.next().unwrap()
}

#[test]
fn a_template_of_the_site_takes_the_place_of_the_embedded_one() {
    let template = "{% extends \"base.html\" %}{% block main %}<h1>Our own {{ title }}</h1>{% endblock %}";
    let (plain, themed) = (Pages::of(&small()), Pages::of(&small().themed("level.html", template)));
    assert!(themed.page("en/ladder/l1/").contains("<h1>Our own "));
    for (path, page) in
        plain.html().filter(|(path, _)| !["en/ladder/l1/index.html", "en/ladder/l2/index.html"].contains(path))
    {
        assert!(page == themed.page(path), "{path} stays as it was");
    }
}

#[test]
fn a_style_of_the_site_takes_the_place_of_the_embedded_one_under_another_name() {
    let (plain, themed) = (Pages::of(&small()), Pages::of(&small().themed("assets/style.css", "body { color: red }")));
    assert_ne!(style(&plain), style(&themed));
    assert_eq!(themed.page(style(&themed)), "body { color: red }");
    assert!(!themed.files().contains_key(style(&plain)));
    let link = format!("../../../{}", style(&themed));
    assert!(values(themed.page("en/ladder/l1/"), "href").contains(&link.as_str()));
}

#[test]
fn a_file_below_assets_is_published() {
    let pages = Pages::of(&small().themed("assets/logo.png", b"\x89PNG\xFF"));
    let logo = pages.files().iter().find(|(path, _)| path.starts_with("assets/logo.") && path.ends_with(".png"));
    assert_eq!(logo.unwrap().1, b"\x89PNG\xFF");
}

#[test]
fn a_fault_of_syntax_is_shown_in_the_file_of_the_template_and_nothing_is_written() {
    let folder = small()
        .themed("level.html", "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ title }</h1>\n{% endblock %}\n");
    let place = Place::of(&folder);
    assert_snapshot!(place.run("build").shown(), @r"
    status 1
    --- stdout
    1 error, nothing written
    --- stderr
    error[template]: a template of the theme fails: Found `}` but expected }}.
     --> content/theme/level.html:3:14
      |
    3 | <h1>{{ title }</h1>
      |              ^
      |
      = help: mend the template, or remove it to use the one that Rungs brings
    ");
    assert!(!place.at("public").exists());
}

#[test]
fn faults_of_syntax_in_two_templates_are_both_told() {
    let folder = small().themed("level.html", "{% if %}").themed("note.html", "{{ title }");
    assert_snapshot!(folder.told(), @r"
    error[template]: a template of the theme fails: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
     --> content/theme/level.html:1:7
      |
    1 | {% if %}
      |       ^^
      |
      = help: mend the template, or remove it to use the one that Rungs brings

    error[template]: a template of the theme fails: Found `}` but expected }}.
     --> content/theme/note.html:1:10
      |
    1 | {{ title }
      |          ^
      |
      = help: mend the template, or remove it to use the one that Rungs brings
    ");
}

#[test]
fn a_template_that_fails_on_its_pages_is_told_once_with_how_many_they_are() {
    let template = "{% extends \"base.html\" %}\n{% block main %}{{ titel }}{% endblock %}\n";
    let folder = small().themed("criterion.html", template);
    let told = folder.told();
    // What there is to choose from grows with the pages.
    let (fault, variables) = told.split_once(" Available variables:").unwrap();
    assert_snapshot!(fault, @"error[template]: a template of the theme fails: Variable `titel` is not defined.");
    let (_, place) = variables.split_once('\n').unwrap();
    assert_snapshot!(place, @r"
     --> content/theme/criterion.html:2:20
      |
    2 | {% block main %}{{ titel }}{% endblock %}
      |                    ^^^^^ on the page /c/en-001/ and 3 more
      |
      = help: mend the template, or remove it to use the one that Rungs brings
    ");
    let place = Place::of(&folder);
    assert_eq!(place.run("build").status, 1);
    assert!(!place.at("public").exists());
}

#[test]
fn a_template_that_extends_nothing_known_is_told() {
    assert_snapshot!(small().themed("level.html", "{% extends \"bass.html\" %}").told(), @r"
    error[template]: a template of the theme fails: it extends `bass.html`, which is not there
    --> content/theme/level.html
     = help: mend the template, or remove it to use the one that Rungs brings
    ");
}

#[test]
fn a_template_that_asks_for_an_asset_that_is_not_there_is_told() {
    let template = "{% extends \"base.html\" %}\n{% block main %}{{ asset(name=\"logo.png\") }}{% endblock %}\n";
    assert_snapshot!(small().themed("level.html", template).told(), @r#"
    error[template]: a template of the theme fails: the theme has no assets/logo.png
     --> content/theme/level.html:2:20
      |
    2 | {% block main %}{{ asset(name="logo.png") }}{% endblock %}
      |                    ^^^^^^^^^^^^^^^^^^^^^^ on the page /en/ladder/l1/ and 1 more
      |
      = help: mend the template, or remove it to use the one that Rungs brings
    "#);
}

#[test]
fn a_template_that_is_not_utf_8_is_told() {
    assert_snapshot!(small().themed("level.html", b"<p>caf\xE9</p>").told(), @r"
    error[not-utf-8]: the template is not UTF-8
    --> content/theme/level.html
     = help: save the file as UTF-8
    ");
}

#[test]
fn a_file_beside_the_templates_that_is_none_does_no_harm() {
    let plain = Pages::of(&small());
    let themed = Pages::of(&small().themed("README.md", "Write {{ like this").themed("photo.jpg", b"\xFF"));
    assert_eq!(plain.files(), themed.files());
}
