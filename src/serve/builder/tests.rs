use std::fs;

use camino::Utf8Path;
use proptest::prelude::*;
use proptest::sample::Index;
use tempfile::TempDir;

use super::*;
use crate::fault;
use crate::handle::{CategoryIndex, CriterionIndex, LadderIndex};
use crate::serve::snapshot::Resource;
use crate::work::counted;

const SITE: &str = include_str!("../../../tests/fixtures/small/site.toml");

/// Returns a folder with a small site, and the workshop for it after its first round.
fn workshop() -> (TempDir, SiteBuilder) {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join("content/en/notes")).unwrap();
    let content = Utf8Path::from_path(place.path()).unwrap().join("content");
    fs::write(content.join("site.toml"), SITE).unwrap();
    fs::write(
        content.join("en/ladder.md"),
        "# Ladder\n\n## L1 = One {#L1}\n\n### Care {#care}\n\n- Cares. {#EN-001}\n",
    )
    .unwrap();
    let register = "[criterion.EN-001]\nstate = \"active\"\n[level.ladder.L1]\nstate = \"active\"\n[category.ladder.care]\nstate = \"active\"\n";
    fs::write(content.join("register.toml"), register).unwrap();
    let base_url = Some("https://ladders.example/rungs/".to_owned());
    let workshop = SiteBuilder::new(content, Overrides { base_url, ..Overrides::default() });
    (place, workshop)
}

/// A round whose pages nobody looks at before it ends.
fn next(workshop: &mut SiteBuilder) -> Result<Option<BuildResult>, ReadError> {
    workshop.round(Instant::now(), &mut |_| {})
}

/// What is said to be wrong.
fn told(shown: &Snapshot) -> &str {
    shown.problems.as_deref().expect("the content was checked")
}

fn put(workshop: &SiteBuilder, path: &str, text: &str) {
    fs::write(workshop.content.join(path), text).unwrap();
}

#[test]
fn what_reads_the_same_is_not_built_again() {
    let (_place, mut workshop) = workshop();
    workshop.first_round().unwrap();
    put(&workshop, "site.toml", SITE);
    put(&workshop, "en/photo.tiff", "not read");
    assert!(next(&mut workshop).unwrap().is_none());
}

#[test]
fn an_image_that_is_saved_anew_is_on_its_page() {
    let (_place, mut workshop) = workshop();
    let svg = |width: u8| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"9\"/>");
    let text = |resource: Resource| match resource {
        Resource::File(file) => String::from_utf8(file.bytes.to_vec()).unwrap(),
        other => panic!("{other:?}"),
    };
    let shown = |workshop: &SiteBuilder| {
        let page = text(workshop.shown().find("/rungs/en/notes/n/").unwrap());
        let (_, behind) = page.split_once("../../../assets/images/").unwrap();
        let name = behind.split(['"', ' ']).next().unwrap();
        text(workshop.shown().find(&format!("/rungs/assets/images/{name}")).unwrap())
    };
    put(&workshop, "en/notes/n.md", "+++\ntitle = \"N\"\n+++\n![A line](line.svg)\n");
    put(&workshop, "en/notes/line.svg", &svg(7));
    workshop.first_round().unwrap();
    assert_eq!(shown(&workshop), svg(7));
    put(&workshop, "en/notes/line.svg", &svg(8));
    let built = next(&mut workshop).unwrap().unwrap();
    assert_eq!(built.changed, ["en/notes/line.svg"]);
    assert_eq!(shown(&workshop), svg(8));
}

#[test]
fn files_that_are_new_gone_or_different_are_told() {
    let (_place, mut workshop) = workshop();
    put(&workshop, "en/notes/gone.md", "+++\ntitle = \"Gone\"\n+++\nText.\n");
    workshop.first_round().unwrap();
    fs::remove_file(workshop.content.join("en/notes/gone.md")).unwrap();
    put(&workshop, "en/notes/new.md", "+++\ntitle = \"New\"\n+++\nText.\n");
    put(&workshop, "site.toml", &SITE.replace("What we", "All that we"));
    fs::create_dir_all(workshop.content.join("theme/assets")).unwrap();
    put(&workshop, "theme/assets/a.css", "a{}");
    let round = next(&mut workshop).unwrap().unwrap();
    assert_eq!(round.changed, ["en/notes/gone.md", "en/notes/new.md", "site.toml", "theme/assets/a.css"]);
}

