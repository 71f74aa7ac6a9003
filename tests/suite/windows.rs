//! What Windows does otherwise: line ends, capital letters in the names of files, and names that it keeps for devices.

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::pages::Pages;

/// A folder as Git checks it out with `core.autocrlf`.
fn checked_out(folder: &Folder) -> Folder {
    let texts: Vec<_> = folder.sources().texts.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    texts.iter().fold(folder.clone(), |folder, (path, text)| folder.file(path.as_str(), &text.replace('\n', "\r\n")))
}

#[test]
fn every_site_is_the_same_with_the_line_ends_of_windows() {
    let folders = ["past", "themed", "ladders", "fork"].map(Folder::fixture);
    for folder in folders.into_iter().chain([Folder::real()]) {
        let (here, there) = (Pages::of(&folder), Pages::of(&checked_out(&folder)));
        for (path, bytes) in here.files() {
            assert!(there.files().get(path) == Some(bytes), "{path} is another");
        }
        assert_eq!(here.files().len(), there.files().len());
    }
}

#[test]
fn a_folder_of_a_language_in_other_letters_is_told_with_its_name() {
    let folder = Folder::bilingual();
    let texts = folder.sources().texts.keys().filter(|path| path.starts_with("zh-TW")).cloned().collect::<Vec<_>>();
    let renamed = texts.iter().fold(folder.clone(), |renamed, path| {
        renamed.without(path.as_str()).file(&path.as_str().replace("zh-TW", "zh-tw"), folder.text(path.as_str()))
    });
    let told = renamed.told();
    assert!(told.contains("the folder `zh-tw` looks like a locale") && told.contains("rename the folder to `zh-TW`"));
}

#[test]
fn names_of_devices_are_told_with_what_to_do() {
    let told = |folder: Folder| {
        let told = folder.unregistered().told();
        let said: Vec<_> = told.lines().filter(|line| line.starts_with("error") || line.contains("-->")).collect();
        let advice = told.lines().find(|line| line.contains("Windows")).unwrap_or_else(|| panic!("{told}"));
        format!("{}\n{advice}", said.join("\n"))
    };
    let small = Folder::small;
    assert_snapshot!(told(small().edited("site.toml", "key = \"ladder\"", "key = \"aux\"")), @"
    error[invalid-value]: `aux` cannot be the key of a ladder
     --> content/site.toml:9:7
      = help: choose another name: Windows reserves `aux` for a device and cannot have a folder of that name
    ");
    assert_snapshot!(told(small().edited("en/ladder.md", "{#L1}", "{#CON}")), @"
      --> content/en/ladder.md:4:1
    error[invalid-id]: `CON` cannot be an id here
     --> content/en/ladder.md:8:19
    error[unregistered-id]: there is no register for 4 ids
    --> content/register.toml
      = help: choose another name: Windows reserves `CON` for a device and cannot have a folder of that name
    ");
    assert_snapshot!(told(small().file("en/notes/nul.md", "+++\ntitle = \"Nothing\"\n+++\nNothing.\n")), @"
    error[invalid-id]: `nul` cannot be the name of a note
    --> content/en/notes/nul.md
    error[unregistered-id]: there is no register for 7 ids
    --> content/register.toml
     = help: choose another name: Windows reserves `nul` for a device and cannot have a folder of that name
    ");
    let pages = format!("{}\n[[pages]]\nfolder = \"prn\"\ntitle.en = \"P\"\n", small().text("site.toml"));
    assert_snapshot!(told(small().file("site.toml", &pages)), @"
    error[invalid-value]: `prn` cannot be the folder of pages
      --> content/site.toml:32:10
       = help: choose another name: Windows reserves `prn` for a device and cannot have a folder of that name
    ");
    assert_snapshot!(told(small().edited("en/ladder.md", "time = ", "lpt1 = ")), @"
    error[invalid-id]: `lpt1` cannot be the key of a thread
     --> content/en/ladder.md:4:1
    error[untitled-thread]: the thread `time` has no title
      --> content/en/ladder.md:13:42
    error[unregistered-id]: there is no register for 7 ids
    --> content/register.toml
      = help: choose another name: Windows reserves `lpt1` for a device and cannot have a folder of that name
    ");
}
