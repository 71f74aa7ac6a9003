//! The workflow that publishes a site on GitHub Pages.
//!
//! It installs Rungs from a revision of a Git repository and never by the name of a package: whoever registered the
//! name would run code in the build of every site.

/// Where the workflow is, in the folder of a site.
pub const WORKFLOW: &str = ".github/workflows/pages.yml";

/// Where the release workflow, and nothing else, says at compile time what it builds.
const RELEASED_FROM: Option<InstallSource<'static>> =
    match (option_env!("RUNGS_RELEASED_FROM"), option_env!("RUNGS_RELEASED_REVISION")) {
        (None, None) => None,
        (Some(repository), Some(revision)) => match InstallSource::new(repository, revision) {
            Ok(source) => Some(source),
            Err(problem) => panic!("{}", problem),
        },
        _ => panic!("set RUNGS_RELEASED_FROM and RUNGS_RELEASED_REVISION, or neither"),
    };

/// A revision of a Git repository that Rungs can be installed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstallSource<'a> {
    repository: &'a str,
    revision: &'a str,
}

impl InstallSource<'static> {
    /// Returns what this program was released from, and nothing for a program that somebody built from source.
    pub(crate) fn of_this_program() -> Option<Self> {
        RELEASED_FROM
    }
}

impl<'a> InstallSource<'a> {
    /// # Errors
    /// If the repository has no https address, or one with credentials, or if the revision is not a whole hash.
    pub const fn new(repository: &'a str, revision: &'a str) -> Result<Self, &'static str> {
        if !is_repository(repository.as_bytes()) {
            return Err("a repository to install from has an https address without credentials");
        }
        if !is_revision(revision.as_bytes()) {
            return Err("a revision to install is a hash of 40 digits, 0 to 9 and a to f");
        }
        Ok(Self { repository, revision })
    }
}

/// Compares with `^https://[A-Za-z0-9._~:/-]+$`, as the first step of the workflow does.
const fn is_repository(address: &[u8]) -> bool {
    let [b'h', b't', b't', b'p', b's', b':', b'/', b'/', first, rest @ ..] = address else { return false };
    let (mut byte, mut rest) = (*first, rest);
    loop {
        if !matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' | b':' | b'/' | b'-') {
            return false;
        }
        let [next, others @ ..] = rest else { return true };
        (byte, rest) = (*next, others);
    }
}

/// Compares with `^[0-9a-f]{40}$`, as the first step of the workflow does.
const fn is_revision(mut hash: &[u8]) -> bool {
    if hash.len() != 40 {
        return false;
    }
    while let [b'0'..=b'9' | b'a'..=b'f', rest @ ..] = hash {
        hash = rest;
    }
    hash.is_empty()
}

/// Returns the workflow. Without a source it says what to fill in, and its first step fails until that is done.
pub(super) fn workflow(source: Option<InstallSource<'_>>) -> String {
    let template = include_str!("pages.yml");
    let (advice, check) = match source {
        Some(_) => ("", ""),
        None => (include_str!("unreleased/advice.yml"), include_str!("unreleased/check.yml")),
    };
    let text = template.replace("  # {advice}\n", advice).replace("      # {check}\n", check);
    let line = text.lines().take_while(|line| !line.contains("{repository}")).count() + 1;
    let line = line.to_string();
    let InstallSource { repository, revision } = source.unwrap_or(InstallSource { repository: "", revision: "" });
    let values = [("{repository}", repository), ("{revision}", revision), ("{path}", WORKFLOW), ("{line}", &line)];
    values.iter().fold(text, |text, (name, value)| text.replace(name, value))
}
