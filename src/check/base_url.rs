//! An address that is handed on leads somewhere. A build does not ask: its links are relative, and whoever publishes it
//! may say the address later.

use std::collections::HashMap;

use super::notices::Places;
use crate::config::{Config, SITE, is_placeholder_address};
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::source::Sources;

/// Reports a placeholder address where addresses of the site are handed on, unless the site allows it.
pub(crate) fn placeholder_address(config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    if !is_placeholder_address(&config.base_url) {
        return Vec::new();
    }
    let places = Places::read(sources);
    let written = places.item("base-url").and_then(|written| written.as_str());
    // The option and the variable win over the file.
    let is_there =
        written.is_some_and(|written| config.base_url.as_str().trim_end_matches('/') == written.trim_end_matches('/'));
    let place = if is_there { places.of(&["base-url"]) } else { Place::file(SITE) };
    let message = format!("{address} is a placeholder, not the address of a site", address = config.base_url);
    let help = "write the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`";
    let problems = Problems::default();
    problems.allow(&config.allowed(HashMap::new()));
    problems.report(place.problem(Code::PlaceholderAddress, message).help(help));
    problems.into_sorted()
}
