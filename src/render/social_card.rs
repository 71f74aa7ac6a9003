//! Social cards: the pages that get one, their content, and the ones that must be drawn.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use rayon::prelude::*;

use super::name::source_title;
use super::open_graph::{Cards, Picture};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handle::{CriterionAt, LadderIndex, LevelAt};
use crate::interface::Words;
use crate::locale::{LocaleIndex, Localized};
use crate::model::{LadderPage, LocalePage, Page, Site};
use crate::open_graph::{Card, CardText, HEIGHT, Typeface, WIDTH};
use crate::progress::Progress;
use crate::source::Pictures;
use crate::text::list;
use crate::write::Output;

/// How many characters are named that no font has.
const NAMED: usize = 5;

/// The picture of a page before it is known whether it can be drawn.
struct Plan {
    page: Page,
    path: Utf8PathBuf,
    card: Card,
}

impl Cards {
    /// Draws every picture that the earlier site does not have.
    pub(crate) fn of(site: &Site, words: &Words, pictures: &Pictures, progress: &Progress) -> Self {
        let plan = |page| {
            let (name, card) = Painter { site, words }.card(page)?;
            Some(Plan { page, path: card.path(&name, &pictures.fonts), card })
        };
        let plans: Vec<_> = Page::all(site).into_iter().filter_map(plan).collect();
        // Without fonts there are no pictures, whatever the earlier site has.
        let is_kept = |plan: &Plan| !pictures.fonts.is_empty() && pictures.earlier.contains(&plan.path);
        let (kept, new): (Vec<_>, Vec<_>) = plans.into_iter().partition(is_kept);
        let typeface = Typeface::with(new.iter().flat_map(|plan| plan.card.characters()), &pictures.fonts);
        let lacks = |plan: &Plan| typeface.lacks(plan.card.characters());
        let (new, undrawable): (Vec<_>, Vec<_>) = new.into_iter().partition(|plan| lacks(plan).is_empty());
        progress.add(new.len());
        let draw = |plan: &Plan| {
            let output = Output { path: plan.path.clone(), bytes: plan.card.draw(&typeface) };
            progress.step();
            output
        };
        Self {
            drawn: new.par_iter().map(draw).collect(),
            kept: kept.iter().map(|plan| plan.path.clone()).collect(),
            problem: no_font(undrawable.len(), undrawable.iter().flat_map(lacks).collect(), pictures),
            pictures: kept.into_iter().chain(new).map(|plan| (plan.page, plan.picture())).collect(),
        }
    }
}

impl Plan {
    fn picture(self) -> Picture {
        let Card { label, below, text, .. } = self.card;
        let parts: Vec<_> = [label, below].into_iter().filter(|part| !part.is_empty()).collect();
        let alt = format!("{}: {}", parts.join(", "), text.text);
        Picture { path: self.path.into(), alt, width: WIDTH, height: HEIGHT }
    }
}

struct Painter<'a> {
    site: &'a Site,
    words: &'a Words,
}

impl Painter<'_> {
    /// What stands on the picture of a page, and what the file is called. Most kinds of page have none.
    fn card(&self, page: Page) -> Option<(String, Card)> {
        match page {
            Page::Criterion(criterion) => Some(self.criterion(criterion)),
            Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Level(level))) => {
                let name = page.path(self.site).trim_end_matches('/').to_owned();
                Some((name, self.level(locale, level.of(ladder))))
            }
            _ => None,
        }
    }

    /// A permanent page is for readers of all languages, so what surrounds the statement is in the source's.
    fn criterion(&self, criterion: CriterionAt) -> (String, Card) {
        let ladder_data = &self.site[criterion.ladder];
        let this = &self.site[criterion];
        let source = LocaleIndex::SOURCE;
        let statement = |locale| Some(self.passage(&this.text.own(locale)?.plain, locale));
        let card = Card {
            label: this.id.to_string(),
            beside: spaced(ladder_data.categories[this.category].title.source()),
            category: Some(this.category.0),
            below: spaced(&ladder_data.levels[this.level].name(source)),
            text: self.passage(&this.text.source().plain, source),
            translation: self.site.config.locale_indices().skip(1).find_map(statement),
            origin: self.origin(criterion.ladder, source),
            language: self.site.config.locale(source).language.clone(),
            direction: self.site.config.locale(source).direction,
        };
        (this.id.slug(), card)
    }

    fn level(&self, locale: LocaleIndex, level: LevelAt) -> Card {
        let ladder_data = &self.site[level.ladder];
        let this = &self.site[level];
        let (title, actual) = this.title.read(locale);
        let count = self.words.count(locale, "count.criteria", ladder_data.criteria_of(level.level).count());
        Card {
            label: if this.codes.is_empty() { String::new() } else { this.code() },
            beside: String::new(),
            category: None,
            below: count,
            text: self.passage(title, actual),
            translation: source_title(&this.title, locale).map(|title| self.passage(title, LocaleIndex::SOURCE)),
            origin: self.origin(level.ladder, locale),
            language: self.site.config.locale(locale).language.clone(),
            direction: self.site.config.locale(locale).direction,
        }
    }

    /// The titles of the ladder and of the site, which are often the same.
    fn origin(&self, ladder: LadderIndex, locale: LocaleIndex) -> String {
        let title = |title: &Localized<String>| spaced(title.read(locale).0);
        let (ladder, site) = (title(&self.site[ladder].title), title(&self.site.config.title));
        if ladder == site { site } else { format!("{ladder} · {site}") }
    }

    fn passage(&self, text: &str, locale: LocaleIndex) -> CardText {
        let locale_config = self.site.config.locale(locale);
        CardText { text: spaced(text), language: locale_config.language.clone(), direction: locale_config.direction }
    }
}

/// A text with single spaces for whatever else stands between words.
fn spaced(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// One notice for all pages that have no picture.
fn no_font(pages: usize, missing: BTreeSet<char>, pictures: &Pictures) -> Option<Diagnostic> {
    if pages == 0 {
        return None;
    }
    let named = list(missing.iter().take(NAMED).map(|c| format!("`{c}`")));
    let what = match (pictures.fonts.is_empty(), missing.len() > NAMED) {
        (true, _) => "no font was found to draw pictures with".to_owned(),
        (false, false) => format!("no font was found for {named}"),
        (false, true) => format!("no font was found for {named} and others"),
    };
    let help = "install fonts, on Debian and Ubuntu `fonts-noto-cjk` and, for scripts that it does not have, \
                `fonts-noto-core`, or do without pictures: `images = false` below `[open-graph]`"
        .to_owned();
    let message = match pages {
        1 => format!("{what}, so 1 page has no picture for other sites to show"),
        count => format!("{what}, so {count} pages have no picture for other sites to show"),
    };
    Some(Place::file("site.toml").problem(Code::NoFont, message).help(help))
}
