//! What a site has been: editions, withdrawn criteria, former pages.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use insta::assert_snapshot;
use rungs::diagnostic::has_errors;
use rungs::edition::{Edition, EditionName, freeze};
use rungs::register::REGISTER;

use crate::driver::{Folder, LADDER};

fn translated() -> Folder {
    let chinese = LADDER
        .replace("Writes code that others can read.", "寫出別人讀得懂的程式碼。")
        .replace("Reviews the designs of a team.", "審查團隊的設計。");
    let note = "+++\ntitle = \"Time\"\nabout = [\"time\"]\n+++\nSee [EN-002].\n";
    let folder = Folder::new().translated().file("en/ladder.md", LADDER).file("zh-TW/ladder.md", &chinese);
    folder.file("en/notes/time.md", note).with_ids()
}

/// The folder with an edition of what it says.
fn frozen(folder: &Folder, name: &str, date: &str) -> Folder {
    let (site, problems) = folder.build();
    assert!(!has_errors(&problems), "{problems:?}");
    let name = EditionName::parse(name).unwrap();
    let edition = Edition::of(freeze(&site, name.clone(), date.parse().unwrap()));
    folder.clone().file(Edition::path_of(&name).as_str(), &edition.text)
}

/// All files of the site.
fn files(folder: &Folder) -> BTreeMap<Utf8PathBuf, String> {
    let build = folder.built();
    assert!(!build.outputs.is_empty(), "{}", folder.told());
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    build.outputs.into_iter().map(|output| (output.path, text(output.bytes))).collect()
}

fn page(files: &BTreeMap<Utf8PathBuf, String>, address: &str) -> String {
    let path = format!("{address}index.html");
    files.get(camino::Utf8Path::new(&path)).unwrap_or_else(|| panic!("there is no {path}")).clone()
}

/// What `main` says, line by line, without markup.
fn said(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let main = main.split_once('>').unwrap().1.replace("<del>", "[-").replace("</del>", "-]");
    let main = main.replace("<ins>", "{+").replace("</ins>", "+}");
    let mut text = String::new();
    let mut rest = main.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').unwrap().1;
    }
    text.push_str(rest);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn debug_pages() {
    let first = frozen(&translated(), "2026.1", "2026-11-23");
    let second = first
        .edited("en/ladder.md", "half of the day", "a third of the day")
        .edited("en/ladder.md", "- Writes code that others can read. {#EN-001}\n", "")
        .edited("zh-TW/ladder.md", "- 寫出別人讀得懂的程式碼。 {#EN-001}\n", "")
        .edited("en/ladder.md", "- Reviews", "- Writes code that others can read. {#EN-001}\n- Reviews")
        .edited("zh-TW/ladder.md", "- 審查", "- 寫出別人讀得懂的程式碼。 {#EN-001}\n- 審查");
    let folder = frozen(&second, "2026.2", "2026-12-01");
    let folder = folder.edited("en/ladder.md", "a third of the day", "a third of the week");
    let files = files(&folder);
    std::fs::create_dir_all("/tmp/h").unwrap();
    for (path, text) in &files {
        let to = camino::Utf8Path::new("/tmp/h").join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, text).unwrap();
    }
    let _ = (BTreeSet::<u8>::new(), REGISTER);
    for address in
        ["c/en-001/", "c/en-004/", "e/2026.1/", "e/2026.1/c/en-004/", "e/2026.1/zh-tw/ladder/", "en/ladder/l1/"]
    {
        println!("== {address}\n{}", said(&page(&files, address)));
    }
    println!("{}", files[camino::Utf8Path::new("en/changes/feed.xml")]);
    panic!();
}
