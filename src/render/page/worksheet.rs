//! The worksheet of a level: a form to prepare a review on. A script makes it a sheet that is filled in, opened and saved
//! as a file; without one it is a form to print.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;
use tera::Value;

use super::edition::{BareFrame, LanguageLink, languages, name_of};
use super::framed;
use crate::citing::{self, markdown};
use crate::edition::{ByLocale, Edition, FrozenCriterion};
use crate::handle::{EditionIndex, LevelAt};
use crate::id::CriterionId;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, LadderPage, Page, reader_of};
use crate::parse::{RichText, plain_lines};
use crate::render::difference::edited;
use crate::render::json_ld;
use crate::render::page_context::on_paper;
use crate::render::scene::Scene;
use crate::render::text::{Link, Text};
use crate::worksheet::{Carried, Fate, Form, FormCategory, FormCriterion, FormLevel, Languages, fates, known, ratings};

#[derive(Serialize)]
pub(crate) struct WorksheetView {
    #[serde(flatten)]
    frame: BareFrame,
    languages: Vec<LanguageLink>,
    /// Which words it has: those of an edition, or of today.
    state: String,
    /// The same form as the last edition has it, if it has changed since.
    in_force: Option<Link>,
    /// The page of the level.
    level: Link,
    ratings: Vec<String>,
    /// The other languages that its statements can be read in.
    others: Vec<OtherLanguage>,
    own: Vec<WorksheetGroup>,
    /// The levels whose criteria also hold, the nearest first.
    inherited: Vec<WorksheetLevel>,
    /// What earlier editions asked, and the form does not, by what became of it.
    gone: Vec<WorksheetGroup>,
    /// What the script needs to know, as JSON.
    data: Value,
}

#[derive(Serialize)]
struct OtherLanguage {
    tag: String,
    language: String,
    name: String,
    /// In the language of the page.
    here: Option<String>,
}

#[derive(Serialize)]
struct WorksheetLevel {
    name: String,
    groups: Vec<WorksheetGroup>,
}

#[derive(Serialize)]
struct WorksheetGroup {
    /// None for criteria without a category.
    title: Option<Text>,
    /// The place of the category in the ladder, counted from 1.
    number: usize,
    /// The heading above its answers in a file.
    section: String,
    rows: Vec<WorksheetRow>,
}

#[derive(Serialize)]
struct WorksheetRow {
    id: String,
    slug: String,
    href: String,
    /// What it is cited as, if not in the edition of the form.
    label: Option<String>,
    /// The statement in the language of the page, then in the other ones.
    texts: Vec<WorksheetText>,
    /// What became of it since earlier editions.
    since: Vec<WorksheetChange>,
}

#[derive(Serialize, Clone, PartialEq, Eq)]
struct WorksheetText {
    text: String,
    detail: Vec<String>,
    /// If it is not that of the page.
    language: Option<String>,
    /// Whether it is shown on request.
    other: bool,
}

/// What became of a criterion since some editions.
#[derive(Serialize, PartialEq, Clone)]
struct WorksheetChange {
    /// The names of the editions, separated by spaces.
    editions: String,
    fate: &'static str,
    words: String,
    /// The page of the level on which it is asked now.
    page: Option<String>,
    /// What is asked in its place.
    links: Vec<Link>,
    /// The words that differ, as HTML.
    differences: Vec<Value>,
    /// What is said above an answer whose rating is taken out, with places for the rating and its edition.
    rated: Option<String>,
    /// What was said, line by line, to know it again in a file.
    said: String,
}

framed!(WorksheetView);

