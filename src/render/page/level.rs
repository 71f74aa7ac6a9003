//! One level: its own criteria, then those it inherits.

use serde::Serialize;

use super::framed;
use super::note::{NoteLink, notes_about};
use super::side_by_side::{View, views_of_level};
use crate::citing::{self, Citation};
use crate::handle::{LadderIndex, LevelAt, LevelIndex, Neighbours};
use crate::model::{LadderPage, Page, Site, Subject};
use crate::render::cite_action::CiteAction;
use crate::render::fragment::CriterionForm;
use crate::render::group::{self, CriterionGroup, InheritedCriteria};
use crate::render::name::LevelName;
use crate::render::origin::{self, OriginLink};
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView, Text};
use crate::render::{json_ld, translated};
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct LevelView {
    #[serde(flatten)]
    frame: PageContext,
    /// The place of the locale among those of the site.
    locale: usize,
    level: LevelName,
    /// The ways to read it, the page among them. None if the ladder has one language.
    views: Vec<View>,
    citation: CiteAction,
    /// The form to prepare a review on, if the site has one.
    worksheet: Option<String>,
    /// That no edition has it so yet. None for a site without editions.
    state: Option<String>,
    summary: ProseView,
    groups: Vec<CriterionGroup>,
    /// The levels whose criteria also hold here, the nearest first.
    inherited: Vec<Inherited>,
    /// All criteria that hold here, own and inherited.
    total: usize,
    /// Whether some of them are from another ladder.
    builds_on: bool,
    comparisons: Vec<ComparisonLink>,
    notes: Vec<NoteLink>,
    /// The site that the ladder was made from.
    made_from: Option<OriginLink>,
}

#[derive(Serialize)]
struct Inherited {
    /// The ladder that it is a level of, if that is another.
    ladder: Option<Text>,
    /// Whether it is the one that this level builds on, which stands nowhere else on this ladder.
    is_counterpart: bool,
    level: LevelName,
    groups: Vec<CriterionGroup>,
}

/// The way to the page that compares a level with this one.
#[derive(Serialize)]
struct ComparisonLink {
    /// The ladder that it is a level of, if that is another.
    ladder: Option<Text>,
    level: LevelName,
    path: String,
}

framed!(LevelView);

pub(crate) fn view(scene: &Scene<'_>, level: LevelAt) -> LevelView {
    let ladder_data = &scene.site[level.ladder];
    let name = LevelName::of(scene, level);
    let inherited = scene.site.inherited(level);
    let counts = inherited.iter().map(|level| scene.site[level.ladder].criteria_of(level.level).count());
    let total = name.count + counts.sum::<usize>();
    let description = scene.phrase(
        "level.description",
        &[
            ("level", &name.name),
            ("ladder", ladder_data.title.read(scene.locale).0),
            ("criteria", &scene.count("count.criteria", name.count)),
        ],
    );
    let mut frame = PageContext::of(scene, "level", name.name.clone(), description);
    let neighbour = |at: LevelIndex| Link {
        title: scene.site[at.of(level.ladder)].name(scene.locale),
        href: scene.href(Page::of_level(scene.locale, at.of(level.ladder))),
    };
    let (previous, next) = (level.level.before(), level.level.behind(ladder_data.levels.len()));
    (frame.previous, frame.next) = (previous.map(neighbour), next.map(neighbour));
    frame.json_ld = Some(json_ld::ladder(scene, level.ladder));
    let groups = group::groups(scene, CriterionForm::Anchored, level, false);
    frame.contents = groups
        .iter()
        .filter(|group| !group.category.anchor.is_empty())
        .map(|group| Link { title: group.category.title.text.clone(), href: format!("#{}", group.category.anchor) })
        .collect();
    let bases: Vec<_> = scene.site.inheritance.bases(level).collect();
    let inherit = |at: LevelAt| {
        if at.ladder == level.ladder {
            let groups = group::groups(scene, CriterionForm::AnchoredBrief, at, true);
            return Inherited { ladder: None, is_counterpart: false, level: LevelName::of(scene, at), groups };
        }
        let InheritedCriteria { ladder, level, groups } = InheritedCriteria::of(scene, at);
        Inherited { ladder: Some(ladder), is_counterpart: bases.contains(&at), level, groups }
    };
    let citation = citing::pinned_level(scene.site, level, scene.locale);
    let (comparisons, notes) = (comparisons(scene, level), notes_about(scene, Subject::Level(level)));
    let further = [
        ("level.inherited", "#_inherited", inherited.is_empty()),
        ("level.compare", "#_compare", comparisons.is_empty()),
        ("level.notes", "#_notes", notes.is_empty()),
    ];
    let further = further.into_iter().filter(|(.., is_empty)| !is_empty);
    frame
        .contents
        .extend(further.map(|(key, href, _)| Link { title: scene.word(key).to_owned(), href: href.to_owned() }));
    LevelView {
        locale: scene.locale.0,
        state: state(scene, level, &citation),
        citation: CiteAction::of(scene, &citation),
        worksheet: super::worksheet::href(scene, level),
        summary: translated::passage(scene, Passage::Summary(level)),
        inherited: inherited.iter().copied().map(inherit).collect(),
        builds_on: inherited.iter().any(|from| from.ladder != level.ladder),
        comparisons,
        notes,
        made_from: origin::made_from(scene),
        views: views_of_level(scene, level),
        level: name,
        groups,
        total,
        frame,
    }
}

