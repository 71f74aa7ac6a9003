//! Problems for a person at a terminal, with the lines they stand on.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Message, Origin, Patch, Renderer, Snippet};

use super::lines::{LineIndex, Texts, shown_path};
use crate::diagnostic::{Diagnostic, Label, Severity, Span};
use crate::source::Sources;
use crate::text::{Edit, slice};

/// The number of characters of a long line that are shown before the marked part, and from its beginning on.
const BEFORE: usize = 50;
const FROM_START: usize = 130;

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    /// With ANSI escape codes.
    Styled,
}

/// Draws each problem with its line, its place underlined, then the places that explain it and what to do.
///
/// `folder` is the content folder as its owner named it. Of a long line only what surrounds the place is shown, and of
/// a place that spans several lines only the first one.
pub fn render(problems: &[Diagnostic], sources: &Sources, folder: &str, style: Style) -> String {
    let texts = Texts::of(problems, sources);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Styled => Renderer::styled(),
    };
    problems.iter().map(|problem| draw(&renderer, problem, &texts, folder) + "\n\n").collect()
}

fn draw(renderer: &Renderer, problem: &Diagnostic, texts: &Texts, folder: &str) -> String {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR.with_name("error"),
        Severity::Warning => Level::WARNING.with_name("warning"),
    };
    let mut group = Group::with_title(level.primary_title(&problem.message).id(problem.code.name()));
    let mut columns = Vec::new();
    group = add(group, &problem.label, AnnotationKind::Primary, texts, folder, &mut columns);
    for label in &problem.related {
        group = add(group, label, AnnotationKind::Context, texts, folder, &mut columns);
    }
    let help = problem.help.iter().flat_map(|help| help.lines()).map(visible).collect::<Vec<_>>().join("\n");
    let patch = patch(problem, texts, &help);
    if patch.is_none() && !help.is_empty() {
        group = group.element(Level::HELP.with_name("help").message(help));
    }
    let groups: Vec<_> = std::iter::once(group).chain(patch).collect();
    columns.iter().fold(renderer.render(&groups), |drawing, column| drawing.replacen(&column.drawn, &column.meant, 1))
}

/// The place of a cut line, as it is drawn (counted from the cut) and as it has to be.
struct CutColumn {
    drawn: String,
    meant: String,
}

/// Adds a place to a drawing: its line or, without one, its path.
fn add<'a>(
    group: Group<'a>,
    label: &'a Label,
    kind: AnnotationKind,
    texts: &Texts<'a>,
    folder: &str,
    columns: &mut Vec<CutColumn>,
) -> Group<'a> {
    let path = visible(&shown_path(folder, &label.place.path));
    let text = Some(visible(&label.text)).filter(|text| !text.is_empty());
    let Some((lines, span)) = texts.find(&label.place) else {
        let message = text.map(|text| -> Message { Level::NOTE.with_name("note").message(text) });
        return group.element(Origin::path(path)).elements(message);
    };
    let excerpt = Excerpt::of(lines, span);
    let position = lines.position(excerpt.start);
    if let Some(drawn) = excerpt.drawn_column {
        let at = |column| format!("{path}:{}:{column}", position.line);
        columns.push(CutColumn { drawn: at(drawn), meant: at(position.column) });
    }
    let annotation: Annotation = kind.span(excerpt.marked).label(text);
    group.element(Snippet::source(excerpt.text).path(path).line_start(position.line).annotation(annotation))
}

/// Draws the fix of a problem as the changed line. None for a problem without a certain fix.
///
/// Of a fix that changes several places the one is drawn that the problem is about.
fn patch<'a>(problem: &'a Diagnostic, texts: &Texts<'a>, help: &str) -> Option<Group<'a>> {
    let fix = problem.fix.as_deref()?;
    let about = problem.label.place.span();
    let is_about = |edit: &&Edit| edit.span.start < about.end.max(about.start + 1);
    let is_here = fix.path() == problem.label.place.path;
    let edit = fix.edits().iter().rfind(|edit| is_here && is_about(edit)).or(fix.edits().first())?;
    let (lines, span) = texts.find(&fix.place(edit))?;
    let excerpt = Excerpt::of(lines, span.clone());
    if excerpt.marked.len() != span.len() {
        return None;
    }
    let line = lines.position(excerpt.start).line;
    let patch = Patch::new(excerpt.marked, visible(&edit.text));
    let title = Level::HELP.with_name("help").secondary_title(if help.is_empty() { "write" } else { help }.to_owned());
    Some(title.element(Snippet::source(excerpt.text).line_start(line).patch(patch)))
}

/// Returns a text on one line, with nothing in it that a terminal would obey.
fn visible(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' => '↵',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(visible).collect()
}

