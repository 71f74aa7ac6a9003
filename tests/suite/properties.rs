//! Property tests, which hold for every value and are run on values that are drawn. The library's unit tests share this
//! file.
//!
//! `cargo test` and `tests/run` draw from a fixed seed, so they never fail by chance. `tests/properties` draws at random.
//! A failure is kept in `proptest-regressions/`, beside this folder or beside `src`, and is tried first from then on.
//! Commit it with its fix, and with a test that names the case: a kept seed means another value as soon as the strategy
//! changes.

#![allow(clippy::disallowed_methods, reason = "reads how the tests are to be run")]

use proptest::test_runner::{Config, RngSeed};

/// The environment variable that makes values random. Its value is a factor for the number of cases.
const TIMES: &str = "RUNGS_PROPERTIES";

/// The fixed seed. Any number does.
const SEED: u64 = 2026;

/// Defines property tests with a number of cases each, in a module named `properties`.
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

/// Returns the configuration of a property test that usually runs this many cases.
pub(crate) fn config(cases: u32) -> Config {
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
