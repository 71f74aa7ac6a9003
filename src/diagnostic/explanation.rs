//! The explanation of each code, one page of Markdown each: the problem, the reason, an example, the fix.

use include_dir::{Dir, include_dir};

use super::Code;

static EXPLANATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/diagnostic/explanations");

impl Code {
    /// Returns the page about the code, in Markdown: its name as the title, its meaning, then the reason, an example
    /// and the fix under headings of their own.
    ///
    /// A block of an example that names a file of the content folder behind its language, such as
    /// `` ```markdown en/ladder.md ``, shows that file or, for `site.toml`, some lines of it.
    pub fn explanation(self) -> &'static str {
        page(&format!("{}.md", self.name())).unwrap_or(self.summary())
    }

    /// Returns the same page in a language by its tag. In English, if it is not translated.
    pub(crate) fn explanation_in(self, tag: &str) -> &'static str {
        page(&format!("{tag}/{}.md", self.name())).unwrap_or_else(|| self.explanation())
    }
}

fn page(path: &str) -> Option<&'static str> {
    EXPLANATIONS.get_file(path).and_then(|file| file.contents_utf8())
}

/// Returns a page of Markdown as it is read in a terminal: blocks of code are set in below the names of their files.
pub(crate) fn in_plain_text(page: &str) -> String {
    let mut plain = String::new();
    let mut is_code = false;
    for line in page.lines() {
        if let Some(about) = line.strip_prefix("```") {
            if let Some((_, path)) = about.split_once(' ') {
                plain.push_str(path);
                plain.push_str(":\n\n");
            }
            is_code = !is_code;
            continue;
        }
        let line = if is_code { line } else { line.trim_start_matches('#').trim_start() };
        if is_code && !line.is_empty() {
            plain.push_str("    ");
        }
        plain.push_str(line);
        plain.push('\n');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page_of_four_parts() {
        for code in Code::ALL {
            let name = code.name();
            let wanted = format!(
                "write src/diagnostic/explanations/{name}.md: `# {name}`, a paragraph that says what it means, then \
                 `## Why it matters`, `## Example` with a block of code, and `## Fix`; unknown-reference.md is a model"
            );
            let page = EXPLANATIONS.get_file(format!("{name}.md")).and_then(|file| file.contents_utf8());
            let page = page.unwrap_or_else(|| panic!("there is no explanation of `{name}`: {wanted}"));
            let parts = [&format!("# {name}\n\n"), "\n\n## Why it matters\n\n", "\n\n## Example\n\n", "\n\n## Fix\n\n"];
            let places: Vec<_> = parts.iter().map(|part| page.find(*part)).collect();
            let in_order = places.iter().all(Option::is_some) && places.is_sorted() && places[0] == Some(0);
            assert!(in_order, "the explanation of `{name}` lacks a part, or their order is another one: {wanted}");
            let example = &page[places[2].unwrap_or_default()..places[3].unwrap_or_default()];
            assert!(example.matches("\n```").count() >= 2, "the example of `{name}` has no block of code: {wanted}");
        }
    }

    #[test]
    fn no_page_is_about_a_code_that_is_none() {
        let translated = EXPLANATIONS.dirs().flat_map(|folder| folder.files());
        for file in EXPLANATIONS.files().chain(translated) {
            let name = file.path().file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            let path = file.path().display();
            assert!(Code::ALL.iter().any(|code| code.name() == name), "there is no code `{name}`: remove {path}");
        }
    }

    #[test]
    fn every_page_is_in_chinese_too_with_the_same_headings_and_examples() {
        for code in Code::ALL {
            let name = code.name();
            let page = page(&format!("zh-TW/{name}.md")).unwrap_or_else(|| {
                panic!("write src/diagnostic/explanations/zh-TW/{name}.md, which is {name}.md in Chinese")
            });
            let headings = ["\n\n## 為何重要\n\n", "\n\n## 範例\n\n", "\n\n## 修正\n\n"];
            let places = headings.map(|heading| page.find(heading));
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "the headings of zh-TW/{name}.md");
            let is_code = |page: &'static str| page.split("\n```").skip(1).step_by(2).collect::<Vec<_>>();
            assert_eq!(is_code(page), is_code(code.explanation()), "the examples of zh-TW/{name}.md");
        }
    }

    #[test]
    fn in_a_terminal_code_is_set_in_and_headings_are_bare() {
        let page = "# a-code\n\nWords.\n\n## Example\n\n```toml site.toml\n# Note\n\nx = 1\n```\n";
        assert_eq!(in_plain_text(page), "a-code\n\nWords.\n\nExample\n\nsite.toml:\n\n    # Note\n\n    x = 1\n");
    }
}