#[test]
fn a_site_whose_owner_is_still_to_be_filled_in_is_shown_with_a_warning() {
    let (_place, mut workshop) = workshop();
    put(&workshop, "site.toml", &SITE.replace("A. Person", crate::config::TO_FILL_IN));
    let round = workshop.first_round().unwrap();
    let told: Vec<_> = round.problems.iter().map(|problem| (problem.code, problem.severity())).collect();
    assert_eq!(told, [(Code::Placeholder, Severity::Warning)]);
    assert!(round.pages.is_some() && matches!(workshop.shown().find("/rungs/en/"), Ok(Resource::File(_))));
}

#[test]
fn the_last_pages_stay_while_the_content_is_no_site() {
    let (_place, mut workshop) = workshop();
    let first = workshop.first_round().unwrap();
    assert!(!diagnostic::has_errors(&first.problems), "{:?}", first.problems);
    let good = workshop.shown();
    assert_eq!((good.base.as_str(), told(&good)), ("/rungs/", "[]"));
    assert!(matches!(good.find("/rungs/en/"), Ok(Resource::File(_))));
    put(&workshop, "site.toml", &SITE.replace("What we", "What \" we"));
    let round = next(&mut workshop).unwrap().unwrap();
    assert!(diagnostic::has_errors(&round.problems) && round.pages.is_none());
    let bad = workshop.shown();
    assert!(told(&bad).contains("toml-syntax") && !bad.is_current, "{}", told(&bad));
    assert_eq!(bad.mark("/rungs/en/"), good.mark("/rungs/en/"));
    put(&workshop, "site.toml", &SITE.replace("What we", "All that we"));
    next(&mut workshop).unwrap().unwrap();
    let fixed = workshop.shown();
    assert!(fixed.is_current);
    assert_eq!(told(&fixed), "[]");
    assert_ne!(fixed.mark("/rungs/en/"), good.mark("/rungs/en/"));
}

