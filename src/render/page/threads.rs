//! Each thread from the lowest level to the highest.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::{NoteLink, notes_about};
use crate::handle::{CriterionAt, CriterionIndex, LadderIndex, LevelAt, LevelIndex, SharedThreadIndex, ThreadAt};
use crate::model::{LocalePage, Origin, Subject};
use crate::render::chart::{self, Measure};
use crate::render::fragment::CriterionForm;
use crate::render::name::{self, ThreadName};
use crate::render::page_context::PageContext;
use crate::render::row;
use crate::render::scene::Scene;
use crate::render::text::{Link, Text};

#[derive(Serialize)]
pub(crate) struct ThreadsView {
    #[serde(flatten)]
    frame: PageContext,
    /// The short names of the levels, lowest first.
    levels: Vec<String>,
    threads: Vec<ThreadOverview>,
}

#[derive(Serialize)]
struct ThreadOverview {
    thread: ThreadName,
    /// Its criteria on each level of the ladder, for the map of all threads.
    places: Vec<Vec<MappedCriterion>>,
    steps: Vec<ThreadStep>,
    /// The same thread in the ladders that this one builds on, the nearest first.
    inherited: Vec<ThreadLadder>,
    chart: Option<ThreadChart>,
    notes: Vec<NoteLink>,
    /// The page of the thread in all ladders, if several share it.
    shared: Option<String>,
}

/// A criterion as a dot of the map.
#[derive(Serialize)]
struct MappedCriterion {
    id: String,
    category: usize,
    path: String,
    statement: String,
}

/// A thread in all ladders that share it.
#[derive(Serialize)]
pub(crate) struct SharedThreadView {
    #[serde(flatten)]
    frame: PageContext,
    heading: Text,
    parts: Vec<ThreadLadder>,
}

/// The thread in one ladder.
#[derive(Serialize)]
struct ThreadLadder {
    ladder: Text,
    /// The ladder's key, which is its anchor.
    anchor: String,
    /// The thread among those of the ladder.
    path: String,
    steps: Vec<ThreadStep>,
}

/// The criteria of a thread on one level.
#[derive(Serialize)]
pub(crate) struct ThreadStep {
    level: Value,
    rows: Vec<StepRow>,
}

#[derive(Serialize)]
struct StepRow {
    id: String,
    category: usize,
    html: Value,
}

#[derive(Serialize)]
struct ThreadChart {
    path: String,
    width: usize,
    height: usize,
    /// The same numbers as text.
    measures: Vec<MeasureView>,
}

#[derive(Serialize)]
struct MeasureView {
    level: Value,
    id: String,
    slug: String,
    /// As the statement has it. None where it names no number.
    text: Option<String>,
}

framed!(ThreadsView, SharedThreadView);

pub(crate) fn view(scene: &Scene<'_>, ladder: LadderIndex) -> ThreadsView {
    let ladder_data = &scene.site[ladder];
    let title = scene.word("threads.title").to_owned();
    let values = [("ladder", ladder_data.title.read(scene.locale).0.as_str())];
    let description = scene.phrase("threads.description", &values);
    let mut frame = PageContext::of(scene, "threads", title, description);
    let threads = ladder_data.threads.keys().map(|thread| thread.of(ladder));
    let threads: Vec<_> = threads
        .map(|thread| ThreadOverview {
            thread: ThreadName::of(scene, thread),
            places: places(scene, thread),
            steps: steps(scene, thread),
            inherited: inherited_steps(scene, thread),
            chart: chart_view(scene, thread),
            notes: notes_about(scene, Subject::Thread(thread)),
            shared: shared_thread_path(scene, thread),
        })
        .collect();
    frame.contents = threads
        .iter()
        .map(|part| Link { title: part.thread.title.text.clone(), href: format!("#{}", part.thread.anchor) })
        .collect();
    let levels = ladder_data.levels.keys().map(|level| name::short_level(scene, level.of(ladder))).collect();
    ThreadsView { frame, levels, threads }
}

fn places(scene: &Scene<'_>, thread: ThreadAt) -> Vec<Vec<MappedCriterion>> {
    let ladder_data = &scene.site[thread.ladder];
    let on = |level: LevelIndex| {
        let criteria = scene.site[thread].criteria.iter().filter(|&&at| ladder_data.criteria[at].level == level);
        let mapped = |&at: &CriterionIndex| {
            let criterion = &ladder_data.criteria[at];
            MappedCriterion {
                id: criterion.id.to_string(),
                category: ladder_data.categories[criterion.category].number,
                path: scene.permanent_path(&criterion.id.slug()),
                statement: criterion.text.read(scene.locale).0.statement.plain(),
            }
        };
        criteria.map(mapped).collect()
    };
    ladder_data.levels.keys().map(on).collect()
}