/// Returns that no edition has a level as it is now, if so.
fn state(scene: &Scene<'_>, level: LevelAt, citation: &Citation) -> Option<String> {
    let last = scene.site.history.editions.last().filter(|_| citation.edition.is_none())?;
    let (name, date) = (last.name().to_string(), last.date.to_string());
    Some(match citing::was_released(scene.site, level) {
        true => scene.phrase("state.changed", &[("edition", &name), ("date", &date)]),
        false => scene.word("state.unreleased").to_owned(),
    })
}

/// Returns the pages that compare a level with each other one.
fn comparisons(scene: &Scene<'_>, level: LevelAt) -> Vec<ComparisonLink> {
    let levels = scene.site[level.ladder].levels.keys();
    let compared = scene.site.config.compared(levels.len());
    let others = levels.filter(|&other| compared.has([level.level.min(other), level.level.max(other)]));
    let link = |other: LevelIndex| {
        let (lower, higher) = (level.level.min(other), level.level.max(other));
        let page = scene.of_ladder(level.ladder, LadderPage::Compare { lower, higher });
        let level = LevelName::of(scene, other.of(level.ladder));
        ComparisonLink { ladder: None, level, path: page.path(scene.site) }
    };
    let own = scene.site.inheritance.compared(level.ladder).iter().filter_map(|&other| {
        let opposite = opposite(scene.site, level, other)?;
        Some((opposite, Page::across(scene.locale, level, opposite)))
    });
    let guests = scene.site.inheritance.compared_by(level.ladder).iter().filter_map(|&other| {
        let opposite = opposite(scene.site, level, other)?;
        Some((opposite, Page::across(scene.locale, opposite, level)))
    });
    let across = own.chain(guests).map(|(opposite, page)| ComparisonLink {
        ladder: Some(Text::of(scene, &scene.site[opposite.ladder].title)),
        level: LevelName::of(scene, opposite),
        path: page.path(scene.site),
    });
    others.map(link).chain(across).collect()
}

/// Returns the level of another ladder that is most likely to be compared with one: that of the same id or code, or
/// else the one as high. None for a ladder without levels.
fn opposite(site: &Site, level: LevelAt, other: LadderIndex) -> Option<LevelAt> {
    let (level_data, others) = (&site[level], &site[other].levels);
    let same_code = || others.position(|other| other.codes.iter().any(|code| level_data.codes.contains(code)));
    let found = others.position(|other| other.id == level_data.id).or_else(same_code);
    Some(found.unwrap_or(level.level.min(others.last_key()?)).of(other))
}
