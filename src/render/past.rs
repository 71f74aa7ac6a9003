//! What became of a criterion from edition to edition, as pages show it.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::difference::edited;
use super::frame::Link;
use super::row::Text;
use crate::edition::{At, Change, Effect, Frozen, reads_alike, text_in};
use crate::handle::{EditionIndex, Neighbours};
use crate::id::CriterionId;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, Page, Stub, Subject, Whereabouts, level_name, reader_of};

/// An edition by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EditionLink {
    pub(crate) name: String,
    pub(crate) date: String,
    pub(crate) path: String,
}

/// What became of a criterion with one edition.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Moment {
    /// The edition, and in it the criterion if it still has it. None for what is not released yet.
    pub(crate) edition: Option<EditionLink>,
    pub(crate) effect: &'static str,
    /// The levels that it moved between.
    pub(crate) levels: Option<FromTo>,
    /// The categories.
    pub(crate) categories: Option<FromTo>,
    pub(crate) differences: Vec<Difference>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct FromTo {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Old and new words of a text.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Difference {
    /// The language, if it is not that of the reader.
    pub(crate) language: Option<String>,
    pub(crate) html: Value,
}

/// A part of a page that is gone from there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StubView {
    pub(crate) anchor: String,
    pub(crate) id: String,
    /// Whether it is a criterion that was withdrawn.
    pub(crate) is_withdrawn: bool,
    /// Whether it is asked where this ladder was made from, and not here.
    pub(crate) is_left_out: bool,
    /// Where it is now. None if nothing came in its place.
    pub(crate) to: Option<Link>,
}

