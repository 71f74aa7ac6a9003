//! The file in which a site begins to speak another language.

use std::collections::BTreeMap;

use toml_edit::{Key, Value};

use super::site_words::known;
use super::{FORMAT_VERSION, NAME, built_in_for, built_in_name};
use crate::locale::Locale;

/// Returns whether there are built-in words that a reader of a locale can read.
pub(crate) fn is_spoken(locale: &Locale) -> bool {
    !built_in_for(locale).is_empty()
}

/// Returns a file with every key of the interface in one locale. Each stands in a comment with the text used until
/// somebody translates it, so that the file itself sets nothing yet.
pub(crate) fn empty_words(locale: &Locale) -> String {
    let built_in: BTreeMap<_, _> = built_in_for(locale).into_iter().collect();
    let known = known(&locale.tag);
    let mut sections: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, english) in &known {
        let (section, name) = key.rsplit_once('.').unwrap_or(("", key));
        let said = match key.as_str() {
            NAME => built_in_name(locale).unwrap_or_default(),
            key => built_in.get(key).map_or_else(|| english.clone(), ToString::to_string),
        };
        sections.entry(section).or_default().push(format!("# {} = {}\n", Key::new(name), Value::from(said)));
    }
    let mut text = format!(
        "# The words of the interface. Take the `#` away from a line and translate its text.\n{FORMAT_VERSION} = 1\n"
    );
    for (section, lines) in sections {
        let header: Vec<_> = section.split('.').map(|part| Key::new(part).to_string()).collect();
        text.push_str(&format!("\n[{}]\n{}", header.join("."), lines.concat()));
    }
    text
}
