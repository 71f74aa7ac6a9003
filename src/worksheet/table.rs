//! A blank sheet as a table, for spreadsheets.

use super::{Form, blank::Languages};
use crate::text::csv;

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
        csv(&rows)
    }
}