#[test]
fn pages_are_shown_before_they_are_checked_and_what_is_wrong_with_them_afterwards() {
    let (_place, mut workshop) = workshop();
    workshop.first_round().unwrap();
    put(&workshop, "en/notes/a.md", "+++\ntitle = \"A\"\n+++\nSee [EN-999].\n");
    let mut seen = Vec::new();
    let round = workshop.round(Instant::now(), &mut |snapshot| seen.push(snapshot)).unwrap().unwrap();
    assert!(diagnostic::has_errors(&round.problems) && round.pages.is_some());
    let [early, late] = &seen[..] else { panic!("{}", seen.len()) };
    assert!(early.problems.is_none() && early.is_current && late.is_current);
    assert!(told(late).contains(r#""marked":"[EN-999]""#), "{}", told(late));
    assert!(matches!(early.find("/rungs/en/notes/a/"), Ok(Resource::File(_))));
    assert_eq!(early.mark("/rungs/en/notes/a/"), late.mark("/rungs/en/notes/a/"), "the page is loaded once");
}

#[test]
fn pages_with_templates_of_the_sites_own_are_shown_once_all_of_them_could_be_rendered() {
    let (_place, mut workshop) = workshop();
    workshop.first_round().unwrap();
    let good = workshop.shown();
    fs::create_dir_all(workshop.content.join("theme")).unwrap();
    let template =
        |name: &str| format!("{{% extends \"default/home.html\" %}}{{% block main %}}{{{{ {name} }}}}{{% endblock %}}");
    put(&workshop, "theme/home.html", &template("no_such_thing"));
    next(&mut workshop).unwrap().unwrap();
    let bad = workshop.shown();
    assert!(told(&bad).contains("no_such_thing") && !bad.is_current, "{}", told(&bad));
    assert_eq!(bad.mark("/rungs/en/"), good.mark("/rungs/en/"));
    put(&workshop, "theme/home.html", &template("root"));
    next(&mut workshop).unwrap().unwrap();
    let fixed = workshop.shown();
    assert_eq!((told(&fixed), fixed.is_current), ("[]", true));
    assert_ne!(fixed.mark("/rungs/en/"), good.mark("/rungs/en/"));
}

#[test]
fn a_folder_that_is_gone_is_told_once_and_built_when_it_is_back() {
    let (place, mut workshop) = workshop();
    workshop.first_round().unwrap();
    let away = place.path().join("away");
    fs::rename(&workshop.content, &away).unwrap();
    let error = next(&mut workshop).unwrap_err();
    assert!(workshop.stop_for(&error));
    assert!(!workshop.stop_for(&error));
    assert!(told(&workshop.shown()).contains("there is no folder"));
    assert!(workshop.shown().files.is_some());
    fs::rename(&away, &workshop.content).unwrap();
    next(&mut workshop).unwrap().unwrap();
    assert_eq!(told(&workshop.shown()), "[]");
}

#[test]
fn a_panic_is_shown_and_the_next_save_builds_again() {
    let (_place, mut workshop) = workshop();
    workshop.first_round().unwrap();
    let good = workshop.shown();
    workshop.interpret = |_, _, _, _| panic!("all is amiss");
    put(&workshop, "en/notes/a.md", "+++\ntitle = \"A\"\n+++\nText.\n");
    let fault = fault::caught(|| next(&mut workshop)).unwrap_err();
    assert!(workshop.stop_for(&fault));
    let bad = workshop.shown();
    assert!(told(&bad).contains("Rungs has a bug: all is amiss"), "{}", told(&bad));
    assert_eq!(bad.mark("/rungs/en/"), good.mark("/rungs/en/"), "the last good site stays");
    let again = fault::caught(|| next(&mut workshop)).unwrap_err();
    assert!(!workshop.stop_for(&again), "the same fault is told once");
    workshop.interpret = build::interpret;
    // Whatever was saved: the content that led to the panic may be right.
    next(&mut workshop).unwrap().unwrap();
    let fixed = workshop.shown();
    assert_eq!(told(&fixed), "[]");
    assert!(matches!(fixed.find("/rungs/en/notes/a/"), Ok(Resource::File(_))));
}

#[test]
fn a_panic_in_the_first_round_leaves_a_server_without_a_site() {
    let (_place, mut workshop) = workshop();
    workshop.interpret = |_, _, _, _| panic!("all is amiss");
    let fault = fault::caught(|| workshop.first_round()).unwrap_err();
    workshop.stop_for(&fault);
    assert!(workshop.shown().files.is_none() && told(&workshop.shown()).contains("all is amiss"));
    workshop.interpret = build::interpret;
    next(&mut workshop).unwrap().unwrap();
    assert!(workshop.shown().files.is_some());
}

#[test]
fn a_page_that_panics_is_a_fault_and_the_others_are_served() {
    let (_place, mut workshop) = workshop();
    workshop.interpret = |sources, overrides, memory, problems| {
        let mut prepared = build::interpret(sources, overrides, memory, problems)?;
        // No content makes such a site: the criterion belongs to a category that is not there.
        let site = &mut Arc::get_mut(&mut prepared.understood).unwrap().site;
        site.ladders[LadderIndex(0)].criteria[CriterionIndex(0)].category = CategoryIndex(99);
        Some(prepared)
    };
    workshop.first_round().unwrap();
    let shown = workshop.shown();
    for _ in 0..2 {
        let fault = shown.find("/rungs/c/en-001/").unwrap_err();
        assert!(fault.message.contains("out of bounds"), "{fault}");
        assert_eq!(shown.mark("/rungs/c/en-001/"), shown.mark("/rungs/c/en-001/"));
    }
    assert!(matches!(shown.find("/rungs/en/licence/"), Ok(Resource::File(_))));
}

#[test]
fn a_merge_that_is_not_finished_is_shown_over_the_last_pages_and_ends_nothing() {
    let (_place, mut workshop) = workshop();
    let path = "en/ladder.md";
    let right = fs::read_to_string(workshop.content.join(path)).unwrap();
    let conflict = "<<<<<<< HEAD\n- Cares more. {#EN-002}\n=======\n- Cares a lot. {#EN-002}\n>>>>>>> other\n";
    put(&workshop, path, &(right.clone() + conflict));
    let round = workshop.first_round().unwrap();
    assert_eq!((round.problems.len(), round.pages), (1, None));
    assert!(told(&workshop.shown()).contains("unfinished-merge"), "{}", told(&workshop.shown()));
    put(&workshop, path, &right);
    assert!(next(&mut workshop).unwrap().is_some_and(|round| round.pages.is_some()));
    put(&workshop, path, &(right + conflict));
    let round = next(&mut workshop).unwrap().unwrap();
    assert_eq!((round.problems.len(), round.pages), (1, None));
    assert!(workshop.shown().files.is_some(), "the last pages are still there");
}

/// The sites that are edited.
const FIXTURES: [&str; 3] = ["ladders", "past", "themed"];

/// Words that change nothing but a text, and words that break things.
const WORDS: [&str; 9] = [" again", " [L1]", " [XX-999]", " {#XX-001}", "\"", "`", "[", "{{ nothing }}", "軟件"];

/// Files that come and go.
const FILES: [(&str, &str); 6] = [
    ("en/notes/new.md", "+++\ntitle = \"New\"\nabout = [\"L1\"]\n+++\n## Why\n\nSee [L1].\n"),
    ("zh-TW/notes/new.md", "+++\ntitle = \"新\"\n+++\n## 為何\n\n見[L1]。\n"),
    ("i18n/zh-TW.toml", "navigation.home = \"起頭\"\n"),
    ("theme/level.html", "{% extends \"default/level.html\" %}{% block title %}Mine{% endblock %}\n"),
    ("theme/level.html", "{% extends \"default/level.html\" %}{% block title %}{{ nothing }}{% endblock %}\n"),
    ("theme/home.html", "{% extends \"default/home.html\" %}{%\n"),
];

/// What a person does to a folder.
#[derive(Debug, Clone)]
enum Edit {
    Insert(Index, Index, usize),
    DeleteLine(Index, Index),
    DoubleLine(Index, Index),
    Delete(Index),
    Rename(Index),
    Put(usize),
    /// Everything is as it was at first.
    Restore,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), any::<Index>(), 0..WORDS.len()).prop_map(|(file, line, words)| Edit::Insert(file, line, words)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(file, line)| Edit::DeleteLine(file, line)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(file, line)| Edit::DoubleLine(file, line)),
        1 => any::<Index>().prop_map(Edit::Delete),
        1 => any::<Index>().prop_map(Edit::Rename),
        3 => (0..FILES.len()).prop_map(Edit::Put),
        3 => Just(Edit::Restore),
    ]
}

