//! A site's own theme: files that take the place of the embedded ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use camino::Utf8Path;
use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::config::Overrides;
use rungs::for_tests::diagnostic::{Code, Position};
use rungs::for_tests::prepare;
use rungs::for_tests::render::Variable;

use crate::driver::{Folder, TRANSLATED};
use crate::pages::{Pages, values};
use crate::place::Place;

fn style(pages: &Pages) -> &str {
    let mut names = pages.files().keys().filter(|path| path.starts_with("assets/style.") && path.ends_with(".css"));
    names.next().unwrap()
}

#[test]
fn a_template_of_the_site_takes_the_place_of_the_embedded_one() {
    let template = "{% extends \"base.html\" %}{% block main %}<h1>Our own {{ title }}</h1>{% endblock %}";
    let (plain, themed) = (Pages::of(&Folder::small()), Pages::of(&Folder::small().themed("level.html", template)));
    assert!(themed.page("en/ladder/l1/").contains("<h1>Our own "));
    for (path, page) in
        plain.html().filter(|(path, _)| !["en/ladder/l1/index.html", "en/ladder/l2/index.html"].contains(path))
    {
        assert!(page == themed.page(path), "{path} stays as it was");
    }
}

#[test]
fn a_style_of_the_site_takes_the_place_of_the_embedded_one_under_another_name() {
    let (plain, themed) =
        (Pages::of(&Folder::small()), Pages::of(&Folder::small().themed("assets/style.css", "body { color: red }")));
    assert_ne!(style(&plain), style(&themed));
    assert_eq!(themed.page(style(&themed)), "body { color: red }");
    assert!(!themed.files().contains_key(style(&plain)));
    let link = format!("../../../{}", style(&themed));
    assert!(values(themed.page("en/ladder/l1/"), "href").contains(&link.as_str()));
}

#[test]
fn a_file_below_assets_is_published() {
    let pages = Pages::of(&Folder::small().themed("assets/logo.png", b"\x89PNG\xFF"));
    let logo = pages.files().iter().find(|(path, _)| path.starts_with("assets/logo.") && path.ends_with(".png"));
    assert_eq!(logo.unwrap().1, b"\x89PNG\xFF");
}

