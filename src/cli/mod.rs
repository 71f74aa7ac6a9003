//! The only part that talks to a person: arguments in, lines and an exit status out.
//!
//! Exit status 0: fine; 1: problems in the content; 2: could not run; 101: a fault of Rungs itself.

mod adapt;
mod arguments;
mod build;
mod check;
mod cite;
mod export;
mod guide;
mod id;
mod init;
mod manual;
mod output;
mod progress;
mod refs;
mod release;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod severities;
mod site;
mod surroundings;
mod theme;
mod threads;
mod translation;
mod typst;
mod withdraw;
mod worksheet;

use std::process::ExitCode;

use camino::Utf8PathBuf;

use crate::config::SITE;
use crate::fault;
use arguments::{Arguments, Command};

use crate::diagnostic::{Refusal, character};
use crate::source::{ReadError, Unfinished};
use crate::text::{forbidden_in, printable};

/// The advice of `init` and `adapt` about publishing.
const PAGES_ARE_PUBLIC: &str = "GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.";

/// The outcome of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Problems,
}

/// A fault of the machine, or of the command line: the run ends.
type Failure = Box<dyn std::error::Error>;

/// The exit status after a fault of Rungs itself, the same as after an uncaught panic.
const FAULT: u8 = 101;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    guarded(of_process)
}

/// Runs a program. If it panics, it tells that in a sentence, and the exit status is 101.
pub fn guarded(program: impl FnOnce() -> ExitCode) -> ExitCode {
    fault::listen();
    fault::caught(program).unwrap_or_else(|fault| {
        if fault.lacks_threads() {
            report::failure(
                "the system does not let this program start another thread: close other programs, or raise the limit, for \
                 example with `ulimit -u`",
            );
            return ExitCode::from(2);
        }
        report::fault(&fault);
        ExitCode::from(FAULT)
    })
}

fn of_process() -> ExitCode {
    let arguments = match Arguments::of_process() {
        Ok(arguments) => arguments,
        Err(error) => return ended(&error),
    };
    threads::start();
    // What is typed here may go into files and onto pages.
    if let Some(refusal) = std::env::args_os().skip(1).find_map(|argument| unprintable(&argument.to_string_lossy())) {
        report::failure(&refusal);
        return ExitCode::from(2);
    }
    let report = arguments.command.report();
    let outcome = match arguments.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Id(arguments) => id::run(&arguments),
        Command::Adapt(arguments) => adapt::run(&arguments),
        Command::Withdraw(arguments) => withdraw::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Cite(arguments) => cite::run(&arguments),
        Command::Refs(arguments) => refs::run(&arguments),
        Command::Worksheet(arguments) => worksheet::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man(arguments) => manual::pages(&arguments),
        Command::Schema => manual::schema(),
        Command::Guide(arguments) => guide::run(&arguments),
        Command::Translation(command) => translation::run(&command),
        Command::Theme(command) => theme::run(&command),
    };
    match outcome.and_then(|outcome| report::unprinted().map_or(Ok(outcome), |why| Err(why.into()))) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(failure) => match failure.downcast_ref::<ReadError>() {
            Some(ReadError::UnfinishedMerge(unfinished)) => {
                let Unfinished { folder, sources, problem } = &**unfinished;
                report::problems(std::slice::from_ref(problem), sources, folder, &report);
                ExitCode::from(1)
            }
            read_error => {
                report::failure(&failure);
                let is_elsewhere = matches!(read_error, Some(ReadError::Missing { .. } | ReadError::NotAFolder { .. }));
                if let Some(folder) = is_elsewhere.then(content_near).flatten() {
                    report::help(&format!("there is one in `{folder}`: add `--content {folder}`"));
                }
                ExitCode::from(2)
            }
        },
    }
}

/// Ends a run whose arguments are wrong, or ask for help.
fn ended(error: &clap::Error) -> ExitCode {
    let text = error.render();
    if error.use_stderr() {
        report::eprint(text.ansi());
        return ExitCode::from(2);
    }
    report::print(text.ansi());
    match report::unprinted() {
        None => ExitCode::SUCCESS,
        Some(why) => {
            report::failure(&why);
            ExitCode::from(2)
        }
    }
}

/// Returns the content folder of the site in which the program runs: this folder, one above it, or `content` in one of
/// them. Otherwise that of the first site in this folder, such as one that `rungs init my-ladder` has just made.
fn content_near() -> Option<Utf8PathBuf> {
    let here = std::env::current_dir().ok()?;
    let above = (0..here.ancestors().count()).map(|depth| Utf8PathBuf::from(vec![".."; depth].join("/")));
    let mut folders = above.flat_map(|above| [above.clone(), above.join("content")]);
    let is_content = |folder: &Utf8PathBuf| folder.join(SITE).is_file();
    let below = || {
        let entries = here.read_dir().ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        entries.map(|name| Utf8PathBuf::from(name).join("content")).filter(is_content).min()
    };
    let found = folders.find(is_content).or_else(below)?;
    Some(if found.as_str().is_empty() { ".".into() } else { found })
}

/// Refuses an argument with characters that no page may hold.
fn unprintable(argument: &str) -> Option<Refusal> {
    let found: Vec<_> = forbidden_in(argument).into_iter().map(|(_, c)| c).collect();
    let shown = printable(argument).into_owned();
    (!found.is_empty()).then(|| {
        Refusal::new(format!("{what}: it is in the argument `{shown}`", what = character::message(found)))
            .help("type the argument again")
    })
}

/// Returns the command that runs, as a person types it.
fn command() -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-=:,@".contains(c);
    let word = |word: std::ffi::OsString| match word.to_string_lossy() {
        word if !word.is_empty() && word.chars().all(is_plain) => word.into_owned(),
        word => format!("'{word}'", word = word.replace('\'', "'\\''")),
    };
    let words = std::env::args_os().skip(1).map(word);
    std::iter::once("rungs".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Returns the day it is where the program runs.
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}