impl Edit {
    fn apply(&self, fixture: &Utf8Path, content: &Utf8Path) {
        let (sources, _) = source::read(content).unwrap();
        let theme = sources.theme.keys().map(|path| Utf8Path::new("theme").join(path));
        let files: Vec<_> = sources.texts.keys().cloned().chain(theme).collect();
        let at = |file: &Index| content.join(&files[file.index(files.len())]);
        let edit_line = |file: &Index, line: &Index, edit: &dyn Fn(&str) -> String| {
            let Ok(text) = fs::read_to_string(at(file)) else { return };
            let mut lines: Vec<_> = text.split_inclusive('\n').map(str::to_owned).collect();
            if !lines.is_empty() {
                let line = line.index(lines.len());
                lines[line] = edit(&lines[line]);
            }
            fs::write(at(file), lines.concat()).unwrap();
        };
        match self {
            Self::Insert(file, line, words) => {
                edit_line(file, line, &|line| format!("{}{}\n", line.trim_end(), WORDS[*words]));
            }
            Self::DeleteLine(file, line) => edit_line(file, line, &|_| String::new()),
            Self::DoubleLine(file, line) => edit_line(file, line, &|line| line.repeat(2)),
            Self::Delete(file) => fs::remove_file(at(file)).unwrap(),
            Self::Rename(file) => {
                let extension = at(file).extension().unwrap_or_default().to_owned();
                fs::rename(at(file), at(file).with_extension(format!("other.{extension}"))).unwrap();
            }
            Self::Put(file) => {
                let (path, text) = FILES[*file];
                fs::create_dir_all(content.join(path).parent().unwrap()).unwrap();
                fs::write(content.join(path), text).unwrap();
            }
            Self::Restore => {
                fs::remove_dir_all(content).unwrap();
                copy(fixture, content);
            }
        }
    }
}

