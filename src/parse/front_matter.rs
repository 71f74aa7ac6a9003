//! The TOML between `+++` lines at the top of a file.

use camino::Utf8Path;

use super::document::FrontMatter;
use crate::diagnostic::{Code, Fix, Place, Problems, Span};
use crate::text::{Edit, next_line, slice};

const FENCE: &str = "+++";

/// Finds the front matter. One that is not opened, or not closed, by a line that reads `+++` is reported. It is read if
/// what stands there is TOML all the same, up to a line that may have been meant to close it or to the first heading.
pub(crate) fn read(path: &Utf8Path, text: &str, problems: &Problems) -> FrontMatter {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: mark };
    let is_opened = lines.next().is_some_and(|(_, first)| first.trim_end() == FENCE);
    let start = lines.at;
    let closing = is_opened.then(|| lines.find(|(_, line)| line.trim_end() == FENCE)).flatten();
    if let Some((line_start, _)) = closing {
        return FrontMatter { span: 0..lines.at, toml: start..line_start, is_closed: true };
    }
    if let Some(found) = Found::of(text, mark) {
        return found.report(path, text, is_opened, problems);
    }
    if let Some(yaml) = yaml(text, mark) {
        return report_yaml(path, text, mark, yaml, problems);
    }
    if is_opened {
        let problem = Place::new(path, mark..mark + FENCE.len())
            .problem(Code::UnclosedFrontMatter, "the front matter is never closed")
            .label("opened here");
        problems.report(problem.help("end it with +++ on a line of its own"));
    }
    FrontMatter { span: 0..mark, toml: mark..mark, is_closed: !is_opened }
}

/// Returns the lines between `---` and `---` at the top of a file, behind its byte order mark.
pub(crate) fn yaml(text: &str, mark: usize) -> Option<Span> {
    let first = slice(text, mark..).split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let start = mark + first.len();
    let mut at = start;
    for line in slice(text, start..).split_inclusive('\n') {
        if ["---", "..."].contains(&line.trim_end()) {
            return Some(start..at);
        }
        // A rule above a text is no front matter.
        let is_entry = line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']) || line.contains(':');
        if !is_entry {
            return None;
        }
        at += line.len();
    }
    None
}

/// Reports front matter in YAML, which says nothing here. If it is a title alone, that can be written as TOML.
fn report_yaml(path: &Utf8Path, text: &str, mark: usize, yaml: Span, problems: &Problems) -> FrontMatter {
    let end = next_line(text, yaml.end);
    let problem = Place::new(path, mark..mark + "---".len())
        .problem(Code::UnclosedFrontMatter, "the front matter is YAML")
        .label("opened here")
        .help("write TOML between two +++ lines, such as `title = \"…\"`");
    let said = slice(text, yaml.clone()).trim();
    let title = said.strip_prefix("title:").filter(|title| !title.contains('\n')).map(str::trim);
    let is_plain = |title: &str| !title.is_empty() && !title.starts_with(['|', '>', '[', '{', '&', '*', '!']);
    problems.report(match title.filter(|title| is_plain(title)) {
        Some(title) => {
            let quoted = ['"', '\''].iter().find_map(|&c| title.strip_prefix(c)?.strip_suffix(c));
            let title = toml_edit::Value::from(quoted.unwrap_or(title)).to_string();
            let newline = if slice(text, ..end).contains("\r\n") { "\r\n" } else { "\n" };
            let toml = [FENCE, &format!("title = {title}"), FENCE, ""].join(newline);
            problem.fix(Fix::new(Place::new(path, mark..end), toml))
        }
        None => problem,
    });
    // What it says is not known.
    FrontMatter { span: 0..end, toml: mark..mark, is_closed: false }
}

/// TOML at the top of a file in which the lines around it are not as they should be.
struct Found {
    /// The line that was meant to open it, with what stands before that. Empty if there is none.
    opening: Span,
    toml: Span,
    /// The line that was meant to close it. Empty if there is none.
    closing: Span,
}

impl Found {
    fn of(text: &str, mark: usize) -> Option<Self> {
        let rest = slice(text, mark..);
        let first = mark + rest.len() - rest.trim_start().len();
        let mut lines = Lines { text, at: first };
        let opening = match lines.next() {
            Some((_, line)) if is_like_fence(line) => mark..lines.at,
            _ => mark..mark,
        };
        let start = opening.end;
        let mut lines = Lines { text, at: start };
        let end = lines.find(|(_, line)| is_like_fence(line) || line.starts_with('#'));
        let closing = match end {
            Some((at, line)) if is_like_fence(line) => at..lines.at,
            // Blank lines belong to what follows.
            Some((at, _)) => {
                let end = start + slice(text, start..at).trim_end().len();
                let end = next_line(text, end);
                end..end
            }
            None => return None,
        };
        let toml: toml_edit::Document<&str> = toml_edit::Document::parse(slice(text, start..closing.start)).ok()?;
        (!toml.is_empty()).then_some(Self { opening, toml: start..closing.start, closing })
    }

