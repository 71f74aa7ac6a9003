use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use super::target::Surroundings;
use super::*;

/// A folder with `content/` in it, in which sites are written.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.put("content/site.toml", "");
        place
    }

    fn at(&self, path: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.0.path()).unwrap().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn write(&self, target: &str, files: &[(&str, &str)]) -> Result<WriteReport, WriteError> {
        self.write_among(target, files, Surroundings { home: None, current: None })
    }

    fn write_among(
        &self,
        target: &str,
        files: &[(&str, &str)],
        surroundings: Surroundings,
    ) -> Result<WriteReport, WriteError> {
        let site = NewSite::among(&self.at(target), &self.at("content"), &surroundings)?;
        for &(path, text) in files {
            site.add(&Output { path: path.into(), bytes: text.into() });
        }
        site.finish(&[])
    }

    /// Returns every file below, with its text, except for the content and manifests.
    fn files(&self) -> Vec<(String, String)> {
        let entries = walkdir::WalkDir::new(self.0.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file() && entry.file_name() != manifest::NAME);
        let named = files.map(|entry| {
            let path = entry.path().strip_prefix(self.0.path()).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        });
        named.filter(|(path, _)| path != "content/site.toml").collect()
    }

    /// Returns the names directly in the place.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn age(&self, path: &str) -> SystemTime {
        fs::metadata(self.at(path)).unwrap().modified().unwrap()
    }

    fn set_age(&self, path: &str) -> SystemTime {
        let age = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        fs::OpenOptions::new().write(true).open(self.at(path)).unwrap().set_modified(age).unwrap();
        age
    }
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect()
}

#[test]
fn a_site_is_written_with_the_folders_above_it_and_a_manifest() {
    let place = Fixture::new();
    let written = place.write("out/public", &[("index.html", "i"), ("c/tl-001/index.html", "c")]).unwrap();
    assert_eq!(written, WriteReport { changed: 2, unchanged: 0, removed: 0 });
    assert_eq!(place.files(), owned(&[("out/public/c/tl-001/index.html", "c"), ("out/public/index.html", "i")]));
    let manifest = fs::read_to_string(place.at("out/public").join(manifest::NAME)).unwrap();
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex();
    assert_eq!(manifest, format!("{}  c/tl-001/index.html\n{}  index.html\n", hash("c"), hash("i")));
    assert_eq!(fs::read_dir(place.at("out")).unwrap().count(), 1);
}

#[test]
fn what_did_not_change_keeps_its_time_and_the_rest_is_replaced_or_removed() {
    let place = Fixture::new();
    place.write("site", &[("same/a", "a"), ("b", "b"), ("old/c", "c")]).unwrap();
    let age = place.set_age("site/same/a");
    place.set_age("site/b");
    let written = place.write("site", &[("same/a", "a"), ("b", "B"), ("new/d", "d")]).unwrap();
    assert_eq!(written, WriteReport { changed: 2, unchanged: 1, removed: 1 });
    assert_eq!(place.files(), owned(&[("site/b", "B"), ("site/new/d", "d"), ("site/same/a", "a")]));
    assert_eq!(place.age("site/same/a"), age);
    assert_ne!(place.age("site/b"), age);
    assert!(!place.at("site/old").exists());
    assert_eq!(place.names(), ["content", "site"]);
}

#[test]
fn writing_the_same_again_touches_nothing() {
    let place = Fixture::new();
    let files = [("a", "a"), ("b/c", "c")];
    place.write("site", &files).unwrap();
    let before = fs::metadata(place.at("site")).unwrap().modified().unwrap();
    let age = place.set_age("site/a");
    assert_eq!(place.write("site", &files).unwrap(), WriteReport { changed: 0, unchanged: 2, removed: 0 });
    assert_eq!((place.age("site"), place.age("site/a")), (before, age));
}

#[test]
fn a_file_that_was_edited_or_deleted_by_hand_is_written_again() {
    let place = Fixture::new();
    place.write("site", &[("a", "a"), ("b", "b")]).unwrap();
    place.put("site/a", "x");
    fs::remove_file(place.at("site/b")).unwrap();
    place.write("site", &[("a", "a"), ("b", "b")]).unwrap();
    assert_eq!(place.files(), owned(&[("site/a", "a"), ("site/b", "b")]));
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let place = Fixture::new();
    place.write("site", &[("a", "1"), ("b/c", "2")]).unwrap();
    place.write("site", &[("a/x", "3"), ("b", "4")]).unwrap();
    assert_eq!(place.files(), owned(&[("site/a/x", "3"), ("site/b", "4")]));
}

#[test]
fn an_empty_folder_and_empty_folders_in_it_may_be_replaced() {
    let place = Fixture::new();
    fs::create_dir_all(place.at("site/empty/too")).unwrap();
    place.write("site", &[("a", "a")]).unwrap();
    assert_eq!(place.files(), owned(&[("site/a", "a")]));
    assert!(!place.at("site/empty").exists());
}

