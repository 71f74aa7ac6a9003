//! Measures what maintainers wait for and readers load, and how both grow with the site: `cargo bench --bench growth`.
//!
//! Each line is a site or a command. Its numbers are medians of some rounds. A round runs everything that is compared one
//! right after the other, so that a ratio means something on a busy machine, where a time does not.
//!
//! ```text
//! cargo bench --bench growth -- --against HEAD~1        # builds that commit first
//! cargo bench --bench growth -- --against ./rungs-0.1.0 --rounds 9
//! cargo bench --bench growth -- --only '100 ladders' --only save
//! ```

#![allow(clippy::disallowed_methods, reason = "programs are run on sites on disk")]

mod program;
mod save;
mod size;
#[path = "../synthetic/mod.rs"]
mod synthetic;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use tempfile::TempDir;

use program::{Program, Used, copied};
use save::saves;
use size::{Size, gzipped};
use synthetic::Shape;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Parser)]
#[command(name = "growth", about = "Measures how time and bytes grow with a site")]
struct Arguments {
    /// Also measures a program, or the one of a Git revision, and gives the ratios to it
    #[arg(long, value_name = "PATH_OR_REVISION")]
    against: Option<String>,
    /// Measures this program instead of the one that was just built
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_rungs"))]
    program: PathBuf,
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Measures only the lines whose names contain this; may be given more than once
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// `cargo bench` says so.
    #[arg(long, hide = true)]
    bench: bool,
    /// Runs a command and prints what it used
    #[arg(long, hide = true, num_args = 1.., allow_hyphen_values = true)]
    measure: Option<Vec<String>>,
}

/// One line of the table.
struct Line {
    name: &'static str,
    content: Content,
    measured: Measured,
}

/// A content folder.
#[derive(Clone, Copy)]
enum Content {
    /// The `content/` of this repository.
    Real,
    /// A synthetic site.
    Drawn { ladders: usize, levels: usize, locales: usize },
}

/// What is measured on a site.
#[derive(Clone, Copy)]
enum Measured {
    /// A build into a new folder.
    Build,
    /// A command that writes nothing.
    Command(&'static [&'static str]),
    /// The time from saving a file until the page that is open shows it, so many times.
    Saves(usize),
    /// Files of the site that its readers load: their names end in this.
    Files { end: &'static str, is_gzipped: bool },
}

const ONE: Content = Content::Drawn { ladders: 1, levels: 5, locales: 2 };
const TEN: Content = Content::Drawn { ladders: 10, levels: 5, locales: 2 };
const HUNDRED: Content = Content::Drawn { ladders: 100, levels: 5, locales: 2 };

const LINES: [Line; 14] = [
    Line { name: "real content", content: Content::Real, measured: Measured::Build },
    Line { name: "one ladder × 2", content: ONE, measured: Measured::Build },
    Line { name: "10 ladders × 2", content: TEN, measured: Measured::Build },
    Line { name: "100 ladders × 2", content: HUNDRED, measured: Measured::Build },
    Line {
        name: "1 ladder × 20 locales",
        content: Content::Drawn { ladders: 1, levels: 5, locales: 20 },
        measured: Measured::Build,
    },
    Line {
        name: "1 ladder, 50 levels",
        content: Content::Drawn { ladders: 1, levels: 50, locales: 2 },
        measured: Measured::Build,
    },
    Line { name: "check, real content", content: Content::Real, measured: Measured::Command(&["check"]) },
    Line { name: "cite", content: Content::Real, measured: Measured::Command(&["cite", CITED, "--content"]) },
    Line {
        name: "refs on one line",
        content: Content::Real,
        measured: Measured::Command(&["refs", REVIEW, "--content"]),
    },
    Line {
        name: "refs on 4000 in one line",
        content: Content::Real,
        measured: Measured::Command(&["refs", CROWD, "--content"]),
    },
    Line { name: "save → page, real content", content: Content::Real, measured: Measured::Saves(20) },
    Line { name: "save → page, 100 ladders", content: HUNDRED, measured: Measured::Saves(10) },
    Line {
        name: "search, first file, gzip",
        content: Content::Real,
        measured: Measured::Files { end: "en/search.js", is_gzipped: true },
    },
    Line {
        name: "permanent page",
        content: Content::Real,
        measured: Measured::Files { end: "c/tl-042/index.html", is_gzipped: false },
    },
];

/// A criterion of the real content.
const CITED: &str = "TL-042";

/// A file with one citation, below the folder that everything is measured in.
const REVIEW: &str = "review.md";

