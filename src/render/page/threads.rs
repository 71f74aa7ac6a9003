//! Each thread from the lowest level to the highest.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use crate::handle::{LadderIndex, SharedThreadIndex, ThreadAt};
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
    pub(crate) fn threads(&self, locale: LocaleIndex, ladder: LadderIndex) -> ThreadsView {
        let of = &self.site[ladder];
        let title = self.words.get(locale, "threads.title").to_owned();
        let values = [("ladder", of.title.read(locale).0.as_str())];
        let description = self.words.phrase(locale, "threads.description", &values);
        let mut frame = self.frame(
            Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Threads)),
            "threads",
            title,
            description,
        );
        let threads = of.threads.keys().map(|thread| thread.of(ladder));
        let threads: Vec<_> = threads
            .map(|thread| ThreadPart {
                thread: self.thread_name(thread, locale),
                steps: self.steps(thread, locale, &frame.root),
                inherited: self.inherited_steps(thread, locale, &frame.root),
                chart: self.chart(thread, locale),
                notes: self.notes_about(Subject::Thread(thread), locale),
                shared: self.shared_thread_path(thread, locale),
            })
            .collect();
        frame.contents = threads
            .iter()
            .map(|part| Link { title: part.thread.title.text.clone(), href: format!("#{}", part.thread.anchor) })
            .collect();
        ThreadsView { frame, threads }
    }

    /// Where a thread stands with all ladders that share it, if several do.
    fn shared_thread_path(&self, thread: ThreadAt, locale: LocaleIndex) -> Option<String> {
        match self.site.kinship.thread(thread) {
            Origin::Shared(shared) if self.site.kinship.sharing(shared).len() > 1 => {
                Some(Page::In(locale, LocalePage::SharedThread(shared)).path(self.site))
            }
            _ => None,
        }
    }

    /// What the ladders ask in a thread that one builds on.
    fn inherited_steps(&self, thread: ThreadAt, locale: LocaleIndex, root: &str) -> Vec<LadderPart> {
        let kinship = &self.site.kinship;
        let origin = kinship.thread(thread);
        let same = kinship.line(thread.ladder).filter_map(|base| {
            let mut threads = self.site[base].threads.keys().map(|thread| thread.of(base));
            threads.find(|&thread| kinship.thread(thread) == origin)
        });
        same.map(|thread| self.thread_in_ladder(thread, locale, root)).collect()
    }

    fn thread_in_ladder(&self, thread: ThreadAt, locale: LocaleIndex, root: &str) -> LadderPart {
        let (name, of) = (self.thread_name(thread, locale), &self.site[thread.ladder]);
        LadderPart {
            ladder: self.text(&of.title, locale),
            anchor: of.config.key.clone(),
            path: format!("{}#{}", name.path, name.anchor),
            steps: self.steps(thread, locale, root),
        }
    }

    /// A thread in all ladders that share it, ladder by ladder.
    pub(crate) fn shared_thread(&self, locale: LocaleIndex, thread: SharedThreadIndex) -> SharedThreadView {
        let of = &self.site.config.threads[thread];
        let title = of.title.read(locale).0.clone();
        let description = self.words.phrase(locale, "shared-thread.description", &[("thread", &title)]);
        let mut frame =
            self.frame(Page::In(locale, LocalePage::SharedThread(thread)), "shared-thread", title, description);
        let part = |&thread: &ThreadAt| self.thread_in_ladder(thread, locale, &frame.root);
        let parts: Vec<_> = self.site.kinship.sharing(thread).iter().map(part).collect();
        let link = |part: &LadderPart| Link { title: part.ladder.text.clone(), href: format!("#{}", part.anchor) };
        frame.contents = parts.iter().map(link).collect();
        SharedThreadView { heading: self.text(&of.title, locale), parts, frame }
    }

    pub(crate) fn steps(&self, thread: ThreadAt, locale: LocaleIndex, root: &str) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut last = None;
        for criterion in self.site[thread].criteria.iter().map(|at| at.of(thread.ladder)) {
            let of = &self.site[criterion];
            if last != Some(of.level) {
                last = Some(of.level);
                steps.push(Step { level: self.level_value(of.level.of(thread.ladder), locale), rows: Vec::new() });
            }
            if let Some(step) = steps.last_mut() {
                let html = self.fragment(Form::Cell, criterion, locale, root);
                step.rows.push(StepRow {
                    id: of.id.to_string(),
                    category: self.site[of.category.of(thread.ladder)].number,
                    html,
                });
            }
        }
        steps
    }

    fn chart(&self, thread: ThreadAt, locale: LocaleIndex) -> Option<ChartView> {
        let chart = chart::of_thread(self.site, thread, locale)?;
        let view = |measure: &Measure| {
            let of = &self.site[measure.criterion.of(thread.ladder)];
            MeasureView {
                level: self.level_value(of.level.of(thread.ladder), locale),
                id: of.id.to_string(),
                slug: of.id.slug(),
                text: measure.quantity.as_ref().map(|quantity| quantity.text.clone()),
            }
        };
        let measures = chart.measures.iter().map(view).collect();
        Some(ChartView { path: chart.path.clone(), width: chart.width(), height: chart.height(), measures })
    }
}
