//! Charts of the threads that are quantities: a share of time, years of experience.

use camino::Utf8PathBuf;

use super::html::escape;
use crate::config::LocaleIndex;
use crate::interface::Words;
use crate::model::{Page, Quantity, Site, Unit, thread_anchor};
use crate::write::Output;

/// The numbers of a thread, read from its statements.
pub struct Chart {
    /// Where its picture stands on the site.
    pub path: String,
    /// One for each criterion of the thread, the lowest level first.
    pub measures: Vec<Measure>,
    /// Where the scale ends.
    maximum: u32,
}

pub struct Measure {
    pub level: usize,
    pub criterion: usize,
    /// None for a statement that names no number.
    pub quantity: Option<Quantity>,
}

const ROW: usize = 28;
const LABELS: usize = 64;
const BARS: usize = 400;
const VALUES: usize = 96;
const TOP: usize = 8;

/// The chart of a thread, if at least two of its statements, and half of them all, give a quantity of one unit.
pub fn of_thread(site: &Site, ladder: usize, thread: usize, locale: LocaleIndex) -> Option<Chart> {
    let of = &site.ladders[ladder];
    let quantity = |criterion: usize, locale| Quantity::find(&of.criteria[criterion].text.read(locale).0.plain);
    let criteria = &of.threads[thread].criteria;
    // The source decides, so that a thread has a chart in every language or in none.
    let units: Vec<Unit> =
        criteria.iter().filter_map(|&at| quantity(at, LocaleIndex::SOURCE)).map(|found| found.unit).collect();
    let one_unit = units.windows(2).all(|pair| pair[0] == pair[1]);
    if units.len() < 2 || !one_unit || units.len() * 2 < criteria.len() {
        return None;
    }
    let measures: Vec<_> = criteria
        .iter()
        .map(|&at| Measure { level: of.criteria[at].level, criterion: at, quantity: quantity(at, locale) })
        .collect();
    let highest = measures.iter().filter_map(|measure| measure.quantity.as_ref()).map(|found| found.high).max()?;
    let maximum = if units[0] == Unit::Percent { highest.max(100) } else { highest.max(1) };
    let folder = Page::Threads { locale, ladder }.path(site);
    Some(Chart { path: format!("{folder}{}.svg", thread_anchor(&of.threads[thread].key)), measures, maximum })
}

impl Chart {
    pub fn width(&self) -> usize {
        LABELS + BARS + VALUES
    }

    pub fn height(&self) -> usize {
        TOP * 2 + ROW * self.measures.len()
    }

    /// The picture. Its colours are readable on light and on dark, since a picture does not know where it is shown.
    fn svg(&self, title: &str, labels: &[String]) -> String {
        let (width, height) = (self.width(), self.height());
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"14\"><title>"
        );
        escape(title, &mut svg);
        svg.push_str("</title>");
        let scale = |value: u32| LABELS + BARS * value as usize / self.maximum as usize;
        for (row, (measure, label)) in self.measures.iter().zip(labels).enumerate() {
            let middle = TOP + ROW * row + ROW / 2;
            let baseline = middle + 5;
            svg.push_str(&format!("<text x=\"0\" y=\"{baseline}\" fill=\"#7a7a7a\">"));
            escape(label, &mut svg);
            svg.push_str(&format!(
                "</text><path d=\"M{LABELS} {middle}H{}\" stroke=\"#8884\" stroke-width=\"1\"/>",
                LABELS + BARS
            ));
            let Some(quantity) = &measure.quantity else { continue };
            // A single number is drawn from nothing, a range from its lower end.
            let from = if quantity.low == quantity.high { LABELS } else { scale(quantity.low) };
            let to = scale(quantity.high);
            svg.push_str(&format!(
                "<rect x=\"{from}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"2\" fill=\"#3f7fbf\"/>",
                middle - 7,
                (to - from).max(3)
            ));
            svg.push_str(&format!("<text x=\"{}\" y=\"{baseline}\" fill=\"#7a7a7a\">", to + 8));
            escape(&quantity.text, &mut svg);
            svg.push_str("</text>");
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// The pictures of all charts in every language.
pub fn outputs(site: &Site, words: &Words) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in site.config.locale_indices() {
        for (ladder, of) in site.ladders.iter().enumerate() {
            for thread in 0..of.threads.len() {
                let Some(chart) = of_thread(site, ladder, thread, locale) else { continue };
                let label = |measure: &Measure| {
                    let level = &of.levels[measure.level];
                    if level.codes.is_empty() { level.id.clone() } else { level.code() }
                };
                let labels: Vec<_> = chart.measures.iter().map(label).collect();
                let thread_title = of.threads[thread].title.read(locale).0;
                let title = words.phrase(locale, "threads.chart", &[("thread", thread_title)]);
                let bytes = chart.svg(&title, &labels).into_bytes();
                outputs.push(Output { path: Utf8PathBuf::from(&chart.path), bytes });
            }
        }
    }
    outputs
}
