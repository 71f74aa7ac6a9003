//! The whole ladder on one page.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::side_by_side::{View, views};
use crate::handle::{LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::LadderPage;
use crate::render::fragment::CriterionForm;
use crate::render::group::{self, CriterionGroup, InheritedCriteria};
use crate::render::html::Html;
use crate::render::json_ld;
use crate::render::name::LevelName;
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView, Text};
use crate::render::translated::{self, TranslatedSection};
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct LadderView {
    #[serde(flatten)]
    frame: PageContext,
    heading: Text,
    preface: ProseView,
    /// The ways to read it: in one language, or with another one.
    views: Vec<View>,
    /// The ladder that it builds on, and those that build on it.
    builds_on: Option<Link>,
    heirs: Vec<Link>,
    parts: Vec<LadderSection>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum LadderSection {
    Level(Box<LevelSection>),
    Prose(ProseSection),
}

/// A level with all its criteria.
#[derive(Serialize)]
pub(crate) struct LevelSection {
    level: LevelName,
    summary: ProseView,
    groups: Vec<CriterionGroup>,
    /// Criteria that it inherits from levels of other ladders.
    from_ladders: Vec<InheritedCriteria>,
}

/// A section without criteria.
#[derive(Clone, Serialize)]
pub(crate) struct ProseSection {
    title: Text,
    anchor: String,
    /// Anchors that it had before.
    former: Vec<String>,
    body: ProseView,
}

framed!(LadderView);

pub(crate) fn view(scene: &Scene<'_>, ladder: LadderIndex) -> LadderView {
    let ladder_data = &scene.site[ladder];
    let title = ladder_data.title.read(scene.locale).0.clone();
    let description = scene.phrase(
        "ladder.description",
        &[
            ("title", &title),
            ("levels", &scene.count("count.levels", ladder_data.levels.len())),
            ("criteria", &scene.count("count.criteria", ladder_data.criteria.len())),
        ],
    );
    let mut frame = PageContext::of(scene, "ladder", title, description);
    frame.json_ld = Some(json_ld::ladder(scene, ladder));
    let prose = prose_parts(scene, ladder);
    let mut parts = Vec::new();
    let behind = |levels: usize| {
        let standing_here = prose.iter().filter(move |(after, _)| *after == levels);
        standing_here.map(|(_, part)| LadderSection::Prose(part.clone()))
    };
    parts.extend(behind(0));
    for level in ladder_data.levels.keys() {
        parts.push(LadderSection::Level(Box::new(level_part(scene, level.of(ladder)))));
        parts.extend(behind(level.0 + 1));
    }
    frame.contents = parts.iter().map(LadderSection::link).collect();
    let heading = Text::of(scene, &ladder_data.heading);
    let preface = translated::passage(scene, Passage::Preface { ladder });
    let views = views(scene, ladder);
    let link = |other: LadderIndex| ladder_link(scene, other);
    let builds_on = scene.site.inheritance.base(ladder).map(link);
    let heirs = scene.site.inheritance.derived(ladder).iter().map(|&derived| link(derived)).collect();
    LadderView { heading, preface, views, builds_on, heirs, parts, frame }
}

fn ladder_link(scene: &Scene<'_>, ladder: LadderIndex) -> Link {
    let title = scene.site[ladder].title.read(scene.locale).0.clone();
    Link { title, href: scene.href(scene.of_ladder(ladder, LadderPage::Whole)) }
}

fn level_part(scene: &Scene<'_>, level: LevelAt) -> LevelSection {
    LevelSection {
        level: LevelName::of(scene, level),
        summary: translated::passage(scene, Passage::Summary(level)),
        groups: group::groups(scene, CriterionForm::Anchored, level, true),
        from_ladders: group::inherited_levels(scene, level),
    }
}

/// Returns the sections without criteria, each with the number of levels before it.
fn prose_parts(scene: &Scene<'_>, ladder: LadderIndex) -> Vec<(usize, ProseSection)> {
    let ladder_data = &scene.site[ladder];
    let (sections, actual) = ladder_data.prose.read(scene.locale);
    let history = &scene.site.history;
    let anchors = history.headings.of_ladder(ladder).anchors(scene.locale);
    let former = |anchor: &str| history.former_anchors(scene.page, anchor).to_vec();
    let html = |file: LocaleIndex| Html::of_ladder(scene, ladder, file);
    let language = scene.foreign(actual);
    let Some(written) = translated::written(scene, Passage::Sections { ladder }, &html) else {
        let part = |(prose, anchor): (&crate::model::FrozenProse, &String)| {
            let html = html(actual).blocks(&prose.blocks);
            let body = ProseView { html: Value::safe_string(&html), language: language.clone() };
            let title = Text { text: prose.title.clone(), language: language.clone() };
            (prose.after, ProseSection { title, anchor: anchor.clone(), former: former(anchor), body })
        };
        return sections.iter().zip(anchors).map(part).collect();
    };
    let mut parts: Vec<(usize, ProseSection)> = Vec::new();
    for TranslatedSection { heading, html } in translated::sections(written) {
        let Some(heading) = heading else { continue };
        let section = heading.section;
        // A section that is missing stands where the one before it does.
        let after = section.map(|at| sections[at].after).or(parts.last().map(|(after, _)| *after));
        let title = Text {
            text: heading.plain,
            language: section.is_none().then(|| scene.foreign(LocaleIndex::SOURCE)).flatten(),
        };
        let anchor = section.map(|at| anchors[at].clone()).unwrap_or_default();
        let body = ProseView { html: Value::safe_string(&html), language: None };
        parts.push((
            after.unwrap_or(ladder_data.levels.len()),
            ProseSection { title, former: former(&anchor), anchor, body },
        ));
    }
    parts
}

impl LadderSection {
    fn link(&self) -> Link {
        match self {
            Self::Level(part) => Link { title: part.level.name.clone(), href: format!("#{}", part.level.slug) },
            Self::Prose(part) => Link { title: part.title.text.clone(), href: format!("#{}", part.anchor) },
        }
    }
}
