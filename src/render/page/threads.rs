//! Each thread from the lowest level to the highest.

use serde::Serialize;

use super::framed;
use super::note::NoteLink;
use crate::config::LocaleIndex;
use crate::model::{Page, Quantity, Subject};
use crate::render::Renderer;
use crate::render::chart::{self, Measure};
use crate::render::frame::{Frame, Link};
use crate::render::row::{LevelName, Row, ThreadName};

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
    /// The numbers that its statements name, to be drawn. None if it is not about numbers.
    chart: Option<Vec<MeasureView>>,
    notes: Vec<NoteLink>,
}

/// What a thread asks on one level.
#[derive(Serialize)]
pub struct Step {
    level: LevelName,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct MeasureView {
    level: LevelName,
    id: String,
    slug: String,
    category: usize,
    number: Option<NumberView>,
}

#[derive(Serialize)]
struct NumberView {
    /// As the statement has it.
    text: String,
    /// Where its bar begins, and how long it is, in thousandths of the scale.
    from: u32,
    length: u32,
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
            let row = self.row(ladder, at, locale, root);
            if last != Some(row.level) {
                last = Some(row.level);
                steps.push(Step { level: self.level_view(ladder, row.level, locale), rows: Vec::new() });
            }
            if let Some(step) = steps.last_mut() {
                step.rows.push(row);
            }
        }
        steps
    }

    fn chart(&self, ladder: usize, thread: usize, locale: LocaleIndex) -> Option<Vec<MeasureView>> {
        let chart = chart::of_thread(self.site, ladder, thread, locale)?;
        let view = |measure: &Measure| {
            let of = &self.site.ladders[ladder].criteria[measure.criterion];
            let number = |quantity: &Quantity| {
                let (from, length) = chart.bar(quantity);
                NumberView { text: quantity.text.clone(), from, length }
            };
            MeasureView {
                level: self.level_view(ladder, measure.level, locale),
                id: of.id.to_string(),
                slug: of.id.slug(),
                category: of.category + 1,
                number: measure.quantity.as_ref().map(number),
            }
        };
        Some(chart.measures.iter().map(view).collect())
    }
}
