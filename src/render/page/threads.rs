//! Each thread from the lowest level to the highest.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Origin, Page, Subject};
use crate::render::Renderer;
use crate::render::chart::{self, Measure};
use crate::render::fragment::Form;
use crate::render::frame::{Frame, Link};
use crate::render::row::{Text, ThreadName};

#[derive(Serialize)]
pub(crate) struct ThreadsView {
    #[serde(flatten)]
    frame: Frame,
    threads: Vec<ThreadPart>,
}

#[derive(Serialize)]
struct ThreadPart {
    thread: ThreadName,
    steps: Vec<Step>,
    /// The same thread in the ladders that this one builds on, the nearest first.
    inherited: Vec<LadderPart>,
    chart: Option<ChartView>,
    notes: Vec<NoteLink>,
    /// The page of the thread in all ladders, if several share it.
    shared: Option<String>,
}

/// A thread in all ladders that share it.
#[derive(Serialize)]
pub(crate) struct SharedThreadView {
    #[serde(flatten)]
    frame: Frame,
    heading: Text,
    parts: Vec<LadderPart>,
}

/// The thread in one ladder.
#[derive(Serialize)]
struct LadderPart {
    ladder: Text,
    /// The ladder's key, which is its anchor.
    anchor: String,
    /// The thread among those of the ladder.
    path: String,
    steps: Vec<Step>,
}

/// What a thread asks on one level.
#[derive(Serialize)]
pub(crate) struct Step {
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
struct ChartView {
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

impl Renderer<'_> {
    pub(crate) fn threads(&self, locale: LocaleIndex, ladder: usize) -> ThreadsView {
        let of = &self.site.ladders[ladder];
        let title = self.words.get(locale, "threads.title").to_owned();
        let values = [("ladder", of.title.read(locale).0.as_str())];
        let description = self.words.phrase(locale, "threads.description", &values);
        let mut frame = self.frame(
            Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Threads)),
            "threads",
            title,
            description,
        );
        let threads: Vec<_> = (0..of.threads.len())
            .map(|thread| ThreadPart {
                thread: self.thread_name(ladder, thread, locale),
                steps: self.steps(ladder, thread, locale, &frame.root),
                inherited: self.inherited_steps(ladder, thread, locale, &frame.root),
                chart: self.chart(ladder, thread, locale),
                notes: self.notes_about(Subject::Thread { ladder, thread }, locale),
                shared: self.shared_thread_path(ladder, thread, locale),
            })
            .collect();
        frame.contents = threads
            .iter()
            .map(|part| Link { title: part.thread.title.text.clone(), href: format!("#{}", part.thread.anchor) })
            .collect();
        ThreadsView { frame, threads }
    }

    /// Where a thread stands with all ladders that share it, if several do.
    fn shared_thread_path(&self, ladder: usize, thread: usize, locale: LocaleIndex) -> Option<String> {
        match self.site.kinship.thread(ladder, thread) {
            Origin::Shared(thread) if self.site.kinship.sharing(thread).len() > 1 => {
                Some(Page::In(locale, LocalePage::SharedThread(thread)).path(self.site))
            }
            _ => None,
        }
    }

    /// What the ladders ask in a thread that one builds on.
    fn inherited_steps(&self, ladder: usize, thread: usize, locale: LocaleIndex, root: &str) -> Vec<LadderPart> {
        let kinship = &self.site.kinship;
        let origin = kinship.thread(ladder, thread);
        let same = kinship.line(ladder).filter_map(|base| {
            let mut threads = 0..self.site.ladders[base].threads.len();
            threads.find(|&at| kinship.thread(base, at) == origin).map(|at| (base, at))
        });
        same.map(|thread| self.thread_in_ladder(thread, locale, root)).collect()
    }

    fn thread_in_ladder(&self, (ladder, thread): (usize, usize), locale: LocaleIndex, root: &str) -> LadderPart {
        let name = self.thread_name(ladder, thread, locale);
        LadderPart {
            ladder: self.text(&self.site.ladders[ladder].title, locale),
            anchor: self.site.ladders[ladder].config.key.clone(),
            path: format!("{}#{}", name.path, name.anchor),
            steps: self.steps(ladder, thread, locale, root),
        }
    }

    /// A thread in all ladders that share it, ladder by ladder.
    pub(crate) fn shared_thread(&self, locale: LocaleIndex, thread: usize) -> SharedThreadView {
        let of = &self.site.config.threads[thread];
        let title = of.title.read(locale).0.clone();
        let description = self.words.phrase(locale, "shared-thread.description", &[("thread", &title)]);
        let mut frame =
            self.frame(Page::In(locale, LocalePage::SharedThread(thread)), "shared-thread", title, description);
        let part = |&thread: &(usize, usize)| self.thread_in_ladder(thread, locale, &frame.root);
        let parts: Vec<_> = self.site.kinship.sharing(thread).iter().map(part).collect();
        let link = |part: &LadderPart| Link { title: part.ladder.text.clone(), href: format!("#{}", part.anchor) };
        frame.contents = parts.iter().map(link).collect();
        SharedThreadView { heading: self.text(&of.title, locale), parts, frame }
    }

    pub(crate) fn steps(&self, ladder: usize, thread: usize, locale: LocaleIndex, root: &str) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut last = None;
        for &at in &self.site.ladders[ladder].threads[thread].criteria {
            let of = &self.site.ladders[ladder].criteria[at];
            if last != Some(of.level) {
                last = Some(of.level);
                steps.push(Step { level: self.level_value(ladder, of.level, locale), rows: Vec::new() });
            }
            if let Some(step) = steps.last_mut() {
                let html = self.fragment(Form::Cell, ladder, at, locale, root);
                step.rows.push(StepRow {
                    id: of.id.to_string(),
                    category: self.site.ladders[ladder].categories[of.category].number,
                    html,
                });
            }
        }
        steps
    }

    fn chart(&self, ladder: usize, thread: usize, locale: LocaleIndex) -> Option<ChartView> {
        let chart = chart::of_thread(self.site, ladder, thread, locale)?;
        let view = |measure: &Measure| {
            let id = &self.site.ladders[ladder].criteria[measure.criterion].id;
            MeasureView {
                level: self.level_value(ladder, measure.level, locale),
                id: id.to_string(),
                slug: id.slug(),
                text: measure.quantity.as_ref().map(|quantity| quantity.text.clone()),
            }
        };
        let measures = chart.measures.iter().map(view).collect();
        Some(ChartView { path: chart.path.clone(), width: chart.width(), height: chart.height(), measures })
    }
}
