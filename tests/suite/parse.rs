//! Reading ladders: the format of this project, the one real ladder as it was found, and common mistakes.

use camino::Utf8Path;
use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::parse::{Block, BlockKind, Inline, Outline, Part, diagnose_ladder_slips, outline, parse};

const SEED: &str = include_str!("../fixtures/seed/technical-leadership.md");
const LADDER: &str = include_str!("../../content/en/technical-leadership.md");

/// A ladder as an indented list, with the problems found.
fn sketch(text: &str) -> String {
    let (document, problems) = Problems::of(|problems| parse(Utf8Path::new("ladder.md"), text, problems));
    let (outline, slips) = outline(document);
    let more = diagnose_ladder_slips(Utf8Path::new("ladder.md"), text, &slips);
    let mut lines = lines(&outline);
    for problem in problems.iter().chain(&more) {
        let span = problem.label.place.span();
        lines.push(format!("! {}: {:?}", problem.code.name(), &text[span]));
    }
    lines.join("\n")
}

fn lines(outline: &Outline) -> Vec<String> {
    let mut lines = vec![format!("title: {}", outline.title.as_ref().map_or("none".into(), |title| title.plain()))];
    lines.extend(outline.preface.iter().map(|block| format!("preface: {}", block_sketch(block))));
    for part in &outline.parts {
        match part {
            Part::Prose(prose) => {
                lines.push(format!("prose: {}", prose.title.plain()));
                lines.extend(prose.blocks.iter().map(|block| format!("  {}", block_sketch(block))));
            }
            Part::Level(level) => {
                let id = level.attributes.id.as_ref().map_or(String::new(), |id| format!(" #{}", id.text));
                lines.push(format!("level {}: {}{id}", level.heading.codes.join("/"), level.heading.title));
                lines.extend(level.summary.iter().map(|block| format!("  summary: {}", block_sketch(block))));
                for category in &level.categories {
                    let id = category.attributes.id.as_ref().map_or(String::new(), |id| format!(" #{}", id.text));
                    lines.push(format!("  category {}{id}", category.title.as_deref().unwrap_or("none")));
                    lines.extend(category.prose.iter().map(|block| format!("    prose: {}", block_sketch(block))));
                    for criterion in &category.criteria {
                        let attributes = &criterion.attributes;
                        let id = attributes.id.as_ref().map_or(String::new(), |id| format!(" #{}", id.text));
                        let values: String =
                            attributes.values.iter().map(|(key, value)| format!(" {key}={}", value.text)).collect();
                        lines.push(format!("    - {}{id}{values}", criterion.statement.plain()));
                        lines.extend(criterion.detail.iter().map(|block| format!("        {}", block_sketch(block))));
                    }
                }
            }
        }
    }
    lines
}

fn block_sketch(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.text.plain(),
        BlockKind::Heading { depth, text } => format!("{} {}", "#".repeat(usize::from(*depth)), text.plain()),
        BlockKind::List(list) => {
            let items: Vec<_> = list.items.iter().map(|item| blocks_sketch(&item.blocks)).collect();
            format!("[{}]", items.join(", "))
        }
        BlockKind::Quote(blocks) => format!("> {}", blocks_sketch(blocks)),
        BlockKind::Alert { kind, blocks } => format!("> {kind:?}: {}", blocks_sketch(blocks)),
        BlockKind::Footnote { label, blocks } => format!("[^{label}]: {}", blocks_sketch(blocks)),
        BlockKind::Code { language, text } => format!("```{language} {text:?}"),
        BlockKind::Table(table) => format!("table of {} rows", table.rows.len()),
        BlockKind::Rule => "---".into(),
    }
}

fn blocks_sketch(blocks: &[Block]) -> String {
    blocks.iter().map(block_sketch).collect::<Vec<_>>().join(" / ")
}

