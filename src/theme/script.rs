//! Scripts as they are published. `asset("search.js")` becomes the path of that file on the site: pages need not hand on
//! what only a script asks for. Comments of the embedded scripts stay with the theme.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{ASSETS, Asset, THEME};
use crate::diagnostic::{Code, Place, Problems, Span};
use crate::text::{nearest, slice};

const OPENS: &str = "asset(\"";
const CLOSES: &str = "\")";

/// An asset that a script names.
struct Named<'a> {
    name: &'a str,
    /// From `asset` to the bracket that closes.
    span: Span,
}

/// Returns the assets that a script names, in their order.
fn named(script: &str) -> Vec<Named<'_>> {
    let call = |(at, _): (usize, &str)| {
        let start = at + OPENS.len();
        let name = slice(script, start..).split_once(CLOSES)?.0;
        let is_name = !name.contains(['"', '\n']);
        is_name.then(|| Named { name, span: at..start + name.len() + CLOSES.len() })
    };
    script.match_indices(OPENS).filter_map(call).collect()
}

/// Returns an embedded script or style without its indentation and the comments that begin a line, which readers of the site
/// would load for nothing. No other line of these files begins as a comment does: none is within a text of several lines.
pub(super) fn published(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.split_inclusive('\n') {
        let begins = line.trim_start();
        in_comment |= begins.starts_with("/*");
        let rest = match in_comment {
            true => line.split_once("*/").map_or("", |(_, rest)| rest),
            false if begins.starts_with("//") => "",
            false => line,
        };
        in_comment &= !line.contains("*/");
        if !rest.trim().is_empty() {
            kept.push_str(rest.trim_start());
        }
    }
    kept
}

/// Writes the paths of assets into the scripts that name them. The path of a script follows from what it says, so a
/// script waits for those that it names. What it names and is not there, or waits for it in turn, is reported.
pub(super) fn link(assets: &mut BTreeMap<Utf8PathBuf, Asset>, problems: &Problems) {
    let is_script = |path: &Utf8Path| path.extension() == Some("js");
    let text = |asset: &Asset| String::from_utf8(asset.bytes.clone()).ok().filter(|text| text.contains(OPENS));
    let scripts = assets.iter().filter(|(path, _)| is_script(path));
    let mut waiting: BTreeMap<_, _> = scripts.filter_map(|(path, asset)| Some((path.clone(), text(asset)?))).collect();
    while !waiting.is_empty() {
        let path_of = |name: &str| Utf8PathBuf::from(format!("{ASSETS}{name}"));
        let is_ready = |script: &String| named(script).iter().all(|named| !waiting.contains_key(&path_of(named.name)));
        let ready = waiting.iter().find(|(_, script)| is_ready(script)).map(|(path, _)| path.clone());
        let is_circle = ready.is_none();
        let Some(path) = ready.or_else(|| waiting.keys().next().cloned()) else { break };
        let Some(script) = waiting.remove(&path) else { break };
        let mut written = String::with_capacity(script.len());
        let mut kept = 0;
        for Named { name, span } in named(&script) {
            let target = path_of(name);
            let other = assets.get(&target).filter(|_| target != path && !waiting.contains_key(&target));
            let Some(other) = other else {
                let message = match is_circle && assets.contains_key(&target) {
                    true if path == target => format!("the script `{path}` refers to itself"),
                    true => format!("the scripts `{path}` and `{target}` refer to each other"),
                    false => format!("the theme has no {target}"),
                };
                let names = assets.keys().filter_map(|path| path.as_str().strip_prefix(ASSETS));
                let help = match nearest(name, names) {
                    Some(near) if near != name => format!("did you mean `asset(\"{near}\")`?"),
                    _ => "use a file in theme/assets/ that does not need this script".to_owned(),
                };
                let place = Place::new(Utf8Path::new(THEME).join(&path), span);
                problems.report(place.problem(Code::Template, message).help(help));
                continue;
            };
            written.push_str(slice(&script, kept..span.start));
            written.push_str(&format!("\"{}\"", other.path));
            kept = span.end;
        }
        written.push_str(slice(&script, kept..));
        let asset = Asset::new(&path, written.into_bytes());
        assets.insert(path, asset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(files: &[(&str, &str)]) -> (BTreeMap<Utf8PathBuf, Asset>, Vec<String>) {
        let asset = |(path, text): &(&str, &str)| {
            (Utf8PathBuf::from(*path), Asset::new(Utf8Path::new(path), text.as_bytes().to_vec()))
        };
        let mut assets = files.iter().map(asset).collect();
        let problems = Problems::default();
        link(&mut assets, &problems);
        (assets, problems.into_sorted().into_iter().map(|problem| problem.message).collect())
    }

    fn text(assets: &BTreeMap<Utf8PathBuf, Asset>, path: &str) -> String {
        String::from_utf8(assets[Utf8Path::new(path)].bytes.clone()).expect("UTF-8")
    }

    #[test]
    fn a_script_names_others_by_what_they_say() {
        let files = [
            ("assets/a.js", "load(asset(\"b.js\"), asset(\"deep/c.css\"), \"asset(b)\")"),
            ("assets/b.js", "load(asset(\"deep/c.css\"))"),
            ("assets/deep/c.css", "p {}"),
        ];
        let (assets, problems) = linked(&files);
        let path = |name: &str| assets[Utf8Path::new(name)].path.clone();
        assert_eq!(problems, Vec::<String>::new());
        let (b, c) = (path("assets/b.js"), path("assets/deep/c.css"));
        assert_eq!(text(&assets, "assets/a.js"), format!("load(\"{b}\", \"{c}\", \"asset(b)\")"));
        let other = linked(&[files[0], files[1], ("assets/deep/c.css", "b {}")]).0;
        assert_ne!(path("assets/a.js"), other[Utf8Path::new("assets/a.js")].path, "the path tells what is behind it");
    }

    #[test]
    fn what_is_not_there_and_what_goes_in_a_circle_is_told() {
        let (_, problems) = linked(&[("assets/a.js", "asset(\"c.js\")"), ("assets/b.js", "asset(\"b.js\")")]);
        assert_eq!(problems, ["the theme has no assets/c.js", "the script `assets/b.js` refers to itself"]);
        let (_, problems) = linked(&[("assets/a.js", "asset(\"b.js\")"), ("assets/b.js", "asset(\"a.js\")")]);
        assert_eq!(problems, ["the scripts `assets/a.js` and `assets/b.js` refer to each other"]);
    }
}
