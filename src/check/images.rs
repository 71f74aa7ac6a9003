//! An image has to be a file of the content folder that can be shown, and says in words what it shows.
//!
//! Images stand in notes and other pages. A criterion is cited, quoted and compared by its words, so a ladder shows the
//! words of an image alone; and pages ask nothing of other sites.

use camino::{Utf8Path, Utf8PathBuf};

use super::texts::{CheckedFile, find};
use super::{CheckInput, SUGGESTIONS};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::edition::Edition;
use crate::id::EDITIONS;
use crate::image::{Image, ImageKind, LARGE, NoImage};
use crate::model::{ImageTarget, Site, relative};
use crate::parse::Inline;
use crate::text::nearest;

/// An image in a text.
struct TextImage<'a> {
    target: &'a str,
    alternative: &'a str,
    span: &'a Span,
}

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let images = find(site, |_, inline| match inline {
        Inline::Image { target, alternative, span, .. } => Some(TextImage { target, alternative, span }),
        _ => None,
    });
    let report = |(at, (file, image)): (usize, (CheckedFile<'_>, TextImage<'_>))| match file.ladder {
        Some(_) => vec![in_ladder(site, &file, &image)],
        None => in_note(site, &file, &image, at < SUGGESTIONS),
    };
    let of_texts = images.into_iter().enumerate().flat_map(report);
    of_texts.chain(site.history.editions.iter().flat_map(|edition| kept(site, edition))).collect()
}

fn in_ladder(site: &Site, file: &CheckedFile<'_>, image: &TextImage<'_>) -> Diagnostic {
    if site.images.find(&site.config, image.target, file.path) == ImageTarget::Unsafe {
        return unsafe_address(&file.place(image.span));
    }
    file.place(image.span)
        .problem(Code::ImageNotShown, "ladders do not show images")
        .label("only its description is shown here")
        .help("move the image into a note, and link to it with a reference such as `[note:reviews]`; or remove it")
}

fn unsafe_address(place: &Place) -> Diagnostic {
    place
        .problem(Code::UnsafeLink, "this link could run a program or lead anywhere")
        .label("not a file in the content folder")
        .help("put the image into the content folder, and write its path from this file")
}

fn in_note(site: &Site, file: &CheckedFile<'_>, image: &TextImage<'_>, suggests: bool) -> Vec<Diagnostic> {
    let place = file.place(image.span);
    let target = image.target.trim();
    let (path, found) = match site.images.find(&site.config, image.target, file.path) {
        ImageTarget::File(path, found) => (path, found),
        ImageTarget::Unsafe => return vec![unsafe_address(&place)],
        ImageTarget::Elsewhere => {
            let problem = place.problem(Code::ImageNotShown, "this image is on another site");
            let problem = problem.label("a link to it is shown here");
            return vec![problem.help(
                "put a copy of it into the content folder, and write its path from this file: pages load nothing from \
                 other sites",
            )];
        }
        ImageTarget::Missing(path) => return vec![missing(site, file, &place, target, path, suggests)],
    };
    if let Err(no_image) = &found.shape {
        let (what, help) = no_image.told(path);
        let code = if matches!(no_image, NoImage::Unsafe { .. }) { Code::UnsafeImage } else { Code::BrokenImage };
        return vec![place.problem(code, format!("`{path}` {what}")).label("it is not shown").help(help)];
    }
    let mut problems = Vec::new();
    if image.alternative.trim().is_empty() {
        let problem = place.problem(Code::NoAlternativeText, "this image has no description");
        problems.push(problem.help(format!(
            "write what a reader learns from it: `![A map of the levels]({target})`; readers who cannot see it depend \
             on this"
        )));
    }
    if found.length > LARGE {
        let message = format!("`{path}` is {size} MB", size = megabytes(found));
        let problem = place.problem(Code::LargeImage, message).label("readers wait for it");
        problems.push(
            problem.help("export it with fewer pixels, or as WebP: twice the width at which it is shown is enough"),
        );
    }
    problems
}

/// `2.4`.
fn megabytes(image: &Image) -> String {
    format!("{:.1}", image.length as f64 / 1e6)
}

fn missing(
    site: &Site,
    file: &CheckedFile<'_>,
    place: &Place,
    target: &str,
    path: Option<Utf8PathBuf>,
    suggests: bool,
) -> Diagnostic {
    let message = match target {
        "" => "this image names no file".to_owned(),
        target => format!("there is no image `{target}`"),
    };
    let problem = place.problem(Code::BrokenImage, message);
    let put = "put the image next to the file, and write its path from there: `![A map](map.svg)`";
    let Some(path) = path else {
        return problem.label("that is not in the content folder").help(put);
    };
    if path.extension().is_some() && ImageKind::named(&path).is_none() {
        let ends = "images are PNG, JPEG, WebP, GIF or SVG files";
        return problem.label(ends).help("export it in one of these formats, into the content folder");
    }
    let in_other_case = site.images.paths().find(|known| known.as_str().eq_ignore_ascii_case(path.as_str()));
    let near = || {
        let ways: Vec<_> = site.images.paths().filter(|path| is_own(path)).map(|path| way(file.path, path)).collect();
        nearest(target, ways.iter().map(String::as_str)).map(str::to_owned)
    };
    match in_other_case.map(|known| way(file.path, known)) {
        Some(known) => {
            let problem = problem.label("most servers distinguish upper and lower case");
            problem.help(format!("write `{known}`, the name of the file"))
        }
        None if target.is_empty() => problem.label("there is no path between the parentheses").help(put),
        None => problem.label(format!("no file is called `{path}`")).help(match near().filter(|_| suggests) {
            Some(near) => format!("did you mean `{near}`?"),
            None => put.to_owned(),
        }),
    }
}

/// Whether an image is no copy of an edition.
fn is_own(path: &Utf8Path) -> bool {
    !path.starts_with(EDITIONS)
}

fn way(from: &Utf8Path, to: &Utf8Path) -> String {
    relative(from.as_str(), to.as_str())
}

/// Reports the images of an edition that are gone, or no longer what they were.
fn kept(site: &Site, edition: &Edition) -> Vec<Diagnostic> {
    let mut names: Vec<_> = edition.frozen.image_files().collect();
    names.sort_unstable();
    names.dedup();
    let report = |name: &str| {
        let path = Edition::image_path(name);
        let state = match site.images.at(&path) {
            Some(image) if image.name == *name => return None,
            Some(_) => "was changed after its release",
            None => "is gone",
        };
        let message = format!("an image of edition {edition} {state}: `{path}`", edition = edition.name());
        let problem = Place::file(Edition::path_of(edition.name())).problem(Code::AlteredEdition, message);
        Some(problem.help(format!("restore `{path}` from version control: what people have cited must stay")))
    };
    names.into_iter().filter_map(report).collect()
}
