//! The permanent page of a criterion that was withdrawn: what it said last, when and why it went, what followed it.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::adaptation::State;
use crate::edition::{ByLocale, text_in};
use crate::handle::WithdrawnIndex;
use crate::id::CriterionId;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{LadderPage, LocalePage, Page, Subject, Withdrawn, level_name};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::html::Html;
use crate::render::origin::{Origin, OriginLink};
use crate::render::past::{EditionLink, Moment};
use crate::render::row::{Prose, Text};

#[derive(Serialize)]
pub(crate) struct WithdrawnView {
    #[serde(flatten)]
    frame: Frame,
    id: String,
    /// The day, where the register has it.
    date: Option<String>,
    /// The first edition without it, once there is one.
    edition: Option<EditionLink>,
    /// The last edition that holds it.
    last: Option<EditionLink>,
    /// `replaced-by`, if it goes on in others.
    verb: Option<&'static str>,
    /// Whether it is asked where this ladder was made from, and not here.
    is_left_out: bool,
    parts: Vec<WithdrawnPart>,
}

#[derive(Serialize)]
struct WithdrawnPart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    name: String,
    /// What stands between two words of the interface: nothing in Chinese and Japanese.
    space: &'static str,
    /// None if nothing has kept it.
    statement: Option<Prose>,
    detail: Option<Prose>,
    reason: Option<Prose>,
    level: Option<Text>,
    category: Option<Text>,
    ladder: Option<Link>,
    successors: Vec<Successor>,
    /// Where the successors lead in the end, if some of them were withdrawn themselves.
    heirs: Vec<Successor>,
    /// Where it was taken from, the latest step first.
    origin: Vec<Origin>,
    /// What it says in the site that this one was made from, if it said something else here.
    there: Option<Prose>,
    there_detail: Option<Prose>,
    /// The site that had withdrawn it before this one was made.
    withdrawn_by: Option<OriginLink>,
    moments: Vec<Moment>,
}

/// A criterion that came in place of another.
#[derive(Serialize)]
struct Successor {
    id: String,
    href: String,
    statement: Option<Text>,
    is_withdrawn: bool,
}

framed!(WithdrawnView);

