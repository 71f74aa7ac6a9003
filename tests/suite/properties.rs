//! Properties: what holds of every value, tried on values that are drawn. The unit tests of the library share this file.
//!
//! `cargo test` and `tests/run` always draw the same values, so that they never fail by chance. `tests/properties` draws
//! at random. What fails then is kept in `proptest-regressions/`, here or beside `src`, and is tried first from then on:
//! commit it with its remedy, and with a test of its own that shows it, because what is kept means another value as soon
//! as values are drawn in another way.

#![allow(clippy::disallowed_methods, reason = "whoever runs the tests says how values are drawn")]

use proptest::test_runner::{Config, RngSeed};

/// Says how many times as many cases are drawn as usual, and that they are drawn at random.
const TIMES: &str = "RUNGS_PROPERTIES";

/// A number like any other.
const SEED: u64 = 2026;

/// Defines tests of properties, below a module of this name, which try so many cases each.
macro_rules! properties {
    ($cases:literal cases, $($tests:tt)*) => {
        mod properties {
            use super::*;

            proptest::proptest! {
                #![proptest_config($crate::properties::config($cases))]

                $($tests)*
            }
        }
    };
}

/// How the values of a property are drawn that usually tries so many cases.
pub fn config(cases: u32) -> Config {
    let times = std::env::var(TIMES).ok();
    let times: Option<u32> = times.map(|times| times.parse().unwrap_or_else(|_| panic!("{TIMES} is a number")));
    let cases = cases.saturating_mul(times.unwrap_or(1));
    Config {
        cases,
        rng_seed: times.map_or(RngSeed::Fixed(SEED), |_| RngSeed::Random),
        max_global_rejects: cases.max(1024),
        max_shrink_iters: cases.saturating_mul(4).clamp(100, 10_000),
        ..Config::default()
    }
}

/// A property that is defined in another way would pass or fail by chance.
#[test]
fn all_properties_are_drawn_from_the_fixed_seed() {
    let own = concat!("proptest::", "proptest!");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("tests/suite")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("properties.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let used = text.contains(own)
                    || text.contains(concat!(" proptest", "!"))
                    || text.contains(concat!("\nproptest", "!"));
                assert!(!used, "{}: define it by `properties!`", path.display());
            }
        }
    }
}
