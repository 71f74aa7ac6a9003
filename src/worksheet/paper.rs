//! A blank sheet for paper: what its template reads.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Form, FormCategory, FormLevel, Languages, ratings};
use crate::data::{Print, Selection};
use crate::model::{EditionPage, LadderPage, LocalePage, Page, reader_called};

impl Form<'_> {
    /// Returns the form as what makes a PDF of it.
    pub(crate) fn print(&self, languages: &Languages<'_>, with_inherited: bool) -> Print {
        let (site, words) = (self.site, languages.words);
        let levels = self.levels().take(if with_inherited { usize::MAX } else { 1 });
        let sections: Vec<_> = levels
            .flat_map(|level| level.categories.iter().map(move |category| self.section(level, category, languages)))
            .collect();
        let creators = &self.frozen.provenance.creators;
        let sheet = json!({
            "level": by_tag(languages, |tag| self.name_of(&self.own, tag)),
            "ladder": self.own.ladder.title,
            "address": format!("{}{}", site.config.base_url, self.page(languages).path(site)),
            "creators": creators.iter().map(|creator| &creator.name).collect::<Vec<_>>(),
            "ratings": by_tag(languages, |tag| ratings(site, words, reader_called(site, tag))),
            "sections": sections,
        });
        let selection =
            Selection { edition: self.edition, ladder: Some(self.own.at.ladder), tags: languages.tags.clone() };
        Print::worksheet(site, words, &selection, &sheet)
    }

    fn section(&self, level: &FormLevel<'_>, category: &FormCategory<'_>, languages: &Languages<'_>) -> Value {
        let criteria = category.criteria.iter().map(|criterion| {
            let citation = self.cited(criterion, languages);
            json!({
                "id": citation.number,
                "label": citation.label,
                "address": citation.address,
                "statement": criterion.data.statement,
            })
        });
        let place = level.ladder.categories.iter().position(|one| Some(&one.title) == category.title);
        json!({
            "level": by_tag(languages, |tag| self.name_of(level, tag)),
            "title": category.title,
            "hue": place,
            "criteria": criteria.collect::<Vec<_>>(),
        })
    }

    /// The page of the sheet, for readers of its first language.
    fn page(&self, languages: &Languages<'_>) -> Page {
        let level = self.own.at;
        match self.edition {
            None => Page::In(languages.reader, LocalePage::Ladder(level.ladder, LadderPage::Worksheet(level.level))),
            Some(edition) => {
                let locales = &self.site.history.editions[edition].locales;
                let locale = locales.iter().position(|locale| locale.tag == languages.tag()).unwrap_or_default();
                Page::Edition(edition, EditionPage::Worksheet { locale, level })
            }
        }
    }
}

fn by_tag<'a, T>(languages: &'a Languages<'_>, said: impl Fn(&str) -> T) -> BTreeMap<&'a str, T> {
    languages.tags.iter().map(|tag| (tag.as_str(), said(tag))).collect()
}
