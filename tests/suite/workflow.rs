//! The workflow that `rungs init` and `rungs adapt` write: it is YAML, its advice can be followed to the letter, and neither it nor
//! anything else that people read installs a package by a name that anybody can register.

#![allow(clippy::disallowed_methods, reason = "the files of the repository are read, and the program is run")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rungs::for_tests::init::{InstallSource, WORKFLOW, surroundings};
use saphyr::{LoadableYamlNode, Yaml};

use crate::driver::Folder;
use crate::place::Place;

const REPOSITORY: &str = "https://git.example/acme/rungs.git";
const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";

/// The workflow as a released program writes it, and as one does that was built from source.
fn workflows() -> [String; 2] {
    [Some(InstallSource::new(REPOSITORY, REVISION).unwrap()), None].map(workflow)
}

fn workflow(source: Option<InstallSource<'_>>) -> String {
    surroundings(source).remove(camino::Utf8Path::new(WORKFLOW)).unwrap()
}

/// `tests/run` checks them, too: their form, and whether they have a known weakness.
#[test]
fn the_workflows_are_written_for_the_checks_of_workflows() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflows");
    fs::create_dir_all(&folder).unwrap();
    let github = InstallSource::new("https://github.com/acme/rungs", REVISION).ok();
    let sources = [("by-action", github), ("source", InstallSource::new(REPOSITORY, REVISION).ok()), ("unknown", None)];
    for (name, source) in sources {
        let text = workflow(source);
        // Every part was put in, and every value.
        let left = ["# {", "{repository}", "{revision}", "{path}", "{line}", "{action}"];
        assert!(!left.iter().any(|left| text.contains(left)), "{text}");
        parsed(&text);
        fs::write(folder.join(format!("{name}.yml")), text).unwrap();
    }
}

/// The value of one document. Keys that stand twice are an error, as they are on GitHub.
fn parsed(text: &str) -> Yaml<'_> {
    let mut documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

fn text<'a>(mapping: &'a Yaml<'_>, key: &str) -> &'a str {
    mapping.as_mapping_get(key).and_then(Yaml::as_str).unwrap_or_default()
}

/// The steps that build the site.
fn steps<'a>(workflow: &'a Yaml<'_>) -> &'a [Yaml<'a>] {
    steps_of(workflow, "build")
}

fn steps_of<'a>(workflow: &'a Yaml<'_>, job: &str) -> &'a [Yaml<'a>] {
    workflow["jobs"][job]["steps"].as_sequence().unwrap()
}

/// The variables for all steps.
fn variables(workflow: &str) -> BTreeMap<String, String> {
    let workflow = parsed(workflow);
    let pair = |(name, value): (&Yaml<'_>, &Yaml<'_>)| Some((name.as_str()?.to_owned(), value.as_str()?.to_owned()));
    workflow["env"].as_mapping().unwrap().iter().filter_map(pair).collect()
}

