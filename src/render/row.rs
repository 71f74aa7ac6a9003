//! Criteria as pages show them.

use serde::Serialize;
use tera::{Context, Value};

use super::fragment::CriterionForm;
use super::html::Html;
use super::scene::Scene;
use super::translated::Mark;
use super::{name, origin};
use crate::citing;
use crate::handle::CriterionAt;
use crate::locale::LocaleIndex;
use crate::model::Page;
use crate::translation::TextId;

/// A criterion as a row of a list or a cell of a table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CriterionRow {
    pub(crate) id: String,
    pub(crate) slug: String,
    /// The permanent page, at the part in the language of the reader.
    pub(crate) path: String,
    pub(crate) html: Value,
    /// The language of the text, if it is not that of the page: then there is no translation.
    pub(crate) language: Option<String>,
    pub(crate) detail: Option<Value>,
    /// A note on its translation.
    pub(crate) mark: Option<Mark>,
    /// `adapted` or `new`, where the ladder was made from another. Unchanged criteria have no mark.
    pub(crate) origin: Option<&'static str>,
    /// The name of its thread: a [`ThreadName`](name::ThreadName).
    pub(crate) thread: Option<Value>,
    /// The same criterion on the page of its level in each other language that has it, if the site has few.
    pub(crate) elsewhere: Vec<Elsewhere>,
    pub(crate) category: usize,
    /// The name of its level, for citations.
    pub(crate) level_name: String,
    /// The title of its ladder, where it stands beside criteria of others.
    pub(crate) ladder: Option<String>,
    /// Whether the last edition does not hold it as it reads now.
    pub(crate) is_unreleased: bool,
}

/// A site in more languages than these names none of them beside a criterion.
const FEW: usize = 3;

/// A criterion in another language.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Elsewhere {
    /// The name of the language in itself.
    pub(crate) name: String,
    pub(crate) language: String,
    /// `None` if it equals the page's language.
    pub(crate) direction: Option<&'static str>,
    pub(crate) path: String,
}

impl CriterionRow {
    /// Returns a criterion with its ways to elsewhere.
    pub(crate) fn of(scene: &Scene<'_>, criterion: CriterionAt) -> Self {
        let criterion_data = &scene.site[criterion];
        Self {
            origin: origin::mark(scene, &criterion_data.id),
            thread: criterion_data.thread.map(|thread| name::thread_value(scene, thread.of(criterion.ladder))),
            elsewhere: elsewhere(scene, criterion),
            is_unreleased: !scene.site.history.editions.is_empty()
                && !citing::is_released(scene.site, criterion, scene.locale),
            level_name: scene.site[criterion_data.level.of(criterion.ladder)].name(scene.locale),
            ..Self::alone(scene, criterion)
        }
    }

    /// Returns a criterion that stands with the rest elsewhere. Whether it is adapted is said wherever it stands.
    pub(crate) fn brief(scene: &Scene<'_>, criterion: CriterionAt) -> Self {
        Self { origin: origin::mark(scene, &scene.site[criterion].id), ..Self::alone(scene, criterion) }
    }

    /// Returns a criterion where nothing but its id and its text is shown.
    pub(crate) fn alone(scene: &Scene<'_>, criterion: CriterionAt) -> Self {
        let criterion_data = &scene.site[criterion];
        let (text, actual) = criterion_data.text.read(scene.locale);
        let html = Html::of_ladder(scene, criterion.ladder, actual);
        let slug = criterion_data.id.slug();
        Self {
            id: criterion_data.id.to_string(),
            path: scene.permanent_path(&slug),
            slug,
            html: Value::safe_string(&html.inline(&text.statement)),
            language: scene.foreign(actual),
            detail: (!text.detail.is_empty()).then(|| Value::safe_string(&html.blocks(&text.detail))),
            mark: Mark::of(scene, TextId::Criterion(criterion)),
            origin: None,
            thread: None,
            elsewhere: Vec::new(),
            category: scene.site[criterion_data.category.of(criterion.ladder)].number,
            level_name: String::new(),
            ladder: None,
            is_unreleased: false,
        }
    }
}

/// Returns the ways to a criterion in other languages. With more than a few, the switch in the header does that: a link to
/// each of them in each row would be most of the page.
fn elsewhere(scene: &Scene<'_>, criterion: CriterionAt) -> Vec<Elsewhere> {
    if scene.site.config.locales.len() > FEW {
        return Vec::new();
    }
    let criterion_data = &scene.site[criterion];
    let locale = scene.locale;
    let others =
        scene.site.config.locale_indices().filter(|&other| other != locale && criterion_data.text.own(other).is_some());
    let direction = |locale| scene.site.config.locale(locale).direction;
    let elsewhere = |other: LocaleIndex| Elsewhere {
        name: scene.renderer.words.name(other).to_owned(),
        language: scene.site.config.locale(other).language.clone(),
        direction: Some(direction(other).name()).filter(|_| direction(other) != direction(locale)),
        path: format!(
            "{}#{}",
            Page::of_level(other, criterion_data.level.of(criterion.ladder)).path(scene.site),
            criterion_data.id.slug()
        ),
    };
    others.map(elsewhere).collect()
}

/// Returns a criterion as HTML.
pub(crate) fn fragment(scene: &Scene<'_>, form: CriterionForm, criterion: CriterionAt) -> Value {
    let row_of = match form {
        CriterionForm::Anchored | CriterionForm::Loose => CriterionRow::of,
        CriterionForm::Brief | CriterionForm::AnchoredBrief => CriterionRow::brief,
        CriterionForm::Cell | CriterionForm::AnchoredCell => CriterionRow::alone,
    };
    let ladder = || scene.site[criterion.ladder].title.read(scene.locale).0.clone();
    let make = || {
        let row = CriterionRow { ladder: (form == CriterionForm::Loose).then(ladder), ..row_of(scene, criterion) };
        rendered(scene, form, &row)
    };
    let fragments = scene.renderer.fragments_of(criterion.ladder);
    match fragments
        .and_then(|ladder_fragments| ladder_fragments.at(form, criterion.criterion, scene.locale, scene.root))
    {
        Some(made) => made.get_or_init(make).clone(),
        None => make(),
    }
}

/// Returns a row as HTML.
pub(crate) fn rendered(scene: &Scene<'_>, form: CriterionForm, row: &CriterionRow) -> Value {
    let mut arguments = Context::new();
    arguments.insert("row", row);
    arguments.insert("anchored", &form.is_anchored());
    Value::safe_string(&scene.component(form.component(), &arguments))
}
