//! Worksheets: what a person fills in who prepares a review or the case for a promotion.
//!
//! A [`Form`] says what the sheet of a level asks, now or in an edition. [`fate()`] and [`fates`] say what became of the
//! criteria of an earlier edition, so that answers can be carried over.

mod fate;
pub(crate) mod file;
mod form;
#[cfg(test)]
mod tests;

pub(crate) use fate::{Carried, Fate, fate, fates};
pub(crate) use form::{Form, FormCategory, FormCriterion, FormLevel};

use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;

/// The key of the word before a rating.
pub(crate) const RATING: &str = "worksheet.rating";

/// The ratings of a site that says nothing about them, by the ends of their keys among the words of the interface.
const RATINGS: [&str; 4] = ["not-yet", "in-part", "consistently", "does-not-arise"];

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
