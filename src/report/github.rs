//! Problems as workflow commands, which GitHub Actions shows beside the lines of a pull request.

use std::fmt::Write;

use super::lines::{Texts, labels, shown_path};
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Sources;

/// Writes one command for each problem: `::error file=…,line=…::message`.
///
/// `folder` is the content folder relative to the root of the repository, since that is what GitHub takes paths to be
/// relative to. The message is followed by the labels and by what to do, each on a line of its own.
pub(crate) fn render(problems: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let texts = Texts::of(problems, sources);
    let commands = problems.iter().map(|problem| {
        let severity = problem.severity().name();
        let properties = properties(problem, &texts, folder);
        format!("::{severity} {properties}::{}\n", escaped(&message(problem, &texts, folder)))
    });
    commands.collect()
}

fn properties(problem: &Diagnostic, texts: &Texts, folder: &str) -> String {
    let place = &problem.label.place;
    let mut properties = format!("file={}", escaped_property(&shown_path(folder, &place.path)));
    if let Some((lines, span)) = texts.find(place) {
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        let _ = write!(properties, ",line={},endLine={}", start.line, end.line);
        // GitHub refuses columns for what stands on several lines.
        if start.line == end.line {
            let _ = write!(properties, ",col={},endColumn={}", start.column, end.column);
        }
    }
    properties + ",title=" + problem.code.name()
}

fn message(problem: &Diagnostic, texts: &Texts, folder: &str) -> String {
    let mut message = problem.message.clone();
    for (index, label) in labels(problem).enumerate().filter(|(_, label)| !label.text.is_empty()) {
        message.push('\n');
        if index > 0 {
            message.push_str(&address(label, texts, folder));
            message.push_str(": ");
        }
        message.push_str(&label.text);
    }
    if let Some(help) = &problem.help {
        message.push('\n');
        message.push_str(help);
    }
    message
}

/// `content/en/a.md:3:5`
fn address(label: &Label, texts: &Texts, folder: &str) -> String {
    let path = shown_path(folder, &label.place.path);
    texts.find(&label.place).map_or(path.clone(), |(lines, span)| {
        let position = lines.position(span.start);
        format!("{path}:{}:{}", position.line, position.column)
    })
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::diagnostic::{Code, Place};

    #[test]
    fn each_problem_is_one_command() {
        let mut sources = Sources::default();
        sources.texts.insert("en/a.md".into(), "# 一\n\n- 二 [X]\n".into());
        let problems = [
            Place::new("en/a.md", 13..16)
                .problem(Code::UnknownReference, "`X` is nothing")
                .label("100% wrong")
                .related(Place::new("en/a.md", 2..5), "near: this, title")
                .help("write\r\nanother"),
            Place::new("en/a.md", 2..9).problem(Code::EmptyCategory, "several lines"),
            Place::file("a,b:c%d\ne.toml").problem(Code::NoSite, "no site"),
        ];
        assert_snapshot!(render(&problems, &sources, "content"), @r#"
        ::error file=content/en/a.md,line=3,endLine=3,col=5,endColumn=8,title=unknown-reference::`X` is nothing%0A100%25 wrong%0Acontent/en/a.md:1:3: near: this, title%0Awrite%0D%0Aanother
        ::warning file=content/en/a.md,line=1,endLine=3,title=empty-category::several lines
        ::error file=content/a%2Cb%3Ac%25d%0Ae.toml,title=no-site::no site
        "#);
    }
}
