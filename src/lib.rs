//! Rungs turns career ladders written in Markdown, in as many languages as their owners keep, into a static site in
//! which every criterion has a permanent address.
//!
//! # The way through the program
//!
//! Each stage is a module, each product is a type, and data moves one way:
//!
//! 1. [`source`] reads a content folder: disk → [`Sources`](source::Sources).
//! 2. [`parse`] reads Markdown: text → [`Document`](parse::Document), and for ladders [`Outline`](parse::Outline).
//! 3. [`model`] says what it means: documents → [`Site`](model::Site).
//! 4. [`check`] looks for what is wrong with it: site → [`Diagnostic`](diagnostic::Diagnostic)s.
//! 5. [`render`] shows it: site → [`Output`](write::Output)s in memory.
//! 6. [`mod@write`] puts it on disk, whole or not at all.
//!
//! [`understood`] takes a site through stages 2 to 4 and holds what they come to; [`build`](build::build) adds stage 5.
//!
//! What stands on one floor knows what stands below it, and nothing beside or above:
//!
//! - On the ground lie [`text`] (parts of texts, edits, words), [`locale`] (languages), [`handle`] (the things of a
//!   site by their places), [`id`] (ids and names), [`image`] (what image files are), [`address`] (which pages there are, now and in every edition),
//!   [`blocks`] (TOML that people write too), [`diagnostic`] (problems as data), [`memo`] (results that are kept) and
//!   [`work`] (counts for tests).
//! - Stages 1 to 3 read a site: beside [`source`], [`parse`] and [`model`] stand [`config`] (what `site.toml` says),
//!   [`edition`] (what was released), [`register`] (every id ever given), [`glossary`] (the words that translations
//!   keep to) and [`interface`] (the words of the site's own pages).
//! - [`translation`] tells what each translation was made from, and [`adaptation`] a site from the one that it was made
//!   from. [`citing`] writes and judges citations, [`worksheet`] has the sheets on which people prepare reviews, and [`data`]
//!   the site for programs and spreadsheets.
//! - [`render`] shows a site with [`theme`] (templates and assets) and `open_graph` (pictures of pages).
//! - [`report`] shows problems, and [`mod@fix`] fixes those that can be fixed for certain.
//! - Commands change content: they ask the stages what it says and give new texts of its files back. A [`proposal`] is
//!   read as the site would read it, and refused if it says anything else than what was meant. [`init`] begins a
//!   site, [`mod@adapt`] makes one of another, [`gettext`] exchanges translations with other programs,
//!   [`mod@assign`] gives ids, [`mod@withdraw`] takes a criterion out, [`mod@release`] freezes an edition, and
//!   [`mod@restore`] rebuilds the register from what [`witness`]es it: editions, upstreams, records of translations.
//! - `serve` watches, builds and reloads. [`cli`] is the only part that talks to a person.
//!
//! Between reading and writing nothing does IO, and [`build`](build::build) cannot fail: it hands over files and gives problems.
//! A fault in a user's file is a [`Diagnostic`](diagnostic::Diagnostic) and never the end of a stage; a fault of the
//! machine is an error with a path in it; a panic is a [`fault`] of Rungs itself, which [`cli`] and `serve` catch.
//!
//! # One criterion, from file to page
//!
//! `- Writes code that others can read. {#EN-001}` stands in `en/ladder.md`.
//!
//! 1. [`source::read`] reads the file into [`Sources::texts`](source::Sources::texts).
//! 2. [`parse::parse`] makes it an [`Item`](parse::Item) of a list, and takes `EN-001` off its end into
//!    [`Attributes`](parse::Attributes). [`parse::outline()`] decides which headings are levels and which lists hold
//!    criteria: the item is an [`OutlineCriterion`](parse::OutlineCriterion) now.
//! 3. `model/ladder.rs` joins the languages by their ids into one [`model::Criterion`], with a
//!    [`CriterionText`](model::CriterionText) for each. From here on a [`CriterionAt`](handle::CriterionAt) names it.
//! 4. The rules of [`check`] look at it.
//! 5. `render/row.rs` makes a `CriterionRow` of it for the `Scene` of a page; `themes/default/components.html`
//!    turns that into HTML, and the template of the page puts it in its place.
//! 6. [`NewSite`](write::NewSite) puts the page on disk.
//!
//! # One diagnostic, from rule to terminal
//!
//! A site with `no-trailing-full-stop = true` has a statement that ends in a full stop.
//!
//! 1. `check/style/full_stop.rs` calls [`Place::problem`](diagnostic::Place::problem) with
//!    [`Code::TrailingFullStop`](diagnostic::Code::TrailingFullStop), a message, and what to do.
//! 2. [`Problems`](diagnostic::Problems) takes it in, unless the site allows the code, in `site.toml` or by a comment
//!    above the statement. [`check::without_consequences`] drops what only follows from another problem.
//! 3. [`report`] shows it with its line, as text, JSON, SARIF, GitHub's annotation, or over the page in the browser.
//! 4. `rungs check --explain trailing-full-stop` prints its file of `diagnostic/explanations/`.
//!
//! # One key of `site.toml`, from file to page
//!
//! `repository = "https://github.com/acme/ladder"` gives each page a link to its source.
//!
//! 1. It is a field of `WrittenSite` in `config/written.rs`. Its type says what may stand there, its doc comment is the
//!    text of the schema.
//! 2. `config/table.rs` checks the file against that type: unknown keys, wrong types and missing keys are told with
//!    their places, and taken out. Then serde reads the rest.
//! 3. `config/resolve.rs` judges what was written, here whether the address is one of a repository, and gives
//!    [`Config::edit_url`](config::Config::edit_url) to the site.
//! 4. `render/page_context.rs` makes of it the link of a page, and `themes/default/components.html` shows it in the
//!    attribution.

