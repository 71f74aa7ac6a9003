//! How the time of a build grows with the site: `cargo bench`.

#![allow(clippy::disallowed_methods, reason = "the sites to measure with are laid out on disk")]

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use divan::Bencher;
use rungs::parse::{self, Document};
use rungs::source::{self, Sources};
use tempfile::TempDir;

mod synthetic;

use synthetic::Shape;

const LADDERS: [usize; 3] = [1, 10, 100];

fn main() {
    divan::main();
}

#[divan::bench(args = LADDERS)]
fn read(bencher: Bencher, ladders: usize) {
    let (_folder, content) = lay_out(ladders);
    bencher.bench(|| source::read(&content));
}

#[divan::bench(args = LADDERS)]
fn parse(bencher: Bencher, ladders: usize) {
    let (_folder, content) = lay_out(ladders);
    let (sources, _) = source::read(&content).expect("the site was just written");
    bencher.bench(|| parse_all(&sources));
}

fn parse_all(sources: &Sources) -> Vec<Document> {
    let texts = sources.texts.iter().filter(|(path, _)| path.extension() == Some("md"));
    texts.map(|(path, text)| parse::parse(path, text).0).collect()
}

/// A site with some ladders in a folder that lives as long as the first value.
fn lay_out(ladders: usize) -> (TempDir, Utf8PathBuf) {
    let locales = vec!["en".to_owned(), "zh-TW".to_owned()];
    let shape = Shape { ladders, levels: 5, criteria: 102, notes: 2, locales, seed: 1 };
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let content = Utf8Path::from_path(folder.path()).expect("temporary folders have plain names").to_owned();
    for (path, text) in shape.files() {
        let path = content.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder is ours");
        fs::write(path, text).expect("the folder is ours");
    }
    (folder, content)
}
