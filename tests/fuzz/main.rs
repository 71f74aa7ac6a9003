//! Tries the program on texts that nobody would write.
//!
//! `cargo test` tries all that ever broke, which stands in `corpus/`, and a few cases for each target from fixed seeds.
//! `cargo test --test fuzz -- --minutes 60` goes on for an hour from a random seed. `--target po` is for one target alone,
//! `--executions 1000` for so many of each, `--seed 7` from that seed on, and `--seed 7 --once` for that one, whose case is
//! written to `case.toml`. What breaks is told with its seed, and its case is written to a file: `-- --case FILE` tries that
//! again. Once it is mended, put the file into `corpus/`, under a name that says what was wrong.
//!
//! A case ([`case`]) is a site with changes. [`mutation`] makes them, with what stands in [`dictionary`]. Each target makes
//! cases for a part of the program, and panics where something does not hold that it says of that part; [`oracles`] hold for
//! all. What holds of values that are drawn, and not of files, is a property beside its test in `tests/suite/` or `src/`.

#![allow(clippy::disallowed_methods, reason = "says how it is to be run, and measures time")]

mod case;
mod dictionary;
#[allow(dead_code, reason = "it is for the tests of behaviour")]
#[path = "../suite/driver.rs"]
mod driver;
mod mutation;
mod oracles;
mod random;
mod targets;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use case::Case;
use random::Random;
use targets::{TARGETS, Target};

/// No execution takes as long on any machine, whatever else that does.
const LONGEST: Duration = Duration::from_secs(60);

/// How it is to be run.
#[derive(Debug, Default)]
struct Options {
    target: Option<String>,
    seed: Option<u64>,
    executions: Option<u64>,
    minutes: Option<u64>,
    once: bool,
    case: Option<PathBuf>,
}

/// What the executions of a target came to.
#[derive(Default)]
struct Tally {
    executions: u64,
    slowest: (Duration, u64),
    /// The first seed of each fault, by where it was met and what it said.
    faults: BTreeMap<String, u64>,
}

thread_local! {
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

fn main() -> ExitCode {
    let options = Options::read(std::env::args().skip(1));
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        PLACE.with_borrow_mut(|kept| *kept = place);
    }));
    let is_sound = match &options.case {
        Some(file) => again(file),
        None => (options.seed.is_some() || corpus(&options)) & options.run(),
    };
    if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Options {
    /// Reads the arguments. Those of the harness that other tests have are passed over.
    fn read(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} needs a value"));
            let number = |text: String| text.parse().unwrap_or_else(|_| panic!("{text} is no number"));
            match argument.as_str() {
                "--target" => options.target = Some(value()),
                "--seed" => options.seed = Some(number(value())),
                "--executions" => options.executions = Some(number(value())),
                "--minutes" => options.minutes = Some(number(value())),
                "--once" => options.once = true,
                "--case" => options.case = Some(value().into()),
                _ => {}
            }
        }
        let name = options.target.as_deref();
        assert!(
            name.is_none_or(|name| TARGETS.iter().any(|target| target.name == name)),
            "there is no target {name:?}"
        );
        options
    }

    fn has(&self, target: &Target) -> bool {
        self.target.as_deref().is_none_or(|name| name == target.name)
    }

    /// Runs the targets, one after the other.
    fn run(&self) -> bool {
        let clock = || SystemTime::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_secs() * 1_000_000);
        let seed = self.seed.unwrap_or_else(|| if self.minutes.is_some() { clock() } else { 0 });
        let targets: Vec<_> = TARGETS.iter().filter(|target| self.has(target)).collect();
        let share =
            self.minutes.map(|minutes| Duration::from_secs(minutes * 60) / u32::try_from(targets.len()).unwrap_or(1));
        let tallies = targets.iter().map(|target| {
            let begin = Instant::now();
            let most = match (self.once, self.executions, share) {
                (true, ..) => 1,
                (_, Some(executions), _) => executions,
                (_, None, Some(_)) => u64::MAX,
                (_, None, None) => target.bounded,
            };
            let mut tally = Tally::default();
            while tally.executions < most && share.is_none_or(|share| begin.elapsed() < share) {
                tally.try_one(target, seed.wrapping_add(tally.executions), self.once);
            }
            tally.tell(target, begin.elapsed());
            tally
        });
        tallies.collect::<Vec<_>>().iter().all(|tally| tally.faults.is_empty())
    }
}

impl Tally {
    fn try_one(&mut self, target: &Target, seed: u64, is_alone: bool) {
        // What aborts the process, or never ends, leaves its seed behind.
        write("running", &format!("--target {} --seed {seed} --once\n", target.name));
        let begin = Instant::now();
        let mut case = None;
        let fault = caught(|| {
            let case = case.insert((target.make)(&mut Random::new(seed)));
            if is_alone {
                write("case.toml", &case.written(target.name));
            }
            (target.check)(case);
            assert!(begin.elapsed() < LONGEST, "it takes too long");
        });
        self.executions += 1;
        self.slowest = self.slowest.max((begin.elapsed(), seed));
        let Some(fault) = fault else { return };
        // Places tell faults apart; words hold what was drawn.
        let place = fault.lines().next().unwrap_or_default().to_owned();
        if self.faults.insert(place, seed).is_none() {
            let file = case.map(|case| write(&format!("{}-{seed}.toml", target.name), &case.written(target.name)));
            let fault = fault.chars().take(3000).collect::<String>();
            println!("fuzz: {} breaks with --seed {seed}: {fault}\n  written to {file:?}", target.name);
        }
    }

    fn tell(&self, target: &Target, time: Duration) {
        let Self { executions, slowest: (slowest, seed), faults } = self;
        println!(
            "fuzz: {:<10} {executions} executions in {} s, {} faults; the slowest took {} ms (--seed {seed})",
            target.name,
            time.as_secs(),
            faults.len(),
            slowest.as_millis(),
        );
    }
}

/// Returns where a panic came from and what it said.
fn caught(run: impl FnOnce()) -> Option<String> {
    let fault = panic::catch_unwind(AssertUnwindSafe(run)).err()?;
    let text = fault.downcast_ref::<String>().cloned();
    let text = text.or_else(|| fault.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
    Some(format!("{}\n{text}", PLACE.with_borrow(Clone::clone)))
}

/// Writes a file beside the build.
fn write(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let file = folder.join(name);
    fs::write(&file, text).expect("the file can be written");
    file
}

/// Tries a case that was written to a file.
fn again(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let begin = Instant::now();
    let fault = caught(|| {
        let (name, case) = Case::read(&text);
        let target = TARGETS.iter().find(|target| target.name == name);
        (target.unwrap_or_else(|| panic!("there is no target {name}")).check)(&case);
        assert!(begin.elapsed() < LONGEST, "it takes too long");
    });
    if let Some(fault) = &fault {
        println!("fuzz: {} breaks: {fault}", file.display());
    }
    fault.is_none()
}

/// Tries all that ever broke.
fn corpus(options: &Options) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    let is_wanted = |file: &&PathBuf| {
        let text = fs::read_to_string(file).unwrap_or_default();
        options.target.as_ref().is_none_or(|name| text.contains(&format!("target = \"{name}\"")))
    };
    let files: Vec<_> = files.iter().filter(is_wanted).collect();
    let broken = files.iter().filter(|file| !again(file)).count();
    println!("fuzz: {} cases of the corpus, {broken} broken", files.len());
    broken == 0
}
