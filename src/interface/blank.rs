//! The file in which a site begins to speak another language.

use toml_edit::{Key, Value};

use super::site_words::known;
use super::{FORMAT_VERSION, NAME, built_in_for, built_in_name};
use crate::config::Locale;

/// A file with every key of the interface in one locale. Each stands in a comment with what is said in its place until
/// somebody translates it, so that the file says nothing yet.
pub fn blank(tag: &str) -> String {
    let locale = Locale::parse(tag);
    let built_in: std::collections::BTreeMap<_, _> = locale.iter().flat_map(built_in_for).collect();
    let mut text = format!(
        "# The words of the interface. Take the `#` away from a line and translate its text.\n{FORMAT_VERSION} = 1\n"
    );
    let mut section = "";
    let known = known(tag);
    for (key, english) in &known {
        let (of, name) = key.rsplit_once('.').unwrap_or(("", key));
        if of != section {
            let header: Vec<_> = of.split('.').map(|part| Key::new(part).to_string()).collect();
            text.push_str(&format!("\n[{}]\n", header.join(".")));
            section = of;
        }
        let own_name = locale.as_ref().filter(|_| key == NAME).map(|of| built_in_name(of).unwrap_or_default());
        let said = own_name.or_else(|| built_in.get(key.as_str()).map(ToString::to_string));
        let said = Value::from(said.unwrap_or_else(|| english.clone()));
        text.push_str(&format!("# {} = {said}\n", Key::new(name)));
    }
    text
}
