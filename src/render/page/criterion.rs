//! The permanent page of a criterion: its statement in every language, whether it still holds, its place, its thread, and
//! how to cite it.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use super::threads::by_level;
use crate::citing::{self, Citation};
use crate::handle::{CriterionAt, CriterionIndex, LevelAt, Neighbours, NoteIndex, ThreadAt};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, Page, Subject};
use crate::render::cite_action::{CitationForm, citation_data, is_unreleased};
use crate::render::history::{self, HistoryEntry};
use crate::render::html::Html;
use crate::render::json_ld;
use crate::render::name::{self, CategoryName};
use crate::render::origin::{self, OriginStep};
use crate::render::page_context::PageContext;
use crate::render::row::CriterionRow;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView, Text};

#[derive(Serialize)]
pub(crate) struct CriterionView {
    #[serde(flatten)]
    frame: PageContext,
    id: String,
    category_number: usize,
    /// The criterion in each language, the source first.
    parts: Vec<LanguagePart>,
    thread: Option<ThreadInAllLanguages>,
    /// What scripts make the other forms of its citations of, as JSON.
    citations: Value,
}

/// The part of the page in one language.
#[derive(Serialize)]
struct LanguagePart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    /// The separator of two words of the interface: nothing in Chinese and Japanese.
    space: &'static str,
    row: CriterionRow,
    ladder: Text,
    ladder_path: String,
    level: Value,
    /// The row on the page of its level.
    in_level: String,
    category: CategoryName,
    /// Whether it still holds. None for a site without editions.
    state: Option<CriterionState>,
    /// The comparison of its level with the one below it.
    comparison: Option<Link>,
    /// The levels of other ladders on which it holds, if they are few, or how many there are.
    heirs: Vec<Link>,
    heir_count: usize,
    /// Where the ladders stand that build on its own.
    heirs_path: String,
    about: Vec<NoteLink>,
    mentions: Vec<NoteLink>,
    /// Where it was taken from, the latest step first. Empty for a ladder that was made from no other.
    origin: Vec<OriginStep>,
    /// Its changes, the latest first. Empty for what stands as it was first released.
    moments: Vec<HistoryEntry>,
    /// Citations of it that people read.
    citations: Vec<CitationForm>,
}

/// Whether a criterion still holds as it did.
#[derive(Serialize)]
struct CriterionState {
    text: String,
    /// The page of the edition that says so.
    path: Option<String>,
}

/// A thread in all languages.
#[derive(Serialize)]
struct ThreadInAllLanguages {
    titles: Vec<ThreadTitle>,
    steps: Vec<LevelStep>,
}

#[derive(Serialize)]
struct ThreadTitle {
    thread: Value,
    language: String,
}

/// The criteria of a thread on one level.
#[derive(Serialize)]
struct LevelStep {
    level: Value,
    rows: Vec<RowInAllLanguages>,
}

#[derive(Serialize)]
struct RowInAllLanguages {
    row: CriterionRow,
    current: bool,
    /// Its statement in the languages that have it, the source first.
    texts: Vec<ProseView>,
}

/// More ladders than these are not listed beside a criterion.
const FEW: usize = 12;

framed!(CriterionView);

pub(crate) fn view(scene: &Scene<'_>, criterion: CriterionAt) -> CriterionView {
    let ladder_data = &scene.site[criterion.ladder];
    let this = &scene.site[criterion];
    let id = this.id.to_string();
    let level = scene.site[this.level.of(criterion.ladder)].name(scene.locale);
    let title = format!("{id} · {level}");
    let description = format!("{id} ({level}): {}", this.text.source().plain);
    let mut frame = PageContext::of(scene, "criterion", title, description);
    let neighbour = |at: CriterionIndex| Link {
        title: ladder_data.criteria[at].id.to_string(),
        href: scene.href(Page::Criterion(at.of(criterion.ladder))),
    };
    let (previous, next) = (criterion.criterion.before(), criterion.criterion.behind(ladder_data.criteria.len()));
    (frame.previous, frame.next) = (previous.map(neighbour), next.map(neighbour));
    // The page says where it is above each statement.
    frame.breadcrumbs.clear();
    frame.json_ld = Some(json_ld::criterion(scene, criterion));
    let in_each = || scene.site.config.locale_indices().map(|locale| scene.read_in(locale));
    let citations: Vec<_> =
        in_each().map(|scene| (scene.locale, citing::pinned(scene.site, criterion, scene.locale))).collect();
    let parts = in_each().zip(&citations).map(|(scene, (_, citation))| language_part(&scene, criterion, citation));
    CriterionView {
        id,
        category_number: ladder_data.categories[this.category].number,
        parts: parts.collect(),
        thread: this.thread.map(|thread| in_all_languages(scene, thread.of(criterion.ladder), criterion)),
        citations: Value::safe_string(&citation_data(scene, &citations)),
        frame,
    }
}

