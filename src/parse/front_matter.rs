//! The TOML between `+++` lines at the top of a file.

use camino::Utf8Path;

use super::document::FrontMatter;
use crate::diagnostic::{Code, Fix, Place, Problems};
use crate::text::slice;

const FENCE: &str = "+++";

/// Finds the front matter. One that is never closed is reported and read as if there were none. One that lacks only the
/// line that opens it is reported and read.
pub(crate) fn read(path: &Utf8Path, text: &str, problems: &Problems) -> FrontMatter {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: mark };
    match lines.next() {
        Some((_, first)) if first.trim_end() == FENCE => {}
        _ => {
            let none = FrontMatter { span: 0..mark, toml: mark..mark, is_closed: true };
            return unopened(text, mark, path, problems).unwrap_or(none);
        }
    }
    let start = lines.at;
    while let Some((line_start, line)) = lines.next() {
        if line.trim_end() == FENCE {
            return FrontMatter { span: 0..lines.at, toml: start..line_start, is_closed: true };
        }
    }
    problems.report(
        Place::new(path, mark..mark + FENCE.len())
            .problem(Code::UnclosedFrontMatter, "the front matter is never closed")
            .label("opened here")
            .help("end it with a line of its own that reads +++"),
    );
    FrontMatter { span: 0..mark, toml: mark..mark, is_closed: false }
}

/// Settings up to a line that would close a front matter, at the top of a file where none is opened.
fn unopened(text: &str, mark: usize, path: &Utf8Path, problems: &Problems) -> Option<FrontMatter> {
    let mut lines = Lines { text, at: mark };
    let (closing, line) = lines.by_ref().find(|(_, line)| line.trim_end() == FENCE)?;
    let settings: toml_edit::Document<&str> = toml_edit::Document::parse(slice(text, mark..closing)).ok()?;
    if settings.is_empty() {
        return None;
    }
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    problems.report(
        Place::new(path, closing..closing + FENCE.len())
            .problem(Code::UnclosedFrontMatter, "the front matter is never opened")
            .label("closed here")
            .help("begin the file with a line that reads +++")
            .fix(Fix::new(Place::new(path, mark..mark), format!("{FENCE}{end}"))),
    );
    Some(FrontMatter { span: 0..lines.at, toml: mark..closing, is_closed: true })
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
        for text in ["# a\n+++\n", "a = \n+++\n", "\n+++\n", "a = 1\n"] {
            assert_eq!(toml(text), (String::new(), 0), "{text}");
        }
    }

    #[test]
    fn a_front_matter_that_is_never_closed_is_reported() {
        assert_eq!(toml("+++\na = 1\n"), (String::new(), 1));
    }
}
