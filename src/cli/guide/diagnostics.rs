//! The page about all codes, from what `rungs check --explain` tells.

use crate::diagnostic::{Code, Severity};

/// The page in one language.
pub(super) struct GuidePage {
    tag: &'static str,
    beginning: &'static str,
    error: &'static str,
    warning: &'static str,
    /// The words behind a heading that continues in its text, in bold and after it.
    behind: (&'static str, &'static str),
}

pub(super) const ENGLISH: GuidePage = GuidePage {
    tag: "en",
    beginning: "\
+++
title = \"All diagnostics\"
order = 16
+++
```text
warning[near-duplicate]: EN-002 says nearly the same as EN-001
```

The code is in brackets. `rungs check --explain near-duplicate` prints the same explanation in the terminal. An error
keeps the site from being written. A warning does not, and can be [allowed](checking.md#allow-a-warning).
",
    error: "An error. ",
    warning: "A warning. ",
    behind: (".", " "),
};

pub(super) const CHINESE: GuidePage = GuidePage {
    tag: "zh-TW",
    beginning: "\
+++
title = \"所有診斷訊息\"
+++
```text
warning[near-duplicate]: EN-002 says nearly the same as EN-001
```

方括號中是代碼。`rungs check --explain near-duplicate`會在終端機顯示本頁中該代碼的說明。有錯誤時不會產生網站；只有警告則照常產生，警告也可以[忽略](checking.md#忽略警告)。
",
    error: "錯誤。",
    warning: "警告。",
    behind: ("：", ""),
};

impl GuidePage {
    pub(super) fn page(&self) -> String {
        let mut codes = Code::ALL.to_vec();
        codes.sort_by_key(|code| code.name());
        let mut page = self.beginning.to_owned();
        for code in codes {
            page.push_str(&format!("\n## {}\n\n", code.name()));
            page.push_str(match code.severity() {
                Severity::Error => self.error,
                Severity::Warning => self.warning,
            });
            page.push_str(&self.paragraphs(code.explanation_in(self.tag)));
        }
        page
    }

    /// Returns an explanation without its title. What stands below a heading begins with the heading in bold, and what
    /// a file holds stands below its name.
    fn paragraphs(&self, explanation: &str) -> String {
        let mut page = String::new();
        let mut heading = None;
        let mut is_code = false;
        let lines = explanation.lines().skip(1).skip_while(|line| line.is_empty());
        for line in lines {
            if let Some(text) = line.strip_prefix("## ").filter(|_| !is_code) {
                heading = Some(format!("**{text}{}**", self.behind.0));
                continue;
            }
            if heading.is_some() && line.is_empty() {
                continue;
            }
            let begins = heading.take();
            let Some(fence) = line.strip_prefix("```") else {
                page.extend(begins.map(|heading| heading + self.behind.1));
                page.push_str(line);
                page.push('\n');
                continue;
            };
            is_code = !is_code;
            let (language, path) = fence.split_once(' ').unwrap_or((fence, ""));
            let name = (!path.is_empty()).then(|| format!("`{path}`"));
            let above: Vec<_> = begins.into_iter().chain(name).collect();
            if !above.is_empty() {
                page.push_str(&format!("{}\n\n", above.join(self.behind.1)));
            }
            page.push_str(&format!("```{language}\n"));
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lead_into_their_texts_and_files_are_named_above_what_they_hold() {
        let explanation = "# a-code\n\nWhat.\n\n## Why it matters\n\nWhy.\n\n## Example\n\n\
                           ```toml site.toml\n## Note\n\nx = 1\n```\n\n## Fix\n\nSo.\n\n```text\ny\n```\n";
        assert_eq!(
            ENGLISH.paragraphs(explanation),
            "What.\n\n**Why it matters.** Why.\n\n**Example.** `site.toml`\n\n\
             ```toml\n## Note\n\nx = 1\n```\n\n**Fix.** So.\n\n```text\ny\n```\n"
        );
    }
}
