//! Programs that are measured, and what they use.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use super::Outcome;

/// A `rungs` that is run.
pub(super) struct Program(pub(super) PathBuf);

/// What a command has used until its end.
#[derive(Clone, Copy)]
pub(super) struct Used {
    pub(super) cpu_ms: f64,
    pub(super) wall_ms: f64,
    pub(super) peak_mib: f64,
}

impl Program {
    pub(super) fn at(path: &Path) -> Outcome<Self> {
        let path = fs::canonicalize(path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        Ok(Self(path))
    }

    pub(super) fn build(&self, content: &Path, site: &Path) -> Outcome<Used> {
        self.run([OsStr::new("build"), OsStr::new("--output"), site.as_os_str()], content)
    }

    /// Runs a command on a content folder, which is its last argument.
    pub(super) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>, content: &Path) -> Outcome<Used> {
        let mut command = vec![self.0.clone().into_os_string()];
        command.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        command.push(content.into());
        used(&command)
    }
}

/// Returns the program at a path, or else that of a Git revision, which is built.
pub(super) fn named(path_or_revision: &str) -> Outcome<Program> {
    let path = Path::new(path_or_revision);
    if path.is_file() {
        return Program::at(path);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (tree, target) = (root.join("target/growth/tree"), root.join("target/growth/target"));
    let git = |words: &[&str]| done(Command::new("git").current_dir(root).arg("worktree").args(words));
    let tree_path = tree.to_str().ok_or("the path of the repository is UTF-8")?;
    let remove = || git(&["remove", "--force", tree_path]);
    // One is left over where an earlier run was interrupted.
    if tree.exists() {
        remove()?;
    }
    git(&["add", "--force", "--detach", tree_path, path_or_revision])?;
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut build = Command::new(cargo);
    build
        .current_dir(&tree)
        .args(["build", "--release", "--locked", "--bin", "rungs"])
        .env("CARGO_TARGET_DIR", &target);
    let built = done(&mut build);
    remove()?;
    built?;
    Program::at(&target.join("release/rungs"))
}

fn done(command: &mut Command) -> Outcome<()> {
    match command.stdout(Stdio::null()).status()? {
        status if status.success() => Ok(()),
        status => Err(format!("{command:?}: {status}").into()),
    }
}

/// Copies a folder as `cp -r` does.
pub(super) fn copied(from: &Path, to: &Path) -> Outcome<Used> {
    used(&["cp".into(), "-r".into(), from.into(), to.into()])
}

/// Runs a command. Another process starts it: what a process has used at most includes the memory of the one that
/// started it, and this one has laid out sites.
fn used(command: &[std::ffi::OsString]) -> Outcome<Used> {
    let told = Command::new(env::current_exe()?).arg("--measure").args(command).output()?;
    let printed = String::from_utf8(told.stdout)?;
    let numbers: Vec<f64> = printed.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [cpu_ms, wall_ms, peak_mib] => Ok(Used { cpu_ms, wall_ms, peak_mib }),
        _ => Err(String::from_utf8_lossy(&told.stderr).into_owned().into()),
    }
}

/// Runs a command and prints what it used: CPU and wall time in milliseconds, and the greatest memory in MiB.
pub(super) fn measure(command: &[String]) -> Outcome<()> {
    let [program, arguments @ ..] = command else { return Err("no command".into()) };
    let begun = Instant::now();
    let mut command = Command::new(program);
    let mut child = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let ended = child.wait4()?;
    let wall = begun.elapsed();
    if !ended.status.success() {
        return Err(format!("{command:?}: {}", ended.status).into());
    }
    let cpu = ended.rusage.utime + ended.rusage.stime;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{} {} {}", milliseconds(cpu), milliseconds(wall), ended.rusage.maxrss as f64 / 1024.0 / 1024.0);
    Ok(())
}
