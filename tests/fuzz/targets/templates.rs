//! Templates of a site's own, with the whole site rendered.

use std::fs;

use crate::case::Case;
use crate::oracles::built;
use crate::random::Random;

/// The templates of the default theme, by name.
#[allow(clippy::disallowed_methods, reason = "the templates are in files")]
fn templates() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.is_file()).collect();
    paths.sort();
    let name =
        |path: &std::path::Path| path.file_name().and_then(|name| name.to_str()).expect("it is a name").to_owned();
    paths.iter().filter_map(|path| Some((name(path), fs::read_to_string(path).ok()?))).collect()
}

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of(random.choose(&["small", "small", "bilingual", "past", "themed"]));
    let templates = templates();
    let (name, text) = random.pick(&templates);
    let path = format!("theme/{name}");
    let text = match random.below(3) {
        0 => format!("{{% extends \"default/{name}\" %}}\n{{% block main %}}\n{{{{ super() }}}}\n{{% endblock %}}\n"),
        _ => text.clone(),
    };
    case.put(path.as_str(), text);
    for _ in 0..=random.below(3) {
        case.mutate(random, &path);
    }
    case
}

/// What a template writes is its own affair, but for where that stands.
pub fn check(case: &Case) {
    built(&case.sources());
}
