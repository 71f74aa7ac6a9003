//! Tests what is left of a program that comes to a bad end, or to a disk that fails. Each case is a process of its own: the
//! test runs itself again for each.

#[path = "../suite/driver.rs"]
#[allow(dead_code, reason = "shared with the suite")]
mod driver;
mod interrupted;
mod panics;
#[path = "../suite/place.rs"]
#[allow(dead_code, reason = "shared with the suite")]
mod place;
mod steps;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(ended) = panics::in_process().or_else(steps::in_process) {
        return ended;
    }
    panics::check_all();
    interrupted::check_all();
    steps::check_all();
    ExitCode::SUCCESS
}