fn language_part(scene: &Scene<'_>, criterion: CriterionAt, citation: &Citation) -> LanguagePart {
    let ladder_data = &scene.site[criterion.ladder];
    let this = &scene.site[criterion];
    let of_locale = scene.site.config.locale(scene.locale);
    let backlinks = scene.site.backlinks(Subject::Criterion(criterion));
    let links = |notes: &[NoteIndex]| notes.iter().map(|&note| NoteLink::of(scene, note)).collect();
    let level = this.level.of(criterion.ladder);
    let heirs = scene.site.inheritance.derived_levels(level);
    let heir = |&level: &LevelAt| Link {
        title: name::level_of_ladder(scene, level),
        href: scene.href(Page::of_level(scene.locale, level)),
    };
    let moments = history::history_entries(scene, &this.id);
    // Its state says as much.
    let is_only = moments.len() == 1;
    LanguagePart {
        heir_count: heirs.len(),
        heirs: if heirs.len() > FEW { Vec::new() } else { heirs.iter().map(heir).collect() },
        heirs_path: format!("{}#_heirs", scene.of_ladder(criterion.ladder, LadderPage::Whole).path(scene.site)),
        locale: scene.locale.0,
        language: of_locale.language.clone(),
        direction: of_locale.direction.name(),
        slug: of_locale.slug.clone(),
        space: if of_locale.is_han() { "" } else { " " },
        row: CriterionRow {
            is_unreleased: is_unreleased(scene.site, citation),
            ..CriterionRow::alone(scene, criterion)
        },
        ladder: Text::of(scene, &ladder_data.title),
        ladder_path: scene.of_ladder(criterion.ladder, LadderPage::Whole).path(scene.site),
        level: name::level_value(scene, level),
        in_level: format!("{}#{}", Page::of_level(scene.locale, level).path(scene.site), this.id.slug()),
        category: CategoryName::of(scene, this.category.of(criterion.ladder), None),
        state: state(scene, &moments),
        comparison: level.level.before().map(|lower| {
            let lower = lower.of(level.ladder);
            let page = scene.of_ladder(level.ladder, LadderPage::Compare { lower: lower.level, higher: level.level });
            let names = [("lower", lower), ("higher", level)].map(|(key, at)| (key, name::short_level(scene, at)));
            let values = names.each_ref().map(|(key, name)| (*key, name.as_str()));
            Link { title: scene.phrase("criterion.compared", &values), href: scene.href(page) }
        }),
        about: links(&backlinks.about),
        mentions: links(&backlinks.mentions),
        origin: origin::origin(scene, &this.id),
        moments: moments.into_iter().filter(|moment| !is_only || moment.effect != "first").collect(),
        citations: CitationForm::all(scene, citation),
    }
}

/// Returns whether a criterion still holds as it did, by its changes, the latest first.
fn state(scene: &Scene<'_>, moments: &[HistoryEntry]) -> Option<CriterionState> {
    let editions = &scene.site.history.editions;
    let last = editions.last()?;
    let say =
        |key: &str, name: &str, date: &str| scene.phrase(&format!("state.{key}"), &[("edition", name), ("date", date)]);
    let Some(latest) = moments.iter().find(|moment| moment.concerns_readers) else {
        return Some(CriterionState { text: scene.word("state.unreleased").to_owned(), path: None });
    };
    Some(match &latest.edition {
        Some(edition) => {
            let key = match (latest.effect, latest.also) {
                ("first" | "added", _) => "unchanged",
                ("moved", Some("stricter")) => "moved-stricter",
                ("moved", Some("eased")) => "moved-eased",
                (effect, _) => effect,
            };
            CriterionState { text: say(key, &edition.name, &edition.date), path: Some(edition.path.clone()) }
        }
        None if latest.effect == "added" => {
            CriterionState { text: scene.word("state.unreleased").to_owned(), path: None }
        }
        None => {
            let (name, date) = (last.name().to_string(), last.date.to_string());
            CriterionState { text: say("changed", &name, &date), path: None }
        }
    })
}

/// Returns a thread with each of its criteria in all languages.
fn in_all_languages(scene: &Scene<'_>, thread: ThreadAt, current: CriterionAt) -> ThreadInAllLanguages {
    let config = &scene.site.config;
    let title = |locale: LocaleIndex| ThreadTitle {
        thread: name::thread_value(&scene.read_in(locale), thread),
        language: config.locale(locale).language.clone(),
    };
    let text = |at: CriterionAt, locale: LocaleIndex| {
        let own = scene.site[at].text.own(locale)?;
        let scene = &scene.read_in(locale);
        let html = Html::of_ladder(scene, at.ladder, locale).inline(&own.statement);
        let language = (locale != LocaleIndex::SOURCE).then(|| config.locale(locale).language.clone());
        Some(ProseView { html: Value::safe_string(&html), language })
    };
    let row = |at: CriterionAt| RowInAllLanguages {
        row: CriterionRow::alone(scene, at),
        current: at == current,
        texts: config.locale_indices().filter_map(|locale| text(at, locale)).collect(),
    };
    let step = |(level, criteria): (LevelAt, Vec<CriterionAt>)| LevelStep {
        level: name::level_value(scene, level),
        rows: criteria.into_iter().map(row).collect(),
    };
    ThreadInAllLanguages {
        titles: config.locale_indices().map(title).collect(),
        steps: by_level(scene, thread).into_iter().map(step).collect(),
    }
}