#[test]
fn a_site_may_be_empty() {
    let place = Fixture::new();
    place.write("site", &[("a", "a")]).unwrap();
    assert_eq!(place.write("site", &[]).unwrap(), WriteReport { changed: 0, unchanged: 0, removed: 1 });
    assert_eq!(place.files(), []);
    place.write("site", &[("a", "a")]).unwrap();
}

#[test]
fn a_failure_in_the_middle_leaves_the_old_site_and_nothing_else() {
    let place = Fixture::new();
    place.write("site", &[("old", "old")]).unwrap();
    let error = place.write("site", &[("x", "x"), ("a", "file"), ("a/b", "and folder")]).unwrap_err();
    assert!(matches!(error, WriteError::Write { .. }), "{error}");
    assert_eq!(place.files(), owned(&[("site/old", "old")]));
    assert_eq!(place.names(), ["content", "site"]);
}

#[test]
fn foreign_files_are_named_and_kept() {
    let place = Fixture::new();
    place.write("site", &[("a", "a"), ("b/c", "c")]).unwrap();
    place.put("site/CNAME", "example.org");
    place.put("site/.git/HEAD", "");
    place.put("site/.git/config", "");
    place.put("site/b/mine", "");
    let before = place.files();
    let error = place.write("site", &[("a", "new")]).unwrap_err();
    let WriteError::Foreign { files, .. } = &error else { panic!("{error}") };
    assert_eq!(files, "`.git/`, `CNAME`, `b/mine`");
    assert!(error.to_string().contains("choose another folder with `-o`"));
    assert_eq!(place.files(), before);
}