#[test]
fn a_fault_of_syntax_is_shown_in_the_file_of_the_template_and_nothing_is_written() {
    let folder = Folder::small()
        .themed("level.html", "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ title }</h1>\n{% endblock %}\n");
    let place = Place::of(&folder);
    assert_snapshot!(place.run("build").shown(), @"
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
      = help: fix the template, or remove it to use the default
    ");
    assert!(!place.at("public").exists());
}

#[test]
fn what_is_being_typed_is_a_fault_with_its_place() {
    let faults = |template: &str| Folder::small().themed("level.html", template).built().problems;
    for (typed, line, column) in [
        ("{%}", 2, 3),
        ("{%-%}", 2, 4),
        ("{%", 2, 1),
        ("{%-", 2, 1),
        ("{{}}", 2, 3),
        ("{{", 2, 1),
        ("{{-}}", 2, 4),
        ("{#", 2, 1),
        ("{#}", 2, 1),
        ("{% block é", 2, 10),
        ("{% block 級 %}", 2, 10),
        ("{% é %}", 2, 4),
        ("{{ é }}", 2, 4),
        ("{% block main", 2, 10),
        ("{% block main %}", 2, 17),
        ("{% endblock %}", 2, 4),
        ("{% if \"é %}", 2, 7),
    ] {
        let template = format!("{{% extends \"default/level.html\" %}}\n{typed}\n");
        let problems = faults(&template);
        let [problem] = problems.as_slice() else { panic!("{template}: {problems:#?}") };
        assert_eq!((problem.code, problem.label.place.path.as_str()), (Code::Template, "theme/level.html"));
        let place = Position::of(&template, problem.label.place.span().start);
        assert_eq!((place.line, place.column), (line, column), "{template}: {}", problem.message);
        assert_eq!(faults(template.trim_end()).len(), 1, "{typed} at the end of the file");
    }
    let place = Place::of(&Folder::small().themed("level.html", "{% extends \"default/level.html\" %}\n{%}\n"));
    assert_snapshot!(place.run("check").shown(), @"
    status 1
    --- stdout
    1 error
    --- stderr
    error[template]: a template of the theme fails: Unknown tag
     --> content/theme/level.html:2:3
      |
    2 | {%}
      |   ^
      |
      = help: fix the template, or remove it to use the default
    ");
}

#[test]
fn faults_of_syntax_in_two_templates_are_both_told() {
    let folder = Folder::small().themed("level.html", "{% if %}").themed("note.html", "{{ title }");
    assert_snapshot!(folder.told(), @"
    error[template]: a template of the theme fails: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
     --> content/theme/level.html:1:7
      |
    1 | {% if %}
      |       ^^
      |
      = help: fix the template, or remove it to use the default

    error[template]: a template of the theme fails: Found `}` but expected }}.
     --> content/theme/note.html:1:10
      |
    1 | {{ title }
      |          ^
      |
      = help: fix the template, or remove it to use the default
    ");
}

#[test]
fn a_template_that_fails_on_its_pages_is_told_once_with_how_many_they_are() {
    let template = "{% extends \"base.html\" %}\n{% block main %}{{ titel }}{% endblock %}\n";
    let folder = Folder::small().themed("criterion.html", template);
    assert_snapshot!(folder.told(), @"
    error[template]: a template of the theme fails: Variable `titel` is not defined.
     --> content/theme/criterion.html:2:20
      |
    2 | {% block main %}{{ titel }}{% endblock %}
      |                    ^^^^^ on the page /c/en-001/ and 3 more
      |
      = help: did you mean `title`?
    ");
    let place = Place::of(&folder);
    assert_eq!(place.run("build").status, 1);
    assert!(!place.at("public").exists());
}

#[test]
fn what_is_not_defined_is_told_once_with_what_there_is() {
    let everywhere = "{% extends \"default/base.html\" %}\n{% block stubs %}{{ sharde.title }}{% endblock %}\n";
    let field = "{% extends \"base.html\" %}\n{% block main %}{{ level.height }}{% endblock %}\n";
    let component = "{% extends \"base.html\" %}\n{% block main %}{{ <breadcrumb crumbs={[]} /> }}{% endblock %}\n";
    let told = |name, template| Folder::small().themed(name, template).told();
    assert_snapshot!(told("base.html", everywhere), @"
    error[template]: a template of the theme fails: Variable `sharde` is not defined.
     --> content/theme/base.html:2:21
      |
    2 | {% block stubs %}{{ sharde.title }}{% endblock %}
      |                     ^^^^^^ on the page / and 16 more
      |
      = help: did you mean `shared`?
    ");
    assert_snapshot!(told("level.html", field), @"
    error[template]: a template of the theme fails: Field `height` is not defined.
     --> content/theme/level.html:2:26
      |
    2 | {% block main %}{{ level.height }}{% endblock %}
      |                          ^^^^^^ on the page /en/ladder/l1/ and 1 more
      |
      = help: available here: `code`, `count`, `mark`, `name`, `path`, `slug`, `source_title`, `title`
    ");
    assert_snapshot!(told("level.html", component), @"
    error[template]: a template of the theme fails: Unknown component `breadcrumb`
     --> content/theme/level.html:2:20
      |
    2 | {% block main %}{{ <breadcrumb crumbs={[]} /> }}{% endblock %}
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `breadcrumbs`?
    ");
}

#[test]
fn the_variables_of_a_template_are_listed_with_what_they_hold_and_examples() {
    let place = Place::of(&Folder::bilingual());
    let variables = |file: &str| {
        let listed = place.run_ok(&format!("theme variables {file}")).stdout;
        listed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let level = variables("level.html");
    let shown = level
        .iter()
        .filter(|line| ["groups", "next", "level.t", "total", "stubs"].iter().any(|name| line.starts_with(name)));
    assert_snapshot!(shown.map(String::as_str).collect::<Vec<_>>().join("\n"), @r#"
    groups[].category.anchor text craft
    groups[].category.id text craft
    groups[].category.mark none
    groups[].category.number number 1
    groups[].category.title.language none
    groups[].category.title.text text Craft
    groups[].description none
    groups[].prose none
    groups[].rows[] HTML <li class="criterion c1" data-level="L1 ·…
    level.title.language none
    level.title.text text Engineer
    next fields or none
    next.href text ../../../en/ladder/l2/
    next.title text L2 · Lead
    stubs list
    total number 2
    "#);
    let names = |lines: &[String]| {
        lines.iter().filter_map(|line| line.split(['.', '[', ' ']).next().map(str::to_owned)).collect::<BTreeSet<_>>()
    };
    let (level, base) = (names(&level), names(&variables("base.html")));
    assert!(base.is_subset(&level) && base.contains("shared") && !base.contains("groups"));
    assert!(variables("sitemap.xml").iter().any(|line| line.starts_with("pages[].address")));
    let refused = |file: &str| place.run(&format!("theme variables {file}")).stderr;
    assert_snapshot!(refused("since.html"), @"
    error: no page of this site uses `since.html`
      = help: run this on a site that has … pages, or see how the default template uses it
    ");
    assert_snapshot!(refused("components.html"), @"
    error: no page of this site uses `components.html`
      = help: each component names its arguments: `rungs theme eject components.html --block NAME`
    ");
    assert_snapshot!(refused("levle.html"), @"
    error: the default theme has no file `levle.html`
      = help: did you mean `level.html`?
    ");
}

#[test]
fn a_template_that_extends_nothing_known_is_told() {
    assert_snapshot!(Folder::small().themed("level.html", "{% extends \"bass.html\" %}").told(), @"
    error[template]: a template of the theme fails: it extends `bass.html`, which does not exist
    --> content/theme/level.html
     = help: fix the template, or remove it to use the default
    ");
}

#[test]
fn a_template_that_asks_for_an_asset_that_is_not_there_is_told() {
    let template = "{% extends \"base.html\" %}\n{% block main %}{{ asset(name=\"logo.png\") }}{% endblock %}\n";
    assert_snapshot!(Folder::small().themed("level.html", template).told(), @r#"
    error[template]: a template of the theme fails: the theme has no assets/logo.png
     --> content/theme/level.html:2:20
      |
    2 | {% block main %}{{ asset(name="logo.png") }}{% endblock %}
      |                    ^^^^^^^^^^^^^^^^^^^^^^ on the page /en/ladder/l1/ and 1 more
      |
      = help: fix the template, or remove it to use the default
    "#);
}

#[test]
fn a_template_that_asks_for_words_that_no_language_has_is_told() {
    let template = "{% extends \"base.html\" %}\n{% block main %}{{ t(key=\"navigation.hoem\") }}{% endblock %}\n";
    assert_snapshot!(Folder::small().themed("level.html", template).told(), @r#"
    error[template]: a template of the theme fails: the interface has no words `navigation.hoem`: did you mean `navigation.home`?
     --> content/theme/level.html:2:20
      |
    2 | {% block main %}{{ t(key="navigation.hoem") }}{% endblock %}
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^ on the page /en/ladder/l1/ and 1 more
      |
      = help: fix the template, or remove it to use the default
    "#);
    let template = template.replace("key=\"navigation.hoem\"", "key=\"count.criterai\", count=2");
    let told = Folder::small().themed("level.html", template).told();
    assert!(told.contains("has no words `count.criterai`: did you mean `count.criteria`?"), "{told}");
}

#[test]
fn words_that_depend_on_a_number_are_told_without_one_and_others_with_one() {
    for (call, told) in [
        (
            "t(key=\"count.criteria\")",
            "the words `count.criteria` depend on a number: `t(key=\"count.criteria\", count=…)`",
        ),
        (
            "t(key=\"navigation.home\", count=2)",
            "the words `navigation.home` do not depend on a number: leave out `count`",
        ),
    ] {
        let template = format!("{{% extends \"base.html\" %}}\n{{% block main %}}{{{{ {call} }}}}{{% endblock %}}\n");
        let problems = Folder::small().themed("level.html", template).told();
        assert!(problems.contains(told), "{call}: {problems}");
    }
}

#[test]
fn a_template_that_is_not_utf_8_is_told() {
    assert_snapshot!(Folder::small().themed("level.html", b"<p>caf\xE9</p>").told(), @r"
    error[not-utf-8]: the template is not UTF-8
    --> content/theme/level.html
     = help: save the file as UTF-8
    ");
}

#[test]
fn a_file_beside_the_templates_that_is_none_does_no_harm() {
    let plain = Pages::of(&Folder::small());
    let themed = Pages::of(&Folder::small().themed("README.md", "Write {{ like this").themed("photo.jpg", b"\xFF"));
    assert_eq!(plain.files(), themed.files());
}

const OWN_STYLE: &str = "body { background: url(\"pictures/dots.svg\") }\n";

fn look(toml: &str) -> Folder {
    let folder = Folder::small();
    let site = format!("{}\n{toml}", folder.text("site.toml"));
    let folder = folder
        .file("site.toml", &site)
        .themed("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\"/>");
    let folder = folder.themed("fonts/serif.woff2", "wOF2").themed("own.css", OWN_STYLE);
    folder
        .themed("pictures/dots.svg", "<svg/>")
        .themed("icon.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10")
}

/// The one file below a folder of assets whose name begins and ends so.
fn asset<'a>(pages: &'a Pages, begin: &str, end: &str) -> (&'a str, &'a str) {
    let mut found = pages.files().keys().filter(|path| path.starts_with(begin) && path.ends_with(end));
    let path = found.next().unwrap_or_else(|| panic!("{begin}…{end} is there"));
    (path, std::str::from_utf8(&pages.files()[path]).unwrap_or_default())
}

#[test]
fn what_site_toml_says_of_the_look_is_on_every_page() {
    let pages = Pages::of(&look(
        "[theme]\ncss = \"own.css\"\nfavicon = \"icon.png\"\nlogo = { file = \"logo.svg\", alt.en = \"Works\" }\n\
         colours.light.accent = \"#123456\"\nfonts = [{ file = \"fonts/serif.woff2\", family = \"Serif\", weight = 700 }]\n\
         footer = [{ url = \"ladder/l1\", text.en = \"First\" }, { url = \"https://b.example/\", text.en = \"B\" }]\n",
    ));
    let (made, style) = asset(&pages, "assets/colours-and-fonts.", ".css");
    let (font, _) = asset(&pages, "assets/own/fonts/serif.", ".woff2");
    assert!(style.contains(&format!("src: url(\"{}\")", font.strip_prefix("assets/").unwrap())), "{style}");
    assert!(style.contains("font-weight: 700;") && style.contains("--text-font: \"Serif\", var(--latin)"), "{style}");
    assert!(style.contains("--link: light-dark(#123456, #93c1ee);"), "{style}");
    let (own, _) = asset(&pages, "assets/own/own.", ".css");
    let (icon, _) = asset(&pages, "assets/own/icon.", ".png");
    let (logo, _) = asset(&pages, "assets/own/logo.", ".svg");
    for (path, first) in [("en/", "ladder/l1/"), ("en/ladder/l1/", "./"), ("c/en-001/", "../../en/ladder/l1/")] {
        let page = pages.page(path);
        let root = "../".repeat(path.matches('/').count());
        let links = values(page, "href");
        let styles: Vec<_> = links.iter().filter(|link| link.ends_with(".css")).collect();
        assert_eq!(
            styles[styles.len() - 2..],
            [&format!("{root}{made}"), &format!("{root}{own}")],
            "on {path}, in this order"
        );
        assert!(page.contains(&format!("src=\"{root}{logo}\" height=\"28\" width=\"84\" alt=\"Works\"")), "on {path}");
        assert!(page.contains(&format!("type=\"image/png\" href=\"{root}{icon}\"")), "on {path}");
        assert!(page.contains(&format!("<a href=\"{first}\">First</a>")), "on {path}");
        assert!(page.contains("<a href=\"https://b.example/\">B</a>"), "on {path}");
    }
}

#[test]
fn addresses_in_the_sites_style_are_those_of_the_published_files() {
    let pages = Pages::of(&look("[theme]\ncss = \"own.css\"\n"));
    let (dots, _) = asset(&pages, "assets/own/pictures/dots.", ".svg");
    let (_, style) = asset(&pages, "assets/own/own.", ".css");
    assert_eq!(style, OWN_STYLE.replace("pictures/dots.svg", dots.strip_prefix("assets/own/").unwrap()));
}

#[test]
fn faults_of_the_look_are_told_at_their_lines() {
    let folder = look(
        "[theme]\ncss = \"owm.css\"\nfavicon = \"https://a.example/icon.png\"\nlogo.file = \"fonts/serif.woff2\"\n\
         colours.light = { acent = \"#123\", text = \"black\" }\ncolour = 1\n\
         fonts = [{ file = \"fonts/serif.woff2\", family = \"A\\\"; }\", weight = 2000, style = \"italics\" }]\n\
         footer = [{ url = \"javascript:alert(1)\", text.en = \"x\" }]\n",
    );
    let told = folder.unregistered().told();
    let is_said = |line: &&str| (line.starts_with("error") || line.contains("= help")) && !line.contains("register");
    let said: Vec<_> = told.lines().filter(is_said).collect();
    assert_snapshot!(said.join("\n"), @r#"
    error[invalid-value]: there is no file `theme/owm.css`
       = help: did you mean `own.css`?
    error[invalid-value]: `https://a.example/icon.png` is not a file of this site
       = help: put a copy of the file into theme/ and name that: pages load nothing from other sites
    error[invalid-value]: `fonts/serif.woff2` cannot be used here
       = help: its name has to end in `.svg`, `.png`, `.webp`, `.avif`, `.jpg` or `.jpeg`
    error[unknown-key]: unknown key `acent` in `[theme.colours.light]`
       = help: did you mean `accent`?
    error[invalid-value]: `black` is not a colour
       = help: write red, green and blue in hexadecimal: `#14508c`
    error[unknown-key]: unknown key `colour` in `[theme]`
       = help: did you mean `colours`?
    error[invalid-value]: `A"; }` cannot be the name of a font's family
       = help: write letters, digits, spaces and hyphens
    error[invalid-value]: `2000` cannot be the weight of a font
       = help: write a number from 1 to 1000 or, for a variable font, two of them: `"100 900"`
    error[invalid-value]: `italics` cannot be the style of a font
       = help: did you mean `italic`?
    error[invalid-value]: `javascript:alert(1)` cannot be where a link leads
       = help: write an address that begins with https://, or the path of a page without the locale: `pages/about/`
    "#);
}

#[test]
fn a_link_of_the_footer_to_a_page_that_is_not_there_is_told() {
    assert_snapshot!(look("[theme]\nfooter = [{ url = \"ladder/l9/\", text.en = \"x\" }]\n").told(), @r#"
    error[broken-link]: the link `ladder/l9/` leads nowhere
      --> content/site.toml:32:19
       |
    32 | footer = [{ url = "ladder/l9/", text.en = "x" }]
       |                   ^^^^^^^^^^^^
       |
       = help: did you mean `ladder/l1/`?
    "#);
}

#[test]
fn a_colour_that_is_hard_to_read_is_told_with_the_ratio_and_may_be_allowed() {
    let pale = "[theme.colours.light]\naccent = \"#7fb2e5\"\n[theme.colours.dark]\npaper = \"#000000\"\n";
    assert_snapshot!(look(pale).told(), @r##"
    warning[low-contrast]: `accent` has a contrast of 2.23 to 1 with the paper on light pages
      --> content/site.toml:32:10
       |
    32 | accent = "#7fb2e5"
       |          ^^^^^^^^^ #7fb2e5 on #ffffff
       |
       = help: choose a darker `accent`: WCAG AA requires 4.5 to 1
    "##);
    assert_eq!(look(&format!("{pale}[check]\nallow = [\"low-contrast\"]\n")).told(), "");
}

#[test]
fn a_style_that_asks_other_sites_for_something_is_told() {
    let css = "@import \"more.css\";\nb { background: url(https://a.example/b.png) }\nc { background: url(pictures/dot.svg) }\n";
    assert_snapshot!(look("[theme]\ncss = \"own.css\"\n").themed("own.css", css).told(), @r#"
    error[invalid-value]: the style sheet imports another one, `more.css`
     --> content/theme/own.css:1:9
      |
    1 | @import "more.css";
      |         ^^^^^^^^^^
      |
      = help: copy its content into this file: one style sheet loads faster than two

    error[invalid-value]: `https://a.example/b.png` is not a file of this theme
     --> content/theme/own.css:2:21
      |
    2 | b { background: url(https://a.example/b.png) }
      |                     ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put a copy of the file in theme/ and write the path to it: pages load nothing from other sites

    error[invalid-value]: there is no file `pictures/dot.svg`
     --> content/theme/own.css:3:21
      |
    3 | c { background: url(pictures/dot.svg) }
      |                     ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `pictures/dots.svg`?
    "#);
}

#[test]
fn a_block_alone_takes_the_place_of_the_default_one() {
    let template = "{% extends \"default/level.html\" %}\n{% block heading %}<h1>Ours</h1>{% endblock %}\n";
    let (plain, themed) = (Pages::of(&Folder::small()), Pages::of(&Folder::small().themed("level.html", template)));
    let (before, after) = (plain.page("en/ladder/l1/"), themed.page("en/ladder/l1/"));
    let heading = |page: &str| page[page.find("<h1").unwrap()..page.find("</h1>").unwrap() + 5].to_owned();
    assert_eq!(heading(after), "<h1>Ours</h1>");
    assert_eq!(before.replace(&heading(before), "<h1>Ours</h1>"), after, "nothing else changes");
}

#[test]
fn a_default_that_extends_another_one_extends_the_sites() {
    let base = "{% extends \"default/base.html\" %}{% block footer %}<p>Our foot</p>{% endblock %}";
    let level = "{% extends \"default/level.html\" %}{% block heading %}<h1>Ours</h1>{% endblock %}";
    let pages = Pages::of(&Folder::small().themed("base.html", base).themed("level.html", level));
    assert!(pages.page("en/ladder/l1/").contains("<p>Our foot</p>"));
    assert!(pages.page("en/ladder/l1/").contains("<h1>Ours</h1>"));
}

#[test]
fn blocks_and_files_that_take_the_place_of_nothing_are_told() {
    let folder = Folder::small()
        .themed("level.html", "{% extends \"default/level.html\" %}\n{% block headign %}x{% endblock %}\n")
        .themed("levle.html", "x")
        .themed("style.css", "x")
        .themed("partial.html", "x")
        .themed("assets/styel.css", "x");
    assert_snapshot!(folder.told(), @"
    warning[theme-file]: nothing uses `theme/assets/styel.css`
    --> content/theme/assets/styel.css
     = help: did you mean `theme/assets/style.css`?

    error[template]: a template of the theme fails: Block `headign` is not defined in any parent template
     --> content/theme/level.html:2:10
      |
    2 | {% block headign %}x{% endblock %}
      |          ^^^^^^^
      |
      = help: did you mean `heading`?

    warning[theme-file]: nothing uses `theme/levle.html`
    --> content/theme/levle.html
     = help: did you mean `theme/level.html`?

    warning[theme-file]: nothing uses `theme/partial.html`
    --> content/theme/partial.html
     = help: remove it, or use it in another template: `rungs theme list` shows all files

    warning[theme-file]: nothing uses `theme/style.css`
    --> content/theme/style.css
     = help: did you mean `theme/assets/style.css`?
    ");
}

#[test]
fn a_component_alone_takes_the_place_of_the_default_one() {
    let own =
        "{% component wordmark(href: string, title: string, logo, @root) %}<b>Ours</b>{% endcomponent wordmark %}";
    let pages = Pages::of(&Folder::small().themed("components.html", own));
    assert!(pages.page("en/ladder/l1/").contains("<b>Ours</b>"));
    assert!(pages.page("en/ladder/l1/").contains("class=\"criterion"), "the others are the default ones");
}

/// A ladder with a thread that is a quantity, and an edition of it.
fn measured() -> Folder {
    let ladder = "+++\ntitle = \"Ladder\"\n[threads]\ncode = \"Time <1> code\"\n+++\n# Ladder\n\n## L1 = One {#L1}\n\n\
                  - Spends 60-80% of time on code. {#EN-001 thread=code}\n\n## L2 = Two {#L2}\n\n\
                  - Spends 40% of \"time\" on code & so on. {#EN-002 thread=code}\n";
    Folder::new().file("en/ladder.md", ladder).released("2026.1", "2026-01-31")
}

const CHART: &str = "en/ladder/threads/code.svg";

#[test]
fn what_is_no_page_has_templates_that_a_site_may_replace() {
    let plain = Pages::of(&measured());
    for (template, path) in [("feed.xml", "en/changes/feed.xml"), ("sitemap.xml", "sitemap.xml"), ("chart.svg", CHART)]
    {
        let pages = Pages::of(&measured().themed(template, "{# ours -#} <ours/>"));
        assert_eq!(pages.page(path), "<ours/>", "{path}");
        for (other, file) in plain.files().iter().filter(|(other, _)| *other != path) {
            assert!(pages.files()[other] == *file, "{other} stays as it was");
        }
    }
}

#[test]
fn texts_mean_themselves_in_what_is_no_page() {
    let pages = Pages::of(&measured());
    assert!(pages.page(CHART).contains("Time &lt;1&gt; code"), "{}", pages.page(CHART));
    let released = measured().edited("en/ladder.md", "& so on", "& <2>").released("2026.2", "2026-02-28");
    let pages = Pages::of(&released);
    let feed = pages.page("en/changes/feed.xml");
    // HTML stands in the feed as text.
    let item = "&lt;/a&gt; Spends 40% of &amp;quot;time&amp;quot; on code &amp;amp; &amp;lt;2&amp;gt;.&lt;/li&gt;";
    assert!(feed.contains(item), "{feed}");
}

#[test]
fn a_fault_in_a_template_of_what_is_no_page_is_told_with_its_file() {
    assert_snapshot!(measured().themed("sitemap.xml", "<urlset>{{ pages.first }}</urlset>").told(), @"
    error[template]: a template of the theme fails: Field `first` is not defined.
     --> content/theme/sitemap.xml:1:18
      |
    1 | <urlset>{{ pages.first }}</urlset>
      |                  ^^^^^ in /sitemap.xml
      |
      = help: fix the template, or remove it to use the default
    ");
}

#[test]
fn charts_have_the_colours_of_pages() {
    let plain = Pages::of(&measured());
    let site = format!(
        "{}\n[theme.colours.light]\naccent = \"#7a1f5c\"\n[theme.colours.dark]\nline = \"#222\"\n",
        measured().text("site.toml")
    );
    let own = Pages::of(&measured().file("site.toml", &site));
    let (light, dark) = plain.page(CHART).split_once("prefers-color-scheme:dark").unwrap();
    let expected = [light.replace("#14508c", "#7a1f5c"), dark.replace("#353b42", "#222222")];
    assert!(expected[0] != light && expected[1] != dark);
    assert_eq!(own.page(CHART), expected.join("prefers-color-scheme:dark"));
}

#[test]
fn what_stands_where_a_translation_lacks_a_text_is_a_component() {
    let own = "{% component untranslated(@locale) %}<i>{{ t(key=\"translation.missing\") }}</i>{% endcomponent untranslated %}";
    let some: Vec<_> = TRANSLATED.lines().filter(|line| !line.contains("{#EN-001")).collect();
    let folder = || Folder::bilingual().file("zh-TW/ladder.md", &some.join("\n"));
    let (plain, own) = (Pages::of(&folder()), Pages::of(&folder().themed("components.html", own)));
    for page in ["zh-tw/ladder/l1/", "en/ladder/beside/zh-tw/"] {
        assert!(plain.page(page).contains("<p class=\"untranslated\">"), "{page}");
        assert!(own.page(page).contains("<i>") && !own.page(page).contains("class=\"untranslated\""), "{page}");
    }
}

#[test]
fn a_component_that_fails_is_told_with_its_page() {
    let own = "{% component words(text) %}{{ text.txt.no }}{% endcomponent words %}";
    let told = Folder::small().themed("components.html", own).told();
    assert!(told.contains("content/theme/components.html:1:") && told.contains("on the page /"), "{told}");
}

#[test]
fn a_default_that_fails_because_of_a_component_of_the_site_is_told_with_its_line() {
    let own = "{% component wordmark(name: string) %}{{ name }}{% endcomponent wordmark %}";
    let told = Folder::small().themed("components.html", own).told();
    assert!(told.contains("of the default `ba") && told.contains("<wordmark href="), "{told}");
}

#[test]
fn the_theme_is_listed_and_copied_and_a_copy_of_an_older_default_is_told() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run("theme eject level.html --block heading").shown(), @"
    status 0
    --- stdout
    content/theme/level.html is ready for your changes
    ");
    let copy = place.text("content/theme/level.html");
    assert!(copy.contains("{% extends \"default/level.html\" %}\n{% block heading %}<h1>"), "{copy}");
    place.run_ok("build");
    let list = place.run("theme list").stdout;
    let line = list.lines().find(|line| line.starts_with("level.html")).unwrap();
    assert!(
        line.contains("heading, lead, cite, criteria") && line.ends_with("[the site has its own heading]"),
        "{line}"
    );
    assert!(list.contains("assets/style.css"));
    let mark = copy.lines().next().unwrap().split(' ').nth(4).unwrap();
    place.put("content/theme/level.html", copy.replace(mark, "00000000"));
    assert!(place.run("theme list").stdout.contains("the default has changed since"));
    assert!(place.run("check").stderr.contains("`level.html` has changed since `theme/level.html` was copied from it"));
}

#[test]
fn a_copy_never_writes_over_a_file_and_names_what_is_meant() {
    let place = Place::of(&Folder::small().themed("level.html", "own"));
    assert_snapshot!(place.run("theme eject level.html").shown(), @"
    status 1
    --- stderr
    error: `theme/level.html` already exists
      = help: remove it first if you want the default instead
    ");
    assert_snapshot!(place.run("theme eject matrx.html").shown(), @"
    status 1
    --- stderr
    error: the default theme has no file `matrx.html`
      = help: did you mean `matrix.html`?
    ");
    assert_snapshot!(place.run("theme eject matrix.html --block fliters").shown(), @"
    status 1
    --- stderr
    error: `matrix.html` has no block `fliters`
      = help: did you mean `filters`?
    ");
    assert_eq!(place.text("content/theme/level.html"), "own");
}

#[test]
fn a_second_block_joins_the_first_and_none_comes_twice() {
    let place = Place::of(&Folder::small());
    place.run_ok("build -o before");
    for block in ["footer", "heading"] {
        place.run_ok(&format!("theme eject level.html --block {block}"));
    }
    let built = place.run("build -o after");
    assert!(built.status == 0 && built.stderr.is_empty(), "{}", built.shown());
    assert!(place.files("before") == place.files("after"), "the same bytes");
    let told = ["foter", "footer", "main"].map(|block| place.run(&format!("theme eject level.html --block {block}")));
    assert_snapshot!(told.map(|run| run.stderr).concat(), @"
    error: `level.html` has no block `foter`
      = help: did you mean `footer`?
    error: `theme/level.html` already has a block `footer`
      = help: remove that first if you want the default instead
    error: `theme/level.html` already has a block `heading`, which is part of `main`
      = help: remove the block `heading` first, and change it within `main`
    ");
    // The second block has a mark of its own, since another file may be its origin.
    let copy = place.text("content/theme/level.html");
    let (first, second) = copy.rsplit_once("rungs: default level.html ").unwrap();
    place.put("content/theme/level.html", format!("{first}rungs: default level.html 0{second}"));
    assert!(place.run("check").stderr.contains("`level.html` has changed since `theme/level.html` was copied from it"));
}

#[test]
fn every_file_that_is_copied_leaves_the_site_as_it_was() {
    let place = Place::of(&Folder::small());
    place.run_ok("build -o before");
    let list = place.run("theme list").stdout;
    for file in list.lines().map(|line| line.split(' ').next().unwrap()).filter(|file| file.ends_with(".html")) {
        place.run_ok(&format!("theme eject {file} -q"));
    }
    let built = place.run("build -o after");
    assert_eq!(built.status, 0, "{}", built.shown());
    assert!(place.files("before") == place.files("after"), "the same bytes");
}

properties! {
    128 cases,

    #[test]
    fn whatever_a_template_says_it_is_reported_or_rendered(
        typed in r#"(\{%-?|-?%\}|\{\{|\}\}|\{#|#\}|[ é級\n}%{#"'|=(]|block |endblock|extends |component |if |for |raw|endraw|main|title|"default/level.html"){0,16}"#,
        name in prop::sample::select(["level.html", "components.html", "ours.html"].as_slice()),
    ) {
        for problem in Folder::small().themed(name, typed.as_str()).built().problems {
            let place = problem.label.place;
            prop_assert!(place.path != format!("theme/{name}") || typed.get(place.span()).is_some(), "{typed:?}");
        }
    }
}

/// Returns the names of the default theme's templates, each with its text and what it builds on.
#[allow(clippy::disallowed_methods, reason = "the templates stand in files")]
fn templates() -> BTreeMap<String, String> {
    let folder = Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default"));
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let whole = |name: String| {
        let mut all = text(&name) + &text("components.html");
        while let Some((_, base)) = all.clone().split_once("{% extends \"") {
            let base = base.split('"').next().unwrap();
            all = all.replacen("{% extends", "", 1) + &text(base);
        }
        (name, all)
    };
    files.filter(|name| name.contains('.')).map(whole).collect()
}

/// Fields that one template leaves to another one which is rendered with values of the same type.
const FOR_OTHERS: [(&str, &str); 3] = [
    ("feed.xml", "releases[].is_first"),
    ("not-found.html", "languages_here[].links.matrix"),
    ("not-found.html", "languages_here[].links.threads"),
];

#[test]
fn templates_get_nothing_that_they_do_not_read() {
    let templates = templates();
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let reads = |template: &str, field: &str| {
        let mut words = templates[template].split(|c: char| !is_word(c));
        words.any(|word| word == field)
    };
    let mut unread = BTreeSet::new();
    for name in ["past", "ladders", "fork"] {
        let (prepared, _) = prepare(Folder::fixture(name).sources(), Vec::new(), &Overrides::default());
        for (template, shape) in prepared.unwrap().shapes() {
            for Variable { path, .. } in shape.variables() {
                // All pages of a language share these.
                let is_shared = path.starts_with("shared.") || path.starts_with("links.");
                let is_read = |field: &str| match is_shared {
                    true => templates.keys().any(|template| reads(template, field)),
                    false => reads(&template, field),
                };
                let is_other = FOR_OTHERS.contains(&(&template, &path));
                if !is_other && !path.split('.').all(|part| is_read(part.trim_end_matches("[]"))) {
                    unread.insert(format!("{template}: {path}"));
                }
            }
        }
    }
    assert!(unread.is_empty(), "no template reads these: {unread:#?}");
}
