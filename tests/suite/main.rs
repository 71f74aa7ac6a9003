//! Tests of behaviour, in one binary.

mod addresses;
mod bad_input;
mod build;
mod check;
mod command_line;
mod driver;
mod glossary;
mod history;
mod ids;
mod markdown;
mod names;
mod open_graph;
mod pages;
mod parse;
mod place;
mod release;
mod robust;
#[cfg(all(unix, feature = "serve"))]
mod serve;
mod theme;
mod views;
mod withdraw;
mod writing;
