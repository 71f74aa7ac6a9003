//! Slips of the hand that would take an id from its criterion, level or category: each is told once, with its cause.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::{Diagnostic, Position, Problems, Severity, has_errors};
use rungs::for_tests::fix::fix;
use rungs::for_tests::handle::LadderIndex;
use rungs::for_tests::model::Site;
use rungs::for_tests::parse::{outline, parse};

use crate::driver::Folder;

const LADDER: &str = "\
# Ladder

## L1 = Engineer {#L1}

### Craft {#craft}

- Delivers well-understood tasks. {#EN-001}
- Writes tests for the code. {#EN-002}
- Asks for help early. {#EN-003}

### Teamwork {#teamwork}

- Reviews what others write. {#EN-004}
- Answers questions in a day. {#EN-005}

## L2 = Lead {#L2}

### Craft {#craft}

- Designs parts of the product. {#EN-006}

### Teamwork {#teamwork}

- Mentors a colleague. {#EN-007}
";

const PATH: &str = "en/ladder.md";

/// A site of which every id is in the register.
fn site() -> Folder {
    Folder::new().file(PATH, LADDER).with_ids()
}

fn errors(folder: &Folder) -> Vec<Diagnostic> {
    let (_, mut problems) = folder.build();
    problems.retain(|problem| problem.severity() == Severity::Error);
    problems
}

/// Errors in a line each: where, what, the cause, what to do, and what the line is after `rungs check --fix`.
fn shown(folder: &Folder) -> String {
    let problems = errors(folder);
    let fixed = fix(&problems, folder.sources()).texts;
    let lines = problems.iter().map(|problem| {
        let place = &problem.label.place;
        let line = Position::of(folder.text(place.path.as_str()), place.span().start).line;
        let fix = fixed.get(&place.path).and_then(|text| text.lines().nth(line - 1));
        let fix = fix.filter(|_| problem.fix.is_some()).map(|line| format!(" => {line}")).unwrap_or_default();
        let (message, label, help) =
            (&problem.message, &problem.label.text, problem.help.as_deref().unwrap_or_default());
        format!("{line}: {message} | {label} | {help}{fix}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Slips, each by what is written in place of what.
fn told(rows: &[(&str, &str)]) -> String {
    let row = |(old, new): &(&str, &str)| format!("{new:?}\n{}\n", shown(&site().edited(PATH, old, new)));
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_list_item_that_is_none_is_told_with_its_cause() {
    let tests = "- Writes tests for the code. {#EN-002}";
    let rows: Vec<_> = [
        "-Writes tests for the code. {#EN-002}",
        "Writes tests for the code. {#EN-002}",
        "• Writes tests for the code. {#EN-002}",
        "‧Writes tests for the code. {#EN-002}",
        "– Writes tests for the code. {#EN-002}",
        "＊ Writes tests for the code. {#EN-002}",
        "-\u{3000}Writes tests for the code. {#EN-002}",
        "*Writes tests for the code. {#EN-002}",
        "2.Writes tests for the code. {#EN-002}",
        "  - Writes tests for the code. {#EN-002}",
        "> - Writes tests for the code. {#EN-002}",
        "\nWrites tests for the code. {#EN-002}\n",
        "\n-Writes tests for the code. {#EN-002}\n",
        "| Writes tests for the code. {#EN-002} |\n|---|",
    ]
    .into_iter()
    .map(|new| (tests, new))
    .collect();
    assert_snapshot!(told(&rows), @r#"
    "-Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | a dash needs a space after it | write `- …` => - Writes tests for the code. {#EN-002}

    "Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | a list item begins with `- ` | write `- ` before it, or move the attributes to the end of what they belong to

    "• Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | `•` does not begin a list item | write `- …` => - Writes tests for the code. {#EN-002}

    "‧Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | `‧` does not begin a list item | write `- …` => - Writes tests for the code. {#EN-002}

    "– Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | `–` does not begin a list item | write `- …` => - Writes tests for the code. {#EN-002}

    "＊ Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | `＊` does not begin a list item | write `- …` => - Writes tests for the code. {#EN-002}

    "-\u{3000}Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | a dash needs a space after it | write `- …` => - Writes tests for the code. {#EN-002}

    "*Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | `*` needs a space after it | write `* …` => * Writes tests for the code. {#EN-002}

    "2.Writes tests for the code. {#EN-002}"
    8: EN-002 is read as part of EN-001 | `2.` needs a space after it | write `2. …` => 2. Writes tests for the code. {#EN-002}

    "  - Writes tests for the code. {#EN-002}"
    8: nothing here can carry the id EN-002 | this item is indented, so it belongs to EN-001 | begin it where the item above begins, or remove its id

    "> - Writes tests for the code. {#EN-002}"
    8: nothing here can carry the id EN-002 | is in a quotation | remove the `>` before it, or remove the attributes

    "\nWrites tests for the code. {#EN-002}\n"
    9: nothing here can carry the id EN-002 | belongs to no level, category or criterion | write `- ` before its sentence, move it to the end of what it belongs to, or remove it

    "\n-Writes tests for the code. {#EN-002}\n"
    9: nothing here can carry the id EN-002 | a dash needs a space after it | write `- …` => - Writes tests for the code. {#EN-002}

    "| Writes tests for the code. {#EN-002} |\n|---|"
    8: EN-002 is read as part of EN-001 | a list item begins with `- ` | write `- ` before it, or move the attributes to the end of what they belong to
    8: attributes go at the end of what they belong to | text follows | move them to the end, or write `\{` for a literal brace
    "#);
}

#[test]
fn attributes_in_the_wrong_place_or_form_are_told_with_their_cause() {
    let tests = "- Writes tests for the code. {#EN-002}";
    let two = "- Writes tests for the code. {#EN-002}\n- Asks for help early. {#EN-003}";
    let rows = [
        (two, "- Writes tests for the code. {#EN-002} - Asks for help early. {#EN-003}"),
        (two, "- Writes tests for the code. {#EN-002} • Asks for help early. {#EN-003}"),
        (two, "- Writes tests for the code. {#EN-002} {#EN-003}"),
        (tests, "- Writes tests for the code. ｛#EN-002｝"),
        (tests, "- Writes tests for the code. {＃ＥＮ－００２}"),
        (tests, "- Writes {#EN-002} tests for the code."),
        (tests, "- Writes tests for the code. {#EN-002}."),
        (tests, "- **Writes tests for the code. {#EN-002}**"),
        (tests, "- Writes tests for the code. {#EN-002"),
        (tests, "<!-- - Writes tests for the code. {#EN-002} -->"),
        (tests, "<!--\n- Writes tests for the code. {#EN-002}\n-->"),
        (tests, "- Writes tests for the code. \\{#EN-002}"),
        (tests, "- Writes tests for the code. `{#EN-002}`"),
        (tests, "\n```\n{#EN-002}\n```\n"),
        (tests, "    \n[a]: /b \"{#EN-002}\"\n"),
    ];
    assert_snapshot!(told(&rows), @r#"
    "- Writes tests for the code. {#EN-002} - Asks for help early. {#EN-003}"
    8: EN-003 is read as part of EN-002 | a list item begins on a line of its own | begin a new line before it => - Writes tests for the code. {#EN-002}

    "- Writes tests for the code. {#EN-002} • Asks for help early. {#EN-003}"
    8: EN-003 is read as part of EN-002 | a list item begins on a line of its own | begin a new line before it => - Writes tests for the code. {#EN-002}

    "- Writes tests for the code. {#EN-002} {#EN-003}"
    8: EN-002 and EN-003 are on the same thing | another block follows | a thing has one id: keep one of the two, and put back the line that the other belongs to

    "- Writes tests for the code. ｛#EN-002｝"
    8: EN-002 is in full-width braces | only `{` and `}` make attributes | write `{#EN-002}` => - Writes tests for the code. {#EN-002}

    "- Writes tests for the code. {＃ＥＮ－００２}"
    8: EN-002 is in full-width braces | only `{` and `}` make attributes | write `{#EN-002}` => - Writes tests for the code. {#EN-002}

    "- Writes {#EN-002} tests for the code."
    8: attributes go at the end of what they belong to | text follows | move them to the end, or write `\{` for a literal brace

    "- Writes tests for the code. {#EN-002}."
    8: attributes go at the end of what they belong to | text follows | move them to the end, or write `\{` for a literal brace

    "- **Writes tests for the code. {#EN-002}**"
    8: attributes go at the end of what they belong to | text follows | move them to the end, or write `\{` for a literal brace

    "- Writes tests for the code. {#EN-002"
    8: these attributes are never closed | opened here | end them with }

    "<!-- - Writes tests for the code. {#EN-002} -->"
    8: EN-002 is in a comment, which nobody reads | a comment is not text | remove `<!--` and `-->`; or remove the whole comment, and `rungs check` says how to withdraw what is gone

    "<!--\n- Writes tests for the code. {#EN-002}\n-->"
    8: EN-002 is in a comment, which nobody reads | a comment is not text | remove `<!--` and `-->`; or remove the whole comment, and `rungs check` says how to withdraw what is gone

    "- Writes tests for the code. \\{#EN-002}"
    8: EN-002 is text here | a backslash makes this text | write `{#EN-002}` => - Writes tests for the code. {#EN-002}

    "- Writes tests for the code. `{#EN-002}`"
    8: EN-002 is text here | code is text | write `{#EN-002}` => - Writes tests for the code. {#EN-002}

    "\n```\n{#EN-002}\n```\n"
    9: EN-002 is in code, which is text | the code begins here | if it is really gone, run `rungs id --forget EN-002`: no edition holds it; otherwise remove the two lines that begin with ```

    "    \n[a]: /b \"{#EN-002}\"\n"
    6: EN-002 is no longer in the content | given here | put it back, or if it is really gone, run `rungs id --forget EN-002`: no edition holds it
    "#);
    let commented = site().edited(PATH, &format!("{tests}\n"), "");
    let commented = commented.edited(PATH, "# Ladder\n", "+++\n# {#EN-002} removed\n+++\n# Ladder\n");
    assert_snapshot!(shown(&commented), @r####"
    6: EN-002 is no longer in the content | given here | put it back, or if it is really gone, run `rungs id --forget EN-002`: no edition holds it
    "####);
}

#[test]
fn a_heading_that_is_none_is_told_with_its_cause() {
    let rows = [
        ("### Teamwork {#teamwork}", "###Teamwork {#teamwork}"),
        ("## L2 = Lead {#L2}", "##L2 = Lead {#L2}"),
        ("\n## L2 = Lead {#L2}", "##L2 = Lead {#L2}"),
        ("## L2 = Lead {#L2}", "＃＃ L2 = Lead {#L2}"),
        ("## L2 = Lead {#L2}", "##\u{3000}L2 = Lead {#L2}"),
        ("## L2 = Lead {#L2}", "L2 = Lead {#L2}"),
        ("## L2 = Lead {#L2}", "## L2 = Lead ｛#L2｝"),
        ("## L2 = Lead {#L2}", "## L2 {#L2} = Lead"),
        ("### Teamwork {#teamwork}", "### Teamwork {#teamwork} {#craft}"),
        ("## L2 = Lead {#L2}", "### L2 = Lead {#L2}"),
    ];
    assert_snapshot!(told(&rows), @r####"
    "###Teamwork {#teamwork}"
    11: nothing here can carry the id teamwork | a heading needs a space after `###` | write `### …` => ### Teamwork {#teamwork}

    "##L2 = Lead {#L2}"
    16: nothing here can carry the id L2 | a heading needs a space after `##` | write `## …` => ## L2 = Lead {#L2}

    "##L2 = Lead {#L2}"
    15: L2 is read as part of EN-005 | a heading needs a space after `##` | write `## …` => ## L2 = Lead {#L2}

    "＃＃ L2 = Lead {#L2}"
    16: nothing here can carry the id L2 | `＃＃` does not begin a heading | write `## …` => ## L2 = Lead {#L2}

    "##\u{3000}L2 = Lead {#L2}"
    16: nothing here can carry the id L2 | a heading needs a space after `##` | write `## …` => ## L2 = Lead {#L2}

    "L2 = Lead {#L2}"
    16: nothing here can carry the id L2 | belongs to no level, category or criterion | put it at the end of a level's or category's heading or of a criterion, which begins with `- `, or remove it

    "## L2 = Lead ｛#L2｝"
    16: L2 is in full-width braces | only `{` and `}` make attributes | write `{#L2}` => ## L2 = Lead {#L2}

    "## L2 {#L2} = Lead"
    16: attributes go at the end of what they belong to | text follows | move them to the end, or write `\{` for a literal brace

    "### Teamwork {#teamwork} {#craft}"
    11: teamwork and craft are on the same thing | another block follows | a thing has one id: keep one of the two, and put back the line that the other belongs to

    "### L2 = Lead {#L2}"
    16: L2 is a level, but its heading begins with 3 `#` instead of 2 |  | write `##`, or let `rungs check --fix` do it => ## L2 = Lead {#L2}
    "####);
}

#[test]
fn a_slip_of_a_translation_is_told_in_its_file() {
    let chinese = "# 階梯\n\n## L1 = 工程師 {#L1}\n\n### 技藝 {#craft}\n\n- 完成任務。 {#EN-001}\n- 撰寫測試。 ｛#EN-002｝\n－ 及早求助。 {#EN-003}\n\n###合作 {#teamwork}\n\n- 審查。 {#EN-004}\n- 回答。 {#EN-005}\n\n## L2 = 主管 {#L2}\n\n### 技藝 {#craft}\n\n- 設計。 {#EN-006}\n\n### 合作 {#teamwork}\n\n- 指導。 {#EN-007}\n";
    let folder = Folder::new().translated().file(PATH, LADDER).file("zh-TW/ladder.md", chinese).with_ids();
    assert_snapshot!(shown(&folder), @"
    8: EN-002 is in full-width braces | only `{` and `}` make attributes | write `{#EN-002}` => - 撰寫測試。 {#EN-002}
    9: EN-003 is read as part of EN-002 | `－` does not begin a list item | write `- …` => - 及早求助。 {#EN-003}
    11: nothing here can carry the id teamwork | a heading needs a space after `###` | write `### …` => ### 合作 {#teamwork}
    ");
    let mut fixed = folder.clone();
    for _ in 0..3 {
        let texts = fix(&fixed.build().1, fixed.sources()).texts;
        fixed = fixed.edited_by(texts);
    }
    assert!(!has_errors(&fixed.build().1), "{}", fixed.problems());
    // What the source has lost is not said again of the translation that has it.
    let right = chinese.replace("｛#EN-002｝", "{#EN-002}").replace("－ ", "- ").replace("###合作", "### 合作");
    let lost = folder.file("zh-TW/ladder.md", &right).edited(PATH, "- Writes tests", "-Writes tests");
    assert_eq!(errors(&lost).len(), 1, "{}", lost.problems());
}

#[test]
fn a_whole_list_from_a_word_processor_is_fixed_at_once() {
    let bullets = LADDER.replace("\n- ", "\n• ").replace("###", "##＃").replace("##＃ ", "###");
    let folder = site().file(PATH, &bullets);
    let problems = errors(&folder);
    assert!(problems.iter().all(|problem| problem.fix.is_some()), "{bullets}\n{}", shown(&folder));
    let fixed = folder.clone().edited_by(fix(&problems, folder.sources()).texts);
    assert_eq!(fixed.text(PATH), LADDER);
}

#[test]
fn what_a_page_says_of_ids_stays_text() {
    let note = "+++\ntitle = \"Ids\"\n+++\nAn id stands in braces: `{#EN-001}` or \\{#EN-001}, never in ｛#EN-001｝.\n";
    let folder = site().file("en/notes/ids.md", note);
    assert!(!has_errors(&folder.build().1), "{}", folder.problems());
}

/// The ids that a site has.
fn ids(site: &Site) -> BTreeSet<String> {
    let ladder = &site[LadderIndex(0)];
    let levels = ladder.levels.iter().map(|level| level.id.clone());
    let categories = ladder.categories.iter().map(|category| category.id.clone());
    levels.chain(categories).chain(ladder.criteria.iter().map(|criterion| criterion.id.to_string())).collect()
}

/// The ids that a text gives to something, whether or not the site may have it.
fn carried(text: &str) -> BTreeSet<String> {
    let (outline, _) = outline(parse(PATH.into(), text, &Problems::default()));
    let categories = || outline.levels().flat_map(|level| &level.categories);
    let levels = outline.levels().map(|level| &level.attributes);
    let attributes = levels.chain(categories().map(|category| &category.attributes));
    let criteria = categories().flat_map(|category| &category.criteria).map(|criterion| &criterion.attributes);
    attributes.chain(criteria).filter_map(|attributes| Some(attributes.id.as_ref()?.text.clone())).collect()
}

/// Returns damaged forms of a line with an id.
fn damages(line: &str) -> Vec<String> {
    let (said, block) = rungs::for_tests::text::split(line, line.rfind('{').expect("the line has an id"));
    let (sign, words) = said.split_once(' ').unwrap();
    let words = words.trim_end();
    let id = block.trim_matches(['{', '#', '}']);
    let mut damaged: Vec<String> = Vec::new();
    let signs = [
        "", "•", "‧", "–", "—", "＊", "－", "＃", "·", "-", "*", "+", "#", "##", "####", "1.", "1)", "１．", ">",
        "\\-", "---", "|", "- [ ]", "- -", "    -", "  -", "\t-", "<b>", "<!--", "[a]:", "```", "~~~", "    ", "$",
        "/",
    ];
    let spaces = ["", " ", "\u{3000}", "\u{a0}", "\t", "\n"];
    for sign in std::iter::once(sign).chain(signs) {
        damaged.extend(spaces.iter().map(|space| format!("{sign}{space}{words} {block}")));
    }
    let blocks = [
        format!("｛#{id}｝"),
        format!("{{#{id}｝"),
        format!("{{＃{id}}}"),
        format!("{{ #{id} }}"),
        format!("{{# {id}}}"),
        format!("{{{id}}}"),
        format!("{{#{id}"),
        format!("#{id}}}"),
        format!("#{id}"),
        format!("(#{id})"),
        format!("[#{id}]"),
        format!("{{#{id})"),
        format!("{{{{#{id}}}}}"),
        format!("\\{{#{id}}}"),
        format!("`{{#{id}}}`"),
        format!("**{{#{id}}}**"),
        format!("[{{#{id}}}](/x)"),
        format!("<!-- {{#{id}}} -->"),
        format!("{{#{id}}}."),
        format!("{{#{id}}} <!-- x -->"),
        format!("{{#{id}}} and more"),
        format!("{{#{id}}}\nand more"),
        format!("{{#{id}}} {{#EN-900}}"),
        format!("{{#EN-900}} {{#{id}}}"),
        format!("{{#EN-900 #{id}}}"),
        format!("{{#{id} #EN-900}}"),
        format!("{{#{id}}} - More. {{#EN-900}}"),
        format!("{{#{id}x}}"),
        format!("{{#{}}}", id.to_lowercase()),
        format!("{{#{}}}", id.replace('-', "–")),
        format!("{{#{id}\n}}"),
        format!("{{\n#{id}}}"),
        format!("{{thread=x #{id}"),
        String::new(),
        "{#".to_owned(),
    ];
    damaged.extend(blocks.iter().map(|block| format!("{sign} {words} {block}")));
    damaged.extend([
        String::new(),
        block.to_owned(),
        format!("{sign} {block}"),
        format!("{block} {words}"),
        format!("{sign} {block} {words}"),
        format!("+++\n{line}\n+++"),
        format!("```\n{line}\n```"),
        format!("<div>\n{line}\n</div>"),
        format!("<!--\n{line}\n-->"),
        format!("<!-- rungs: allow ellipsis {block} -->"),
        format!("{line}\n```"),
        format!("```\n{line}"),
        format!("{line}\n==="),
        format!("{line}\n---"),
        format!("{line}\n    {block}"),
        format!("{line}\n{line}"),
        format!("{line} {line}"),
    ]);
    damaged
}

/// Whether the build goes through without one of the ids, and which.
fn lost(folder: &Folder, before: &BTreeSet<String>) -> Option<String> {
    let (site, problems) = folder.build();
    let standing = ids(&site);
    if !has_errors(&problems) {
        return before.difference(&standing).next().cloned();
    }
    let told: String = problems.iter().map(|problem| format!("{} {:?} ", problem.message, problem.help)).collect();
    let shown = |problem: &Diagnostic| {
        let place = &problem.label.place;
        let related = problem.related.iter().map(|label| &label.place);
        let lines = std::iter::once(place).chain(related).map(|place| {
            let text = folder.text(place.path.as_str());
            let line = Position::of(text, place.span().start).line;
            text.lines().nth(line - 1).unwrap_or_default().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let shown: String = problems.iter().map(shown).collect();
    let standing: BTreeSet<_> = standing.union(&carried(folder.text(PATH))).cloned().collect();
    before.iter().find(|id| !standing.contains(*id) && !told.contains(*id) && !shown.contains(*id)).cloned()
}

#[test]
fn no_damage_to_a_line_loses_its_id_without_a_word() {
    let site = site();
    let before = ids(&site.build().0);
    let mut silent = Vec::new();
    let mut count = 0;
    let lines = [
        "## L2 = Lead {#L2}",
        "### Teamwork {#teamwork}",
        "- Delivers well-understood tasks. {#EN-001}",
        "- Asks for help early. {#EN-003}",
        "- Mentors a colleague. {#EN-007}",
    ];
    for line in lines {
        let nth = LADDER.matches(line).count();
        for damaged in damages(line) {
            // A category that recurs is damaged everywhere, and a line with its neighbours.
            let text = LADDER.replace(line, &damaged);
            let folder = site.clone().file(PATH, &text);
            count += nth;
            silent.extend(lost(&folder, &before).map(|id| format!("{id}: {damaged:?}")));
        }
    }
    assert!(count > 900, "{count}");
    assert!(silent.is_empty(), "{} of {count}:\n{}", silent.len(), silent.join("\n"));
}