fn counts(text: &str) -> Vec<(String, Vec<usize>)> {
    let document = parse(Utf8Path::new("ladder.md"), text, &Problems::default());
    let (outline, _) = outline(document);
    outline
        .levels()
        .map(|level| {
            let codes = level.heading.codes.join("/");
            (codes, level.categories.iter().map(|category| category.criteria.len()).collect())
        })
        .collect()
}

fn first_statement(text: &str) -> Vec<Inline> {
    let document = parse(Utf8Path::new("ladder.md"), text, &Problems::default());
    let (outline, _) = outline(document);
    outline.levels().next().unwrap().categories[0].criteria[0].statement.inlines.clone()
}

#[test]
fn the_seed_as_it_was_found_has_the_same_criteria_as_the_ladder_made_of_it() {
    assert_eq!(counts(SEED), counts(LADDER));
    let total: usize = counts(SEED).iter().flat_map(|(_, counts)| counts).sum();
    assert_eq!(total, 102);
}

#[test]
fn the_seed_is_read_whole() {
    insta::assert_snapshot!("seed", sketch(SEED));
}

#[test]
fn the_real_ladder_is_read_without_problems() {
    insta::assert_snapshot!("ladder", sketch(LADDER));
}

#[test]
fn labels_lists_and_line_ends_are_read_as_a_person_would() {
    let text = "\u{FEFF}Our Ladder\r\n==========\r\n\r\nL1: Engineer\r\n------------\r\nKnowledge:\r\n* Knows a lot.\r\n* Learns\r\n  more.\r\nImpact：\r\n+ Ships.\r\n\r\n**Leadership**\r\n\r\n1. Leads.\r\n\tAnd more:\r\n\t- here\r\n2. Helps.\r\n\r\nL2 - Senior\r\n-----------\r\n\r\n**Knowledge:**\r\n- Knows everything.\r\n";
    assert_snapshot!(sketch(text), @r"
    title: Our Ladder
    level L1: Engineer
      category Knowledge
        - Knows a lot.
        - Learns more.
      category Impact
        - Ships.
      category Leadership
        - Leads. And more:
            [here]
        - Helps.
    level L2: Senior
      category Knowledge
        - Knows everything.
    ");
}

#[test]
fn a_label_without_a_blank_line_before_it_keeps_the_attributes_around_it() {
    let text =
        "# L1 = A\n\nKnowledge: {#knowledge}\n- Knows. {#TL-001}\nImpact: {#impact}\n- Ships. {#TL-002 thread=x}\n";
    assert_snapshot!(sketch(text), @r"
    title: none
    level L1: A
      category Knowledge #knowledge
        - Knows. #TL-001
      category Impact #impact
        - Ships. #TL-002 thread=x
    ");
}

#[test]
fn levels_may_have_no_codes_and_categories_may_be_headings_of_any_depth() {
    let text = "# Ladder\n\n### Junior\n\n> Starts here.\n\n#### Craft\n- Writes code.\n\n#### People\n- Is kind.\n\n### Senior\n\n#### Craft\n- Designs.\n\n#### People\n- Mentors.\n\n### Credit\nThanks to [all](https://example.org).\n";
    assert_snapshot!(sketch(text), @r"
    title: Ladder
    level : Junior
      summary: > Starts here.
      category Craft
        - Writes code.
      category People
        - Is kind.
    level : Senior
      category Craft
        - Designs.
      category People
        - Mentors.
    prose: Credit
      Thanks to all.
    ");
}

#[test]
fn levels_without_categories_hold_their_criteria_themselves() {
    assert_snapshot!(sketch("# Ladder\n\n- guidance\n\n## One\n\n- A.\n\n## Two\n\n- B.\n  - detail\n\n  More detail.\n"), @r"
    title: Ladder
    preface: [guidance]
    level : One
      category none
        - A.
    level : Two
      category none
        - B.
            [detail]
            More detail.
    ");
}

#[test]
fn levels_are_told_by_all_evidence_together_whether_they_have_ids_or_not() {
    let outline = |text: &str| {
        let levels = counts_by_name(text);
        levels.iter().map(|(name, counts)| format!("{name} {counts:?}")).collect::<Vec<_>>().join(", ")
    };
    let cases = [
        // Categories whose names never recur.
        (
            "# R\n\n## Smith\n\n### Makes tools.\n\n- A.\n\n### Learns.\n\n- B.\n\n## Senior Smith\n\n### Makes gates.\n\n- C.\n",
            "Smith [1, 1], Senior Smith [1]",
        ),
        // One heading of a depth in between.
        (
            "# R\n\n## Graduate\n\n#### Code\n\n- A.\n\n## Engineer\n\n#### Code\n\n- B.\n\n### Adaptable\n\n- C.\n\n## Senior\n\n#### Code\n\n- D.\n",
            "Graduate [1], Engineer [1, 1], Senior [1]",
        ),
        // A level without categories, and a section with headings of its own.
        (
            "# R\n\n## Senior Smith\n\n### Craft\n\n- A.\n\n## Staff Smith\n\n- B.\n\n## FAQ\n\n### When?\n\n- C.\n",
            "Senior Smith [1], Staff Smith [1]",
        ),
        // An introduction beside levels with codes.
        ("# R\n\n## What counts\n\n- A.\n\n## IC1\n\n- B.\n\n## IC2\n\n- C.\n", " [1],  [1]"),
        // Ids decide against names.
        (
            "# R\n\n## Red {#red}\n\n### Senior ways {#ways}\n\n- A.\n\n## Blue {#blue}\n\n### Junior ways {#young}\n\n- B.\n",
            "Red [1], Blue [1]",
        ),
        // The ids of categories stand on each level, those of sections above the levels do not.
        (
            "# One {#one}\n\n## Red {#red}\n\n### Craft {#craft}\n\n- A.\n\n### Team {#team}\n\n- B.\n\n# Two {#two}\n\n## Blue {#blue}\n\n### Craft {#craft}\n\n- C.\n\n### Team {#team}\n\n- D.\n",
            "Red [1, 1], Blue [1, 1]",
        ),
    ];
    for (text, levels) in cases {
        assert_eq!(outline(text), levels, "{text}");
    }
}

fn counts_by_name(text: &str) -> Vec<(String, Vec<usize>)> {
    let (outline, _) = outline(parse(Utf8Path::new("ladder.md"), text, &Problems::default()));
    let counts = outline.levels().map(|level| {
        (level.heading.title.clone(), level.categories.iter().map(|category| category.criteria.len()).collect())
    });
    counts.collect()
}

#[test]
fn a_list_of_links_at_the_depth_of_the_levels_is_prose() {
    let text = "# L\n\n## L1 = A\n\n### K\n\n- a\n\n## Further reading\n\n- [b](https://example.org)\n\n### Deeper\n\n## L2 = B\n\n### K\n\n- c\n";
    assert_snapshot!(sketch(text), @r"
    title: L
    level L1: A
      category K
        - a
    prose: Further reading
      [b]
      ### Deeper
    level L2: B
      category K
        - c
    ");
}

#[test]
fn attributes_that_are_unclosed_wrong_or_misplaced_are_reported_and_text_in_braces_is_text() {
    let text = "# T\n\nA paragraph. {#TL-009}\n\n## L1 = A {#L1}\n\n### K {#k}\n\n- Open {#TL-001\n- Wrong {#TL-002 thread}\n- Text {in braces}\n- Code `{#TL-003}`\n- Escaped \\{#TL-004}\n- Template {{ x }}\n- Own line\n  {#TL-005}\n- Detail below {#TL-006}\n\n  Detail.\n\n- Detail first\n\n  Then the id. {#TL-007}\n";
    assert_snapshot!(sketch(text), @r#"
    title: T
    preface: A paragraph.
    level L1: A #L1
      category K #k
        - Open {#TL-001
        - Wrong #TL-002
        - Text {in braces}
        - Code {#TL-003}
        - Escaped {#TL-004}
        - Template {{ x }}
        - Own line #TL-005
        - Detail below #TL-006
            Detail.
        - Detail first #TL-007
            Then the id.
    ! unclosed-attributes: "{#TL-001"
    ! invalid-attributes: "thread"
    ! raw-html: "{{ x }}"
    ! misplaced-attributes: "`{#TL-003}`"
    ! misplaced-attributes: "\\{#TL-004}"
    ! misplaced-attributes: "{#TL-009}"
    "#);
}

#[test]
fn line_ends_between_han_characters_stand_for_nothing_and_others_for_a_space() {
    let statement = |text: &str| sketch(&format!("# L1 = A\n\n- {text}\n")).lines().last().unwrap().to_owned();
    assert_eq!(statement("技術\n  策略，\n  路線"), "    - 技術策略，路線");
    assert_eq!(statement("**技術**\n  策略"), "    - 技術策略");
    assert_eq!(statement("技術\n  lead"), "    - 技術lead");
    assert_eq!(statement("한국\n  어"), "    - 한국 어");
}

#[test]
fn emphasis_beside_han_punctuation_works_as_its_writer_meant_it() {
    let strong = |text: &str| Inline::Strong(vec![Inline::Text(text.into())]);
    let text = |text: &str| Inline::Text(text.into());
    assert_eq!(first_statement("# L1 = A\n\n- **重點：**文字\n"), [strong("重點："), text("文字")]);
    assert_eq!(
        first_statement("# L1 = A\n\n- 文字**「重點」**文字\n"),
        [text("文字"), strong("「重點」"), text("文字")]
    );
    assert_eq!(
        first_statement("# L1 = A\n\n- **甲**、**乙**。\n"),
        [strong("甲"), text("、"), strong("乙"), text("。")]
    );
    assert_eq!(first_statement("# L1 = A\n\n- 用`a：*`與&amp;**（乙）**\n")[1], Inline::Code("a：*".into()));
}

#[test]
fn punctuation_beside_a_delimiter_stays_in_code_addresses_and_titles() {
    assert_eq!(first_statement("# L1 = A\n\n- `*。\n  b`\n"), [Inline::Code("*。 b".into())]);
    let text = "# L1 = A\n\n- [a](<*。> \"~！\") ![b](<*：>) <https://c.example/*，> [d]\n\n[d]: <**；> '（*'\n";
    let links = first_statement(text).into_iter().filter_map(|inline| match inline {
        Inline::Link { target, title, .. } | Inline::Image { target, title, .. } => Some((target, title)),
        _ => None,
    });
    let links: Vec<_> = links.collect();
    let expected = [("*。", "~！"), ("*：", ""), ("https://c.example/*，", ""), ("**；", "（*")];
    assert_eq!(links, expected.map(|(target, title)| (target.to_owned(), title.to_owned())));
}

#[test]
fn raw_html_and_template_syntax_are_text() {
    assert_eq!(
        first_statement("# L1 = A\n\n- <script>alert(1)</script> {{ x }}\n"),
        [Inline::Text("<script>alert(1)</script> {{ x }}".into())]
    );
}

#[test]
fn references_keep_their_label_words_and_place() {
    let text = "# L1 = A\n\n- See [TL-042], [that **one**][TL-001] and [thread:maps][].\n";
    let references: Vec<_> = first_statement(text)
        .into_iter()
        .filter_map(|inline| match inline {
            Inline::Reference(reference) => {
                assert_eq!(text[reference.span.start..].find(&reference.written), Some(0));
                Some((reference.label, reference.words.len()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(references, [("TL-042".into(), 0), ("TL-001".into(), 2), ("thread:maps".into(), 0)]);
}

#[test]
fn deep_nesting_and_long_lines_are_read() {
    for text in [">".repeat(20_000), "- ".repeat(20_000), "*a ".repeat(20_000), "x".repeat(1 << 20)] {
        let document = parse(Utf8Path::new("x.md"), &format!("# L1 = A\n\n- {text}"), &Problems::default());
        outline(document);
    }
}

/// Sections and front matter, put together again.
fn reassembled(text: &str) -> String {
    let document = parse(Utf8Path::new("x.md"), text, &Problems::default());
    let spans = std::iter::once(document.front_matter.span).chain(document.sections.into_iter().map(|s| s.span.0));
    spans.map(|span| &text[span]).collect()
}

/// Markdown-like text that reaches the corners of the grammar more often than random characters do.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("+++\n"),
        Just("# "),
        Just("## L5 = "),
        Just("### K {#k}\n"),
        Just("- "),
        Just("* "),
        Just("1. "),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\t"),
        Just("    "),
        Just("**"),
        Just("*"),
        Just("~~"),
        Just("`"),
        Just("[TL-001]"),
        Just("[a][b]"),
        Just("![i][j]"),
        Just("{#TL-001 thread=x}"),
        Just("{#"),
        Just("}"),
        Just("："),
        Just("「"),
        Just("重點"),
        Just("Label:\n"),
        Just("> "),
        Just("|a|b|\n|-|-|\n"),
        Just("<b>"),
        Just("&amp;"),
        Just("\u{FEFF}"),
        Just("---\n"),
        Just("```\n"),
        Just("word "),
        Just("\u{0}"),
        Just("[x]: y\n"),
    ];
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<String>()], 0..40)
        .prop_map(|pieces| pieces.concat())
}

properties! {
    256 cases,

    #[test]
    fn no_text_panics_or_is_lost(text in markdown()) {
        prop_assert_eq!(reassembled(&text), text.clone());
        let (document, problems) = Problems::of(|problems| parse(Utf8Path::new("x.md"), &text, problems));
        let (_, slips) = outline(document);
        let more = diagnose_ladder_slips(Utf8Path::new("x.md"), &text, &slips);
        for problem in problems.iter().chain(&more) {
            let span = problem.label.place.span();
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        }
    }
}

#[test]
fn the_only_level_of_a_ladder_without_a_title_is_a_level() {
    let level = "level L1: A #L1\n  category K #k\n    - a";
    assert_eq!(sketch("## L1 = A {#L1}\n\n### K {#k}\n\n- a\n"), format!("title: none\n{level}"));
    assert_eq!(sketch("# T\n\n## L1 = A {#L1}\n\n### K {#k}\n\n- a\n"), format!("title: T\n{level}"));
    assert_eq!(sketch("# A {#a}\n\n## K {#k}\n\n- a\n"), "title: none\nlevel : A #a\n  category K #k\n    - a");
    assert_eq!(sketch("# L1 to L2\n\n## L1 = A {#L1}\n\n### K {#k}\n\n- a\n"), format!("title: L1 to L2\n{level}"));
}

#[test]
fn categories_that_look_like_codes_are_no_levels() {
    let ladder = |ids: bool| {
        let id = |id: &str| if ids { format!(" {{#{id}}}") } else { String::new() };
        let category = |code: &str| format!("### {code}{}\n\n- Does {code}.\n\n", id(&code.to_lowercase()));
        let categories = ["K8", "S3", "B2"].map(category).concat();
        format!("# T\n\n## L1 = One{}\n\n{categories}## L2 = Two{}\n\n{categories}", id("L1"), id("L2"))
    };
    for ids in [true, false] {
        assert_eq!(counts(&ladder(ids)), [("L1".to_owned(), vec![1, 1, 1]), ("L2".to_owned(), vec![1, 1, 1])], "{ids}");
    }
    // Levels without ids stand above categories that have some.
    let some = ladder(true).replace(" {#L1}", "").replace(" {#L2}", "");
    assert_eq!(counts(&some).len(), 2);
}
