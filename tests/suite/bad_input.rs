//! Errors in a content folder, or in the place of its site, as a person who runs the program sees them.

use insta::assert_snapshot;
use serde_json::Value;

use crate::driver::{Folder, LADDER};
use crate::pages::{Pages, tags, values};
use crate::place::Place;

/// Builds the content, checks that nothing is written, and returns the error output.
fn told(place: &Place) -> String {
    let run = place.run("build");
    assert_eq!(run.status, 1);
    assert!(run.stdout.ends_with(", nothing written\n"), "{}", run.stdout);
    assert!(!place.at("public").exists());
    run.stderr
}

/// The same for the small site with another file, or with another text in one.
fn told_with(path: &str, bytes: impl AsRef<[u8]>) -> String {
    let place = Place::of(&Folder::small());
    place.put(&format!("content/{path}"), bytes);
    told(&place)
}

#[test]
fn an_empty_folder_is_no_site() {
    let place = Place::empty();
    place.make_folder("content");
    assert_snapshot!(told(&place), @r#"
    error[no-site]: there is no `site.toml` in the content folder
    --> content/site.toml
     = help: create one that begins with `base-url = "https://ladders.example/"`, `source-locale = "en"`, `title.en = "Our ladders"`; a build then names what is missing
    "#);
}

#[test]
fn a_folder_of_ladders_without_site_toml_is_no_site() {
    let place = Place::empty();
    place.put("content/en/ladder.md", LADDER);
    assert_snapshot!(told(&place), @r#"
    error[no-site]: there is no `site.toml` in the content folder
    --> content/site.toml
     = help: create one that begins with `base-url = "https://ladders.example/"`, `source-locale = "en"`, `title.en = "Our ladders"`; a build then names what is missing
    "#);
}

#[test]
fn an_empty_site_toml_is_told_all_that_it_lacks() {
    assert_snapshot!(told_with("site.toml", ""), @r#"
    error[missing-key]: missing key `base-url`
    --> content/site.toml
     = help: set the address of the site, such as `base-url = "https://ladders.example/"`, or build with `--base-url`

    error[missing-key]: missing key `description`
    --> content/site.toml
     = help: describe the site in one sentence: `[description]`, and below it `en = "…"`

    error[missing-key]: missing key `ladders`
    --> content/site.toml
     = help: add a ladder: `[[ladders]]`, and below it `key = "engineering"`, `prefix = "EN"`

    error[missing-key]: missing key `provenance`
    --> content/site.toml
     = help: for a ladder that you wrote yourself, write `[provenance]`, and below it `owner = { name = "…" }`; for one that comes from elsewhere, write its `[provenance.source]` and `[provenance.licence]`

    error[missing-key]: missing key `source-locale`
    --> content/site.toml
     = help: say in which language the ladders are written: `source-locale = "en"`

    error[missing-key]: missing key `title`
    --> content/site.toml
     = help: give the site a title in its source locale: `[title]`, and below it `en = "…"`
    "#);
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    assert_snapshot!(told_with("site.toml", "base-url = \"https://a.example/\"\nlocales = [\"en\"\ntitle.en = 1\n"), @"
    error[toml-syntax]: invalid TOML: missing comma between array elements, expected `,`
     --> content/site.toml:3:1
      |
    3 | title.en = 1
      | ^
      |
      = help: put texts in quotes, use each key only once, and close what you open
    ");
    assert_snapshot!(told_with("en/ladder.md", LADDER.replace("[threads]", "[threads")), @"
    error[toml-syntax]: invalid TOML: unclosed table, expected `]`
     --> content/en/ladder.md:3:9
      |
    3 | [threads
      |         ^
      |
      = help: put texts in quotes, use each key only once, and close what you open
    ");
}

#[test]
fn a_file_that_is_not_utf_8_is_shown_at_the_first_wrong_byte() {
    assert_snapshot!(told_with("en/notes/cafe.md", b"+++\ntitle = \"Caf\xE9\"\n+++\n"), @r#"
    error[not-utf-8]: the file is not UTF-8: byte 16 is 0xE9
     --> content/en/notes/cafe.md:2:13
      |
    2 | title = "Caf�"
      |             ^ 0xE9 is not UTF-8
      |
      = help: save the file as UTF-8: it may be in another encoding such as Big5 or Windows-1252
    "#);
}

#[test]
fn a_site_toml_that_is_not_utf_8_is_said_to_be_so() {
    let utf_16: Vec<_> = Folder::small().text("site.toml").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_snapshot!(told_with("site.toml", [&b"\xFF\xFE"[..], &utf_16].concat()), @"
    error[not-utf-8]: the file is not UTF-8: byte 0 is 0xFF
     --> content/site.toml:1:1
      |
    1 | ��
      | ^ 0xFF is not UTF-8
      |
      = help: save the file as UTF-8: it seems to be in UTF-16

    error[toml-syntax]: invalid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
     --> content/site.toml:1:1
      |
    1 | ��
      | ^^
      |
      = help: put texts in quotes, use each key only once, and close what you open
    ");
}

#[test]
fn a_ladder_without_levels_says_how_to_write_one() {
    let place = Place::of(&Folder::new().file("en/ladder.md", "# Ladder\n\nNothing yet.\n"));
    assert_snapshot!(told(&place), @r"
    error[no-levels]: this ladder has no levels
    --> content/en/ladder.md
     = help: write a level as a heading with its criteria below it: `## L1 = Engineer`
    ");
}

#[test]
fn an_empty_ladder_says_how_to_write_a_level() {
    assert_snapshot!(told(&Place::of(&Folder::new().file("en/ladder.md", ""))), @r"
    error[no-levels]: this ladder has no levels
    --> content/en/ladder.md
     = help: write a level as a heading with its criteria below it: `## L1 = Engineer`
    ");
}

#[test]
fn a_ladder_without_a_file_says_where_to_write_it() {
    assert_snapshot!(told(&Place::of(&Folder::new())), @r"
    error[ladder-file]: the ladder `ladder` has no file
    --> content/en/ladder.md
     = help: write it there, or remove the ladder from site.toml
    ");
}

#[test]
fn a_level_without_criteria_is_told() {
    let ladder = format!("{LADDER}\n## L3 = Head {{#L3}}\n\nThe highest of all.\n");
    assert_snapshot!(told_with("en/ladder.md", ladder), @"
    error[empty-level]: level L3 has no criteria
      --> content/en/ladder.md:22:4
       |
    22 | ## L3 = Head {#L3}
       |    ^^^^^^^^^
       |
       = help: list its criteria below a category, or remove the level

    error[unregistered-id]: level L3 is not in the register
      --> content/en/ladder.md:22:4
       |
    22 | ## L3 = Head {#L3}
       |    ^^^^^^^^^
       |
       = help: run `rungs id --write`, which keeps the register
    ");
}

#[test]
fn two_levels_with_one_id_are_shown_together() {
    let ladder = LADDER.replace("## L2 = Lead {#L2}", "## L2 = Lead {#l1}").replace(" thread=time", "");
    let ladder = ladder.replace("[threads]\ntime = \"Time\"\n", "");
    assert_snapshot!(told(&Place::of(&Folder::new().file("en/ladder.md", &ladder))), @"
    error[duplicate-id]: the id l1 occurs twice
      --> content/en/ladder.md:13:15
       |
    13 | ## L2 = Lead {#l1}
       |               ^^^ again here
       |
      ::: content/en/ladder.md:6:4
       |
     6 | ## L1 = Engineer {#L1}
       |    ------------- first here
       |
       = help: remove it if it is a copy; otherwise remove the id from the one that came later and run `rungs id --write`
    ");
}

#[test]
fn an_id_in_a_paragraph_says_what_can_carry_one() {
    assert_snapshot!(told_with("en/ladder.md", LADDER.replace("# Ladder\n", "# Ladder\n\nSome words. {#EN-009}\n")), @r"
    error[misplaced-attributes]: nothing here can carry the id EN-009
     --> content/en/ladder.md:8:13
      |
    8 | Some words. {#EN-009}
      |             ^^^^^^^^^ belongs to no level, category or criterion
      |
      = help: write `- ` before its sentence, move it to the end of what it belongs to, or remove it
    ");
}

#[test]
fn an_attribute_block_that_is_not_closed_is_told_once() {
    assert_snapshot!(told_with("en/ladder.md", LADDER.replace("{#EN-003}", "{#EN-003")), @r"
    error[unclosed-attributes]: these attributes are never closed
      --> content/en/ladder.md:19:34
       |
    19 | - Reviews the designs of a team. {#EN-003
       |                                  ^^^^^^^^ opened here
       |
       = help: end them with }
    ");
    assert_snapshot!(told_with("en/ladder.md", LADDER.replace("{#L2}", "{#L2")), @r#"
    warning[single-level-thread]: the thread `time` has criteria at only one level, L1
      --> content/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:13:3
       |
    13 | - Spends most of the day on it. {#EN-002 thread=time}
       |   ----------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread

    error[unclosed-attributes]: these attributes are never closed
      --> content/en/ladder.md:15:14
       |
    15 | ## L2 = Lead {#L2
       |              ^^^^ opened here
       |
       = help: end them with }
    "#);
}

#[test]
fn notes_that_refer_to_each_other_in_a_circle_are_no_fault() {
    let note = |title: &str, about: &str, other: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nabout = [\"EN-001\", \"{about}\"]\n+++\nSee [{title}]({other}.md) and [EN-002].\n"
        )
    };
    let folder =
        Folder::small().file("en/notes/a.md", &note("A", "L1", "b")).file("en/notes/b.md", &note("B", "L2", "a"));
    let pages = Pages::of(&folder);
    assert!(pages.page("en/notes/a/").contains("href=\"../b/\""));
    assert!(pages.page("en/notes/b/").contains("href=\"../a/\""));
    let criterion = pages.main("c/en-001/");
    assert!(criterion.contains("\nA\n") && criterion.contains("\nB\n"), "{criterion}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_content_folder_is_reported_and_not_followed() {
    let place = Place::of(&Folder::small());
    place.put("secrets/secret.md", "+++\ntitle = \"Secret\"\n+++\n");
    std::os::unix::fs::symlink("../../secrets", place.at("content/en/notes")).unwrap();
    assert_snapshot!(told(&place), @"
    error[symbolic-link]: `en/notes` is a symbolic link to `../../secrets`, which is outside the content folder
    --> content/en/notes
     = help: replace it with a copy of what it leads to, or remove it: links are not followed
    ");
}

#[test]
fn a_locale_folder_that_site_toml_does_not_name_is_told() {
    assert_snapshot!(told_with("zh-TW/ladder.md", LADDER), @r#"
    error[unnamed-locale]: the folder `zh-TW` looks like a locale, but the site has no such locale
    --> content/zh-TW/ladder.md
     = help: add `"zh-TW"` to `locales` in `site.toml`, or remove the folder
    "#);
    assert_snapshot!(told_with("zh_tw/ladder.md", LADDER), @r#"
    error[unnamed-locale]: the folder `zh_tw` looks like a locale, but the site has no such locale
    --> content/zh_tw/ladder.md
     = help: rename the folder to `zh-TW` and add `"zh-TW"` to `locales` in `site.toml`, or remove the folder
    "#);
}

#[test]
fn a_file_that_belongs_to_no_ladder_is_told() {
    assert_snapshot!(told_with("en/leader.md", LADDER), @r#"
    error[ladder-file]: `en/leader.md` belongs to no ladder
    --> content/en/leader.md
     = help: add a ladder with `key = "leader"` to site.toml, or move the file to notes/ or pages/
    "#);
}

/// A ladder of one level with one category.
fn crowd(count: usize, statement: impl Fn(usize) -> String) -> Folder {
    let criteria: String = (1..=count).map(|number| format!("- {} {{#EN-{number:03}}}\n", statement(number))).collect();
    Folder::new().file("en/ladder.md", &format!("## L1 = Engineer {{#L1}}\n\n### Craft {{#craft}}\n\n{criteria}"))
}

#[test]
fn ten_thousand_criteria_in_one_category_are_built() {
    const COUNT: usize = 10_000;
    let words = ["code", "tests", "plans", "teams", "tools", "maps", "risks", "costs", "goals", "rules"];
    let word = |number: usize| words[number % 10];
    let statement = |number: usize| {
        format!(
            "{number}: {} before {} after {} {}",
            word(number),
            word(number / 10),
            word(number / 100),
            word(number / 1000)
        )
    };
    let pages = Pages::of(&crowd(COUNT, statement));
    let permanent = pages.html().filter(|(path, _)| path.starts_with("c/")).count();
    assert_eq!(permanent, COUNT);
    for path in ["en/ladder/", "en/ladder/l1/", "en/ladder/matrix/"] {
        let page = pages.page(path);
        assert!(values(page, "id").contains(&"en-10000"), "{path} has the last criterion");
    }
}

#[test]
fn a_statement_of_one_megabyte_is_shown_whole() {
    let statement = "word ".repeat(200_000) + "end.";
    let pages = Pages::of(&crowd(1, |_| statement.clone()));
    for path in ["c/en-001/", "en/ladder/", "en/ladder/l1/", "en/ladder/matrix/"] {
        assert!(pages.page(path).contains(&statement), "{path} has the whole statement");
    }
}

#[test]
fn a_fault_in_a_line_of_one_megabyte_is_shown_without_the_line() {
    let folder = crowd(1, |_| "word ".repeat(100_000) + "[EN-009] " + &"word ".repeat(100_000) + "end.");
    assert_snapshot!(told(&Place::of(&folder)), @"
    error[unknown-reference]: `EN-009` leads nowhere
     --> content/en/ladder.md:5:500003
      |
    5 | …word word word word word word word word word word [EN-009] word word word word word word word word word word word word word word wor...
      |                                                    ^^^^^^^^ nothing has this id
      |
      = help: did you mean `[EN-001]`?
    ");
}

#[test]
fn raw_html_in_a_statement_is_text_on_every_page() {
    let statement = "Reviews <script>alert(1)</script><img src=x onerror=alert(1)> & \"more\"";
    let pages = Pages::of(&Folder::small().edited("en/ladder.md", "Reviews the designs", statement));
    let escaped =
        "Reviews &lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; &quot;more&quot;";
    for path in ["c/en-003/", "en/ladder/", "en/ladder/l2/", "en/ladder/matrix/", "en/ladder/compare/l1-l2/"] {
        assert!(pages.page(path).contains(escaped), "{path} shows it as text");
    }
    for (path, page) in pages.html() {
        assert!(!page.contains("<script>") && !page.contains("</script><img"), "{path} has a script of the content's");
        assert_eq!(tags(page, "img").iter().filter(|tag| tag.contains("onerror")).count(), 0, "{path}");
    }
}

#[test]
fn raw_html_in_titles_and_names_is_text_on_every_page() {
    let folder = Folder::small()
        .edited("en/ladder.md", "= Lead", "= <b onclick=x>Lead</b> \"&")
        .edited("en/ladder.md", "### Craft", "### <i onclick=x>Craft</i> \"&")
        .edited("en/ladder.md", "\"Time\"", "'</script><i onclick=x>Time</i> \"&'")
        .edited("site.toml", "\"Ladders\"", "'</script><i onclick=x>Ladders</i> \"&'")
        .edited("site.toml", "\"A. Person\"", "'</script><i onclick=x>A.</i> \"Person\"&'")
        .file(
            "en/notes/a.md",
            "+++\ntitle = '</script><i onclick=x>Note</i> \"&'\nabout = [\"L1\"]\n+++\n## <i onclick=x>Part</i>\n",
        );
    for (path, page) in Pages::of(&folder).html() {
        for element in ["i", "b"] {
            assert!(tags(page, element).iter().all(|tag| !tag.contains("onclick")), "{path}");
        }
        assert!(!page.contains("</script><"), "{path} ends a script early");
        assert!(
            values(page, "title").iter().chain(&values(page, "content")).all(|value| !value.contains('<')),
            "{path}"
        );
    }
}

#[test]
fn a_javascript_link_is_refused_with_what_to_write() {
    assert_snapshot!(told_with("en/ladder.md", LADDER.replace("Reviews", "[Reviews](javascript:alert(1))")), @"
    error[unsafe-link]: this link could run a program or lead anywhere
      --> content/en/ladder.md:19:3
       |
    19 | - [Reviews](javascript:alert(1)) the designs of a team. {#EN-003}
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ neither https, http, mailto nor relative
       |
       = help: write the full address, beginning with https://, or a relative one
    ");
}

#[test]
fn braces_of_templates_mean_themselves() {
    let statement = "Reviews {{ title }} {% include \"x\" %} {# note #} ${x} the designs";
    let pages = Pages::of(&Folder::small().edited("en/ladder.md", "Reviews the designs", statement));
    for path in ["c/en-003/", "en/ladder/", "en/ladder/l2/", "en/ladder/matrix/", "en/ladder/compare/l1-l2/"] {
        let main = pages.main(path);
        assert!(main.contains(statement), "{path} has\n{main}");
    }
}

#[test]
fn an_output_path_that_is_a_file_is_refused() {
    let place = Place::of(&Folder::small());
    place.put("public", "mine");
    assert_snapshot!(place.run("build").shown(), @r"
    status 2
    --- stderr
    error: `…/public` is not a folder: choose another with `-o`, or move it away
    ");
    assert_eq!(place.text("public"), "mine");
    assert_snapshot!(place.run("build -o public/site").shown(), @r"
    status 2
    --- stderr
    error: `…/public` is not a folder: choose another with `-o`, or move it away
    ");
}

/// Not even the superuser can make a folder there.
#[cfg(target_os = "linux")]
#[test]
fn an_output_path_that_cannot_be_written_is_refused() {
    let run = Place::of(&Folder::small()).run("build -o /proc/rungs-site");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    // The reason in between is the system's own.
    assert!(run.stderr.starts_with("error: nothing can be written in `/proc`: "), "{}", run.stderr);
    assert!(run.stderr.ends_with("; choose another folder with `-o`\n"), "{}", run.stderr);
}

#[test]
fn an_output_path_in_the_content_folder_or_around_it_is_refused() {
    let place = Place::of(&Folder::small());
    let before = place.files(".");
    assert_snapshot!(place.run("build -o content/public").shown(), @"
    status 2
    --- stderr
    error: `…/content/public` is, contains or is inside the content folder `…/content`: choose a folder next to it with `-o`, since the whole output folder is replaced
    ");
    assert_snapshot!(place.run("build -o content").shown(), @"
    status 2
    --- stderr
    error: `…/content` is, contains or is inside the content folder `…/content`: choose a folder next to it with `-o`, since the whole output folder is replaced
    ");
    assert_snapshot!(place.run("build -o .").shown(), @"
    status 2
    --- stderr
    error: `…` is or contains the current folder: choose another folder with `-o`, such as one inside it
    ");
    assert_eq!(place.files("."), before);
}

#[cfg(unix)]
#[test]
fn the_root_of_the_file_system_is_never_replaced() {
    assert_snapshot!(Place::of(&Folder::small()).run("build -o /").shown(), @r"
    status 2
    --- stderr
    error: `/` is the root of the file system: choose another folder with `-o`
    ");
}

#[test]
fn a_folder_with_other_files_is_refused_and_kept() {
    let place = Place::of(&Folder::small());
    place.put("public/holiday.jpg", "mine");
    assert_snapshot!(place.run("build").shown(), @"
    status 2
    --- stderr
    error: `…/public` contains files that Rungs did not write: `holiday.jpg`; choose another folder with `-o`, or move these files away
    ");
    assert_eq!(place.files("public").len(), 1);
}

#[test]
fn ten_faults_of_ten_kinds_are_told_in_one_run() {
    let ladder = LADDER
        .replace("time = \"Time\"", "time = \"Time\"\nspeed = \"Speed\"")
        .replace("{#EN-002 thread=time}", "{#EN-002 thread=tme}")
        .replace("{#EN-003}", "{#EN-001}")
        .replace("Writes code", "Writes [EN-020] [some](javascript:x) [code](nowhere.md)");
    let folder =
        Folder::small().file("en/ladder.md", &ladder).edited("site.toml", "title.en", "titel.en = \"\"\ntitle.en");
    let folder = folder.file("en/notes/a.md", "+++\ntitle = 1\n");
    let place = Place::of(&folder.file("register.toml", "[criterion.EN-001]\nstate = \"actve\"\n"));
    place.put("content/en/notes/b.md", b"\xFF");
    place.put("content/de/ladder.md", LADDER);
    place.put("content/theme/level.html", "{% if %}");
    let run = place.run("build --format json");
    let told = run.stdout.lines().map(|line| {
        let problem: Value = serde_json::from_str(line).unwrap();
        let [path, code, message] = ["path", "code", "message"].map(|key| problem[key].as_str().unwrap().to_owned());
        format!("{path} {code}: {message}")
    });
    assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r#"
    content/de/ladder.md unnamed-locale: the folder `de` looks like a locale, but the site has no such locale
    content/en/ladder.md unused-thread: no criterion is in the thread `speed`
    content/en/ladder.md unregistered-id: 5 ids are not in the register, starting with level L1
    content/en/ladder.md unknown-reference: `EN-020` leads nowhere
    content/en/ladder.md unsafe-link: this link could run a program or lead anywhere
    content/en/ladder.md broken-link: the link `nowhere.md` leads nowhere
    content/en/ladder.md untitled-thread: the thread `tme` has no title
    content/en/ladder.md duplicate-id: the id EN-001 occurs twice
    content/en/notes/a.md unclosed-front-matter: the front matter is never closed
    content/en/notes/b.md missing-key: missing key `title`
    content/en/notes/b.md not-utf-8: the file is not UTF-8: byte 0 is 0xFF
    content/register.toml invalid-value: `criterion.EN-001.state` has to be `"active"` or `"withdrawn"`
    content/site.toml unknown-key: unknown key `titel`
    content/theme/level.html template: a template of the theme fails: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
    "#);
}

#[test]
fn faults_of_files_are_told_though_site_toml_is_broken() {
    let folder = Folder::small().file("site.toml", "locales = [").edited("en/ladder.md", "{#EN-003}", "{#EN-003");
    let place = Place::empty();
    for path in ["site.toml", "en/ladder.md"] {
        place.put(&format!("content/{path}"), folder.text(path));
    }
    let told = told(&place);
    assert!(told.contains("error[toml-syntax]") && told.contains("error[unclosed-attributes]"), "{told}");
}

#[test]
fn an_id_that_a_heading_cannot_carry_is_told() {
    let place = Place::of(&Folder::small().edited("en/ladder.md", "# Ladder\n", "# Ladder {#EN}\n"));
    // That of a note is the anchor of its heading.
    place.put("content/en/notes/a.md", "+++\ntitle = \"A\"\n+++\n## Part {#part}\n");
    assert_snapshot!(told(&place), @r"
    error[misplaced-attributes]: nothing here can carry the id EN
     --> content/en/ladder.md:6:10
      |
    6 | # Ladder {#EN}
      |          ^^^^^ belongs to no level, category or criterion
      |
      = help: put it at the end of a level's or category's heading or of a criterion, or remove it
    ");
}

#[test]
fn what_looks_like_attributes_is_text_wherever_a_backslash_is_before_it() {
    for written in [r"\{#maps}", r"All of \{#maps}", r"- \{#maps}", r"### \{#maps}", r"*All* \{#maps}"] {
        let folder = Folder::small().file("en/notes/maps.md", &format!("# Maps\n\n{written}\n"));
        assert_eq!(folder.problems(), "", "{written}");
        assert!(Pages::of(&folder).page("en/notes/maps/").contains("{#maps}"), "{written}");
    }
}