/// Returns where a thread stands with all ladders that share it, if several do.
fn shared_thread_path(scene: &Scene<'_>, thread: ThreadAt) -> Option<String> {
    match scene.site.inheritance.thread(thread) {
        Origin::Shared(shared) if scene.site.inheritance.sharing(shared).len() > 1 => {
            Some(scene.local(LocalePage::SharedThread(shared)).path(scene.site))
        }
        _ => None,
    }
}

/// Returns the criteria of a thread in the ladders that its ladder builds on.
fn inherited_steps(scene: &Scene<'_>, thread: ThreadAt) -> Vec<ThreadLadder> {
    let inheritance = &scene.site.inheritance;
    let origin = inheritance.thread(thread);
    let same = inheritance.line(thread.ladder).filter_map(|base| {
        let mut threads = scene.site[base].threads.keys().map(|thread| thread.of(base));
        threads.find(|&thread| inheritance.thread(thread) == origin)
    });
    same.map(|thread| thread_in_ladder(scene, thread)).collect()
}

fn thread_in_ladder(scene: &Scene<'_>, thread: ThreadAt) -> ThreadLadder {
    let (name, thread_data) = (ThreadName::of(scene, thread), &scene.site[thread.ladder]);
    ThreadLadder {
        ladder: Text::of(scene, &thread_data.title),
        anchor: thread_data.config.key.clone(),
        path: format!("{}#{}", name.path, name.anchor),
        steps: steps(scene, thread),
    }
}

/// Returns a thread in all ladders that share it, ladder by ladder.
pub(crate) fn shared(scene: &Scene<'_>, thread: SharedThreadIndex) -> SharedThreadView {
    let thread_data = &scene.site.config.threads[thread];
    let title = thread_data.title.read(scene.locale).0.clone();
    let description = scene.phrase("shared-thread.description", &[("thread", &title)]);
    let mut frame = PageContext::of(scene, "shared-thread", title, description);
    let part = |&thread: &ThreadAt| thread_in_ladder(scene, thread);
    let parts: Vec<_> = scene.site.inheritance.sharing(thread).iter().map(part).collect();
    let link = |part: &ThreadLadder| Link { title: part.ladder.text.clone(), href: format!("#{}", part.anchor) };
    frame.contents = parts.iter().map(link).collect();
    SharedThreadView { heading: Text::of(scene, &thread_data.title), parts, frame }
}

fn steps(scene: &Scene<'_>, thread: ThreadAt) -> Vec<ThreadStep> {
    let row = |criterion: CriterionAt| {
        let criterion_data = &scene.site[criterion];
        StepRow {
            id: criterion_data.id.to_string(),
            category: scene.site[criterion_data.category.of(criterion.ladder)].number,
            html: row::fragment(scene, CriterionForm::Cell, criterion),
        }
    };
    let step = |(level, criteria): (LevelAt, Vec<CriterionAt>)| ThreadStep {
        level: name::level_value(scene, level),
        rows: criteria.into_iter().map(row).collect(),
    };
    by_level(scene, thread).into_iter().map(step).collect()
}

/// Returns the criteria of a thread, level by level.
pub(crate) fn by_level(scene: &Scene<'_>, thread: ThreadAt) -> Vec<(LevelAt, Vec<CriterionAt>)> {
    let criteria: Vec<_> = scene.site[thread].criteria.iter().map(|at| at.of(thread.ladder)).collect();
    let level = |criterion: &CriterionAt| scene.site[*criterion].level.of(criterion.ladder);
    let on_one_level = criteria.chunk_by(|a, b| level(a) == level(b));
    on_one_level.map(|criteria| (level(&criteria[0]), criteria.to_vec())).collect()
}

fn chart_view(scene: &Scene<'_>, thread: ThreadAt) -> Option<ThreadChart> {
    let chart = chart::of_thread(scene.site, thread, scene.locale)?;
    let view = |measure: &Measure| {
        let criterion_data = &scene.site[measure.criterion.of(thread.ladder)];
        MeasureView {
            level: name::level_value(scene, criterion_data.level.of(thread.ladder)),
            id: criterion_data.id.to_string(),
            slug: criterion_data.id.slug(),
            text: measure.quantity.as_ref().map(|quantity| quantity.text.clone()),
        }
    };
    let measures = chart.measures.iter().map(view).collect();
    Some(ThreadChart { path: chart.path.clone(), width: chart.width(), height: chart.height(), measures })
}
