//! Licences that are known by name.

/// A licence by its names and its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownLicence {
    pub(crate) name: &'static str,
    pub(crate) short_name: &'static str,
    pub(crate) spdx: &'static str,
    pub(crate) url: &'static str,
    /// Its full names in notices, besides its SPDX identifier.
    names: &'static [&'static str],
}

const KNOWN: [KnownLicence; 6] = [
    KnownLicence {
        name: "Creative Commons Attribution-ShareAlike 4.0 International",
        short_name: "CC BY-SA 4.0",
        spdx: "CC-BY-SA-4.0",
        url: "https://creativecommons.org/licenses/by-sa/4.0/",
        names: &[
            "CC BY-SA 4.0",
            "Creative Commons Attribution-ShareAlike 4.0",
            "Attribution-ShareAlike 4.0 International",
        ],
    },
    KnownLicence {
        name: "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International",
        short_name: "CC BY-NC-SA 4.0",
        spdx: "CC-BY-NC-SA-4.0",
        url: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        names: &[
            "CC BY-NC-SA 4.0",
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
            "Attribution-NonCommercial-ShareAlike 4.0 International",
        ],
    },
    KnownLicence {
        name: "Creative Commons Attribution 4.0 International",
        short_name: "CC BY 4.0",
        spdx: "CC-BY-4.0",
        url: "https://creativecommons.org/licenses/by/4.0/",
        names: &["CC BY 4.0", "Creative Commons Attribution 4.0", "Attribution 4.0 International"],
    },
    KnownLicence {
        name: "Creative Commons Zero 1.0 Universal",
        short_name: "CC0 1.0",
        spdx: "CC0-1.0",
        url: "https://creativecommons.org/publicdomain/zero/1.0/",
        names: &["CC0 1.0", "Creative Commons Zero"],
    },
    KnownLicence {
        name: "Apache License 2.0",
        short_name: "Apache 2.0",
        spdx: "Apache-2.0",
        url: "https://www.apache.org/licenses/LICENSE-2.0",
        names: &[
            "Apache License, Version 2.0",
            "Apache License Version 2.0",
            "Apache License 2.0",
            "Apache Licence 2.0",
            "Apache 2.0",
        ],
    },
    KnownLicence {
        name: "MIT License",
        short_name: "MIT",
        spdx: "MIT",
        url: "https://opensource.org/license/mit",
        names: &[
            "MIT License",
            "MIT Licence",
            "Permission is hereby granted, free of charge, to any person obtaining a copy of this software",
        ],
    },
];

/// Returns the licences that a notice names in full, with the words that do.
pub(crate) fn named_in(notice: &str) -> Vec<(&str, KnownLicence)> {
    let found = |known: &KnownLicence| {
        // `MIT` is too short to mean nothing else.
        let spdx = (known.spdx != "MIT").then_some(&known.spdx);
        let words = known.names.iter().chain(spdx).find_map(|name| find(notice, name))?;
        Some((words, *known))
    };
    KNOWN.iter().filter_map(found).collect()
}

/// Returns the licence of an identifier of the SPDX list.
pub(crate) fn of_spdx(identifier: &str) -> Option<KnownLicence> {
    KNOWN.into_iter().find(|known| known.spdx.eq_ignore_ascii_case(identifier))
}

/// Finds a name in any letter case, where it is not a part of a longer word.
fn find<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    text.char_indices().find_map(|(at, _)| {
        let words = text.get(at..at + name.len())?;
        let (before, behind) = (text.get(..at)?, text.get(at + name.len()..)?);
        let is_whole = !is_part(before.chars().next_back()) && !is_part(behind.chars().next());
        (is_whole && words.eq_ignore_ascii_case(name)).then_some(words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_found_by_their_full_names_and_no_longer_ones() {
        let named = |text: &str| {
            named_in(text).iter().map(|(words, known)| format!("{words}={}", known.spdx)).collect::<Vec<_>>()
        };
        assert_eq!(named("Licensed under cc by 4.0."), ["cc by 4.0=CC-BY-4.0"]);
        assert_eq!(
            named("Creative Commons Attribution-ShareAlike 4.0 International License"),
            ["Creative Commons Attribution-ShareAlike 4.0=CC-BY-SA-4.0"]
        );
        assert_eq!(named("Text: CC-BY-4.0, code: Apache-2.0."), ["CC-BY-4.0=CC-BY-4.0", "Apache-2.0=Apache-2.0"]);
        assert_eq!(named("本文採用CC BY-SA 4.0授權"), ["CC BY-SA 4.0=CC-BY-SA-4.0"]);
        assert!(named("Written at MIT, all rights reserved").is_empty());
    }
}
