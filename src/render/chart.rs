//! Charts of the threads that are quantities: a share of time, years of experience.

use serde::Serialize;

use super::scene::Renderer;
use crate::config::{Lighting, TINTS, Tint};
use crate::handle::{CriterionIndex, ThreadAt};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Quantity, QuantityUnit, Site, thread_anchor};
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

/// Where the bars begin.
const TRACK: usize = MARGIN + LABELS;

const TEMPLATE: &str = "chart.svg";

/// A chart as its template draws it. Lengths are in pixels.
#[derive(Serialize)]
struct ChartView {
    /// The place of the locale among those of the site.
    locale: usize,
    thread: String,
    width: usize,
    height: usize,
    /// Between the edge and what is drawn, and between a bar and its number.
    margin: usize,
    /// Where the bars have room.
    track: Span,
    /// The lowest level first.
    rows: Vec<RowView>,
    /// On light pages.
    colours: Colours,
    /// On dark pages.
    dark: Colours,
}

#[derive(Clone, Serialize)]
struct Colours {
    quiet: String,
    raised: String,
    line: String,
    accent: String,
}

impl Colours {
    fn of(site: &Site, lighting: Lighting) -> Self {
        let chosen = |key: &str| {
            let at = TINTS.iter().position(|tint| tint.key == Some(key)).expect("the default theme has the colour");
            Tint::chosen(at, &site.config.theme.colours)[lighting as usize].to_string()
        };
        Self { quiet: chosen("quiet"), raised: chosen("raised"), line: chosen("line"), accent: chosen("accent") }
    }
}

#[derive(Serialize)]
struct RowView {
    level: String,
    /// As the statement has it. None where it names no number.
    text: Option<String>,
    /// Where the bar stands.
    y: usize,
    /// Where the letters stand.
    baseline: usize,
    bar: Option<Span>,
}

/// A piece of a row.
#[derive(Serialize)]
struct Span {
    x: usize,
    width: usize,
}

/// Returns the chart of a thread, if at least two of its statements, and half of them all, give a quantity of one unit.
pub(crate) fn of_thread(site: &Site, thread: ThreadAt, locale: LocaleIndex) -> Option<Chart> {
    let ladder_data = &site[thread.ladder];
    let quantity = |criterion: CriterionIndex, locale| {
        let text = &ladder_data.criteria[criterion].text;
        let source = Quantity::find(&text.source().plain)?;
        // The numbers are those of the source; a translation may name others beside them, or none.
        Some(source.in_translation(&text.read(locale).0.plain).unwrap_or(source))
    };
    let criteria = &site[thread].criteria;
    // The source decides, so that a thread has a chart in every language or in none.
    let units: Vec<QuantityUnit> =
        criteria.iter().filter_map(|&at| quantity(at, LocaleIndex::SOURCE)).map(|found| found.unit).collect();
    let one_unit = units.windows(2).all(|pair| pair[0] == pair[1]);
    if units.len() < 2 || !one_unit || units.len() * 2 < criteria.len() {
        return None;
    }
    let measures: Vec<_> =
        criteria.iter().map(|&at| Measure { criterion: at, quantity: quantity(at, locale) }).collect();
    let highest = measures.iter().filter_map(|measure| measure.quantity.as_ref()).map(|found| found.high).max()?;
    let maximum = if units[0] == QuantityUnit::Percent { highest.max(100) } else { highest.max(1) };
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

    /// Returns one level: its name, a track with its bar, its number in words.
    fn row(&self, row: usize, measure: &Measure, level: String) -> RowView {
        let middle = MARGIN + ROW * row + ROW / 2;
        let bar = |quantity: &Quantity| {
            let scale = |value: u32| BARS * value as usize / self.maximum as usize;
            // A single number is drawn from nothing, a range from its lower end.
            let from = if quantity.low == quantity.high { 0 } else { scale(quantity.low) };
            Span { x: TRACK + from, width: (scale(quantity.high) - from).max(3) }
        };
        RowView {
            level,
            text: measure.quantity.as_ref().map(|quantity| quantity.text.clone()),
            y: middle - 6,
            baseline: middle + 5,
            bar: measure.quantity.as_ref().map(bar),
        }
    }
}

/// Returns the pictures of all charts in every language.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let site = renderer.site;
    let [colours, dark] = Lighting::BOTH.map(|lighting| Colours::of(site, lighting));
    let mut outputs = Vec::new();
    for locale in site.config.locale_indices() {
        for (ladder, ladder_data) in site.ladders.iter_enumerated() {
            for thread in ladder_data.threads.keys() {
                let Some(chart) = of_thread(site, thread.of(ladder), locale) else { continue };
                let label = |measure: &Measure| {
                    let level = &ladder_data.levels[ladder_data.criteria[measure.criterion].level];
                    if level.codes.is_empty() { level.id.clone() } else { level.code() }
                };
                let rows = chart.measures.iter().enumerate();
                let view = ChartView {
                    locale: locale.0,
                    thread: ladder_data.threads[thread].title.read(locale).0.clone(),
                    width: chart.width(),
                    height: chart.height(),
                    margin: MARGIN,
                    track: Span { x: TRACK, width: BARS },
                    rows: rows.map(|(row, measure)| chart.row(row, measure, label(measure))).collect(),
                    colours: colours.clone(),
                    dark: dark.clone(),
                };
                outputs.extend(renderer.file(TEMPLATE, &chart.path, &view));
            }
        }
    }
    outputs
}
