//! The sheet that a form makes, for a person to fill in.

use super::file::{Answer, FrontMatter, Link, Rating, Sheet};
use super::{Form, FormCategory, FormCriterion, FormLevel, ratings};
use crate::citing::{Citation, CitationStyle, Cited, cite, markdown};
use crate::edition::{ByLocale, text_in};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::parse::RichText;
use crate::text::han::is_han;

/// The version of the format that is written.
pub(crate) const VERSION: &str = "1";

/// The languages of a sheet.
pub(crate) struct Languages<'w> {
    pub(crate) words: &'w Words,
    /// The locale whose words stand around the statements.
    pub(crate) reader: LocaleIndex,
    /// The languages in which statements are quoted, by their tags. An edition may have more than the site has now.
    pub(crate) tags: Vec<String>,
}

impl Languages<'_> {
    /// Returns the title of a category, or what stands for one.
    pub(crate) fn category(&self, form: &Form<'_>, title: Option<&ByLocale<String>>) -> String {
        let title = title.and_then(|titles| form.frozen.read(titles, self.tag()));
        title.map_or_else(|| self.words.get(self.reader, "ladder.uncategorized").to_owned(), |(title, _)| title.clone())
    }

    /// Returns the name of a category on a level of a form. That of the level stands before it, unless the form is for that.
    pub(crate) fn section(&self, form: &Form<'_>, level: &FormLevel<'_>, category: &FormCategory<'_>) -> String {
        let title = self.category(form, category.title);
        if level.at == form.own.at {
            return title;
        }
        let name = form.name_of(level, self.tag());
        self.words.phrase(self.reader, "worksheet.category-of", &[("level", &name), ("category", &title)])
    }

    /// Returns statements as a sheet quotes them: each language once, the first one first.
    pub(crate) fn statements(&self, source: &str, statement: &ByLocale<RichText>) -> Vec<String> {
        let mut found = Vec::new();
        for tag in &self.tags {
            let text = text_in(statement, &[tag, source]).map(|(text, _)| text.plain());
            found.extend(text.filter(|text| !found.contains(text)));
        }
        found
    }

    /// Returns statements as lines that quote them.
    pub(crate) fn quotation(&self, source: &str, statement: &ByLocale<RichText>, line_end: &str) -> String {
        let quoted = self.statements(source, statement);
        let quoted: Vec<_> = quoted.iter().map(|text| format!("> {}", markdown(text))).collect();
        quoted.join(&format!("{line_end}>{line_end}"))
    }

    /// The tag of the first language.
    pub(crate) fn tag(&self) -> &str {
        self.tags.first().map_or("", String::as_str)
    }

    /// Returns what stands before a rating.
    pub(crate) fn lead(&self) -> String {
        let label = self.words.get(self.reader, "worksheet.rating");
        let colon = if label.ends_with(is_han) { "：" } else { ": " };
        format!("{label}{colon}")
    }

    /// Returns the line for a rating that nobody has given yet.
    fn rating(&self) -> Rating {
        Rating { lead: self.lead().trim_end().to_owned(), ..Rating::default() }
    }
}

impl Form<'_> {
    /// Returns how a criterion is cited by readers of all languages of a sheet: in an edition if all read that.
    pub(crate) fn cited(&self, criterion: &FormCriterion<'_>, languages: &Languages<'_>) -> Citation {
        let site = self.site;
        let read = site.config.locale_indices().filter(|&at| languages.tags.contains(&site.config.locale(at).tag));
        let citation = self.citation(criterion, languages.reader);
        let is_read_by_all = read.into_iter().all(|locale| self.citation(criterion, locale).label == citation.label);
        let without_edition = || {
            let cited = Cited { id: criterion.id().clone(), edition: None };
            cite(site, &cited, languages.reader).ok()
        };
        if is_read_by_all { citation } else { without_edition().unwrap_or(citation) }
    }

    /// Returns the lines before the answers.
    pub(crate) fn preamble(&self, languages: &Languages<'_>) -> Vec<String> {
        let Languages { words, reader, .. } = languages;
        let title = markdown(&self.name_of(&self.own, languages.tag()));
        let ratings = ratings(self.site, words, *reader);
        let choices = || {
            let ratings: Vec<_> = ratings.iter().map(|rating| markdown(rating)).collect();
            words.phrase(*reader, "worksheet.choices", &[("ratings", &ratings.join(" · "))])
        };
        let mut lines = vec![
            format!("# {}", words.phrase(*reader, "worksheet.title", &[("level", &title)])),
            words.get(*reader, "worksheet.not-a-checklist").to_owned(),
        ];
        lines.extend((!ratings.is_empty()).then(choices));
        lines.push(self.level_citation(*reader).write(CitationStyle::Markdown, words, *reader));
        lines
    }

    /// Returns the answer that nobody has given yet.
    pub(crate) fn unanswered(
        &self,
        criterion: &FormCriterion<'_>,
        languages: &Languages<'_>,
        line_end: &str,
    ) -> Answer {
        let citation = self.cited(criterion, languages);
        let (id, edition) = match citation.label.split_once('@') {
            Some((id, edition)) => (id.to_owned(), Some(edition.to_owned())),
            None => (citation.label.clone(), None),
        };
        let has_ratings = !ratings(self.site, languages.words, languages.reader).is_empty();
        Answer {
            section: None,
            id,
            edition,
            link: Link::To(citation.address),
            rest: String::new(),
            quotation: languages.quotation(self.frozen.source(), &criterion.data.statement, line_end),
            rating: has_ratings.then(|| languages.rating()),
            evidence: String::new(),
        }
    }

    /// Returns the blank sheet, with what the levels below ask or without that.
    pub(crate) fn blank(&self, languages: &Languages<'_>, with_inherited: bool) -> Sheet {
        const LINE_END: &str = "\n";
        let levels = self.levels().take(if with_inherited { usize::MAX } else { 1 });
        let answers = levels.flat_map(|level| {
            level.categories.iter().flat_map(move |category| {
                let answers = category.criteria.iter().enumerate().map(move |(at, criterion)| Answer {
                    section: (at == 0).then(|| markdown(&languages.section(self, level, category))),
                    ..self.unanswered(criterion, languages, LINE_END)
                });
                answers.collect::<Vec<_>>()
            })
        });
        let answers = answers.collect();
        let front = [
            ("rungs-worksheet", VERSION.to_owned()),
            ("site", self.site.config.base_url.to_string()),
            ("ladder", self.own.ladder.key.clone()),
            ("level", self.own.level.id.clone()),
            ("edition", self.edition_name()),
            ("locales", languages.tags.join(", ")),
            ("person", String::new()),
            ("reviewer", String::new()),
            ("period", String::new()),
        ];
        let preamble = self.preamble(languages).join("\n\n");
        Sheet { has_bom: false, line_end: LINE_END, front: FrontMatter::of(front), preamble, answers }
    }

    /// Returns the name of the edition. Empty for the site as it is now.
    pub(crate) fn edition_name(&self) -> String {
        self.edition.map(|edition| self.site.history.editions[edition].name().to_string()).unwrap_or_default()
    }
}