    fn report(&self, path: &Utf8Path, text: &str, is_opened: bool, problems: &Problems) -> FrontMatter {
        let Self { opening, toml, closing } = self;
        let newline = if slice(text, toml.clone()).contains("\r\n") { "\r\n" } else { "\n" };
        let fence = format!("{FENCE}{newline}");
        let is_closed = slice(text, closing.clone()).trim_end() == FENCE;
        let (message, label, help, shown) = match (is_opened, is_closed, opening.is_empty()) {
            (false, true, true) => {
                ("the front matter is never opened", "closed here", "begin the file with a +++ line", closing)
            }
            (false, true, false) => (
                "the front matter does not begin with +++",
                "this was meant to open it",
                "begin the file with a +++ line and nothing before it",
                opening,
            ),
            (true, _, _) => {
                ("the front matter is never closed", "opened here", "end it with +++ on a line of its own", opening)
            }
            (false, false, _) => (
                "the front matter is not between two +++ lines",
                "this is one",
                "write a +++ line before and after it",
                toml,
            ),
        };
        let line = slice(text, shown.clone());
        let from = shown.start + line.len() - line.trim_start().len();
        let to = from + line.trim_start().lines().next().unwrap_or_default().trim_end().len();
        let mut edits = vec![Edit::replace(closing.clone(), fence.clone())];
        if !is_opened {
            edits.push(Edit::replace(opening.clone(), fence));
        }
        edits.retain(|edit| slice(text, edit.span.clone()) != edit.text);
        let problem = Place::new(path, from..to).problem(Code::UnclosedFrontMatter, message).label(label).help(help);
        problems.report(match Fix::of_all(path, text, edits) {
            Ok(fix) => problem.fix(fix),
            Err(_) => problem,
        });
        FrontMatter { span: 0..closing.end, toml: toml.clone(), is_closed: true }
    }
}

/// Returns whether a line may have been meant as one that reads `+++`.
fn is_like_fence(line: &str) -> bool {
    let line = line.trim();
    (2..=6).contains(&line.len()) && ["+", "-"].iter().any(|sign| line.trim_matches(|c| sign.contains(c)).is_empty())
}

/// Lines with where they begin.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let line = slice(self.text, start..).split_inclusive('\n').next()?;
        self.at += line.len();
        Some((start, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toml(text: &str) -> (String, usize) {
        let (front, problems) = Problems::of(|problems| read(Utf8Path::new("x.md"), text, problems));
        (text[front.toml].to_owned(), problems.len())
    }

    #[test]
    fn fences_may_end_in_spaces_and_carriage_returns_and_follow_a_byte_order_mark() {
        assert_eq!(toml("+++\na = 1\n+++\ntext"), ("a = 1\n".to_owned(), 0));
        assert_eq!(toml("\u{FEFF}+++ \r\na = 1\r\n+++\r\n"), ("a = 1\r\n".to_owned(), 0));
        assert_eq!(toml("+++\n+++"), (String::new(), 0));
        assert_eq!(toml("text\n+++\n"), (String::new(), 0));
    }

    #[test]
    fn a_front_matter_that_is_never_opened_is_read_and_reported() {
        assert_eq!(toml("a = 1\n\n[b]\n+++\ntext"), ("a = 1\n\n[b]\n".to_owned(), 1));
        assert_eq!(toml("\u{FEFF}a = 1\r\n+++\r\n"), ("a = 1\r\n".to_owned(), 1));
        for text in
            ["# a\n+++\n", "a = \n+++\n", "\n+++\n", "a = 1\n", "---\ntext\n---\n", "a = b\n# c\n", "- a\n\n# b\n"]
        {
            assert_eq!(toml(text), (String::new(), 0), "{text}");
        }
    }

    #[test]
    fn a_front_matter_between_other_lines_is_read_and_fixed() {
        for text in [
            "\n+++\na = 1\n+++\n# T\n",
            " +++\na = 1\n+++\n# T\n",
            "---\na = 1\n---\n# T\n",
            "++++\na = 1\n+++\n# T\n",
            "+++\na = 1\n++\n# T\n",
            "+++\na = 1\n# T\n",
            "a = 1\n# T\n",
        ] {
            let (front, problems) = Problems::of(|problems| read(Utf8Path::new("x.md"), text, problems));
            assert_eq!((&text[front.toml], problems.len()), ("a = 1\n", 1), "{text}");
            let fix = problems[0].fix.as_deref().unwrap();
            let fixed = crate::text::Edits::of(text).with(fix.edits().to_vec()).unwrap().written();
            assert_eq!(fixed, "+++\na = 1\n+++\n# T\n", "{text}");
        }
    }

    #[test]
    fn a_front_matter_that_is_never_closed_is_reported() {
        assert_eq!(toml("+++\na = 1\n"), (String::new(), 1));
    }
}