fn copy(from: &Utf8Path, to: &Utf8Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir_utf8().unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// A server of a fixture that may be edited.
fn server_of(fixture: &str) -> (TempDir, Utf8PathBuf, SiteBuilder) {
    let fixture = Utf8PathBuf::from(format!("{}/tests/fixtures/{fixture}", env!("CARGO_MANIFEST_DIR")));
    let place = tempfile::tempdir().unwrap();
    let content = Utf8Path::from_path(place.path()).unwrap().join("content");
    copy(&fixture, &content);
    let mut workshop = SiteBuilder::new(content, Overrides::default());
    workshop.first_round().unwrap();
    (place, fixture, workshop)
}

#[test]
fn a_save_reads_what_has_changed_and_nothing_else() {
    let (_place, _, mut workshop) = server_of("past");
    let text = fs::read_to_string(workshop.content.join("en/notes/bench-time.md")).unwrap();
    put(&workshop, "en/notes/bench-time.md", &format!("{text}\nOne more paragraph.\n"));
    let (built, counts) = counted(|| next(&mut workshop).unwrap());
    assert!(built.is_some());
    let count = |what: &str| counts.get(what).copied().unwrap_or(0);
    assert_eq!(["document", "align", "theme", "edition"].map(count), [1, 1, 0, 0]);
}

/// Asserts that a server that has run for long shows what one that just began would show.
fn assert_as_fresh(workshop: &SiteBuilder, built: &BuildResult) {
    let mut fresh = SiteBuilder::new(workshop.content.clone(), workshop.overrides.clone());
    let first = fresh.first_round().unwrap();
    assert_eq!((&built.problems, built.pages), (&first.problems, first.pages));
    let (shown, new) = (workshop.shown(), fresh.shown());
    assert_eq!((shown.is_current, &shown.problems), (new.is_current, &new.problems));
    if new.files.is_some() {
        assert_eq!(shown.base, new.base);
        let prepared = build::interpret(&fresh.sources, &fresh.overrides, None, &Problems::default()).unwrap();
        let made = Outputs::default();
        prepared.render(None, &Progress::default(), &|output| made.add(output));
        for output in made.into_sorted() {
            let address = format!("{}{}", new.base, output.path);
            let Ok(Resource::File(file)) = shown.find(&address) else { panic!("{address} is not served") };
            assert!(*file.bytes == *output.bytes, "{address} is not as it is built");
        }
    }
}

properties! { 4 cases,
    #[test]
    fn whatever_is_edited_a_server_shows_what_a_fresh_one_would(
        fixture in 0..FIXTURES.len(),
        edits in proptest::collection::vec(edit(), 1..12),
    ) {
        let (_place, fixture, mut workshop) = server_of(FIXTURES[fixture]);
        for edit in edits {
            edit.apply(&fixture, &workshop.content);
            if let Some(built) = next(&mut workshop).unwrap() {
                assert_as_fresh(&workshop, &built);
            }
        }
    }
}
