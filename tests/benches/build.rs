//! Measures how the time of a build grows with the site: `cargo bench`.

#![allow(clippy::disallowed_methods, reason = "the sites to measure with are laid out on disk")]

use std::fs;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use divan::Bencher;
use rungs::for_tests::config::{self, Config, Overrides};
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::interface::Words;
use rungs::for_tests::parse::{self, Document};
use rungs::for_tests::register::REGISTER;
use rungs::for_tests::render::OnDemand;
use rungs::for_tests::source::{self, Sources};
use rungs::for_tests::theme::Theme;
use rungs::for_tests::write::NewSite;
use rungs::for_tests::{Prepared, Progress, Reading};
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
    let sources = sources(&content);
    bencher.bench(|| parse_all(&sources));
}

/// Parsing, modelling and checking.
#[divan::bench(args = LADDERS)]
fn understand(bencher: Bencher, ladders: usize) {
    let (_folder, content) = lay_out(ladders);
    let sources = sources(&content);
    let config = config(&sources);
    bencher.with_inputs(|| config.clone()).bench_values(|config| rungs::for_tests::understand(&sources, config));
}

#[divan::bench(args = LADDERS, sample_count = 10)]
fn render(bencher: Bencher, ladders: usize) {
    let (_folder, content) = lay_out(ladders);
    let sources = sources(&content);
    let (understood, _) = rungs::for_tests::understand(&sources, config(&sources));
    let words = Arc::new(Words::new(&sources, &understood.site.config, &Problems::default()));
    let theme = Theme::read(&sources, &words, &understood.site.config.theme, &Problems::default());
    bencher.bench(|| rungs::for_tests::render::render(&understood, &words, &theme, None, &Progress::default(), &drop));
}

/// Measures `serve` from a change to the page that is viewed.
#[divan::bench(args = LADDERS, sample_count = 10)]
fn look(bencher: Bencher, ladders: usize) {
    let (_folder, content) = lay_out(ladders);
    fs::write(content.join(REGISTER), &sources(&content).texts[Utf8Path::new(REGISTER)]).expect("the folder is ours");
    bencher.bench(|| {
        let (sources, found) = source::read(&content).expect("the site was just written");
        let (prepared, _) = rungs::for_tests::prepare(&sources, found, &Overrides::default());
        let Prepared { understood, words, theme } = prepared.expect("the site is sound");
        OnDemand::new(understood, words, theme).file("en/index.html".into()).expect("it has a page in English")
    });
}

/// A first write, and the removal of what was written.
#[divan::bench(args = LADDERS, sample_count = 10)]
fn write(bencher: Bencher, ladders: usize) {
    let (folder, content) = lay_out(ladders);
    let sources = sources(&content);
    let built = rungs::for_tests::build(&sources, Vec::new(), &Overrides::default(), &Progress::default());
    assert!(!built.outputs.is_empty(), "{:?}", built.problems.first());
    let target = Utf8Path::from_path(folder.path()).expect("temporary folders have plain names").join("public");
    bencher.bench(|| {
        let site = NewSite::begin(&target, &content).expect("nothing is in the way");
        built.outputs.iter().for_each(|output| site.add(output));
        site.finish(&built.kept).expect("there is room");
        fs::remove_dir_all(&target).expect("the folder is ours");
    });
}

#[divan::bench]
fn theme(bencher: Bencher) {
    let (_folder, content) = lay_out(1);
    let sources = sources(&content);
    let words = Arc::new(Words::new(&sources, &config(&sources), &Problems::default()));
    let look = config(&sources).theme;
    bencher.bench(|| Theme::read(&sources, &words, &look, &Problems::default()));
}

fn parse_all(sources: &Sources) -> Vec<Document> {
    let texts = sources.texts.iter().filter(|(path, _)| path.extension() == Some("md"));
    texts.map(|(path, text)| parse::parse(path, text, &Problems::default())).collect()
}

fn sources(content: &Utf8Path) -> Sources {
    let (mut sources, _) = source::read(content).expect("the site was just written");
    let before = Reading::with(sources.clone(), Vec::new(), Overrides::default(), config(&sources));
    let assignment = rungs::for_tests::assign::assign(&before);
    sources.texts.insert(REGISTER.into(), assignment.register);
    sources
}

fn config(sources: &Sources) -> Config {
    config::read(sources, &Overrides::default(), &Problems::default()).expect("the site was just written")
}

/// A site with some ladders in a folder that lives as long as the first value.
fn lay_out(ladders: usize) -> (TempDir, Utf8PathBuf) {
    let locales = vec!["en".to_owned(), "zh-TW".to_owned()];
    let shape = Shape { ladders, levels: 5, criteria: 102, notes: 2, locales, seed: 1 };
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let content = Utf8Path::from_path(folder.path()).expect("temporary folders have plain names").join("content");
    for (path, text) in shape.files() {
        let path = content.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder is ours");
        fs::write(path, text).expect("the folder is ours");
    }
    (folder, content)
}
