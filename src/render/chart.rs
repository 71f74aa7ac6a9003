//! Charts of the threads that are quantities: a share of time, years of experience.

use camino::Utf8PathBuf;

use crate::handle::{CriterionIndex, ThreadAt};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Quantity, Site, Unit, thread_anchor};
use crate::text::escape;
use crate::write::Output;

/// The numbers of a thread, read from its statements.
pub(crate) struct Chart {
    /// Where its picture stands on the site.
    pub(crate) path: String,
    /// One for each criterion of the thread, the lowest level first.
    pub(crate) measures: Vec<Measure>,
    /// Where the scale ends.
    maximum: u32,
}

pub(crate) struct Measure {
    pub(crate) criterion: CriterionIndex,
    /// None for a statement that names no number.
    pub(crate) quantity: Option<Quantity>,
}

// As wide as a telephone has room for, so that letters keep their size.
const ROW: usize = 26;
const MARGIN: usize = 10;
const LABELS: usize = 56;
const BARS: usize = 176;
const VALUES: usize = 90;

/// The chart of a thread, if at least two of its statements, and half of them all, give a quantity of one unit.
pub(crate) fn of_thread(site: &Site, thread: ThreadAt, locale: LocaleIndex) -> Option<Chart> {
    let of = &site[thread.ladder];
    let quantity = |criterion: CriterionIndex, locale| {
        let text = &of.criteria[criterion].text;
        let source = Quantity::find(&text.source().plain)?;
        // The numbers are those of the source; a translation may name others beside them, or none.
        Some(source.in_translation(&text.read(locale).0.plain).unwrap_or(source))
    };
    let criteria = &site[thread].criteria;
    // The source decides, so that a thread has a chart in every language or in none.
    let units: Vec<Unit> =
        criteria.iter().filter_map(|&at| quantity(at, LocaleIndex::SOURCE)).map(|found| found.unit).collect();
    let one_unit = units.windows(2).all(|pair| pair[0] == pair[1]);
    if units.len() < 2 || !one_unit || units.len() * 2 < criteria.len() {
        return None;
    }
    let measures: Vec<_> =
        criteria.iter().map(|&at| Measure { criterion: at, quantity: quantity(at, locale) }).collect();
    let highest = measures.iter().filter_map(|measure| measure.quantity.as_ref()).map(|found| found.high).max()?;
    let maximum = if units[0] == Unit::Percent { highest.max(100) } else { highest.max(1) };
    let folder = Page::In(locale, LocalePage::Ladder(thread.ladder, LadderPage::Threads)).path(site);
    Some(Chart { path: format!("{folder}{}.svg", thread_anchor(&site[thread].key)), measures, maximum })
}

impl Chart {
    pub(crate) fn width(&self) -> usize {
        MARGIN + LABELS + BARS + VALUES
    }

    pub(crate) fn height(&self) -> usize {
        MARGIN * 2 + ROW * self.measures.len()
    }

    /// The picture. It brings its own ground, since it does not know on what it is shown: letters have a contrast of
    /// 6 to 1 there, in light and in dark.
    fn svg(&self, title: &str, labels: &[String], none: &str) -> String {
        let (width, height) = (self.width(), self.height());
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\" \
             fill=\"#57606a\"><title>"
        );
        escape(title, &mut svg);
        svg.push_str("</title>");
        svg.push_str(&format!("<rect width=\"{width}\" height=\"{height}\" rx=\"4\" fill=\"#f5f7f9\"/>"));
        for (row, (measure, label)) in self.measures.iter().zip(labels).enumerate() {
            self.write_row(MARGIN + ROW * row + ROW / 2, measure, (label, none), &mut svg);
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// One level: its name, a track with its bar, its number in words.
    fn write_row(&self, middle: usize, measure: &Measure, (label, none): (&str, &str), svg: &mut String) {
        let (baseline, track) = (middle + 5, MARGIN + LABELS);
        let mut text = |x: usize, words: &str| {
            svg.push_str(&format!("<text x=\"{x}\" y=\"{baseline}\">"));
            escape(words, svg);
            svg.push_str("</text>");
        };
        text(MARGIN, label);
        text(track + BARS + MARGIN, measure.quantity.as_ref().map_or(none, |quantity| &quantity.text));
        svg.push_str(&format!(
            "<rect x=\"{track}\" y=\"{}\" width=\"{BARS}\" height=\"12\" fill=\"#e3e7eb\"/>",
            middle - 6
        ));
        let Some(quantity) = &measure.quantity else { return };
        let scale = |value: u32| BARS * value as usize / self.maximum as usize;
        // A single number is drawn from nothing, a range from its lower end.
        let from = if quantity.low == quantity.high { 0 } else { scale(quantity.low) };
        let length = (scale(quantity.high) - from).max(3);
        let (x, y) = (track + from, middle - 6);
        svg.push_str(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{length}\" height=\"12\" fill=\"#1f6fb2\"/>"));
    }
}

/// The pictures of all charts in every language.
pub(crate) fn outputs(site: &Site, words: &Words) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in site.config.locale_indices() {
        for (ladder, of) in site.ladders.iter_enumerated() {
            for thread in of.threads.keys() {
                let Some(chart) = of_thread(site, thread.of(ladder), locale) else { continue };
                let label = |measure: &Measure| {
                    let level = &of.levels[of.criteria[measure.criterion].level];
                    if level.codes.is_empty() { level.id.clone() } else { level.code() }
                };
                let labels: Vec<_> = chart.measures.iter().map(label).collect();
                let thread_title = of.threads[thread].title.read(locale).0;
                let title = words.phrase(locale, "threads.chart", &[("thread", thread_title)]);
                let none = words.get(locale, "threads.none");
                let bytes = chart.svg(&title, &labels, none).into_bytes();
                outputs.push(Output { path: Utf8PathBuf::from(&chart.path), bytes });
            }
        }
    }
    outputs
}