impl Renderer<'_> {
    /// What stood on a page, in the words of a locale.
    pub(crate) fn stubs(&self, page: Page, locale: LocaleIndex, root: &str) -> Vec<StubView> {
        let stub = |stub: &Stub| {
            let to = match stub.now {
                Whereabouts::Moved(subject) => Some(self.place_of(subject, locale, root)),
                Whereabouts::Withdrawn(withdrawn) => {
                    let slug = self.site.history.withdrawn[withdrawn].id.slug();
                    Some(Link { title: stub.id.clone(), href: format!("{root}{}", self.permanent_path(&slug, locale)) })
                }
                Whereabouts::Gone => None,
            };
            let is_withdrawn = matches!(stub.now, Whereabouts::Withdrawn(_));
            let is_left_out = is_withdrawn && CriterionId::parse(&stub.id).is_some_and(|id| self.is_left_out(&id));
            let (id, to) = match (stub.now, to) {
                // Readers know a category by its title. What is left of it stands in the matrix.
                (Whereabouts::Moved(Subject::Category { .. }), Some(Link { title, href })) => {
                    (title, Some(Link { title: self.words.get(locale, "navigation.matrix").to_owned(), href }))
                }
                (_, to) => (stub.id.clone(), to),
            };
            StubView { anchor: stub.anchor.clone(), id, is_withdrawn, is_left_out, to }
        };
        self.site.history.stubs(page).iter().map(stub).collect()
    }

    /// Where something stands: a criterion goes by its level.
    pub(crate) fn place_of(&self, subject: Subject, locale: LocaleIndex, root: &str) -> Link {
        let (page, anchor) = Page::of(self.site, subject, locale);
        let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        let title = match subject {
            Subject::Criterion(at) => self.level_name(self.site[at].level.of(at.ladder), locale),
            Subject::Level(level) => self.level_name(level, locale),
            Subject::Category(category) => self.site[category].title.read(locale).0.clone(),
            Subject::Thread(thread) => self.site[thread].title.read(locale).0.clone(),
            Subject::Note(note) => self.site[note].text.read(locale).0.title.clone(),
        };
        Link { title, href: format!("{root}{}{anchor}", page.path(self.site)) }
    }

    /// What became of a criterion, the latest first, for readers of a locale.
    pub(crate) fn moments(&self, id: &CriterionId, locale: LocaleIndex) -> Vec<Moment> {
        let history = &self.site.history;
        let changes = history.timeline(id).changes.iter().rev();
        let mut moments: Vec<_> =
            changes.map(|&(release, at)| self.moment(release, &history.changes[release][at], locale)).collect();
        // What was there in the first edition is not listed among its changes.
        if history.timeline(id).editions.contains_key(&EditionIndex(0)) {
            moments.push(Moment {
                edition: self.edition_link(EditionIndex(0), Some(id)),
                effect: "first",
                levels: None,
                categories: None,
                differences: Vec::new(),
            });
        }
        moments
    }

    /// What became of a criterion with a release, for readers of a locale.
    pub(crate) fn moment(&self, release: EditionIndex, change: &Change, locale: LocaleIndex) -> Moment {
        let history = &self.site.history;
        let states = release.before().and_then(|before| history.state(before)).zip(history.state(release));
        let places = states.zip(change.before.zip(change.after));
        let named = |kind: fn(&Frozen, At, &str) -> String| {
            places.map(|((old, new), (before, after))| {
                let tag = &self.site.config.locale(locale).tag;
                FromTo { from: kind(old, before, tag), to: kind(new, after, tag) }
            })
        };
        Moment {
            edition: self.edition_link(release, change.after.is_some().then_some(&change.id)),
            effect: self.effect(release, change.effect),
            levels: named(level_at).filter(|_| change.moved),
            categories: named(category_at).filter(|_| change.recategorised),
            differences: places
                .map(|((old, new), (before, after))| self.differences(change, (old, before), (new, after), locale))
                .unwrap_or_default(),
        }
    }

    /// The word for an effect. What new words mean is said when they are released.
    pub(crate) fn effect(&self, release: EditionIndex, effect: Effect) -> &'static str {
        match effect {
            Effect::Reworded if release == self.site.history.editions.next_key() => "changed",
            effect => effect.name(),
        }
    }

    /// The edition of a place in the history, or a criterion in it. None for the present.
    pub(crate) fn edition_link(&self, edition: EditionIndex, id: Option<&CriterionId>) -> Option<EditionLink> {
        let history = &self.site.history;
        let of = history.editions.get(edition)?;
        let at = id.and_then(|id| history.timeline(id).editions.get(&edition));
        let page = at.map_or(Page::Edition(edition, EditionPage::Whole), |&at| {
            Page::Edition(edition, EditionPage::Criterion(at))
        });
        Some(EditionLink { name: of.name().to_string(), date: of.frozen.date.to_string(), path: page.path(self.site) })
    }

    /// What the words of a criterion were and are: in the reader's language, and in the source if that alone changed.
    pub(crate) fn differences(
        &self,
        change: &Change,
        (old, before): (&Frozen, At),
        (new, after): (&Frozen, At),
        locale: LocaleIndex,
    ) -> Vec<Difference> {
        let ((_, was), (_, is)) = (old.at(before), new.at(after));
        let tag = self.site.config.locale(locale).tag.as_str();
        let shown = if change.reworded.iter().any(|changed| changed == tag) { tag } else { new.source() };
        if reads_alike(was, is, shown) {
            return Vec::new();
        }
        let language = Locale::parse(shown).filter(|_| shown != tag).map(|locale| locale.language);
        let plain = |of: &crate::edition::Criterion| {
            let statement = of.statement.get(shown).map(crate::parse::RichText::plain).unwrap_or_default();
            (statement, of.detail.get(shown).map(|blocks| crate::parse::plain_lines(blocks)).unwrap_or_default())
        };
        let (was, is) = (plain(was), plain(is));
        let pairs = [(was.0, is.0), (was.1, is.1)];
        let changed = pairs.into_iter().filter(|(was, is)| was != is);
        let difference = |(was, is): (String, String)| Difference {
            language: language.clone(),
            html: Value::safe_string(&edited(&was, &is)),
        };
        changed.map(difference).collect()
    }

    /// A title of an edition for readers of a locale.
    pub(crate) fn title_then(&self, titles: &crate::edition::ByLocale<String>, locale: LocaleIndex) -> Text {
        let own = self.site.config.locale(locale);
        let Some((text, tag)) = text_in(titles, &self.site.config.reading_order(locale)) else {
            return Text { text: String::new(), language: None };
        };
        let language = Locale::parse(tag).filter(|_| tag != own.tag).map(|locale| locale.language);
        Text { text: text.clone(), language }
    }

    /// In whose words the interface speaks to the readers of an edition's locale.
    pub(crate) fn speaker(&self, locale: &Locale) -> LocaleIndex {
        reader_of(self.site, locale)
    }
}

/// Code and title of the level of a criterion.
pub(crate) fn level_at(frozen: &Frozen, at: At, tag: &str) -> String {
    let (ladder, criterion) = frozen.at(at);
    let Some(level) = ladder.level(&criterion.level) else { return criterion.level.clone() };
    let title = frozen.read(&level.title, tag).map_or("", |(title, _)| title.as_str());
    level_name(&level.code(), title)
}

/// The title of the category of a criterion.
pub(crate) fn category_at(frozen: &Frozen, at: At, tag: &str) -> String {
    let (ladder, criterion) = frozen.at(at);
    let title = ladder.category(&criterion.category).and_then(|category| frozen.read(&category.title, tag));
    title.map_or_else(|| criterion.category.clone(), |(title, _)| title.clone())
}
