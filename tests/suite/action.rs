//! Releases and the action: the archives that the scripts of `.github/scripts` make are installed as the action installs
//! them, and what is not as it was released is refused.

#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "the scripts of the repository are run")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use insta::assert_snapshot;

use crate::driver::Folder;
use crate::place::Place;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TARGETS: [&str; 2] = ["x86_64-unknown-linux-musl", "x86_64-pc-windows-msvc"];

/// A folder in which other programs stand in for those that need a network or much time.
struct Runner {
    place: Place,
    variables: Vec<(String, String)>,
}

impl Runner {
    /// Packages the program that is tested.
    fn new() -> Self {
        let runner = Self { place: Place::of(&Folder::small()), variables: Vec::new() };
        runner.program("programs/rungs", &format!("exec '{}' \"$@\"", cargo_bin!("rungs").display()));
        runner.program("bin/cargo", r#"echo '{"resolve":{"root":"a","nodes":[{"id":"a","deps":[]}]},"packages":[]}'"#);
        runner.program("bin/gh", "echo \"$@\" >>\"$RUNNER_TEMP/../gh.log\"");
        let programs: Vec<_> = TARGETS.iter().map(|target| format!("{target}=programs/rungs")).collect();
        runner.ok("package", &["dist", &programs[0], &programs[1]]);
        runner
    }

    fn program(&self, path: &str, line: &str) {
        self.place.put(path, format!("#!/bin/sh\n{line}\n"));
        fs::set_permissions(self.place.at(path), PermissionsExt::from_mode(0o755)).unwrap();
    }

    /// The same with another input of the action.
    fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs a script as the action does. Returns whether it passes, and what it prints.
    fn run(&self, script: &str, arguments: &[&str]) -> (bool, String) {
        let here = self.place.path().display();
        let path = fs::read_to_string(self.place.at("path")).unwrap_or_default();
        let installed = path.trim().to_owned();
        let mut command = Command::new(format!("{ROOT}/.github/scripts/{script}"));
        command.args(arguments).current_dir(self.place.path());
        command.env("PATH", format!("{here}/bin:{installed}:{}", std::env::var("PATH").unwrap()));
        for (name, value) in [
            ("GITHUB_PATH", format!("{here}/path")),
            ("GITHUB_OUTPUT", format!("{here}/output")),
            ("GITHUB_STEP_SUMMARY", format!("{here}/summary.md")),
            ("GITHUB_REPOSITORY", "example/rungs".to_owned()),
            ("RUNNER_TEMP", format!("{here}/temp")),
            ("RUNNER_OS", "Linux".to_owned()),
            ("RUNNER_ARCH", "X64".to_owned()),
            ("SOURCE_DATE_EPOCH", "1800000000".to_owned()),
            ("INPUT_RELEASES", format!("file://{here}/dist")),
        ] {
            command.env(name, value);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let output = command.output().unwrap();
        let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.success(), told.replace(&here.to_string(), "HERE").replace(VERSION, "VERSION"))
    }

    #[track_caller]
    fn ok(&self, script: &str, arguments: &[&str]) -> String {
        let (passes, told) = self.run(script, arguments);
        assert!(passes, "{script}: {told}");
        told
    }

    /// Whether nothing was installed, which later steps could run.
    fn has_nothing_installed(&self) -> bool {
        !self.place.at("path").exists() && !self.place.at("output").exists()
    }
}

fn archive() -> String {
    format!("dist/rungs-{VERSION}-{}.tar.gz", TARGETS[0])
}

#[test]
fn the_archives_hold_what_whoever_installs_them_needs() {
    let runner = Runner::new();
    let listed = runner.place.shell_ok(&format!("tar -tzf {}", archive()));
    let common = ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt", "README.md", "CHANGELOG.md", "man/rungs-build.1"];
    let completions = ["rungs.bash", "_rungs", "rungs.fish", "_rungs.ps1"];
    for file in ["rungs"].iter().chain(&common).chain(&completions) {
        assert!(listed.lines().any(|line| line.ends_with(&format!("/{file}"))), "{file}: {listed}");
    }
    let zip = format!("dist/rungs-{VERSION}-{}.zip", TARGETS[1]);
    let listed = runner.place.shell_ok(&format!("python3 -m zipfile -l {zip}"));
    assert!(listed.contains("/rungs.exe ") && listed.contains("/man/rungs.1 "), "{listed}");
    // The sums are those of the files, and all files have one.
    runner.place.shell_ok("cd dist && sha256sum --check --strict SHA256SUMS");
    assert_eq!(runner.place.text("dist/SHA256SUMS").lines().count(), TARGETS.len());
    // The same program gives the same archives.
    assert_eq!(runner.place.files("dist"), Runner::new().place.files("dist"));
}

#[test]
fn the_action_installs_what_was_released_and_builds_a_site_with_it() {
    let runner = Runner::new().with("INPUT_BASE_URL", "https://ladders.example.org/");
    runner.ok("install", &[]);
    let asked = runner.place.text("gh.log");
    assert_eq!(
        asked.trim(),
        format!(
            "attestation verify rungs-{VERSION}-{} --repo example/rungs --signer-workflow \
             example/rungs/.github/workflows/release.yml --source-ref refs/tags/v{VERSION}",
            TARGETS[0].to_owned() + ".tar.gz"
        )
    );
    runner.ok("run", &[]);
    assert!(runner.place.text("public/en/ladder/index.html").contains("https://ladders.example.org/"));
    assert!(!runner.place.at("summary.md").exists(), "there is no pull request");
}

#[test]
fn the_action_looks_whether_a_site_asks_for_social_cards() {
    let runner = Runner::new();
    let site = runner.place.text("content/site.toml");
    for (lines, asked) in [
        ("", false),
        ("[open-graph]\ncards = false\n", false),
        ("[open-graph]\n# cards = \"all\"\n", false),
        ("[open-graph]\ncards = \"levels\"\n", true),
        ("[open-graph]\n  cards='all' # each criterion\n", true),
        ("open-graph.cards = \"all\"\n", true),
        ("open-graph = { cards = \"all\" }\n", true),
        ("[open-graph]\n\"cards\" = \"all\"\n", true),
    ] {
        // Dotted keys stand in front of the tables.
        let text = if lines.starts_with('o') { format!("{lines}{site}") } else { format!("{site}\n{lines}") };
        runner.place.put("content/site.toml", text);
        runner.place.put("output", "");
        runner.ok("cards", &[]);
        assert_eq!(runner.place.text("output"), format!("asked={asked}\n"), "{lines}");
        // The program judges in the same way.
        let run = runner.place.run("build");
        assert_eq!(run.status, 0, "{}", run.shown());
        let has_cards = runner.place.at("public/og").exists() || run.stderr.contains("no-card");
        assert_eq!(has_cards, asked, "{lines}: {}", run.stderr);
    }
}

#[test]
fn what_is_not_as_it_was_released_is_not_installed() {
    // A byte more.
    let runner = Runner::new();
    let mut bytes = fs::read(runner.place.at(&archive())).unwrap();
    bytes.push(0);
    runner.place.put(&archive(), bytes);
    let (passes, told) = runner.run("install", &[]);
    assert!(!passes && runner.has_nothing_installed(), "{told}");
    assert!(told.contains("It is not what was released: do not use it"), "{told}");

    // A program that is listed nowhere, or twice.
    for lines in [1, 2] {
        let runner = Runner::new();
        let sums = runner.place.text("dist/SHA256SUMS");
        let line = sums.lines().find(|line| line.ends_with(".tar.gz")).unwrap();
        runner.place.put("dist/SHA256SUMS", if lines == 1 { String::new() } else { format!("{line}\n{line}\n") });
        let (passes, told) = runner.run("install", &[]);
        assert!(!passes && runner.has_nothing_installed(), "{told}");
        assert!(told.contains("exactly once"), "{told}");
    }

    // Nobody attests it.
    let runner = Runner::new();
    runner.program("bin/gh", "echo 'no attestations found' >&2; exit 1");
    let (passes, told) = runner.run("install", &[]);
    assert!(!passes && runner.has_nothing_installed(), "{told}");
    assert!(told.contains("no attestations found") && told.contains("::error"), "{told}");

    // There is no such release.
    let runner = Runner::new().with("INPUT_VERSION", "99.0.0");
    let (passes, told) = runner.run("install", &[]);
    assert!(!passes && told.contains("Is there a release of version 99.0.0?"), "{told}");
}

#[test]
fn inputs_that_say_nothing_are_refused() {
    for (name, value, message) in [
        ("INPUT_VERSION", "latest", "is no version"),
        ("INPUT_ATTESTATION", "never", "is `verify` or `skip`"),
        ("INPUT_RELEASES", "http://example.org/", "`releases` begins with https:// or file:///"),
        ("INPUT_RELEASES", "mirror/rungs", "is not `mirror/rungs`"),
        ("RUNNER_ARCH", "RISCV64", "there is no released program for Linux on RISCV64"),
    ] {
        let runner = Runner::new().with(name, value);
        let (passes, told) = runner.run("install", &[]);
        assert!(!passes && runner.has_nothing_installed() && told.contains(message), "{name}: {told}");
    }
    let runner = Runner::new().with("INPUT_ATTESTATION", "skip");
    runner.ok("install", &[]);
    assert!(!runner.place.at("gh.log").exists());
    let (passes, told) = runner.with("INPUT_COMMAND", "serve").run("run", &[]);
    assert!(!passes && told.contains("`command` is `build` or `check`, not `serve`"), "{told}");
}

#[test]
fn the_summary_of_a_pull_request_says_what_it_changes_for_people() {
    let runner = Runner::new().with("INPUT_COMMAND", "check").with("BASE_REVISION", "0123456789abcdef");
    runner.ok("install", &[]);
    runner.place.put_all("base/repository/content", &runner.place.at("content"));
    runner.place.shell_ok("tar -czf base.tar.gz -C base repository");
    runner.program("bin/gh", "[ \"$*\" = 'api repos/example/rungs/tarball/0123456789abcdef' ] && cat base.tar.gz");
    runner.place.edit("content/en/ladder.md", "others can read", "everybody can read");
    runner.place.edit("content/en/ladder.md", "{#EN-002 thread=time}", "{#EN-002 thread=tme}");
    let (passes, told) = runner.run("run", &[]);
    // The problem is told at its line.
    assert!(!passes && told.contains("::error file=content/en/ladder.md,line="), "{told}");
    assert_snapshot!(runner.place.text("summary.md"), @"
    ### What this changes for people

        Compared with the base:

        EN-001 new wording
          en
          - Writes code that others can read.
          + Writes code that everybody can read.

        1 criterion differs: 1 with new wording.
        Around the criteria: the thread of EN-002.
        The next release decides whether new wording expects more, less or the same.
        1 error to fix first
    ");

    // Without the base the run goes on.
    runner.program("bin/gh", "exit 1");
    runner.place.remove("summary.md");
    let (_, told) = runner.run("run", &[]);
    assert!(told.contains("::warning::") && told.contains("::error file=content/en/ladder.md,line="), "{told}");
    assert_eq!(runner.place.text("summary.md"), "");
}
