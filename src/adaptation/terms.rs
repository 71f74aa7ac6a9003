//! The terms under which licences let a text be changed and shared.

/// The terms of a licence for adaptations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Terms {
    /// Nothing that is made of the text may be shared.
    NoDerivatives,
    /// Adaptations go under one of these licences, by their SPDX identifiers, the same one first.
    ShareAlike(&'static [&'static str]),
    /// It may go under another licence, with credit.
    Free,
    /// Nothing is known here of this licence.
    Unknown,
}

/// Licences that ask for the same one, or for one of those that their publishers name as compatible. Those of Creative
/// Commons: <https://creativecommons.org/share-your-work/licensing-considerations/compatible-licenses/>.
const ALIKE: [(&str, &[&str]); 14] = [
    ("CC-BY-SA-4.0", &["CC-BY-SA-4.0", "LAL-1.3", "GPL-3.0-only"]),
    ("CC-BY-SA-3.0", &["CC-BY-SA-3.0", "CC-BY-SA-4.0"]),
    ("CC-BY-SA-2.5", &["CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0"]),
    ("CC-BY-SA-2.0", &["CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0"]),
    ("CC-BY-SA-1.0", &["CC-BY-SA-1.0"]),
    ("CC-BY-NC-SA-4.0", &["CC-BY-NC-SA-4.0"]),
    ("CC-BY-NC-SA-3.0", &["CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0"]),
    ("CC-BY-NC-SA-2.5", &["CC-BY-NC-SA-2.5", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0"]),
    ("CC-BY-NC-SA-2.0", &["CC-BY-NC-SA-2.0", "CC-BY-NC-SA-2.5", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0"]),
    ("CC-BY-NC-SA-1.0", &["CC-BY-NC-SA-1.0"]),
    ("LAL-1.3", &["LAL-1.3", "CC-BY-SA-4.0"]),
    ("GPL-3.0-only", &["GPL-3.0-only"]),
    ("GPL-3.0-or-later", &["GPL-3.0-or-later", "GPL-3.0-only"]),
    ("GFDL-1.3-only", &["GFDL-1.3-only"]),
];

/// Licences that ask for credit at most. Those of Creative Commons are known by their beginnings.
const FREE: [&str; 8] =
    ["CC0-1.0", "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Unlicense", "ODC-By-1.0"];

impl Terms {
    /// Returns the terms of a licence, by its SPDX identifier.
    pub(crate) fn of(spdx: &str) -> Self {
        if let Some((_, alike)) = ALIKE.iter().find(|(licence, _)| *licence == spdx) {
            return Self::ShareAlike(alike);
        }
        let of_creative_commons = spdx.starts_with("CC-BY-");
        match () {
            () if of_creative_commons && spdx.contains("-ND-") => Self::NoDerivatives,
            // A version or a port that is not listed.
            () if of_creative_commons && spdx.contains("-SA-") => Self::Unknown,
            () if of_creative_commons || FREE.contains(&spdx) => Self::Free,
            () => Self::Unknown,
        }
    }

    /// Returns whether adaptations of the text may go under a licence.
    pub(crate) fn allow(self, spdx: &str) -> bool {
        match self {
            Self::NoDerivatives => false,
            Self::ShareAlike(licences) => licences.contains(&spdx),
            Self::Free | Self::Unknown => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_alike_asks_for_the_same_licence_or_one_that_is_named_as_compatible() {
        let allows = |from: &str, to: &str| Terms::of(from).allow(to);
        assert!(allows("CC-BY-SA-4.0", "CC-BY-SA-4.0"));
        assert!(allows("CC-BY-SA-4.0", "GPL-3.0-only") && !allows("GPL-3.0-only", "CC-BY-SA-4.0"));
        assert!(allows("CC-BY-SA-4.0", "LAL-1.3") && allows("LAL-1.3", "CC-BY-SA-4.0"));
        assert!(allows("CC-BY-SA-3.0", "CC-BY-SA-4.0") && !allows("CC-BY-SA-4.0", "CC-BY-SA-3.0"));
        assert!(!allows("CC-BY-SA-4.0", "CC-BY-4.0") && !allows("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0"));
        assert!(allows("CC-BY-4.0", "CC-BY-SA-4.0") && allows("CC0-1.0", "MIT"));
    }

    #[test]
    fn what_may_not_be_changed_may_not_be_adapted_and_what_is_unknown_is_for_people_to_judge() {
        assert_eq!(Terms::of("CC-BY-ND-4.0"), Terms::NoDerivatives);
        assert_eq!(Terms::of("CC-BY-NC-ND-3.0"), Terms::NoDerivatives);
        assert_eq!(Terms::of("CC-BY-SA-3.0-AT"), Terms::Unknown);
        assert_eq!(Terms::of("LicenseRef-Acme"), Terms::Unknown);
    }
}
