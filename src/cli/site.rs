//! The site that a command speaks of, without building its pages.

use super::arguments::{Base, Content, Format, Report};
use super::{Failure, report};
use crate::config::{self, Overrides};
use crate::diagnostic::Problems;
use crate::interface::Words;
use crate::source;
use crate::source::Sources;
use crate::understood::{Understood, understand};

/// A site, and the words in which it speaks.
pub(super) struct Known {
    pub(crate) understood: Understood,
    pub(crate) words: Words,
    pub(crate) sources: Sources,
}

/// Reads the site. None if it has errors, which are then printed: it might not be what its owner means.
pub(super) fn read(content: &Content, base: &Base) -> Result<Option<Known>, Failure> {
    let (sources, found) = source::read(&content.folder)?;
    let problems = Problems::from(found);
    let overrides = Overrides { base_url: base.base_url.clone(), repository: None };
    let read = config::read(&sources, &overrides, &problems).map(|config| {
        let words = Words::new(&sources, &config, &problems);
        let (understood, more) = understand(&sources, config);
        problems.extend(more);
        (understood, words)
    });
    if problems.have_errors() {
        let report = Report { format: Format::Human, quiet: true };
        report::problems(&problems.into_sorted(), &sources, &content.folder, &report);
        report::failure("the site has errors: mend them first");
        return Ok(None);
    }
    Ok(read.map(|(understood, words)| Known { understood, words, sources }))
}
