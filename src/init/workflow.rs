//! The workflow that checks the pull requests of a site and publishes it on GitHub Pages.
//!
//! A released program names its own action (`action.yml`), pinned by the revision that it was built from. Any other
//! workflow installs Rungs from a revision of a Git repository. None installs a package by its name: whoever registered
//! the name would run code in the build of every site.

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
        _ => panic!("set both RUNGS_RELEASED_FROM and RUNGS_RELEASED_REVISION, or neither"),
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

    /// Returns how a workflow names the action of this revision: `owner/name@… # v0.1.0`. None if the repository is not on
    /// GitHub, where workflows take their actions from.
    fn action(self) -> Option<String> {
        let path = self.repository.strip_prefix("https://github.com/")?;
        let (owner, name) = path.trim_end_matches('/').trim_end_matches(".git").split_once('/')?;
        let is_name = !owner.is_empty() && !name.is_empty() && !name.contains('/');
        let (revision, version) = (self.revision, env!("CARGO_PKG_VERSION"));
        is_name.then(|| format!("{owner}/{name}@{revision} # v{version}"))
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

/// The parts of a workflow that depend on what Rungs is installed from, by the comments that stand for them.
type Parts = [(&'static str, String); 5];

/// Returns the workflow. Without a source it says what to fill in, and the first step of each job fails until that is
/// done.
pub(super) fn workflow(source: Option<InstallSource<'_>>) -> String {
    let parts = match source.and_then(InstallSource::action) {
        Some(action) => by_action(&action),
        None => from_source(source),
    };
    let template = include_str!("workflow/pages.yml").to_owned();
    let text = parts.iter().fold(template, |text, (name, part)| {
        let comment = text.lines().find(|line| line.trim() == format!("# {{{name}}}")).map(|line| format!("{line}\n"));
        comment.map_or_else(|| text.clone(), |comment| text.replace(&comment, part))
    });
    let line = text.lines().take_while(|line| !line.contains("{repository}")).count() + 1;
    let line = line.to_string();
    let InstallSource { repository, revision } = source.unwrap_or(InstallSource { repository: "", revision: "" });
    let values = [("{repository}", repository), ("{revision}", revision), ("{path}", WORKFLOW), ("{line}", &line)];
    values.iter().fold(text, |text, (name, value)| text.replace(name, value))
}

/// Steps that run the action of this repository.
fn by_action(action: &str) -> Parts {
    let part = |text: &str| text.replace("{action}", action);
    let (check, build) = (include_str!("workflow/action/check.yml"), include_str!("workflow/action/build.yml"));
    [
        ("env", String::new()),
        ("advice", String::new()),
        ("see", String::new()),
        ("check", part(check)),
        ("build", part(build)),
    ]
}

/// Steps that build Rungs from a repository, wherever that is.
fn from_source(source: Option<InstallSource<'_>>) -> Parts {
    let (advice, see) = match source {
        Some(_) => ("", ""),
        None => (include_str!("workflow/unknown/advice.yml"), include_str!("workflow/unknown/see.yml")),
    };
    let after_install = |text: &str| include_str!("workflow/source/install.yml").to_owned() + text;
    [
        ("env", include_str!("workflow/source/env.yml").to_owned()),
        ("advice", advice.to_owned()),
        ("see", see.to_owned()),
        ("check", after_install(include_str!("workflow/source/check.yml"))),
        ("build", after_install(include_str!("workflow/source/build.yml"))),
    ]
}