/// The worksheet of a level as it is now.
pub(crate) fn now(scene: &Scene<'_>, level: LevelAt) -> WorksheetView {
    let site = scene.site;
    let last = site.history.editions.last_key();
    let released = last.filter(|_| citing::pinned_level(site, level, scene.locale).edition.is_some());
    let date = |edition: EditionIndex| {
        let released = &site.history.editions[edition];
        (released.name().to_string(), released.date.to_string())
    };
    let state = match (released, last) {
        (Some(edition), _) => {
            let (name, date) = date(edition);
            scene.phrase("worksheet.of-edition", &[("edition", &name), ("date", &date)])
        }
        (None, Some(edition)) => {
            let (name, date) = date(edition);
            scene.phrase("state.changed", &[("edition", &name), ("date", &date)])
        }
        (None, None) => scene.word("worksheet.no-edition").to_owned(),
    };
    let names = &site.names;
    let own = site.config.locale(scene.locale);
    let others = names.beside_ladder(level.ladder, scene.locale);
    let others: Vec<_> = others.into_iter().map(|other| site.config.locale(other)).collect();
    let language = |locale: LocaleIndex| {
        let config = site.config.locale(locale);
        LanguageLink {
            language: config.language.clone(),
            direction: config.direction.name(),
            name: scene.renderer.words.name(locale).to_owned(),
            here: Some(scene.name_of_language(locale)).filter(|_| locale != scene.locale).map(str::to_owned),
            href: scene.href(scene.page.in_locale(site, locale)),
            current: locale == scene.locale,
        }
    };
    let in_force = last.filter(|_| released.is_none()).and_then(|edition| {
        let then = citing::place_then(site, edition, level)?;
        let locale = site.history.editions[edition].locales.iter().position(|locale| locale.tag == own.tag)?;
        let page = Page::Edition(edition, EditionPage::Worksheet { locale, level: then });
        let title = scene.phrase("worksheet.in-force", &[("edition", &date(edition).0)]);
        Some(Link { title, href: scene.href(page) })
    });
    // A level that reads as the last edition has it is reviewed by that.
    let then = released.and_then(|edition| Some((edition, citing::place_then(site, edition, level)?)));
    let form = match then {
        Some((edition, level)) => Form::of(site, Some(edition), level),
        None => Form::of(site, None, level),
    };
    let reader = WorksheetReader { scene: *scene, form, own, others };
    let mut view = reader.view(state, Page::of_level(scene.locale, level), None);
    if let Some(edition) = released {
        view.frame.paper = Some(on_paper(scene, "print.edition", edition));
    }
    WorksheetView { languages: site.config.locale_indices().map(language).collect(), in_force, ..view }
}

