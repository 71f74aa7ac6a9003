//! A blank sheet as a table, for spreadsheets: CSV as RFC 4180 has it.

use super::{Form, blank::Languages};

/// What spreadsheets take for a formula, at the beginning of a cell.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Form<'_> {
    /// Returns the form as a table with a row for each criterion.
    pub(crate) fn table(&self, languages: &Languages<'_>, with_inherited: bool) -> String {
        let statements = languages.tags.iter().map(|tag| format!("statement.{tag}"));
        let head = ["id", "edition", "url", "category"].map(str::to_owned).into_iter().chain(statements);
        let mut rows = vec![head.chain(["rating", "evidence"].map(str::to_owned)).collect::<Vec<_>>()];
        for level in self.levels().take(if with_inherited { usize::MAX } else { 1 }) {
            for category in &level.categories {
                for criterion in &category.criteria {
                    let citation = self.cited(criterion, languages);
                    let edition = citation.label.split_once('@').map_or("", |(_, edition)| edition);
                    let own = |tag: &String| {
                        let text = self.frozen.read(&criterion.data.statement, tag);
                        text.map(|(text, _)| text.plain()).unwrap_or_default()
                    };
                    let cells = [citation.number, edition.to_owned(), citation.address];
                    let cells = cells.into_iter().chain([languages.section(self, level, category)]);
                    let cells = cells.chain(languages.tags.iter().map(own)).chain([String::new(), String::new()]);
                    rows.push(cells.collect());
                }
            }
        }
        written(&rows)
    }
}

/// Writes rows. The mark at the beginning tells spreadsheets that it is UTF-8.
fn written(rows: &[Vec<String>]) -> String {
    let line = |cells: &Vec<String>| cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n";
    format!("\u{FEFF}{}", rows.iter().map(line).collect::<String>())
}

/// Writes a cell. What looks like a formula becomes a text.
fn cell(text: &str) -> String {
    let apostrophe = if text.starts_with(FORMULAS) { "'" } else { "" };
    let text = format!("{apostrophe}{text}");
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_texts_in_every_spreadsheet() {
        let rows = [vec!["a,b", "say \"no\"", "=1+1", "-x", "@a", "\tb", "1 - 2", "", "行\n行"]
            .into_iter()
            .map(str::to_owned)
            .collect()];
        assert_eq!(written(&rows), "\u{FEFF}\"a,b\",\"say \"\"no\"\"\",'=1+1,'-x,'@a,'\tb,1 - 2,,\"行\n行\"\r\n");
    }
}
