//! Tests of behaviour, in one binary.

mod addresses;
mod bad_input;
mod build;
mod check;
mod command_line;
mod driver;
mod glossary;
mod ids;
mod names;
mod pages;
mod parse;
mod place;
mod robust;
mod theme;
mod views;
mod writing;