impl Renderer<'_> {
    pub(crate) fn withdrawn(&self, withdrawn: WithdrawnIndex) -> WithdrawnView {
        let history = &self.site.history;
        let of = &history.withdrawn[withdrawn];
        let source = LocaleIndex::SOURCE;
        let id = of.id.to_string();
        let is_left_out = self.is_left_out(&of.id);
        let key = if is_left_out { "adaptation.left-out-title" } else { "withdrawn.title" };
        let title = self.words.phrase(source, key, &[("id", &id)]);
        let statement = self.last_text(of, source).map(|(statement, _)| statement.plain()).unwrap_or_default();
        let description = format!("{title}: {statement}");
        let mut frame = self.frame(Page::Withdrawn(withdrawn), "withdrawn", title, description);
        frame.ladder = of.ladder.map_or(0, usize::from);
        let named = of.withdrawal.edition.as_ref().and_then(|name| history.edition(name));
        let locales = self.site.config.locale_indices();
        WithdrawnView {
            date: of.withdrawal.date.map(|date| date.to_string()),
            edition: named.and_then(|edition| self.edition_link(edition, None)),
            last: of.last.and_then(|(edition, _)| self.edition_link(edition, Some(&of.id))),
            verb: of.verb().map(|verb| verb.name()),
            is_left_out,
            parts: locales.map(|locale| self.withdrawn_part(of, locale, &frame.root)).collect(),
            id,
            frame,
        }
    }

    fn withdrawn_part(&self, of: &Withdrawn, locale: LocaleIndex, root: &str) -> WithdrawnPart {
        let own = self.site.config.locale(locale);
        let ladder = of.ladder.map(|ladder| {
            let page = Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole));
            let title = self.site[ladder].title.read(locale).0.clone();
            Link { title, href: format!("{root}{}#{}", page.path(self.site), of.id.slug()) }
        });
        let level = of.level.as_ref().map(|level| {
            let title = self.title_then(&level.title, locale);
            Text { text: level_name(&level.code, &title.text), language: title.language }
        });
        let category = Some(self.title_then(&of.category, locale)).filter(|title| !title.text.is_empty());
        let text = self.last_text(of, locale);
        let successors: Vec<_> = of.successors().map(|id| self.successor(id, locale, root)).collect();
        let chained = successors.iter().any(|successor| successor.is_withdrawn);
        let heirs = of.heirs.iter().filter(|_| chained).map(|id| self.successor(id, locale, root)).collect();
        let language = |tag: &str| Locale::parse(tag).filter(|_| tag != own.tag).map(|locale| locale.language);
        let prose = |html: String, tag: &str| Prose { html: Value::safe_string(&html), language: language(tag) };
        let html = self.withdrawn_html(of, locale, root);
        let there = self.words_there(of, locale, &html);
        WithdrawnPart {
            origin: self.origin(&of.id, locale),
            there_detail: there.as_ref().and_then(|(_, detail)| detail.clone()),
            there: there.map(|(statement, _)| statement),
            withdrawn_by: self.withdrawn_by(&of.id, locale),
            locale: locale.0,
            language: own.language.clone(),
            direction: own.direction.name(),
            slug: own.slug.clone(),
            name: self.words.name(locale).to_owned(),
            space: if own.is_han() { "" } else { " " },
            statement: text.as_ref().map(|(statement, _)| prose(html.inline(statement), self.tag_of(of, locale))),
            detail: text
                .as_ref()
                .filter(|(_, detail)| !detail.is_empty())
                .map(|(_, detail)| prose(html.blocks(detail), self.tag_of(of, locale))),
            reason: self.reason(of, locale, &html),
            level,
            category,
            ladder,
            successors,
            heirs,
            moments: self.moments(&of.id, locale),
        }
    }

    fn withdrawn_html<'s>(&'s self, of: &Withdrawn, locale: LocaleIndex, root: &'s str) -> Html<'s> {
        let file = of.ladder.map(|ladder| self.site[ladder].files.read(locale).0.as_path());
        Html {
            site: self.site,
            locale,
            ladder: of.ladder,
            root,
            file: file.unwrap_or(camino::Utf8Path::new("")),
            edition: of.last.map(|(edition, _)| edition),
            terms: None,
            linked: false,
        }
    }

    /// What a criterion that was left out says where it was taken from, if it said something else here.
    fn words_there(&self, of: &Withdrawn, locale: LocaleIndex, html: &Html<'_>) -> Option<(Prose, Option<Prose>)> {
        let step = self.adaptation?.steps().next()?;
        let fate = step.fates.get(&of.id).filter(|fate| fate.state == State::LeftOut)?;
        let (_, then) = step.before.at(fate.change.as_ref()?.before?);
        let (tag, statement) = self.then(&then.statement, locale)?;
        let detail = then.detail.get(tag);
        let said = self
            .last_text(of, locale)
            .map(|(statement, detail)| (statement.plain(), crate::parse::plain_lines(detail)));
        let says = (statement.plain(), detail.map(|blocks| crate::parse::plain_lines(blocks)).unwrap_or_default());
        if said == Some(says) {
            return None;
        }
        let own = self.site.config.locale(locale);
        let language = Locale::parse(tag).filter(|_| tag != own.tag).map(|locale| locale.language);
        let prose = |html: String| Prose { html: Value::safe_string(&html), language: language.clone() };
        let detail = detail.map(|blocks| prose(html.blocks(blocks)));
        Some((prose(html.inline(statement)), detail))
    }

    /// The locale in which its readers read what it said last.
    fn tag_of<'w>(&self, of: &'w Withdrawn, locale: LocaleIndex) -> &'w str {
        self.then(&of.text, locale).map_or("", |(tag, _)| tag)
    }

    fn last_text<'w>(
        &self,
        of: &'w Withdrawn,
        locale: LocaleIndex,
    ) -> Option<&'w (crate::parse::RichText, Vec<crate::parse::Block>)> {
        self.then(&of.text, locale).map(|(_, text)| text)
    }

    /// What a reader of a locale reads of texts that were kept, and in which locale.
    fn then<'t, T>(&self, texts: &'t ByLocale<T>, locale: LocaleIndex) -> Option<(&'t str, &'t T)> {
        text_in(texts, &self.site.config.reading_order(locale)).map(|(text, tag)| (tag, text))
    }

    fn reason(&self, of: &Withdrawn, locale: LocaleIndex, html: &Html<'_>) -> Option<Prose> {
        let (tag, text) = self.then(&of.withdrawal.reason, locale)?;
        let own = self.site.config.locale(locale);
        let language = Locale::parse(tag).filter(|_| tag != own.tag).map(|locale| locale.language);
        Some(Prose { html: Value::safe_string(&html.markdown(text)), language })
    }

    fn successor(&self, id: &CriterionId, locale: LocaleIndex, root: &str) -> Successor {
        let href = format!("{root}{}", self.permanent_path(&id.slug(), locale));
        let statement = match self.site.find(&id.to_string()) {
            Some(Subject::Criterion(criterion)) => {
                let (text, actual) = self.site[criterion].text.read(locale);
                Some(Text { text: text.plain.clone(), language: self.foreign(actual, locale) })
            }
            _ => None,
        };
        let is_withdrawn = self.site.history.withdrawn_at(id).is_some();
        Successor { id: id.to_string(), href, statement, is_withdrawn }
    }
}