/// Runs a step as GitHub does. Returns whether it passes, and what it prints.
fn run(step: &str, variables: &BTreeMap<String, String>) -> (bool, String) {
    let output =
        std::process::Command::new("bash").args(["-e", "-c", step]).env_clear().envs(variables).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

/// The first step of a workflow that was written by a program that was built from source.
fn check() -> String {
    let [_, workflow] = workflows();
    text(&steps(&parsed(&workflow))[0], "run").to_owned()
}

/// A workflow with other values in the lines of `env`.
fn filled_in(workflow: &str, lines: &[String]) -> String {
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let line = |old: &str| lines.iter().find(|line| key(line) == key(old)).map_or(old, |line| line).to_owned();
    workflow.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_released_program_writes_its_own_repository_and_revision() {
    let [released, built] = workflows();
    let expected = [("INSTALL_FROM", REPOSITORY), ("INSTALL_REVISION", REVISION)];
    assert_eq!(variables(&released), expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    assert!(!released.contains("built from source"), "{released}");
    assert!(text(&steps(&parsed(&released))[0], "uses").starts_with("actions/checkout@"));
    // Apart from that, both programs write the same steps.
    assert_eq!(steps(&parsed(&released)), &steps(&parsed(&built))[1..]);
}

#[test]
fn a_program_that_was_released_on_github_names_its_own_action_and_revision() {
    let action = parsed(include_str!("../../action.yml"));
    let uses = format!("acme/rungs@{REVISION}");
    for repository in
        ["https://github.com/acme/rungs", "https://github.com/acme/rungs.git", "https://github.com/acme/rungs/"]
    {
        let text_of = workflow(Some(InstallSource::new(repository, REVISION).unwrap()));
        assert!(!text_of.contains("INSTALL") && !text_of.contains("# {"), "{text_of}");
        // Dependabot reads the version behind the revision.
        let version = format!("- uses: {uses} # v{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(text_of.lines().filter(|line| line.trim() == version).count(), 2, "{text_of}");
        let workflow = parsed(&text_of);
        for (job, inputs) in [("check", vec!["command"]), ("build", vec!["base-url"])] {
            let step = steps_of(&workflow, job).iter().find(|step| text(step, "uses") == uses).unwrap();
            let given: Vec<_> = step["with"].as_mapping().unwrap().keys().map(|key| key.as_str().unwrap()).collect();
            assert_eq!(given, inputs);
            assert!(inputs.iter().all(|input| action["inputs"].as_mapping_get(input).is_some()), "{inputs:?}");
        }
    }
}

#[test]
fn pull_requests_are_checked_and_nothing_of_them_is_published() {
    let released = InstallSource::new("https://github.com/acme/rungs", REVISION).ok();
    for text_of in [workflow(released), workflow(None)] {
        let workflow = parsed(&text_of);
        assert!(workflow["on"].as_mapping_get("pull_request").is_some(), "{text_of}");
        assert_eq!(text(&workflow["jobs"]["check"], "if"), "github.event_name == 'pull_request'");
        assert_eq!(text(&workflow["jobs"]["build"], "if"), "github.event_name != 'pull_request'");
        assert_eq!(text(&workflow["jobs"]["deploy"], "needs"), "build");
        let permissions = workflow["jobs"]["check"]["permissions"].as_mapping().unwrap();
        assert_eq!(permissions.len(), 1, "{permissions:?}");
    }
}

#[test]
fn adapt_writes_what_init_writes_around_the_content_and_keeps_what_is_there() {
    let place = Place::of_fixture("past");
    place.run_ok("init example");
    let adapt = "adapt content mine/content --by Acme --prefix AC";
    let told = place.run(adapt).stdout;
    assert!(told.contains("say where to install Rungs from"), "{told}");
    for file in [WORKFLOW, ".gitignore"] {
        assert_eq!(place.text(&format!("mine/{file}")), place.text(&format!("example/{file}")));
        assert!(told.contains(&format!("mine/{file} was written, too")), "{told}");
    }

    let place = Place::of_fixture("past");
    for file in [WORKFLOW, ".gitignore"] {
        place.put(&format!("mine/{file}"), "mine\n");
    }
    let told = place.run(adapt).stdout;
    assert!(told.contains(&format!("mine/{WORKFLOW} stays as it is\n")), "{told}");
    assert!(told.contains("mine/.gitignore stays as it is. It should have the lines /public/"), "{told}");
    assert!([WORKFLOW, ".gitignore"].iter().all(|file| place.text(&format!("mine/{file}")) == "mine\n"));
}

#[test]
fn what_is_installed_and_cached_depends_on_the_revision() {
    for workflow in workflows() {
        let workflow = parsed(&workflow);
        let of_program = |step: &&Yaml<'_>| {
            step.as_mapping_get("with").is_some_and(|with| text(with, "path").ends_with("/bin/rungs"))
        };
        let cache = steps(&workflow).iter().find(of_program).unwrap();
        assert!(text(&cache["with"], "key").contains("${{ env.INSTALL_REVISION }}"), "{cache:?}");
        assert!(cache["with"].as_mapping_get("restore-keys").is_none(), "another revision is another program");
        let installs = steps(&workflow).iter().map(|step| text(step, "run")).find(|run| run.contains("cargo install"));
        let line = "cargo install --git \"$INSTALL_FROM\" --rev \"$INSTALL_REVISION\" --locked rungs";
        assert_eq!(installs.unwrap().lines().last(), Some(line));
    }
}

#[test]
fn the_workflow_names_no_variable_of_the_program_for_what_it_installs() {
    for workflow in workflows() {
        assert!(variables(&workflow).keys().all(|name| !name.starts_with("RUNGS_")), "{workflow}");
    }
}

#[test]
fn without_a_source_the_first_step_fails_until_its_advice_is_followed() {
    let place = Place::empty();
    let told = place.run("init").stdout;
    assert!(
        told.contains(&format!(
            "In {WORKFLOW}, say where to install Rungs from: this copy of Rungs was built from source."
        )),
        "{told}"
    );
    let written = place.text(WORKFLOW);
    assert_eq!(written, workflows()[1]);

    let (passes, printed) = run(&check(), &variables(&written));
    assert!(!passes);
    // GitHub shows it at a line of a file.
    let (place_of, advice) = printed.trim_end().strip_prefix("::error ").unwrap().split_once("::").unwrap();
    let line: usize = place_of.strip_prefix(&format!("file={WORKFLOW},line=")).unwrap().parse().unwrap();
    let advice = advice.replace("%0A", "\n");
    let (message, lines) = advice.split_once('\n').unwrap();
    assert_eq!(message, "this copy of Rungs was built from source: say here where to install it from");
    let advised: Vec<_> = lines.lines().map(str::to_owned).collect();
    assert_eq!(advised.len(), 2, "{advice}");
    for (at, advised) in advised.iter().enumerate() {
        // `here` is where these lines are, to be filled in.
        let empty = format!("{}: \"\"", advised.split(':').next().unwrap());
        assert_eq!(written.lines().nth(line - 1 + at), Some(empty.as_str()));
    }

    // Copied as they are, the lines are still to be filled in.
    let copied = filled_in(&written, &advised);
    assert!(!run(&check(), &variables(&copied)).0, "{copied}");
    let value = |line: &String| {
        let (key, example) = line.split_once(": ").unwrap();
        let value = if example.starts_with("\"https:") { REPOSITORY } else { REVISION };
        format!("{key}: \"{value}\"")
    };
    let followed = filled_in(&written, &advised.iter().map(value).collect::<Vec<_>>());
    assert_ne!(followed, written);
    assert_eq!(run(&check(), &variables(&followed)), (true, String::new()));
    assert_eq!(variables(&followed), variables(&workflows()[0]));
}

#[test]
fn a_source_is_a_repository_with_an_https_address_and_a_whole_revision() {
    let cases = [
        (REPOSITORY, REVISION, true),
        ("https://localhost:8443/~a/Rungs_2-x", REVISION, true),
        ("", REVISION, false),
        ("https://", REVISION, false),
        ("http://git.example/rungs", REVISION, false),
        ("ssh://git.example/rungs", REVISION, false),
        ("git.example/rungs", REVISION, false),
        ("https://token@git.example/rungs", REVISION, false),
        ("https://me:secret@git.example/rungs", REVISION, false),
        ("https://git.example/rungs?ref=main", REVISION, false),
        ("https://git.example/rungs\"\n  X: \"", REVISION, false),
        ("https://git.example/${{ secrets.X }}", REVISION, false),
        (" https://git.example/rungs", REVISION, false),
        (REPOSITORY, "", false),
        (REPOSITORY, "main", false),
        (REPOSITORY, "0123456", false),
        (REPOSITORY, "0123456789ABCDEF0123456789abcdef01234567", false),
        (REPOSITORY, "0123456789abcdef0123456789abcdef0123456g", false),
        (REPOSITORY, "0123456789abcdef0123456789abcdef012345678", false),
    ];
    for (repository, revision, is_source) in cases {
        assert_eq!(InstallSource::new(repository, revision).is_ok(), is_source, "{repository:?} {revision:?}");
        // The first step of the workflow judges in the same way.
        let pair = [("INSTALL_FROM", repository), ("INSTALL_REVISION", revision)];
        let pair = pair.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(run(&check(), &pair).0, is_source, "{repository:?} {revision:?}");
    }
}

/// Lines that install something by a name which somebody else may have registered.
fn bare_names(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let is_bare = |line: &&str| {
        let words: Vec<_> = line.split(|c: char| c.is_whitespace() || "`'\"()[],;=".contains(c)).collect();
        let has = |word: &str| words.contains(&word);
        let is_ours = words.iter().any(|word| *word == "rungs" || word.starts_with("rungs@"));
        let by_cargo = words.windows(2).any(|pair| pair[0] == "cargo" && ["install", "binstall"].contains(&pair[1]));
        let by_another = has("install") || has("npx") || has("uvx") || (has("docker") && has("pull"));
        // `cargo binstall` takes no revision: it looks up the release of a repository that is named.
        let is_pinned = has("--path") || (has("--git") && (has("--rev") || has("binstall")));
        (by_cargo || (by_another && is_ours)) && !is_pinned
    };
    joined.lines().filter(is_bare).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_bare_name_is_found_however_it_is_installed() {
    for bare in [
        "cargo install rungs",
        "        run: cargo install rungs --locked --version \"$RUNGS_VERSION\"",
        "cargo install --locked \\\n  rungs@0.1.0",
        "`cargo binstall rungs`",
        "cargo install --git https://git.example/rungs rungs",
        "cargo install some-linter",
        "pip install rungs",
        "brew install rungs",
        "npx rungs build",
    ] {
        assert_eq!(bare_names(bare).len(), 1, "{bare}");
    }
    for pinned in [
        "cargo install --path .",
        "cargo install --git \"$INSTALL_FROM\" --rev \"$INSTALL_REVISION\" --locked rungs",
        "cargo binstall --git https://git.example/rungs rungs",
        "sudo apt-get install -qy fonts-noto-cjk",
        "rungs init my-ladder",
        "where to install Rungs from",
    ] {
        assert!(bare_names(pinned).is_empty(), "{pinned}");
    }
}

#[test]
fn nothing_that_is_written_or_told_installs_a_package_by_a_bare_name() {
    let mut texts: Vec<(String, String)> = surroundings(InstallSource::new(REPOSITORY, REVISION).ok())
        .into_iter()
        .map(|(path, text)| (path.into(), text))
        .collect();
    // What the program writes and says.
    let place = Place::of(&Folder::small());
    place.put("ladder.md", "# Ladder\n\n## L1\n\n- Works.\n");
    for command in ["init example", "init adopted --from ladder.md", "adapt content fork --by Acme --prefix AC"] {
        let run = place.run_ok(command);
        texts.push((command.to_owned(), run.stdout + &run.stderr));
    }
    texts.extend(place.files(".").into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())));
    assert!(texts.iter().any(|(path, _)| path == &format!("adopted/{WORKFLOW}")));
    // What people read in the repository.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["README.md", "CHANGELOG.md", ".github", "content", "i18n", "src", "themes"] {
        let entries = walkdir::WalkDir::new(root.join(part)).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        texts.extend(files.filter_map(|file| {
            let text = fs::read_to_string(file.path()).ok()?;
            Some((file.path().strip_prefix(root).unwrap().display().to_string(), text))
        }));
    }
    assert!(texts.len() > 300, "{} files were read", texts.len());
    let found: Vec<_> =
        texts.iter().flat_map(|(path, text)| bare_names(text).into_iter().map(move |line| (path, line))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_guide_shows_lines_that_the_workflow_takes() {
    let guide = include_str!("../../content/en/guide/publishing.md");
    let block = guide.split("```").find(|block| block.starts_with("yaml\nenv:")).unwrap();
    let shown = variables(block.strip_prefix("yaml\n").unwrap());
    assert_eq!(shown.keys().collect::<Vec<_>>(), variables(&workflows()[1]).keys().collect::<Vec<_>>());
    assert!(InstallSource::new(&shown["INSTALL_FROM"], &shown["INSTALL_REVISION"]).is_ok());
}

/// As the guide says for a workflow that builds Rungs from source. `tests/run` checks the result with the others.
#[test]
fn the_guide_shows_what_a_workflow_needs_for_social_cards() {
    let source = || InstallSource::new(REPOSITORY, REVISION).ok();
    for text_of in [workflow(source()), workflow(None)] {
        assert!(!text_of.contains("fonts") && !text_of.contains("path: public\n          key"), "{text_of}");
    }
    let guide = include_str!("../../content/en/guide/publishing.md");
    let steps =
        guide.split("```").find(|block| block.starts_with("yaml\n") && block.contains("fonts-noto-cjk")).unwrap();
    let build = "      - run: rungs build";
    let with_cards = workflow(source())
        .replace("--locked rungs", "--locked --features cards rungs")
        .replace("key: rungs-", "key: rungs-cards-")
        .replace(build, &format!("{steps}{build}", steps = steps.strip_prefix("yaml\n").unwrap()));
    assert_eq!(with_cards.matches("rungs-cards-").count(), 2);
    let parsed_steps = parsed(&with_cards);
    let runs: Vec<_> = steps_of(&parsed_steps, "build").iter().map(|step| text(step, "run")).collect();
    let place_of = |word: &str| runs.iter().position(|run| run.contains(word)).unwrap();
    assert!(place_of("cargo install") < place_of("fonts-noto-cjk"), "{with_cards}");
    assert!(place_of("fonts-noto-cjk") < place_of("rungs build"), "{with_cards}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflows");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cards.yml"), &with_cards).unwrap();
}

#[test]
fn whoever_begins_a_site_is_told_that_pages_are_public() {
    let place = Place::of(&Folder::small());
    for command in ["init example", "adapt content fork --by Acme --prefix AC"] {
        let told = place.run(command).stdout;
        assert!(told.contains("GitHub Pages sites are public"), "{told}");
    }
}

/// The branch that the workflow publishes is the one that edit links lead to.
#[test]
fn edit_links_lead_to_the_branch_that_is_published() {
    let place = Place::empty();
    place.run("init");
    let build = place.run_with("build", ".", &[("RUNGS_REPOSITORY", "https://github.com/acme/ladders")]);
    assert_eq!(build.status, 0, "{}", build.shown());
    let workflow = place.text(WORKFLOW);
    let workflow = parsed(&workflow);
    let branches = workflow["on"]["push"]["branches"].as_sequence().unwrap();
    let [branch] = branches.as_slice() else { panic!("{branches:?}") };
    let link = format!("https://github.com/acme/ladders/edit/{}/content/en/", branch.as_str().unwrap());
    assert!(place.text("public/en/engineering/index.html").contains(&link));
}
