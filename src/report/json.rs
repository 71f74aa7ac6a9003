//! Problems for other programs: one JSON object on each line.

use serde::Serialize;

use super::lines::{Texts, shown_path};
use crate::diagnostic::{self, Diagnostic, Fix, Label};
use crate::source::Sources;
use crate::text;

/// One problem.
#[derive(Serialize)]
struct JsonProblem<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    help: Option<&'a str>,
    related: Vec<JsonPlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Vec<JsonEdit<'a>>>,
}

/// A part of a file and its replacement.
#[derive(Serialize)]
struct JsonEdit<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    text: &'a str,
}

/// A place and its label. Lines and columns begin at one, bytes at zero; ends lie after the last one. A whole file has
/// neither.
#[derive(Serialize)]
struct JsonPlace<'a> {
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    label: &'a str,
}

/// Writes one object for each problem, each on a line of its own. `folder` is the content folder as its owner named it.
///
/// An object holds `code`, `severity`, `message`, `path`, `line`, `column`, `end_line`, `end_column`, `start`, `end`,
/// `label`, `help` and `related`, a list of places; where a fix is certain, `fix` too, a list of places with a `text`
/// for each.
/// Columns count characters, `start` and `end` bytes.
pub(crate) fn render(problems: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let texts = Texts::of(problems, sources);
    let lines = problems.iter().map(|problem| {
        let problem = JsonProblem {
            code: problem.code.name(),
            severity: problem.severity().name(),
            message: &problem.message,
            place: place(&problem.label, &texts, folder),
            help: problem.help.as_deref(),
            related: problem.related.iter().map(|label| place(label, &texts, folder)).collect(),
            fix: problem
                .fix
                .as_ref()
                .map(|fix| fix.edits().iter().map(|edit| self::edit(fix, edit, &texts, folder)).collect()),
        };
        serde_json::to_string(&problem).expect("texts and numbers can always be written as JSON") + "\n"
    });
    lines.collect()
}

fn edit<'a>(fix: &Fix, edit: &'a text::Edit, texts: &Texts, folder: &str) -> JsonEdit<'a> {
    JsonEdit { place: located(&fix.place(edit), "", texts, folder), text: &edit.text }
}

fn place<'a>(label: &'a Label, texts: &Texts, folder: &str) -> JsonPlace<'a> {
    located(&label.place, &label.text, texts, folder)
}

fn located<'a>(place: &diagnostic::Place, label: &'a str, texts: &Texts, folder: &str) -> JsonPlace<'a> {
    let found = texts.find(place);
    let start = found.as_ref().map(|(lines, span)| lines.position(span.start));
    let end = found.as_ref().map(|(lines, span)| lines.position(span.end));
    let span = found.map(|(_, span)| span);
    JsonPlace {
        path: shown_path(folder, &place.path),
        line: start.map(|start| start.line),
        column: start.map(|start| start.column),
        end_line: end.map(|end| end.line),
        end_column: end.map(|end| end.column),
        start: span.as_ref().map(|span| span.start),
        end: span.map(|span| span.end),
        label,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::diagnostic::{self, Code};

    #[test]
    fn each_problem_is_one_line_with_places_in_lines_columns_and_bytes() {
        let mut sources = Sources::default();
        sources.texts.insert("zh-TW/a.md".into(), "# 一\n\n- 二 [X]\n".into());
        let place = |start, end| diagnostic::Place::new("zh-TW/a.md", start..end);
        let problems = [
            place(13, 16)
                .problem(Code::UnknownReference, "`X` is \"nothing\"\n")
                .label("here")
                .related(place(2, 9), "two lines")
                .related(diagnostic::Place::file("register.toml"), "")
                .help("write another id"),
            diagnostic::Place::file("zh-TW/a.md").problem(Code::EmptyCategory, "空"),
            place(900, 800).problem(Code::NoLevels, "out of range"),
        ];
        assert_snapshot!(render(&problems, &sources, "content"), @r#"
        {"code":"unknown-reference","severity":"error","message":"`X` is \"nothing\"\n","path":"content/zh-TW/a.md","line":3,"column":5,"end_line":3,"end_column":8,"start":13,"end":16,"label":"here","help":"write another id","related":[{"path":"content/zh-TW/a.md","line":1,"column":3,"end_line":3,"end_column":3,"start":2,"end":9,"label":"two lines"},{"path":"content/register.toml","line":null,"column":null,"end_line":null,"end_column":null,"start":null,"end":null,"label":""}]}
        {"code":"empty-category","severity":"warning","message":"空","path":"content/zh-TW/a.md","line":null,"column":null,"end_line":null,"end_column":null,"start":null,"end":null,"label":"","help":null,"related":[]}
        {"code":"no-levels","severity":"error","message":"out of range","path":"content/zh-TW/a.md","line":4,"column":1,"end_line":4,"end_column":1,"start":17,"end":17,"label":"","help":null,"related":[]}
        "#);
        assert_eq!(render(&problems, &sources, "").lines().count(), 3);
    }
}
