//! The parts of the program that are tried, each with what has to hold.

mod adopt;
mod cite;
mod commands;
mod media;
mod parser;
mod po;
mod settings;
mod site;
mod templates;
mod worksheet;

use crate::case::Case;
use crate::random::Random;

/// A part of the program that is tried.
pub struct Target {
    pub name: &'static str,
    /// The number of executions in `cargo test`, which takes some seconds for all targets together.
    pub bounded: u64,
    pub make: fn(&mut Random) -> Case,
    /// Panics if something does not hold.
    pub check: fn(&Case),
}

pub const TARGETS: [Target; 10] = [
    Target { name: "parser", bounded: 200, make: parser::make, check: parser::check },
    Target { name: "site", bounded: 16, make: site::make, check: site::check },
    Target { name: "commands", bounded: 12, make: commands::make, check: commands::check },
    Target { name: "cite", bounded: 40, make: cite::make, check: cite::check },
    Target { name: "po", bounded: 10, make: po::make, check: po::check },
    Target { name: "adopt", bounded: 20, make: adopt::make, check: adopt::check },
    Target { name: "templates", bounded: 10, make: templates::make, check: templates::check },
    Target { name: "settings", bounded: 14, make: settings::make, check: settings::check },
    Target { name: "worksheet", bounded: 40, make: worksheet::make, check: worksheet::check },
    Target { name: "media", bounded: 12, make: media::make, check: media::check },
];
