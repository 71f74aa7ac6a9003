//! A built site as its readers meet it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rungs::for_tests::diagnostic::Severity;
use rungs::for_tests::report::human;

use crate::driver::Folder;

/// The files of a site by their paths.
pub struct Pages {
    files: BTreeMap<String, Vec<u8>>,
}

impl Pages {
    /// Builds a site in which nothing is worse than a warning.
    pub fn of(folder: &Folder) -> Self {
        let built = folder.built();
        let told = || human::render(&built.problems, folder.sources(), "content", human::Style::Plain);
        assert!(built.problems.iter().all(|problem| problem.severity() == Severity::Warning), "{}", told());
        let mut files = BTreeMap::new();
        for output in built.outputs {
            let earlier = files.insert(output.path.to_string(), output.bytes);
            assert_eq!(earlier, None, "{} stands twice", output.path);
        }
        Self { files }
    }

    /// The pages of this repository's own content, which are built once for all tests that only read them.
    pub fn real() -> &'static Self {
        static REAL: LazyLock<Pages> = LazyLock::new(|| Pages::of(&Folder::real()));
        &REAL
    }

    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// A file's text. A path that is empty or ends in `/` is that of a page.
    pub fn page(&self, path: &str) -> &str {
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let bytes = self.files.get(&path).unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// Every page with its path.
    pub fn html(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.keys().filter(|path| path.ends_with(".html")).map(|path| (path.as_str(), self.page(path)))
    }

    /// Returns the text in the main part of a page, with a line for each block.
    pub fn main(&self, path: &str) -> String {
        let page = self.page(path);
        let (_, main) = page.split_once("<main").expect("a page has a main part");
        let (main, _) = main.split_once("</main>").expect("its main part is closed");
        text(&format!("<main{main}"))
    }
}

/// The values of an attribute, wherever it stands.
pub fn values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(&opening).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// The opening tags of an element, without the brackets.
pub fn tags<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let opening = format!("<{element}");
    let rests = html.split(&opening).skip(1).filter(|rest| rest.starts_with([' ', '>']));
    rests.map(|rest| rest.split('>').next().unwrap_or_default()).collect()
}

/// The text of some HTML, with a line for each element that stands on its own.
pub fn text(html: &str) -> String {
    const WITHIN_LINES: [&str; 14] =
        ["a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "mark", "s", "span", "strong"];
    let mut text = String::new();
    for part in html.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if !WITHIN_LINES.contains(&name) {
            text.push('\u{1}');
        }
        text.push_str(words);
    }
    let lines = text.split('\u{1}').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).map(|line| unescaped(&line)).collect();
    lines.join("\n")
}

/// Returns escaped text without its escapes.
pub fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/")];
    let text = entities.iter().fold(text.to_owned(), |text, (entity, meaning)| text.replace(entity, meaning));
    text.replace("&amp;", "&")
}
