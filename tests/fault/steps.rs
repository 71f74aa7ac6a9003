//! Runs of the program in which one step fails that changes the disk, or in which the program is killed before it or
//! asked to end.

#![allow(clippy::disallowed_methods, reason = "folders on disk are looked at")]

use std::env;
use std::io;
use std::process::{self, Command, ExitCode};
use std::sync::atomic::{AtomicUsize, Ordering};

use rungs::for_tests::write::before_each_step;

use crate::place::{Place, Run};

/// Says what happens before which step: `killed 3`.
const STEP: &str = "RUNGS_TEST_STEP";

/// The exit status of a program that was killed.
const KILLED: i32 = 86;

/// What happens before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    Killed,
    /// The disk is full, for this step only.
    Full,
    /// The folder can only be read, for this step only.
    ReadOnly,
    /// A signal asks the program to end.
    Asked,
}

impl Mishap {
    const ALL: [(&'static str, Self); 4] =
        [("killed", Self::Killed), ("full", Self::Full), ("read-only", Self::ReadOnly), ("asked", Self::Asked)];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, mishap)| *mishap == self).unwrap().0
    }

    fn happens(self) -> io::Result<()> {
        match self {
            Self::Killed => process::exit(KILLED),
            Self::Full => Err(io::ErrorKind::StorageFull.into()),
            Self::ReadOnly => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            #[cfg(unix)]
            Self::Asked => signal_hook::low_level::raise(signal_hook::consts::SIGTERM),
            #[cfg(not(unix))]
            Self::Asked => process::exit(KILLED),
        }
    }
}

/// Runs the program in this process, if it is for that.
pub fn in_process() -> Option<ExitCode> {
    let step = env::var(STEP).ok()?;
    let (name, number) = step.split_once(' ').unwrap();
    let (_, mishap) = Mishap::ALL.into_iter().find(|(known, _)| *known == name).unwrap();
    let (number, taken) = (number.parse::<usize>().unwrap(), AtomicUsize::new(0));
    before_each_step(move || if taken.fetch_add(1, Ordering::SeqCst) == number { mishap.happens() } else { Ok(()) });
    Some(rungs::run())
}

/// How a run ended before or at a step.
pub struct Ended {
    /// None if a signal ended it.
    pub status: Option<i32>,
    pub stderr: String,
}

impl Ended {
    pub fn is_killed(&self) -> bool {
        self.status == Some(KILLED)
    }
}

/// Runs a command in a place, and lets something happen before one of its steps.
pub fn run(place: &Place, command: &str, mishap: Mishap, step: usize) -> Ended {
    let mut program = Command::new(env::current_exe().unwrap());
    program.current_dir(place.path()).args(command.split_whitespace());
    program.env(STEP, format!("{name} {step}", name = mishap.name()));
    program.env_remove("GITHUB_ACTIONS").env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = program.output().unwrap();
    Ended { status: output.status.code(), stderr: String::from_utf8(output.stderr).unwrap() }
}

/// The number of steps that a command takes in a place.
fn steps_of(command: &str, site: &dyn Fn() -> Place) -> usize {
    // Killed before the last step and not before the next: looked for by halves.
    let is_killed = |step: usize| run(&site(), command, Mishap::Killed, step).is_killed();
    let mut most = 1;
    while is_killed(most) {
        most *= 2;
    }
    let (mut least, mut most) = (most / 2, most);
    while least < most {
        let middle = least.midpoint(most);
        if is_killed(middle) { least = middle + 1 } else { most = middle }
    }
    least
}

/// A command that writes. The first word of what it writes to is the folder that is looked at.
struct Case {
    site: fn() -> Place,
    command: &'static str,
    /// Whether it changes all or nothing, and can be run again once it was killed. Else it makes a site and then, beside
    /// it, a workflow.
    is_resumed: bool,
}

const CASES: [Case; 14] = [
    Case { site: small, command: "build", is_resumed: true },
    Case { site: built, command: "build", is_resumed: true },
    Case { site: Place::empty, command: "init", is_resumed: false },
    Case {
        site: sourced,
        command: "adapt upstream content --prefix common=AC --prefix baking=AB --prefix leading=AL --by Acme",
        is_resumed: false,
    },
    Case { site: small, command: "theme eject level.html", is_resumed: true },
    Case { site: small, command: "translation start ja", is_resumed: true },
    Case { site: bilingual, command: "translation accept zh-TW --all", is_resumed: true },
    Case { site: bilingual, command: "translation export zh-TW words.po", is_resumed: true },
    Case { site: translated, command: "translation import zh-TW words.po", is_resumed: true },
    Case { site: small, command: "release 2026.1 --date 2026-11-01", is_resumed: true },
    Case { site: small, command: "withdraw EN-001 --reason Gone.", is_resumed: true },
    Case { site: cited, command: "refs --fix review.md", is_resumed: true },
    Case { site: small, command: "export --format csv -o ladder.csv", is_resumed: true },
    Case { site: small, command: "man manuals", is_resumed: true },
];

fn small() -> Place {
    Place::of(&crate::driver::Folder::small())
}

fn built() -> Place {
    let place = small();
    place.run_ok("build");
    place.edit("content/en/ladder.md", "others can read", "others read");
    place
}

fn sourced() -> Place {
    let place = Place::of_fixture("ladders");
    std::fs::rename(place.at("content"), place.at("upstream")).unwrap();
    place
}

fn bilingual() -> Place {
    Place::of(&crate::driver::Folder::bilingual())
}

