//! A folder on disk in which the program is run, as a person runs it.

#![allow(clippy::disallowed_methods, reason = "the program is run on sites on disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use rungs::for_tests::source::Sources;
use serde_json::Value;
use tempfile::TempDir;

use crate::driver::Folder;

/// A temporary folder with `content/` in it. The program runs in it unless a test says otherwise.
pub struct Place(TempDir);

/// The result of a run.
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
        let sources = folder.registered();
        sources.image_files().for_each(|(path, bytes)| place.put(&format!("content/{path}"), bytes));
        let Sources { texts, theme, .. } = sources;
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
        place.put_all("content", &fixture);
        place
    }

    /// Another folder with the same files.
    pub fn copy(&self) -> Self {
        let place = Self::empty();
        place.put_all(".", self.path());
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

    /// Copies every file below a folder of the machine into one of this place.
    pub fn put_all(&self, to: &str, from: &Path) {
        for (path, bytes) in files_below(from) {
            self.put(&format!("{to}/{path}"), bytes);
        }
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

    /// Runs a command that does what it is asked for.
    #[track_caller]
    pub fn run_ok(&self, arguments: &str) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "rungs {arguments}: {}", run.shown());
        run
    }

    /// Runs a command line as a shell does that finds the program. Returns whether it succeeded, and what it printed.
    pub fn shell(&self, line: &str) -> (bool, String) {
        let program = cargo_bin!("rungs").parent().unwrap().display();
        let path = format!("{program}:{}", std::env::var("PATH").unwrap());
        let mut shell = process::Command::new("sh");
        shell.arg("-c").arg(line).env("PATH", path);
        let output = self.like_git(&mut shell).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    }

    /// Runs a command line that does what it is asked for.
    #[track_caller]
    pub fn shell_ok(&self, line: &str) -> String {
        let (is_done, told) = self.shell(line);
        assert!(is_done, "{line}\n{told}");
        told
    }

    /// All that is wrong with the site in `content/`, as programs read it.
    #[track_caller]
    pub fn problems(&self) -> Vec<Value> {
        let run = self.run("check --format json");
        let problems = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{run:?}")));
        let problems: Vec<Value> = problems.collect();
        assert_eq!(run.status, i32::from(problems.iter().any(is_error)), "{}", run.shown());
        problems
    }

    #[track_caller]
    pub fn errors(&self) -> Vec<Value> {
        self.problems().into_iter().filter(is_error).collect()
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
        let output = self.like_git(process::Command::new("git").args(arguments)).output().expect("git is installed");
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// Lets a command run here, and git in it know nobody but the person of the tests.
    fn like_git<'a>(&self, command: &'a mut process::Command) -> &'a mut process::Command {
        command.current_dir(self.path()).env_remove("GIT_DIR");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("HOME", self.path());
        for person in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{person}_NAME"), "A. Person").env(format!("GIT_{person}_EMAIL"), "a@example.org");
            command.env(format!("GIT_{person}_DATE"), "2026-01-01T12:00:00Z");
        }
        command
    }

    /// Puts the folder under version control, with nothing committed yet.
    pub fn init_git(&self) {
        assert!(self.git(&["init", "-q", "-b", "main"]).is_some());
    }

    /// Commits all there is.
    pub fn committed(&self, message: &str) {
        assert!(self.git(&["add", "-A"]).is_some() && self.git(&["commit", "-q", "-m", message]).is_some());
    }

    /// Runs `rungs` with standard output on a disk that is full. Gives the exit status and standard error.
    #[cfg(target_os = "linux")]
    pub fn run_on_full_disk(&self, arguments: &str) -> (Option<i32>, String) {
        let mut command = process::Command::new(cargo_bin!("rungs"));
        command.current_dir(self.path()).args(arguments.split_whitespace());
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let output = command.output().unwrap();
        (output.status.code(), self.redacted(output.stderr))
    }

    fn command(&self, arguments: &str, from: &str) -> Command {
        let mut command = cargo_bin_cmd!("rungs");
        command.current_dir(self.at(from)).args(arguments.split_whitespace());
        command.env_remove("RUNGS_BASE_URL").env_remove("RUNGS_REPOSITORY").env_remove("GITHUB_ACTIONS");
        // Nobody is known to Git, whoever runs the tests.
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
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

    /// Returns the output without the place and the time, which differ from run to run, and without the number of
    /// pages, which new kinds of page change.
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

fn is_error(problem: &Value) -> bool {
    problem["severity"] == "error"
}

/// Every file below a folder with its bytes, in the order of their paths.
pub fn files_below(root: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        (path, fs::read(entry.path()).unwrap())
    });
    named.collect()
}
