//! The languages of a site, as readers of each call them.

use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;

/// Returns what readers of a locale call the language of another: 英文. Its own name, if that is not known, or if another
/// language of the site is called the same.
pub(crate) fn name<'s>(site: &Site, words: &'s Words, locale: LocaleIndex, reader: LocaleIndex) -> &'s str {
    let known = |at: LocaleIndex| site.config.locale(at).name_for(site.config.locale(reader));
    let is_alone =
        |found: &&str| site.config.locale_indices().filter(|&other| known(other) == Some(*found)).count() == 1;
    known(locale).filter(is_alone).unwrap_or_else(|| words.name(locale))
}