/// The worksheet of a level as an edition has it.
pub(crate) fn then(scene: &Scene<'_>, edition: EditionIndex, locale: usize, level: LevelAt) -> WorksheetView {
    let site = scene.site;
    let released = &site.history.editions[edition];
    let own = &released.locales[locale];
    let scene = &scene.read_in(reader_of(site, own));
    let values = [("edition", released.name().to_string()), ("date", released.date.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let state = scene.phrase("edition.frozen", &values);
    // What the site shows side by side today is offered for its past, too.
    let index = |tag: &str| site.config.locale_indices().find(|&index| site.config.locale(index).tag == tag);
    let here = index(&own.tag);
    let is_beside = |other: &&Locale| {
        let pair = here.zip(index(&other.tag));
        pair.is_some_and(|(here, other)| site.names.sides.get(here).is_some_and(|sides| sides.contains(&other)))
    };
    let others = released.locales.iter().filter(is_beside).collect();
    let form = Form::of(site, Some(edition), level);
    let reader = WorksheetReader { scene: *scene, form, own, others };
    let page = Page::Edition(edition, EditionPage::Level { locale, level });
    let mut view = WorksheetView {
        languages: languages(scene, edition, locale, |locale| EditionPage::Worksheet { locale, level }),
        ..reader.view(state, page, Some(released))
    };
    // Search engines are led to what holds now, as from the level of the edition.
    view.frame.canonical = scene.absolute(&super::edition::now(scene, edition, level).path(site));
    view
}

/// Returns a link to the worksheet of a level, if the site has worksheets.
pub(super) fn href(scene: &Scene<'_>, level: LevelAt) -> Option<String> {
    let page = scene.of_ladder(level.ladder, LadderPage::Worksheet(level.level));
    scene.site.names.has_worksheets.then(|| scene.href(page))
}

/// The texts of a form for readers of one language.
struct WorksheetReader<'a> {
    scene: Scene<'a>,
    form: Form<'a>,
    own: &'a Locale,
    others: Vec<&'a Locale>,
}

impl WorksheetReader<'_> {
    /// `edition` is that of a frozen page.
    fn view(&self, state: String, level: Page, edition: Option<&Edition>) -> WorksheetView {
        let Self { scene, form, own, .. } = self;
        let name = form.name_of(&form.own, &own.tag);
        let title = scene.phrase("worksheet.title", &[("level", &name)]);
        let description = scene.phrase("worksheet.description", &[("level", &name)]);
        let mut frame = BareFrame::of(scene, "worksheet", own, edition, title, description);
        frame.canonical = scene.absolute(&level.path(scene.site));
        let level = Link { title: name, href: scene.href(level) };
        frame.breadcrumbs.push(level.clone());
        let mut since = self.since();
        let own_groups: Vec<_> =
            form.own.categories.iter().map(|part| self.group(&form.own, part, &mut since)).collect();
        let inherited = form.inherited.iter().map(|level| {
            let groups = level.categories.iter().map(|part| self.group(level, part, &mut since));
            let groups = groups.collect();
            let name = form.name_of(level, &own.tag);
            let is_own = level.at.ladder == form.own.at.ladder;
            WorksheetLevel { name: if is_own { name } else { level.label.clone() }, groups }
        });
        let inherited = inherited.collect();
        let mut gone: Vec<WorksheetGroup> = Vec::new();
        for (id, Changed { shown, place, changes }) in since {
            let title = changes.last().map(|change| change.words.clone()).unwrap_or_default();
            let row = self.gone(id, shown, place, changes);
            match gone.iter_mut().find(|group| group.section == markdown(&title)) {
                Some(group) => group.rows.push(row),
                None => gone.push(WorksheetGroup {
                    section: markdown(&title),
                    title: Some(Text { text: title, language: None }),
                    number: 0,
                    rows: vec![row],
                }),
            }
        }
        // What is asked elsewhere stands before what nobody asks any more.
        gone.sort_by_key(|group| group.rows.iter().all(|row| row.since.iter().all(|change| change.page.is_none())));
        WorksheetView {
            languages: Vec::new(),
            state,
            in_force: None,
            level,
            ratings: ratings(scene.site, scene.renderer.words, scene.locale),
            others: self.others.iter().map(|other| self.other(other)).collect(),
            own: own_groups,
            inherited,
            gone,
            data: Value::safe_string(&json_ld::written(&self.data())),
            frame,
        }
    }

    fn other(&self, other: &Locale) -> OtherLanguage {
        OtherLanguage {
            tag: other.tag.clone(),
            language: other.language.clone(),
            name: name_of(&self.scene, other),
            here: other.name_for(self.scene.site.config.locale(self.scene.locale)).map(str::to_owned),
        }
    }

    /// Returns the language of the page, as that of a sheet.
    fn in_words(&self) -> Languages<'_> {
        Languages { words: self.scene.renderer.words, reader: self.scene.locale, tags: vec![self.own.tag.clone()] }
    }

    fn group(&self, level: &FormLevel<'_>, category: &FormCategory<'_>, since: &mut Changes<'_>) -> WorksheetGroup {
        let first = category.criteria.first();
        let number = first.and_then(|first| {
            let (ladder, criterion) = self.form.frozen.at(first.at);
            ladder.categories.iter().position(|category| category.id == criterion.category)
        });
        WorksheetGroup {
            title: category.title.map(|titles| self.title(titles)),
            number: number.unwrap_or_default() + 1,
            section: markdown(&self.in_words().section(&self.form, level, category)),
            rows: category.criteria.iter().map(|criterion| self.row(criterion, since)).collect(),
        }
    }

    fn title(&self, titles: &ByLocale<String>) -> Text {
        let (text, tag) = self.form.frozen.read(titles, &self.own.tag).map_or(("", ""), |(text, tag)| (text, tag));
        Text { text: text.to_owned(), language: self.foreign(tag) }
    }

    fn foreign(&self, tag: &str) -> Option<String> {
        let language = Locale::parse(tag).map(|locale| locale.language);
        language.filter(|_| tag != self.own.tag)
    }

    fn row(&self, criterion: &FormCriterion<'_>, since: &mut Changes<'_>) -> WorksheetRow {
        let citation = self.form.citation(criterion, self.scene.locale);
        let path = citation.address.strip_prefix(self.scene.site.config.base_url.as_str()).unwrap_or_default();
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        let of_form = self.form.edition.map(|edition| self.scene.site.history.editions[edition].name().clone());
        let is_of_form = citation.edition.as_ref().map(|(name, _)| name) == of_form.as_ref();
        WorksheetRow {
            id: criterion.id().to_string(),
            slug: criterion.id().slug(),
            href: self.scene.href_of(path),
            label: Some(citation.label).filter(|_| !is_of_form),
            texts: self.texts(criterion.data),
            since: since.remove(criterion.id()).map(|changed| changed.changes).unwrap_or_default(),
        }
    }

    /// Returns what an earlier edition asked, as it is asked elsewhere now or was asked last.
    fn gone(
        &self,
        id: &CriterionId,
        shown: &FrozenCriterion,
        edition: Option<EditionIndex>,
        since: Vec<WorksheetChange>,
    ) -> WorksheetRow {
        let name = edition.map(|edition| self.scene.site.history.editions[edition].name());
        let label = name.map_or_else(|| id.to_string(), |name| format!("{id}@{name}"));
        let path = name.map_or_else(String::new, |name| format!("e/{name}/"));
        WorksheetRow {
            id: id.to_string(),
            slug: id.slug(),
            href: self.scene.href_of(&format!("{path}c/{}/", id.slug())),
            label: Some(label),
            texts: self.texts(shown),
            since,
        }
    }

    /// Returns the statement in the language of the page, or else the source, and in the others that have it.
    fn texts(&self, criterion: &FrozenCriterion) -> Vec<WorksheetText> {
        let own = self.form.frozen.read(&criterion.statement, &self.own.tag);
        let text = |(statement, tag): (&RichText, &str)| WorksheetText {
            other: own.is_some_and(|(_, own)| own != tag),
            text: statement.plain(),
            detail: criterion
                .detail
                .get(tag)
                .map(|blocks| plain_lines(blocks).lines().map(str::to_owned).collect())
                .unwrap_or_default(),
            language: self.foreign(tag),
        };
        let others = self.others.iter().filter_map(|other| criterion.statement.get_key_value(&other.tag));
        let others = others.map(|(tag, statement)| (statement, tag.as_str()));
        let others = others.filter(|(_, tag)| own.is_none_or(|(_, own)| own != *tag));
        own.into_iter().chain(others).map(text).collect()
    }

    /// Returns what became of criteria since each earlier edition, by their ids.
    fn since(&self) -> Changes<'_> {
        let mut found = Changes::new();
        for edition in self.earlier() {
            for carried in fates(&self.form, edition, &[&self.own.tag]) {
                let Some(shown) = carried.after.or(carried.before) else { continue };
                let change = self.change(&carried, edition);
                let place = match carried.fate {
                    Fate::Withdrawn { last: (edition, _), .. } => Some(edition),
                    _ => self.form.edition,
                };
                let new = || Changed { shown, place, changes: Vec::new() };
                let Changed { shown: last, changes, .. } = found.entry(carried.id).or_insert_with(new);
                *last = shown;
                let same = changes
                    .iter_mut()
                    .find(|other| WorksheetChange { editions: other.editions.clone(), ..change.clone() } == **other);
                match same {
                    Some(same) => same.editions = format!("{} {}", same.editions, change.editions),
                    None => changes.push(change),
                }
            }
        }
        found
    }

    /// Returns the editions before that of the form, or all if it is of none, the oldest first.
    fn earlier(&self) -> impl Iterator<Item = EditionIndex> + use<> {
        let until = self.form.edition.unwrap_or(self.scene.site.history.editions.next_key());
        (0..until.0).map(EditionIndex)
    }

    fn change(&self, carried: &Carried<'_>, edition: EditionIndex) -> WorksheetChange {
        let (scene, form) = (&self.scene, &self.form);
        let name = |edition: EditionIndex| scene.site.history.editions[edition].name().to_string();
        let moved = carried.fate.moved_to(scene.site, form.edition, scene.locale);
        let words = match (&carried.fate, &moved) {
            (_, Some((level, _))) => scene.phrase("worksheet.now-on", &[("level", level)]),
            (Fate::Withdrawn { .. }, _) => scene.word("worksheet.no-longer").to_owned(),
            (Fate::Stricter { since }, _) => match scene.site.history.editions.get(*since) {
                Some(_) => scene.phrase("worksheet.asks-more", &[("edition", &name(*since))]),
                None => scene.word("effect.stricter").to_owned(),
            },
            (fate, _) => {
                let effect = scene.phrase(&format!("effect.{}", fate.name()), &[]);
                scene.phrase("worksheet.since", &[("effect", &effect), ("edition", &name(edition))])
            }
        };
        let link = |id: &CriterionId| {
            let path = scene.permanent_path(&id.slug());
            Link { title: id.to_string(), href: scene.href_of(&path) }
        };
        let differing = carried.differing_texts(&self.own.tag);
        let said: Vec<_> = carried.before.map(|before| self.texts(before)).into_iter().flatten().collect();
        let said: Vec<_> = said.into_iter().map(|text| text.text).collect();
        WorksheetChange {
            editions: name(edition),
            fate: carried.fate.name(),
            words,
            page: moved.map(|(_, address)| {
                let path = address.strip_prefix(scene.site.config.base_url.as_str());
                path.map_or_else(|| address.clone(), |path| scene.href_of(path))
            }),
            links: carried.fate.successors(scene.site).iter().map(link).collect(),
            differences: differing.iter().map(|(old, new)| Value::safe_string(&edited(old, new))).collect(),
            rated: carried.fate.stricter_since().and_then(|since| {
                let since = scene.site.history.editions.get(since)?.name().to_string();
                let values = [("edition", since.as_str()), ("rating", "%{rating}"), ("before", &name(edition))];
                Some(scene.phrase("worksheet.asks-more-rated", &values))
            }),
            said: said.join("\n"),
        }
    }

    /// Returns the headings that a sheet of the form has in the languages of the site.
    fn sections(&self) -> BTreeSet<String> {
        let words = self.scene.renderer.words;
        let locales = self.scene.site.config.locale_indices().map(|reader| Languages {
            words,
            reader,
            tags: vec![self.scene.site.config.locale(reader).tag.clone()],
        });
        let in_locale = |languages: Languages<'_>| {
            let of_level = |level: &FormLevel<'_>| {
                let sections = level.categories.iter().map(|part| languages.section(&self.form, level, part));
                sections.collect::<Vec<_>>()
            };
            self.form.levels().flat_map(of_level).map(|section| markdown(&section)).collect::<Vec<_>>()
        };
        locales.flat_map(in_locale).collect()
    }

    fn data(&self) -> serde_json::Value {
        let (scene, form) = (&self.scene, &self.form);
        let site = scene.site;
        let words = |key: &str| scene.phrase(&format!("worksheet.{key}"), &[]);
        let all: Vec<_> =
            site.config.locale_indices().map(|locale| ratings(site, scene.renderer.words, locale)).collect();
        let ratings: Vec<Vec<&String>> = match all.first() {
            Some(first) => {
                (0..first.len()).map(|at| all.iter().filter_map(|of_locale| of_locale.get(at)).collect()).collect()
            }
            None => Vec::new(),
        };
        json!({
            "site": site.config.base_url.as_str(),
            "ladder": form.own.ladder.key,
            "level": form.own.level.id,
            "edition": form.edition_name(),
            "earlier": self.earlier().map(|edition| site.history.editions[edition].name().to_string()).collect::<Vec<_>>(),
            "locale": self.own.tag,
            "preamble": form.preamble(&self.in_words()).join("\n\n"),
            "lead": self.in_words().lead(),
            "ratings": ratings,
            "sections": self.sections(),
            "labels": known(site, scene.renderer.words).labels,
            "words": WORDS.iter().map(|&key| (key, words(key))).collect::<BTreeMap<_, _>>(),
        })
    }
}

/// The words that the script puts on the page.
const WORDS: [&str; 20] = [
    "answer",
    "answered",
    "answered-same",
    "blank",
    "copied",
    "copy-failed",
    "discard",
    "encoding",
    "newer",
    "not-a-worksheet",
    "not-kept",
    "opened",
    "other-level",
    "other-site",
    "other-tab",
    "replace",
    "restored",
    "saved",
    "unknown-edition",
    "unsaved",
];

/// What became of criteria, by their ids.
type Changes<'a> = BTreeMap<&'a CriterionId, Changed<'a>>;

/// What became of a criterion.
struct Changed<'a> {
    /// As it reads now, or read last.
    shown: &'a FrozenCriterion,
    /// The edition in which it reads so. None for the present.
    place: Option<EditionIndex>,
    changes: Vec<WorksheetChange>,
}
