//! Tests of behaviour, in one binary.

mod adapt;
mod addresses;
mod advice;
mod bad_input;
mod build;
mod check;
mod check_command;
mod citing;
mod command_line;
mod driver;
mod extra_pages;
mod gettext;
mod glossary;
mod guide;
mod history;
mod ids;
mod init;
mod ladders;
mod markdown;
mod names;
mod open_graph;
mod pages;
mod parse;
mod permanence;
mod place;
mod published;
mod release;
mod robust;
#[cfg(all(unix, feature = "serve"))]
mod serve;
mod story;
mod theme;
mod translation;
mod views;
mod withdraw;
#[cfg(unix)]
mod workflow;
mod writing;
