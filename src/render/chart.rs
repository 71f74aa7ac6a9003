//! Charts of the threads that are quantities: a share of time, years of experience.

use crate::config::LocaleIndex;
use crate::model::{Quantity, Site, Unit};

/// The numbers of a thread, read from its statements.
pub struct Chart {
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
    Some(Chart { measures, maximum })
}

impl Chart {
    /// Where the bar of a quantity begins and how long it is, in thousandths of the scale. A single number is drawn
    /// from nothing, a range from its lower end.
    pub fn bar(&self, quantity: &Quantity) -> (u32, u32) {
        let low = if quantity.low == quantity.high { 0 } else { quantity.low };
        let scale = |value: u32| 1000 * value / self.maximum;
        (scale(low), scale(quantity.high) - scale(low))
    }
}