/// One line, or the part of a long one around the marked part.
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The marked part of `text`.
    pub(super) marked: Range<usize>,
    /// The first byte of the marked part, in the file.
    start: usize,
    /// The column at which `marked` begins in `text`, where that is not its column in the file.
    drawn_column: Option<usize>,
}

impl Excerpt {
    pub(super) fn of(lines: &LineIndex, span: Span) -> Self {
        let all = lines.text();
        let line = lines.line(span.start);
        let start = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(start, line.end);
        let window = window(slice(all, line.clone()), start - line.start);
        let window = line.start + window.start..line.start + window.end;
        let mut text = slice(all, window.clone()).to_owned();
        let mut marked = start - window.start..end.min(window.end) - window.start;
        if window.end < line.end {
            text.push('…');
        }
        let mut drawn_column = None;
        if window.start > line.start {
            text.insert(0, '…');
            let shift = '…'.len_utf8();
            marked = marked.start + shift..marked.end + shift;
            drawn_column = Some(slice(&text, ..marked.start).chars().count() + 1);
        }
        Self { text, marked, start, drawn_column }
    }
}

/// Returns the part of a line that is shown when what is meant begins at `at`. Looks at no more of the line than that.
fn window(line: &str, at: usize) -> Range<usize> {
    if line.chars().nth(BEFORE + FROM_START).is_none() {
        return 0..line.len();
    }
    let start = slice(line, ..at).char_indices().rev().nth(BEFORE - 1).map_or(0, |(index, _)| index);
    let end = slice(line, at..).char_indices().nth(FROM_START).map_or(line.len(), |(index, _)| at + index);
    start..end
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use insta::assert_snapshot;

    use super::*;
    use crate::diagnostic::{Code, Fix, Place};

    fn sources(files: &[(&str, &str)]) -> Sources {
        let texts = files.iter().map(|&(path, text)| (path.into(), text.to_owned())).collect();
        Sources { texts, ..Sources::default() }
    }

    fn plain(problems: &[Diagnostic], files: &[(&str, &str)]) -> String {
        render(problems, &sources(files), "content", Style::Plain)
    }

    /// Returns a problem at the first occurrence of some words in `en/a.md`, drawn.
    fn at(text: &str, words: &str) -> String {
        let start = text.find(words).unwrap();
        let place = Place::new("en/a.md", start..start + words.len());
        plain(&[place.problem(Code::UnknownReference, "nothing is called so").label("here")], &[("en/a.md", text)])
    }

    #[test]
    fn the_caret_stands_under_chinese_text() {
        assert_snapshot!(at("# 標題\n\n- 花費 40% 的時間，見 [TL-999]。\n", "[TL-999]"), @r#"
        error[unknown-reference]: nothing is called so
         --> content/en/a.md:3:16
          |
        3 | - 花費 40% 的時間，見 [TL-999]。
          |                       ^^^^^^^^ here
        "#);
        assert_snapshot!(at("- 花費時間\n", "時間"), @r#"
        error[unknown-reference]: nothing is called so
         --> content/en/a.md:1:5
          |
        1 | - 花費時間
          |       ^^^^ here
        "#);
    }

    #[test]
    fn tabs_line_endings_and_byte_order_marks_do_not_shift_the_caret() {
        assert_snapshot!(at("\u{FEFF}一\tx [A]\r\nb\r\n", "[A]"), @r#"
        error[unknown-reference]: nothing is called so
         --> content/en/a.md:1:5
          |
        1 | 一    x [A]
          |         ^^^ here
        "#);
    }

    #[test]
    fn places_that_explain_and_what_to_do_follow() {
        let problem = Place::new("en/b.md", 4..10)
            .problem(Code::DuplicateId, "the id `TL-001` stands twice")
            .label("again")
            .related(Place::new("en/a.md", 14..20), "first here")
            .related(Place::new("en/b.md", 12..13), "on this level")
            .related(Place::file("register.toml"), "registered")
            .help("give the second one a new id");
        let files = [("en/a.md", "# A\n\n- x {#TL TL-001}\n"), ("en/b.md", "- b TL-001\n\n# B\n")];
        assert_snapshot!(plain(&[problem], &files), @r#"
        error[duplicate-id]: the id `TL-001` stands twice
         --> content/en/b.md:1:5
          |
        1 | - b TL-001
          |     ^^^^^^ again
          |
         ::: content/en/a.md:3:10
          |
        3 | - x {#TL TL-001}
          |          ------ first here
          |
         ::: content/en/b.md:3:1
          |
        3 | # B
          | - on this level
         ::: content/register.toml
          = note: registered
          = help: give the second one a new id
        "#);
    }

    #[test]
    fn a_missing_file_and_a_file_as_a_whole_are_named_only() {
        let problems = [
            Place::file("site.toml").problem(Code::NoSite, "there is no `site.toml`").help("write one"),
            Place::file("en/a.md").problem(Code::EmptyCategory, "nothing here").label("a word"),
            Place::new("theme/gone.html", 3..5).problem(Code::Template, "gone"),
        ];
        assert_snapshot!(plain(&problems, &[("en/a.md", "# A\n")]), @r#"
        error[no-site]: there is no `site.toml`
        --> content/site.toml
         = help: write one

        warning[empty-category]: nothing here
        --> content/en/a.md
         = note: a word

        error[template]: gone
        --> content/theme/gone.html
        "#);
    }

    #[test]
    fn a_template_of_the_theme_is_shown() {
        let problem = Place::new("theme/page.html", 3..6).problem(Code::Template, "no such filter");
        let mut sources = Sources::default();
        sources.theme.insert("page.html".into(), b"{{ abc }}".to_vec());
        assert_snapshot!(render(&[problem], &sources, "content", Style::Plain), @r#"
        error[template]: no such filter
         --> content/theme/page.html:1:4
          |
        1 | {{ abc }}
          |    ^^^
        "#);
    }

    #[test]
    fn a_huge_line_is_cut_around_the_place() {
        let text = format!("一\n{}[X]{}\n", "長 ".repeat(300_000), "ab ".repeat(300_000));
        assert_snapshot!(at(&text, "[X]"), @r#"
        error[unknown-reference]: nothing is called so
         --> content/en/a.md:2:600001
          |
        2 | …長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 長 [X]ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ...
          |                                                                             ^^^ here
        "#);
        assert!(at(&"x".repeat(1_000_000), &"x".repeat(900_000)).lines().all(|line| line.chars().count() < 220));
    }

    #[test]
    fn of_several_lines_the_first_is_underlined() {
        assert_snapshot!(at("- ab\n- cd\n- ef\n", "ab\n- cd\n"), @r#"
        error[unknown-reference]: nothing is called so
         --> content/en/a.md:1:3
          |
        1 | - ab
          |   ^^ here
        "#);
    }

    #[test]
    fn a_certain_fix_is_drawn_as_the_line_it_makes() {
        let place = Place::new("en/a.md", 5..6);
        let problem = place.problem(Code::HalfWidthPunctuation, "`,` beside Han characters");
        let problem = problem.help("write `，`").fix(Fix::new(place, "，"));
        assert_snapshot!(plain(&[problem], &[("en/a.md", "- 甲,乙\n")]), @r"
        warning[half-width-punctuation]: `,` beside Han characters
         --> content/en/a.md:1:4
          |
        1 | - 甲,乙
          |     ^
          |
        help: write `，`
          |
        1 - - 甲,乙
        1 + - 甲，乙
          |
        ");
    }

    #[test]
    fn colours_are_a_choice() {
        let problem = [Place::new("a.md", 0..1).problem(Code::NoLevels, "no levels")];
        let sources = sources(&[("a.md", "x\n")]);
        assert!(render(&problem, &sources, "", Style::Styled).contains("\u{1b}["));
        assert!(!render(&problem, &sources, "", Style::Plain).contains('\u{1b}'));
    }

    #[test]
    fn what_a_file_holds_cannot_steer_the_terminal() {
        let place = Place::new("en/\u{1b}[2J.md", 0..4);
        let problem = place.problem(Code::NoLevels, "\u{1b}[31mred").label("\u{1b}[0m").help("\u{1b}[1m");
        let drawing = plain(&[problem], &[("en/\u{1b}[2J.md", "\u{1b}[2J\u{7}x")]);
        assert!(!drawing.contains(['\u{1b}', '\u{7}']), "{drawing:?}");
    }

    #[test]
    fn spans_that_do_not_fit_are_drawn_all_the_same() {
        for text in ["", "一", "\u{FEFF}", "一\r\n二\n", "\n\n", "\t\r\r\n\t"] {
            for start in 0..12 {
                for end in 0..12 {
                    let place = Place::new("en/a.md", Span { start, end });
                    plain(&[place.problem(Code::NoLevels, "m").label("l")], &[("en/a.md", text)]);
                }
            }
        }
    }

    #[test]
    fn ten_thousand_problems_in_a_large_file_take_moments() {
        for text in ["- 一二三四五六七八 x\n".repeat(40_000), "一二三四".repeat(100_000)] {
            let problem = |i: usize| Place::new("en/a.md", i * 100..i * 100 + 5).problem(Code::NoLevels, "m");
            let problems: Vec<_> = (1..10_000).map(problem).collect();
            let begin = Instant::now();
            plain(&problems, &[("en/a.md", &text)]);
            assert!(begin.elapsed() < Duration::from_secs(60));
        }
    }
}