#![forbid(unsafe_code)]
// What only the crate uses is `pub(crate)`, so that the compiler tells when nothing uses it any more.
#![warn(unreachable_pub)]
#![allow(rustdoc::private_intra_doc_links, reason = "the documentation is for those who work on the crate")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests lay out sites on disk"))]
// What is sliced is typed by people: `text::slice` does it, and writing into a text goes through `text::Edits`.
#![cfg_attr(not(test), deny(clippy::string_slice))]
// What is printed goes through `cli::report`, which survives a full disk.
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

#[cfg(test)]
#[macro_use]
#[path = "../tests/suite/properties.rs"]
mod properties;

mod adapt;
mod adaptation;
mod address;
mod assign;
mod blocks;
mod build;
mod check;
mod citing;
#[allow(clippy::disallowed_methods, reason = "the door to the person who runs the program")]
mod cli;
mod config;
mod data;
mod diagnostic;
mod edition;
mod fault;
mod fix;
#[doc(hidden)]
pub mod for_tests;
mod gettext;
mod glossary;
mod handle;
mod id;
mod image;
mod init;
mod interface;
#[allow(clippy::disallowed_methods, reason = "what was begun on the disk is known before anything is read or written")]
mod journal;
mod locale;
mod memo;
mod model;
#[cfg(feature = "cards")]
mod open_graph;
mod parse;
mod progress;
mod proposal;
mod register;
mod release;
mod render;
mod report;
mod restore;
#[cfg(feature = "serve")]
#[allow(clippy::disallowed_methods, reason = "watches, answers and measures: no output depends on it")]
mod serve;
#[allow(clippy::disallowed_methods, reason = "the door through which everything comes in")]
mod source;
mod text;
mod theme;
mod translation;
mod understood;
mod withdraw;
mod witness;
mod work;
mod worksheet;
#[allow(clippy::disallowed_methods, reason = "the door through which everything goes out")]
mod write;

pub use cli::run;

// The macro compiles the files of `i18n/` into the crate root. A site's own words are not given to it as a backend: it
// would load them once for the process, while `serve` and the tests build many sites in one.
rust_i18n::i18n!("i18n", fallback = "en");
