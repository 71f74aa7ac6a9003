//! Tests of behaviour, in one binary.

// First, as the macro in it is known only behind it.
#[macro_use]
mod properties;

mod action;
mod adapt;
mod addresses;
mod adopting;
mod advice;
mod bad_input;
mod build;
mod characters;
mod check;
mod check_command;
mod citing;
mod command_line;
mod contributing;
mod data;
mod driver;
mod expected_markdown;
mod extra_pages;
mod floors;
mod gettext;
mod glossary;
mod guide;
mod headings;
mod history;
mod ids;
mod images;
mod init;
mod kept_addresses;
mod ladders;
mod markdown;
mod merging;
mod misquotations;
mod names;
mod note_lists;
mod one_slip;
mod open_graph;
mod pages;
mod parse;
mod permanence;
mod pinning;
mod place;
mod provenance;
mod published;
mod release;
mod releases;
mod renames;
mod reviews;
mod robust;
#[cfg(all(unix, feature = "serve"))]
mod search;
mod serve;
mod slips;
mod story;
mod theme;
mod translation;
mod translators;
mod views;
mod windows;
mod withdraw;
#[cfg(unix)]
mod workflow;
mod worksheet;
mod writing;
mod year;
