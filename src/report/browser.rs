//! Problems for the browser in which a site is being written, as data that a script shows.

use serde::Serialize;

use super::human::Excerpt;
use super::lines::{Texts, shown_path};
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Sources;
use crate::text::slice;

/// One problem.
#[derive(Serialize)]
struct BrowserProblem<'a> {
    severity: &'static str,
    /// None for a fault of the machine.
    code: Option<&'static str>,
    message: &'a str,
    places: Vec<BrowserPlace<'a>>,
    help: Option<&'a str>,
}

/// A place and its label. The first one is the place of the problem.
#[derive(Serialize)]
struct BrowserPlace<'a> {
    path: String,
    #[serde(flatten)]
    line: Option<SourceLine>,
    label: &'a str,
}

/// A line, or what surrounds the place in a long one, cut in three. Line and column begin at one.
#[derive(Serialize)]
struct SourceLine {
    line: usize,
    column: usize,
    before: String,
    marked: String,
    after: String,
}

/// Writes a list of objects. `folder` is the content folder as its owner named it.
///
/// An object holds `severity`, `code`, `message`, `help` and `places`, each with `path`, `label` and, unless it is a
/// file as a whole, `line`, `column` and the text of the line: `before`, `marked` and `after`.
pub(crate) fn render(problems: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let texts = Texts::of(problems, sources);
    let problems = problems.iter().map(|problem| BrowserProblem {
        severity: problem.severity().name(),
        code: Some(problem.code.name()),
        message: &problem.message,
        places: super::lines::labels(problem).map(|label| place(label, &texts, folder)).collect(),
        help: problem.help.as_deref(),
    });
    written(&problems.collect::<Vec<_>>())
}

/// Returns the same list for a fault of the machine.
pub(crate) fn message(message: &str) -> String {
    written(&[BrowserProblem { severity: "error", code: None, message, places: Vec::new(), help: None }])
}

fn written(problems: &[BrowserProblem]) -> String {
    serde_json::to_string(problems).expect("texts and numbers can always be written as JSON")
}

fn place<'a>(label: &'a Label, texts: &Texts, folder: &str) -> BrowserPlace<'a> {
    let line = texts.find(&label.place).map(|(lines, span)| {
        let position = lines.position(span.start);
        let Excerpt { text, marked, .. } = Excerpt::of(lines, span);
        SourceLine {
            line: position.line,
            column: position.column,
            before: slice(&text, ..marked.start).to_owned(),
            marked: slice(&text, marked.clone()).to_owned(),
            after: slice(&text, marked.end..).to_owned(),
        }
    });
    BrowserPlace { path: shown_path(folder, &label.place.path), line, label: &label.text }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::diagnostic::{self, Code};

    #[test]
    fn each_problem_has_its_places_with_their_lines_cut_in_three() {
        let mut sources = Sources::default();
        sources.texts.insert("zh-TW/a.md".into(), "# 一\n\n- 二 [X]。\n".into());
        let problems = [diagnostic::Place::new("zh-TW/a.md", 13..16)
            .problem(Code::UnknownReference, "`X` is \"nothing\"")
            .label("here")
            .related(diagnostic::Place::file("register.toml"), "")
            .help("write another id")];
        assert_snapshot!(render(&problems, &sources, "content"), @r#"[{"severity":"error","code":"unknown-reference","message":"`X` is \"nothing\"","places":[{"path":"content/zh-TW/a.md","line":3,"column":5,"before":"- 二 ","marked":"[X]","after":"。","label":"here"},{"path":"content/register.toml","label":""}],"help":"write another id"}]"#);
        assert_snapshot!(message("gone"), @r#"[{"severity":"error","code":null,"message":"gone","places":[],"help":null}]"#);
    }
}
