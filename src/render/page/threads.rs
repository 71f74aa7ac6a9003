//! Each thread from the lowest level to the highest.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use crate::config::LocaleIndex;
use crate::model::{Page, Subject};
use crate::render::Renderer;
use crate::render::chart::{self, Measure};
use crate::render::fragment::Form;
use crate::render::frame::{Frame, Link};
use crate::render::row::ThreadName;

#[derive(Serialize)]
pub struct ThreadsView {
    #[serde(flatten)]
    frame: Frame,
    threads: Vec<ThreadPart>,
}

#[derive(Serialize)]
struct ThreadPart {
    thread: ThreadName,
    steps: Vec<Step>,
    chart: Option<ChartView>,
    notes: Vec<NoteLink>,
}

/// What a thread asks on one level.
#[derive(Serialize)]
pub struct Step {
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

framed!(ThreadsView);

impl Renderer<'_> {
    pub fn threads(&self, locale: LocaleIndex, ladder: usize) -> ThreadsView {
        let of = &self.site.ladders[ladder];
        let title = self.words.get(locale, "threads.title").to_owned();
        let values = [("ladder", of.title.read(locale).0.as_str())];
        let description = self.words.phrase(locale, "threads.description", &values);
        let mut frame = self.frame(Page::Threads { locale, ladder }, "threads", title, description);
        let threads: Vec<_> = (0..of.threads.len())
            .map(|thread| ThreadPart {
                thread: self.thread_name(ladder, thread, locale),
                steps: self.steps(ladder, thread, locale, &frame.root),
                chart: self.chart(ladder, thread, locale),
                notes: self.notes_about(Subject::Thread { ladder, thread }, locale),
            })
            .collect();
        frame.contents = threads
            .iter()
            .map(|part| Link { title: part.thread.title.text.clone(), href: format!("#{}", part.thread.anchor) })
            .collect();
        ThreadsView { frame, threads }
    }

    pub fn steps(&self, ladder: usize, thread: usize, locale: LocaleIndex, root: &str) -> Vec<Step> {
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
                step.rows.push(StepRow { id: of.id.to_string(), category: of.category + 1, html });
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
