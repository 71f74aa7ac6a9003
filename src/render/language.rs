//! The languages of a site, as readers of each call them.

use typed_index_collections::TiVec;

use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;

/// Returns what readers of a locale call each language of a site: 英文. Its own name, if that is not known, or if another
/// language of the site is called the same.
pub(crate) fn names(site: &Site, words: &Words, reader: LocaleIndex) -> TiVec<LocaleIndex, String> {
    let (config, reader) = (&site.config, site.config.locale(reader));
    let known: Vec<_> = config.locales.iter().map(|locale| locale.name_for(reader)).collect();
    let is_alone = |name: &&str| known.iter().filter(|other| **other == Some(*name)).count() == 1;
    let name = |(locale, name): (LocaleIndex, &Option<&'static str>)| {
        name.filter(is_alone).unwrap_or_else(|| words.name(locale)).to_owned()
    };
    config.locale_indices().zip(&known).map(name).collect()
}
