//! The size of a site, as its readers and its host see it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::Outcome;

/// The files of a site, without the pages that only lead on to others.
#[derive(Default)]
pub(super) struct Size {
    pub(super) pages: u64,
    pub(super) bytes: u64,
}

impl Size {
    pub(super) fn of(folder: &Path) -> Outcome<Self> {
        let mut size = Self::default();
        size.add(folder)?;
        Ok(size)
    }

    fn add(&mut self, folder: &Path) -> Outcome<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.add(&path)?;
                continue;
            }
            let bytes = fs::read(&path)?;
            let is_page = path.extension().is_some_and(|extension| extension == "html");
            if is_page && leads_on(&bytes) {
                continue;
            }
            self.pages += u64::from(is_page);
            self.bytes += bytes.len() as u64;
        }
        Ok(())
    }
}

/// Returns whether a page is a redirect.
fn leads_on(html: &[u8]) -> bool {
    let mark = br#"http-equiv="refresh""#;
    html.windows(mark.len()).any(|window| window == mark)
}

/// Returns the size of a file as hosts send it.
pub(super) fn gzipped(file: &Path) -> Outcome<u64> {
    let output = Command::new("gzip").arg("-6").arg("-c").arg(file).stderr(Stdio::inherit()).output()?;
    if output.status.success() { Ok(output.stdout.len() as u64) } else { Err("gzip failed".into()) }
}