#[test]
fn no_more_than_five_foreign_files_are_named() {
    let place = Fixture::new();
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        place.put(&format!("site/{name}"), "");
    }
    let error = place.write("site", &[]).unwrap_err();
    assert!(error.to_string().contains("`a`, `b`, `c`, `d`, `e` and others;"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_site_is_foreign_even_where_a_file_is_listed() {
    let place = Fixture::new();
    place.write("site", &[("a", "a")]).unwrap();
    fs::remove_file(place.at("site/a")).unwrap();
    std::os::unix::fs::symlink(place.at("content/site.toml"), place.at("site/a")).unwrap();
    assert!(matches!(place.write("site", &[("a", "a")]), Err(WriteError::Foreign { .. })));
    let manifest = place.at("site").join(manifest::NAME);
    fs::rename(&manifest, place.at("manifest")).unwrap();
    std::os::unix::fs::symlink(place.at("manifest"), &manifest).unwrap();
    assert!(matches!(place.write("site", &[("a", "a")]), Err(WriteError::Foreign { .. })));
}

#[test]
fn a_broken_manifest_is_refused() {
    let place = Fixture::new();
    place.write("site", &[("a", "a")]).unwrap();
    place.put("site/.rungs-manifest", "a\n");
    let error = place.write("site", &[("a", "b")]).unwrap_err();
    assert!(matches!(error, WriteError::BrokenManifest { line: 1, .. }), "{error}");
    assert_eq!(place.files(), owned(&[("site/a", "a")]));
}

#[test]
fn content_is_never_replaced() {
    let place = Fixture::new();
    for target in ["content", "content/site", "content/../content", ".", "x/../content/y", "x/.."] {
        let error = place.write(target, &[("a", "a")]).unwrap_err();
        assert!(matches!(error, WriteError::Content { .. }), "{target}: {error}");
    }
    assert_eq!(place.names(), ["content"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_before_a_folder_is_judged() {
    use std::os::unix::fs::symlink;
    let place = Fixture::new();
    symlink("content", place.at("link")).unwrap();
    assert!(matches!(place.write("link", &[]), Err(WriteError::Content { .. })));
    assert!(matches!(place.write("link/site", &[]), Err(WriteError::Content { .. })));
    symlink("gone", place.at("dangling")).unwrap();
    assert!(matches!(place.write("dangling", &[]), Err(WriteError::NotAFolder { .. })));
}

#[cfg(unix)]
#[test]
fn where_a_target_is_a_link_the_folder_it_leads_to_is_written() {
    let place = Fixture::new();
    fs::create_dir_all(place.at("www/real")).unwrap();
    std::os::unix::fs::symlink("www/real", place.at("site")).unwrap();
    place.write("site", &[("a", "a")]).unwrap();
    assert_eq!(place.files(), owned(&[("www/real/a", "a")]));
    assert!(place.at("site").is_symlink());
}

#[test]
fn the_root_the_home_and_the_current_folder_are_never_replaced() {
    let place = Fixture::new();
    fs::create_dir_all(place.at("home/me/project/here")).unwrap();
    let real = |path: &str| -> Option<PathBuf> { Some(fs::canonicalize(place.at(path)).unwrap()) };
    let refused = |target: &str| {
        let surroundings = Surroundings { home: real("home/me"), current: real("home/me/project/here") };
        place.write_among(target, &[], surroundings).unwrap_err()
    };
    assert!(matches!(refused("home/me"), WriteError::Home { .. }));
    assert!(matches!(refused("home"), WriteError::Home { .. }));
    assert!(matches!(refused("home/me/project/here"), WriteError::CurrentFolder { .. }));
    assert!(matches!(refused("home/me/project"), WriteError::CurrentFolder { .. }));
    let around = Surroundings { home: None, current: None };
    let root = place.0.path().ancestors().last().unwrap();
    let judged = target::judge(Utf8Path::from_path(root).unwrap(), &place.at("content"), &around);
    assert!(matches!(judged, Err(WriteError::Root { .. })));
}

#[test]
fn a_file_is_not_replaced_and_nothing_is_written_below_one() {
    let place = Fixture::new();
    place.put("file", "mine");
    assert!(matches!(place.write("file", &[]), Err(WriteError::NotAFolder { .. })));
    let error = place.write("file/site", &[("a", "a")]).unwrap_err();
    assert!(matches!(&error, WriteError::NotAFolder { target } if target.ends_with("file")), "{error}");
    assert_eq!(place.files(), owned(&[("file", "mine")]));
}

#[test]
fn a_site_can_be_written_again_whatever_its_files_are_called_and_in_whatever_order_they_come() {
    let place = Fixture::new();
    let files = [("a/b", "1"), ("a-b/c", "2"), ("a.html", "3"), ("a/b-c/d", "4"), ("b", "5")];
    place.write("site", &files).unwrap();
    let mut reversed = files;
    reversed.reverse();
    let report = place.write("site", &reversed).unwrap();
    assert_eq!(report, WriteReport { changed: 0, unchanged: files.len(), removed: 0 });
}

#[test]
fn paths_that_lead_out_of_the_site_or_stand_twice_are_refused() {
    let place = Fixture::new();
    for path in ["../a", "/a", "a/../b", "", "a//b", "a/", "./a", "a\\b", "a\nb", ".rungs-manifest"] {
        let error = place.write("site", &[(path, "")]).unwrap_err();
        assert!(matches!(error, WriteError::OutputPath { .. }), "{path}: {error}");
    }
    assert!(matches!(place.write("site", &[("a", "1"), ("a", "2")]), Err(WriteError::OutputPath { .. })));
    assert_eq!(place.names(), ["content"]);
}

#[cfg(unix)]
#[test]
fn the_site_has_the_permissions_of_any_folder() {
    use std::os::unix::fs::PermissionsExt;
    let place = Fixture::new();
    place.write("site", &[("a", "a")]).unwrap();
    let mode = |path: &str| fs::metadata(place.at(path)).unwrap().permissions().mode() & 0o777;
    fs::create_dir(place.at("ordinary")).unwrap();
    assert_eq!(mode("site"), mode("ordinary"));
    assert_eq!(mode("site/a"), mode("content/site.toml"));
}

#[test]
fn a_panic_amid_writing_leaves_the_earlier_site_and_nothing_else() {
    let place = Fixture::new();
    place.write("public", &[("a", "old"), ("b/c", "old")]).unwrap();
    let (files, names) = (place.files(), place.names());
    let caught = crate::fault::caught(|| {
        let around = Surroundings { home: None, current: None };
        let site = NewSite::among(&place.at("public"), &place.at("content"), &around).unwrap();
        site.add(&Output { path: "b/d/e".into(), bytes: "new".into() });
        let staged = place.names().into_iter().find(|name| !names.contains(name)).expect("it is staged beside the old");
        assert_eq!(fs::read_to_string(place.at(&staged).join("site/b/d/e")).unwrap(), "new");
        panic!("amid writing");
    });
    assert_eq!(caught.unwrap_err().message, "amid writing");
    assert_eq!((place.files(), place.names()), (files, names));
}

#[test]
fn files_get_back_what_they_held_where_one_cannot_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    fs::write(root.join("a.md"), "as it was").unwrap();
    fs::create_dir(root.join("c.md")).unwrap();
    let texts = ["a.md", "b.md", "c.md"].map(|path| (path.into(), "new".to_owned()));
    super::replace(root, &texts.into()).unwrap_err();
    assert_eq!(fs::read_to_string(root.join("a.md")).unwrap(), "as it was");
    let names: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_file_that_was_edited_since_it_was_read_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    fs::write(root.join("a.md"), "as it was").unwrap();
    fs::write(root.join("b.md"), "as a person wrote it meanwhile").unwrap();
    let texts = ["a.md", "b.md"].map(|path| (path.into(), "new".to_owned()));
    let error = super::edit(root, &texts.into(), "rungs id --write", |_| Some("as it was")).unwrap_err();
    assert!(error.to_string().contains("b.md` has changed since it was read"), "{error}");
    assert_eq!(fs::read_to_string(root.join("a.md")).unwrap(), "as it was");
}
