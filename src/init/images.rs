//! Images beside adopted documents, which come along with them.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;

use super::Files;
use super::links::joined;
use crate::diagnostic::Problems;
use crate::image::ImageKind;
use crate::parse::{Inline, parse, visit_inlines};

/// Returns where the images of the new texts have to stand, each with the places beside the documents where it may be
/// found. Those at other sites are left out, and those that would stand outside of the content folder.
pub(crate) fn images_beside(files: &Files, documents: &[&Utf8Path]) -> BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>> {
    let mut found = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.extension() == Some("md")) {
        let document = parse(path, text, &Problems::default());
        let mut targets = Vec::new();
        let mut visit = |inline: &Inline| {
            if let Inline::Image { target, .. } = inline {
                targets.push(percent_decode_str(target).decode_utf8_lossy().into_owned());
            }
        };
        document.sections.iter().for_each(|section| visit_inlines(&section.blocks, &mut visit));
        let is_beside = |target: &String| !target.starts_with('/') && !target.contains([':', '\\']);
        for target in targets.into_iter().filter(is_beside) {
            let beside = |document: &Utf8Path| joined(document.parent()?, &target);
            let root = path.iter().next().unwrap_or_default();
            match path.parent().and_then(|folder| joined(folder, &target)) {
                Some(to) if to.starts_with(root) && ImageKind::named(&to).is_some() => {
                    found.insert(to, documents.iter().filter_map(|document| beside(document)).collect());
                }
                _ => {}
            }
        }
    }
    found
}
