//! A folder on disk in which the program is run, as a person runs it.

#![allow(clippy::disallowed_methods, reason = "the program is run on sites on disk")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use rungs::for_tests::source::Sources;
use tempfile::TempDir;

use crate::driver::Folder;

/// A temporary folder with `content/` in it. The program runs in it unless a test says otherwise.
pub struct Place(TempDir);

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Place {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with the content of a site, and its register.
    pub fn of(folder: &Folder) -> Self {
        let place = Self::empty();
        let Sources { texts, theme, .. } = folder.registered();
        for (path, text) in texts {
            place.put(&format!("content/{path}"), text);
        }
        for (path, bytes) in theme {
            place.put(&format!("content/theme/{path}"), bytes);
        }
        place
    }

    /// A folder with the content of one of the sites in `tests/fixtures/`.
    pub fn of_fixture(name: &str) -> Self {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        let place = Self::empty();
        for (path, bytes) in files_below(&fixture) {
            place.put(&format!("content/{path}"), bytes);
        }
        place
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Changes the first place in a file that reads so.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert!(text.contains(old), "{path} holds {old}: {text}");
        self.put(path, text.replacen(old, new, 1));
    }

    pub fn make_folder(&self, path: &str) {
        fs::create_dir(self.at(path)).unwrap();
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below a folder with its bytes, in the order of their paths.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        files_below(&self.at(folder))
    }

    /// Runs `rungs` with arguments that are separated by spaces.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_with(arguments, ".", &[])
    }

    /// The same from a folder below, with variables in the environment. Variables of the tests' own do not reach it.
    pub fn run_with(&self, arguments: &str, from: &str, variables: &[(&str, &str)]) -> Run {
        let mut command = self.command(arguments, from);
        command.envs(variables.iter().copied());
        self.ended(&mut command)
    }

    /// The same with something to read from standard input.
    pub fn run_on(&self, arguments: &str, input: &str) -> Run {
        self.ended(self.command(arguments, ".").write_stdin(input))
    }

    /// Runs git, with nothing of the person or the machine that runs the tests. Gives what it printed, if it succeeded.
    pub fn git(&self, arguments: &[&str]) -> Option<String> {
        let mut command = std::process::Command::new("git");
        command.current_dir(self.path()).args(arguments).env_remove("GIT_DIR");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("HOME", self.path());
        for person in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{person}_NAME"), "A. Person").env(format!("GIT_{person}_EMAIL"), "a@example.org");
            command.env(format!("GIT_{person}_DATE"), "2026-01-01T12:00:00Z");
        }
        let output = command.output().expect("git is installed");
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// Commits all there is.
    pub fn committed(&self, message: &str) {
        assert!(self.git(&["add", "-A"]).is_some() && self.git(&["commit", "-q", "-m", message]).is_some());
    }

    /// Runs `rungs` with standard output on a disk that is full. Gives the exit status and standard error.
    #[cfg(target_os = "linux")]
    pub fn run_on_full_disk(&self, arguments: &str) -> (Option<i32>, String) {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("rungs"));
        command.current_dir(self.path()).args(arguments.split_whitespace());
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let output = command.output().unwrap();
        (output.status.code(), self.redacted(output.stderr))
    }

    fn command(&self, arguments: &str, from: &str) -> Command {
        let mut command = cargo_bin_cmd!("rungs");
        command.current_dir(self.at(from)).args(arguments.split_whitespace());
        command.env_remove("RUNGS_BASE_URL").env_remove("RUNGS_REPOSITORY").env_remove("GITHUB_ACTIONS");
        command
    }

    fn ended(&self, command: &mut Command) -> Run {
        let output = command.output().unwrap();
        Run {
            status: output.status.code().expect("the program ends by itself"),
            stdout: self.redacted(output.stdout),
            stderr: self.redacted(output.stderr),
        }
    }

    /// What was printed, without the place and the time, which differ from run to run, and without the number of pages, which new
    /// kinds of page change.
    fn redacted(&self, printed: Vec<u8>) -> String {
        let printed = String::from_utf8(printed).unwrap();
        let real = fs::canonicalize(self.path()).unwrap();
        let printed = printed.replace(real.to_str().unwrap(), "…").replace(self.path().to_str().unwrap(), "…");
        let words: Vec<_> = printed.split(' ').collect();
        let varies = |at: usize| words.get(at + 1).is_some_and(|unit| unit.starts_with("ms:") || *unit == "pages,");
        let words = words.iter().enumerate().map(|(at, &word)| if varies(at) { "…" } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

impl Run {
    /// Status, standard output and standard error, for a snapshot.
    pub fn shown(&self) -> String {
        let Self { status, stdout, stderr } = self;
        let parts = [("stdout", stdout), ("stderr", stderr)].into_iter().filter(|(_, text)| !text.is_empty());
        let parts = parts.map(|(name, text)| format!("\n--- {name}\n{}", text.trim_end()));
        format!("status {status}{}", parts.collect::<String>())
    }
}

fn files_below(root: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        (path, fs::read(entry.path()).unwrap())
    });
    named.collect()
}