fn translated() -> Place {
    let place = bilingual();
    place.run_ok("translation export zh-TW words.po");
    let text = place.text("words.po");
    place.put("words.po", text.replacen("msgstr \"", "msgstr \"甲", 9).replacen("msgstr \"甲", "msgstr \"", 1));
    place
}

fn cited() -> Place {
    let place = Place::of(&crate::driver::Folder::small().released("2026.1", "2026-07-01"));
    place.put("review.md", "She meets EN-001.\n");
    place
}

pub fn check_all() {
    use rayon::prelude::*;
    CASES.par_iter().for_each(check);
    two_builds_at_once();
    a_clock_that_went_back();
}

/// The most steps of a command that are tried: all of a short one, and of a long one some from all of its parts.
const MOST: usize = 12;

fn check(case: &Case) {
    let Case { site, command, is_resumed } = case;
    let start = site();
    let whole = start.copy();
    whole.run_ok(command);
    let (before, after) = (start.files("."), whole.files("."));
    assert_ne!(before, after, "{command} writes");
    let count = steps_of(command, &|| start.copy());
    assert!(count > 1, "{command} goes through the door");
    let tried: Vec<_> = match count {
        ..=MOST => (0..count).collect(),
        _ => (0..MOST).map(|at| at * (count - 1) / (MOST - 1)).collect(),
    };
    for step in tried {
        for (name, mishap) in Mishap::ALL {
            if mishap == Mishap::ReadOnly && step % 2 == 1 {
                continue;
            }
            let place = start.copy();
            let ended = run(&place, command, mishap, step);
            let told = || format!("{command}, {name} at step {step} of {count}: {:?} {}", ended.status, ended.stderr);
            assert!(ended.status != Some(101) && !ended.stderr.contains("panicked"), "{}", told());
            let now = place.files(".");
            assert_sound(&before, &after, &now, &told);
            match mishap {
                Mishap::Killed if *is_resumed => {
                    let again = place.run(command);
                    assert_eq!(again.status, 0, "{} {}", told(), again.shown());
                    assert_same(&place.files("."), &after, &told);
                }
                Mishap::Killed => {}
                Mishap::Full | Mishap::ReadOnly => {
                    // What is only tidied up may fail.
                    if ended.status != Some(0) {
                        assert_eq!(ended.status, Some(2), "{}", told());
                        assert!(ended.stderr.contains("error: "), "{}", told());
                    }
                    assert!(!is_resumed || is_one_of(&now, &before, &after), "{}", told());
                }
                Mishap::Asked => {
                    assert!(matches!(ended.status, None | Some(0)), "{}", told());
                    assert!(!is_resumed || now == before || now == after, "{}: {:?}", told(), names(&now));
                    assert!(!now.iter().any(|(path, _)| is_unfinished(path)), "{}: {:?}", told(), names(&now));
                }
            }
        }
    }
}

type Files = Vec<(String, Vec<u8>)>;

fn names(files: &Files) -> Vec<&str> {
    files.iter().map(|(path, _)| path.as_str()).collect()
}

/// Whether a path is on its way to its place, or a change is.
fn is_unfinished(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.') && name.contains(".rungs-") && !name.ends_with("manifest"))
}

/// Each file holds what it held before, or what it is to hold.
fn assert_sound(before: &Files, after: &Files, now: &Files, told: &dyn Fn() -> String) {
    for file in now.iter().filter(|(path, _)| !is_unfinished(path)) {
        assert!(before.contains(file) || after.contains(file), "{} {}", told(), file.0);
    }
}

fn assert_same(now: &Files, after: &Files, told: &dyn Fn() -> String) {
    assert_eq!(names(now), names(after), "{}", told());
    assert!(now == after, "{}", told());
}

/// Whether all is as before, or all is done. A journal may stand beside what is done, and so may the remains of what was
/// replaced.
fn is_one_of(now: &Files, before: &Files, after: &Files) -> bool {
    let now: Files = now.iter().filter(|(path, _)| !is_unfinished(path)).cloned().collect();
    now == *before || now == *after
}

/// Of two builds into one folder, the last one stands there whole.
fn two_builds_at_once() {
    for _ in 0..4 {
        let place = small();
        place.put_all("other", &place.at("content"));
        place.edit("other/en/ladder.md", "others can read", "others read");
        place.run_ok("build content -o one");
        place.run_ok("build other -o two");
        let runs: [Run; 2] = std::thread::scope(|scope| {
            ["build content", "build other"]
                .map(|command| scope.spawn(|| place.run(command)))
                .map(|run| run.join().unwrap())
        });
        assert!(runs.iter().any(|run| run.status == 0), "{}", runs.each_ref().map(Run::shown).join("\n"));
        let site = place.files("public");
        assert!(site == place.files("one") || site == place.files("two"), "one site, and no mixture");
        let left: Vec<_> = place.files(".").into_iter().filter(|(path, _)| is_unfinished(path)).collect();
        assert_eq!(names(&left), [""; 0]);
    }
}

/// What is built does not depend on which file is older.
fn a_clock_that_went_back() {
    let place = built();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1_000_000);
    for (path, _) in place.files("public") {
        let file = std::fs::File::options().write(true).open(place.at("public").join(path)).unwrap();
        file.set_modified(later).unwrap();
    }
    place.run_ok("build");
    place.run_ok("build -o anew");
    assert!(place.files("public") == place.files("anew"));
}
