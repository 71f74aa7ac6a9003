//! Worksheets: what a person fills in who prepares a review or the case for a promotion.
//!
//! A [`Form`] says what the sheet of a level asks, now or in an edition. [`fate()`] and [`fates`] say what became of the
//! criteria of an earlier edition, so that answers can be carried over.

mod blank;
mod fate;
pub(crate) mod file;
mod form;
mod known;
mod paper;
mod table;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use blank::{Languages, VERSION};
pub(crate) use fate::{Carried, Fate, fate, fates};
pub(crate) use form::{Form, FormCategory, FormCriterion, FormLevel};
pub(crate) use known::known;
pub(crate) use update::{Outcome, Row, Update, level_of, update};

use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;

/// The ratings of a site that says nothing about them, by the ends of their keys among the words of the interface.
const RATINGS: [&str; 4] = ["not-yet", "in-part", "consistently", "does-not-arise"];

/// Returns the place of a written rating among those of the site, in whichever of its languages it is written. It may be in
/// bold or between quotation marks, and a full stop may follow it.
pub(crate) fn rating_at(site: &Site, words: &Words, written: &str) -> Option<usize> {
    let is_it = |rating: &String| bare_rating(rating) == bare_rating(written);
    site.config.locale_indices().find_map(|locale| ratings(site, words, locale).iter().position(is_it))
}

/// Returns a rating without what a person may write around it.
fn bare_rating(written: &str) -> String {
    const MARKS: &[char] =
        &['*', '_', '`', '"', '\'', '“', '”', '„', '«', '»', '‹', '›', '‘', '’', '「', '」', '『', '』'];
    let is_around = |c: char| c.is_whitespace() || MARKS.contains(&c);
    let own = written.trim_start_matches(is_around);
    own.trim_end_matches(|c: char| is_around(c) || matches!(c, '.' | '。' | '．')).to_lowercase()
}

/// Returns the ratings that readers of a locale choose among, in their order. Those at one place in several locales are the
/// same. Empty for a site whose sheets have none.
pub(crate) fn ratings(site: &Site, words: &Words, locale: LocaleIndex) -> Vec<String> {
    match site.config.worksheet.as_ref().and_then(|worksheet| worksheet.ratings.as_ref()) {
        Some(ratings) => ratings.read(locale).0.clone(),
        None => {
            RATINGS.iter().map(|rating| words.get(locale, &format!("worksheet.ratings.{rating}")).to_owned()).collect()
        }
    }
}
