//! The beginning of a site: a small example, or ladders that are there already as Markdown.
//!
//! Texts in, new files out; nothing here reads or writes a disk. [`example`] gives the example. [`adopt`](adopt()) goes
//! another way, in small steps. `discover` says which documents are one ladder in which languages. `normalize` reads each:
//! `markup` writes its HTML as Markdown, `tidy` takes out
//! what has no words, `tracks` parts it where it holds several ladders, and every way to read the rest
//! (by headings, `table`, `competency`, `labelled` or `nested` lists) makes a list of levels, of which the one is chosen that makes
//! criteria of most `statements`. `folder` joins documents of one level each. `assemble` then gives ids, aligns
//! translations, mends `links` and keeps as text what would lead nowhere. Each new text is a `draft` that knows where its
//! words were written, so `account` and `coverage` can say of every statement and every line what became of it.

mod account;
mod adopt;
mod align;
mod around;
mod assemble;
mod cell;
mod columns;
mod competency;
mod coverage;
mod csv;
mod discover;
mod document;
mod draft;
mod entries;
mod folder;
mod front;
mod images;
mod index;
mod labelled;
mod language;
mod leading;
mod links;
mod markup;
mod naming;
mod navigation;
mod nested;
mod normalize;
mod notice;
mod numbered;
mod one_line;
mod page;
mod paragraphs;
mod rows;
mod site;
mod statements;
mod summary;
mod table;
mod tidy;
mod tracks;
mod wished;
mod workflow;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};

use crate::blocks::edited;
use crate::config::SITE;

pub use account::Account;
pub use adopt::{AdoptOptions, Adopted, adopt};
pub(crate) use coverage::grouped;
pub use discover::AdoptedDocument;
pub use draft::FoundDocument;
pub(crate) use images::images_beside;
pub use workflow::{InstallSource, WORKFLOW};

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/init/example");

/// The folder of the content, in the folder of a site that is begun.
pub(crate) const CONTENT: &str = "content";

/// The file of paths that Git ignores.
pub(crate) const GITIGNORE: &str = ".gitignore";

/// New files by their paths in the folder of the site.
pub(crate) type Files = BTreeMap<Utf8PathBuf, String>;

/// Returns a complete site: two levels of two categories in two languages, with notes and threads. Without an owner its
/// title stands in.
pub(crate) fn example(owner: Option<&str>, is_person: bool) -> Files {
    let mut files = Files::new();
    add(&EXAMPLE, &mut files);
    if let (Some(owner), Some(text)) = (owner, files.get_mut(&Utf8Path::new(CONTENT).join(SITE))) {
        let named = edited(text, "\n", |document| {
            let party = document.get_mut("provenance")?.get_mut("owner")?.as_inline_table_mut()?;
            *party.get_mut("name")? = owner.into();
            if is_person {
                party.insert("kind", "person".into());
                party.fmt();
            }
            Some(())
        });
        *text = named.expect("the example names an owner");
    }
    files
}

/// Returns the files around the content: the workflow that publishes it on GitHub Pages, and the paths that Git
/// ignores.
pub fn surroundings(source: Option<InstallSource<'_>>) -> Files {
    [(WORKFLOW.into(), workflow::workflow(source)), (GITIGNORE.into(), include_str!("gitignore.txt").to_owned())].into()
}

fn add(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        let text = file.contents_utf8().expect("the example is written in UTF-8");
        let path = Utf8Path::from_path(file.path()).expect("the example has names in UTF-8");
        files.insert(Utf8Path::new(CONTENT).join(path), text.to_owned());
    }
    folder.dirs().for_each(|folder| add(folder, files));
}