/// A file with thousands of citations and quotations in one paragraph, beside it.
const CROWD: &str = "crowd.md";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.measure {
        Some(command) => program::measure(command),
        None => table(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("growth: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What one program came to on one line of the table, in one round.
#[derive(Default, Clone, Copy)]
struct Numbers {
    cpu_ms: Option<f64>,
    wall_ms: Option<f64>,
    peak_mib: Option<f64>,
    pages: Option<f64>,
    kb: Option<f64>,
    /// The CPU time of `cp -r` for the same files.
    copy_ms: Option<f64>,
}

fn table(arguments: &Arguments) -> Outcome<()> {
    // In memory where that is possible: no disk is measured.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? };
    fs::write(place.path().join(REVIEW), format!("She meets {CITED}.\n"))?;
    let cited = (0..4000).map(|number| format!("{CITED} “as she says of {number} teams”, "));
    fs::write(place.path().join(CROWD), cited.collect::<String>() + "\n")?;
    let mut programs = vec![Program::at(&arguments.program)?];
    if let Some(before) = &arguments.against {
        programs.push(program::named(before)?);
    }
    let before = if programs.len() > 1 { "CPU, wall × before" } else { "" };
    println!(
        "{:<26} {:>9} {:>9} {:>8} {:>7} {:>9}  {:>7}  {}",
        "", "CPU ms", "wall ms", "peak MiB", "pages", "kB", "× cp -r", before
    );
    let is_meant =
        |line: &&Line| arguments.only.is_empty() || arguments.only.iter().any(|only| line.name.contains(only));
    for line in LINES.iter().filter(is_meant) {
        let content = line.content.laid_out(&place, &programs[0])?;
        let mut rounds: Vec<Vec<Numbers>> = Vec::new();
        for round in 0..arguments.rounds {
            // Neither has the warmer caches always.
            let mut order: Vec<_> = (0..programs.len()).collect();
            order.rotate_left(usize::from(round) % programs.len());
            let mut numbers = vec![Numbers::default(); programs.len()];
            for at in order {
                numbers[at] = line.measured.on(&content, &programs[at], place.path())?;
            }
            rounds.push(numbers);
            if matches!(line.measured, Measured::Files { .. }) {
                break;
            }
        }
        println!("{}", row(line.name, &rounds));
        fs::remove_dir_all(&content)?;
    }
    Ok(())
}

fn row(name: &str, rounds: &[Vec<Numbers>]) -> String {
    let own = |of: fn(&Numbers) -> Option<f64>| median(rounds.iter().filter_map(|programs| of(&programs[0])));
    let shown =
        |number: Option<f64>, digits: usize| number.map_or("–".to_owned(), |number| format!("{number:.digits$}"));
    let ratio = |of: fn(&Numbers) -> Option<f64>| {
        let ratios = rounds.iter().filter_map(|programs| Some(of(&programs[0])? / of(programs.get(1)?)?));
        median(ratios).map(|ratio| format!("{ratio:.2}"))
    };
    let ratios = [ratio(|n| n.cpu_ms), ratio(|n| n.wall_ms), ratio(|n| n.kb).map(|kb| format!("({kb} of the bytes)"))];
    let ratios: Vec<_> = ratios.into_iter().flatten().collect();
    let to_copy = median(rounds.iter().filter_map(|programs| Some(programs[0].cpu_ms? / programs[0].copy_ms?)));
    format!(
        "{name:<26} {cpu:>9} {wall:>9} {peak:>8} {pages:>7} {kb:>9}  {copy:>7}  {ratios}",
        cpu = shown(own(|n| n.cpu_ms), 1),
        wall = shown(own(|n| n.wall_ms), 1),
        peak = shown(own(|n| n.peak_mib), 0),
        pages = shown(own(|n| n.pages), 0),
        kb = shown(own(|n| n.kb), 1),
        copy = shown(to_copy, 1),
        ratios = ratios.join(" "),
    )
}

fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

impl Content {
    /// Writes the content into a folder of its own, with its register.
    fn laid_out(self, place: &TempDir, program: &Program) -> Outcome<PathBuf> {
        let folder = place.path().join("content");
        match self {
            Self::Real => {
                copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder)?;
            }
            Self::Drawn { ladders, levels, locales } => {
                const TAGS: [&str; 20] = [
                    "en", "zh-TW", "ja", "ko", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs",
                    "sk", "hu", "tr", "vi",
                ];
                let locales = TAGS[..locales].iter().map(|&tag| tag.to_owned()).collect();
                let shape = Shape { ladders, levels, criteria: 102, notes: 2, locales, seed: 1 };
                for (path, text) in shape.files() {
                    let path = folder.join(path);
                    fs::create_dir_all(path.parent().ok_or("a file stands in a folder")?)?;
                    fs::write(path, text)?;
                }
                program.run(["id", "--write"], &folder)?;
            }
        }
        Ok(folder)
    }
}

impl Measured {
    fn on(self, content: &Path, program: &Program, place: &Path) -> Outcome<Numbers> {
        match self {
            Self::Build => {
                let site = place.join("site");
                let used = program.build(content, &site)?;
                let size = Size::of(&site)?;
                let copy = copied(&site, &place.join("copy"))?;
                fs::remove_dir_all(&site)?;
                fs::remove_dir_all(place.join("copy"))?;
                Ok(Numbers {
                    pages: Some(size.pages as f64),
                    kb: Some(size.bytes as f64 / 1000.0),
                    copy_ms: Some(copy.cpu_ms),
                    ..used.into()
                })
            }
            Self::Command(arguments) => {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(
                        |&argument| {
                            if [REVIEW, CROWD].contains(&argument) { place.join(argument) } else { argument.into() }
                        },
                    )
                    .collect();
                Ok(program.run(arguments, content)?.into())
            }
            Self::Saves(times) => saves(program, content, times),
            Self::Files { end, is_gzipped } => {
                let site = place.join("site");
                program.build(content, &site)?;
                let file = site.join(end);
                let bytes = if is_gzipped { gzipped(&file)? } else { fs::metadata(&file)?.len() };
                fs::remove_dir_all(&site)?;
                Ok(Numbers { kb: Some(bytes as f64 / 1000.0), ..Numbers::default() })
            }
        }
    }
}

impl From<Used> for Numbers {
    fn from(Used { cpu_ms, wall_ms, peak_mib }: Used) -> Self {
        Self { cpu_ms: Some(cpu_ms), wall_ms: Some(wall_ms), peak_mib: Some(peak_mib), ..Self::default() }
    }
}
