//! Changes that certainly fix a problem.
//!
//! A change is certain if nobody who saw the place would choose another one. What asks for a choice is help, no fix.

use camino::{Utf8Path, Utf8PathBuf};

use super::Place;
use crate::text::{Edit, Edits, Misfit};

/// Edits to one file that fix a problem: all of them are made, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    path: Utf8PathBuf,
    /// In the order of the file. None overlaps another.
    edits: Vec<Edit>,
}

impl Fix {
    /// Returns a fix by one edit.
    pub(crate) fn new(place: Place, text: impl Into<String>) -> Self {
        let span = place.span();
        Self { path: place.path, edits: vec![Edit::replace(span, text)] }
    }

    /// Returns a fix by edits that only together make sense.
    ///
    /// # Errors
    /// If one of the edits does not fit the text of the file, or overlaps another.
    pub(crate) fn of_all(path: impl Into<Utf8PathBuf>, text: &str, edits: Vec<Edit>) -> Result<Self, Misfit> {
        Ok(Self { path: path.into(), edits: Edits::of(text).with(edits)?.into_edits() })
    }

    /// Returns the same fix where the text that it was made for begins at a byte of the file.
    pub(crate) fn moved(mut self, offset: usize) -> Self {
        for edit in &mut self.edits {
            edit.span = edit.span.start + offset..edit.span.end + offset;
        }
        self
    }

    /// Returns the file that it changes.
    pub(crate) fn path(&self) -> &Utf8Path {
        &self.path
    }

    pub(crate) fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Returns where an edit of it is made.
    pub(crate) fn place(&self, edit: &Edit) -> Place {
        Place::new(self.path.clone(), edit.span.clone())
    }
}
