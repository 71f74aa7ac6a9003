//! `rungs build`.

use std::time::Instant;

use super::arguments::{BuildArguments, Format, Source};
use super::{Failure, Outcome, progress, report};
use crate::build::Build;
use crate::check::placeholder_address;
use crate::config::{self, Overrides};
use crate::diagnostic::Problems;
use crate::source::{Fonts, Pictures};
use crate::text::counted;
use crate::write::{NewSite, Output};
use crate::{diagnostic, source, write};

pub(super) fn run(arguments: &BuildArguments) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    let content = arguments.source.content();
    let (mut sources, found) = source::read(content)?;
    let config = config::read(&sources, &overrides(&arguments.source), &Problems::default());
    // Neither fonts nor the earlier site are looked at for a site without cards.
    if config.as_ref().is_some_and(|config| config.cards.is_some()) {
        sources.pictures = Some(Pictures { fonts: Fonts::installed(), earlier: write::earlier(&arguments.output) });
    }
    let overrides = overrides(&arguments.source);
    // What is wrong with the content is told first, but nothing is rendered in vain.
    let (site, mut built) = match NewSite::begin(&arguments.output, content) {
        Ok(site) => {
            let add = |output: Output| site.add(&output);
            let built = progress::shown(!arguments.report.quiet, |progress| {
                crate::build::build(&sources, found, &overrides, progress, &add)
            });
            (Ok(site), built)
        }
        Err(error) => {
            let problems = crate::build::problems(&sources, found, &overrides);
            (Err(error), Build { problems, ..Build::default() })
        }
    };
    // A workflow publishes what it builds, and knows the address.
    if let Some(config) = config.filter(|_| arguments.report.format == Format::Github) {
        built.problems.extend(placeholder_address(&config, &sources));
    }
    report::problems(&built.problems, &sources, content, &arguments.report);
    if diagnostic::has_errors(&built.problems) {
        report::summary(
            &arguments.report,
            &format!("{problems}, nothing written", problems = report::count(&built.problems)),
        );
        return Ok(Outcome::Problems);
    }
    site?.finish(&built.kept)?;
    let size = built.size;
    let summary = format!(
        "{pages}, {locales}, {criteria}, {problems}, {time} ms: {file}",
        pages = counted(size.pages, "page", "pages"),
        locales = counted(size.locales, "locale", "locales"),
        criteria = counted(size.criteria, "criterion", "criteria"),
        problems = report::count(&built.problems),
        time = begun.elapsed().as_millis(),
        file = arguments.output.join("index.html")
    );
    report::summary(&arguments.report, &summary);
    Ok(Outcome::Fine)
}

pub(super) fn overrides(source: &Source) -> Overrides {
    Overrides { base_url: source.base_url.clone(), repository: source.repository.clone() }
}
