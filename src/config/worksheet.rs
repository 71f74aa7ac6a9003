//! `worksheet` in `site.toml`: whether levels have pages to prepare a review on, and the ratings to choose among.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::resolve::{Locales, Resolver, all, at};
use super::table::{Spanned, Value};
use super::written::PerLocale;
use crate::diagnostic::Code;
use crate::locale::Localized;

/// How people prepare reviews.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct WorksheetConfig {
    /// The ratings that the site gives to choose among, as many in each locale. None for those that Rungs has.
    pub(crate) ratings: Option<Localized<Vec<String>>>,
}

/// How people prepare reviews. `false` leaves out the pages for that.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenWorksheet {
    /// The ratings to choose from, by locale, the same number in each. `[]` for none.
    ratings: Option<PerLocale<Vec<Spanned<String>>>>,
}

/// Returns the schema of `worksheet`: a switch or a table.
pub(super) fn schema(generator: &mut SchemaGenerator) -> Schema {
    let table = WrittenWorksheet::json_schema(generator);
    json_schema!({
        "description": "How people prepare reviews. `false` leaves out the pages for that.",
        "anyOf": [{ "type": "boolean" }, table]
    })
}

impl Resolver<'_> {
    /// None for a site that wants no worksheets.
    pub(super) fn worksheet(
        &mut self,
        written: Option<Value<'_>>,
        locales: Option<&Locales>,
    ) -> Option<WorksheetConfig> {
        let Some(written) = written else { return Some(WorksheetConfig::default()) };
        let Some(table) = written.clone().if_table() else {
            return written.read().unwrap_or(true).then(WorksheetConfig::default);
        };
        let WrittenWorksheet { ratings } = table.read().unwrap_or_default();
        Some(WorksheetConfig { ratings: ratings.and_then(|ratings| self.ratings(ratings, locales)) })
    }

    fn ratings(
        &mut self,
        mut written: PerLocale<Vec<Spanned<String>>>,
        locales: Option<&Locales>,
    ) -> Option<Localized<Vec<String>>> {
        const NAME: &str = "worksheet.ratings";
        let source = locales?.tags().next()?;
        let given = |tag: &str| written.value.0.iter().find(|(key, _)| key.value == tag);
        let count = given(source).and_then(|(_, ratings)| ratings.as_ref()).map(Vec::len);
        // Nothing to choose from is the same in every language.
        if count == Some(0) {
            let others: Vec<_> = locales?.tags().filter(|tag| given(tag).is_none()).map(str::to_owned).collect();
            let span = &written.span;
            let none = others.into_iter().map(|value| (Spanned { value, span: span.clone() }, Some(Vec::new())));
            written.value.0.extend(none.collect::<Vec<_>>());
        }
        self.localized(NAME, Some(written), locales, |resolver, tag, ratings| {
            let name = format!("{NAME}.{}", tag.value);
            if count.is_some_and(|count| count != ratings.len()) {
                let message = format!("`{name}` does not have the same number of ratings as `{NAME}.{source}`");
                resolver.report(Code::InvalidValue, message, &tag.span, "write all of them, in the same order");
                return None;
            }
            resolver.distinct_ratings(&name, &ratings);
            all(ratings.into_iter().map(|rating| resolver.rating(&name, rating)))
        })
    }

    /// A rating stands on one line.
    fn rating(&mut self, name: &str, rating: Spanned<String>) -> Option<String> {
        let span = rating.span.clone();
        let text = self.text(name, rating)?.trim().to_owned();
        if text.contains(['\n', '\r']) {
            let message = format!("a rating in `{name}` has several lines");
            self.report(Code::InvalidValue, message, &span, "write it on one line");
            return None;
        }
        Some(text)
    }

    /// Ratings are found again in what people write, whose letter case may be another.
    fn distinct_ratings(&mut self, name: &str, ratings: &[Spanned<String>]) {
        for (number, rating) in ratings.iter().enumerate() {
            let is_like =
                |other: &&Spanned<String>| other.value.trim().to_lowercase() == rating.value.trim().to_lowercase();
            if let Some(first) = ratings[..number].iter().find(is_like) {
                let message = format!("`{name}` has the rating `{}` twice", rating.value);
                let problem = at(&rating.span).problem(Code::InvalidValue, message);
                self.problems
                    .report(problem.related(at(&first.span), "first listed here").help("remove one of the two"));
            }
        }
    }
}
