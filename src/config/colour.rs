//! Colours of the theme: those that can be changed, and their defaults.

use crate::diagnostic::Place;

/// A colour as a screen mixes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Reads `#14508c` or `#48c`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let wide = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let [_, red, green, blue] = u32::from_str_radix(&wide, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    const fn of(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self([red, green, blue])
    }

    /// Returns the relative luminance by WCAG 2, from 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Returns the contrast with another colour by WCAG 2, from 1 to 21.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The colour scheme of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lighting {
    Light,
    Dark,
}

impl Lighting {
    pub(crate) const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    /// Returns the key under `[theme.colours]`.
    pub(crate) fn name(self) -> &'static str {
        if self == Self::Light { "light" } else { "dark" }
    }
}

/// A colour of the default theme.
#[derive(Debug)]
pub(crate) struct Tint {
    /// The key by which a site changes it. None for one that is only there to be written on.
    pub(crate) key: Option<&'static str>,
    /// The custom property of the style.
    pub(crate) property: &'static str,
    /// By day and by night.
    pub(crate) colours: [Rgb; 2],
}

const fn tint(key: &'static str, property: &'static str, light: u32, dark: u32) -> Tint {
    Tint { key: Some(key), property, colours: [Rgb::of(light), Rgb::of(dark)] }
}

const fn ground(property: &'static str, light: u32, dark: u32) -> Tint {
    Tint { key: None, property, colours: [Rgb::of(light), Rgb::of(dark)] }
}

/// The colours of `style.css` that matter here. A test holds the two together.
pub(crate) const TINTS: &[Tint] = &[
    tint("text", "--text", 0x1a1d21, 0xe4e6e8),
    tint("quiet", "--quiet", 0x545c65, 0xa5aeb7),
    tint("accent", "--link", 0x14508c, 0x93c1ee),
    tint("category-1", "--c1", 0x1f3fb0, 0x5fa1f3),
    tint("category-2", "--c2", 0xb2511e, 0xfcca21),
    tint("category-3", "--c3", 0x1e7777, 0xa9f3b7),
    tint("category-4", "--c4", 0x5a1248, 0xfe77a6),
    tint("category-5", "--c5", 0x7d1a10, 0xb5ab2c),
    tint("category-6", "--c6", 0x7a46c0, 0x13dcf6),
    tint("paper", "--paper", 0xffffff, 0x15181b),
    tint("raised", "--raised", 0xf5f6f7, 0x1f2327),
    tint("line", "--line", 0xdcdfe3, 0x353b42),
    tint("rail", "--rail", 0xb4bac1, 0x565e67),
    ground("--target", 0xfff3c4, 0x3a3418),
    ground("--changed", 0xffe9a8, 0x57480f),
    ground("--came", 0xd6f0dc, 0x17402a),
    ground("--went", 0xf9dcdc, 0x54262b),
];

impl Tint {
    /// Returns the colour by day and by night, as a site with these colours has it.
    pub(crate) fn chosen(at: usize, colours: &[Colour]) -> [Rgb; 2] {
        Lighting::BOTH.map(|lighting| {
            let own = colours.iter().find(|colour| colour.tint == at && colour.lighting == lighting);
            own.map_or(TINTS[at].colours[lighting as usize], |colour| colour.rgb)
        })
    }
}

/// Text colours with the grounds that they have to be readable on. The ids of criteria have the colour of their
/// category.
pub(crate) const READ_ON: &[(&str, &[&str])] = &[
    ("--text", &["--paper", "--raised", "--target", "--changed", "--came", "--went"]),
    ("--quiet", &["--paper", "--raised", "--target"]),
    ("--link", &["--paper", "--raised", "--target"]),
    ("--c1", &["--paper", "--target"]),
    ("--c2", &["--paper", "--target"]),
    ("--c3", &["--paper", "--target"]),
    ("--c4", &["--paper", "--target"]),
    ("--c5", &["--paper", "--target"]),
    ("--c6", &["--paper", "--target"]),
];

/// A colour that a site has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Colour {
    /// Its place in [`TINTS`].
    pub(crate) tint: usize,
    pub(crate) lighting: Lighting,
    pub(crate) rgb: Rgb,
    /// Where it is written.
    pub(crate) place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |a: &str, b: &str| format!("{:.2}", Rgb::parse(a).unwrap().contrast(Rgb::parse(b).unwrap()));
        assert_eq!(ratio("#000", "#fff"), "21.00");
        assert_eq!(ratio("#777777", "#ffffff"), "4.48");
        assert_eq!(ratio("#fff", "#767676"), "4.54");
        assert_eq!(ratio("#123456", "#123456"), "1.00");
    }

    #[test]
    fn colours_are_read_in_their_long_and_short_form_only() {
        assert_eq!(Rgb::parse("#48c").map(|rgb| rgb.to_string()), Some("#4488cc".to_owned()));
        assert!(["48c", "#48", "#48cd", "#48cg48", "red", "#", "#é00"].iter().all(|text| Rgb::parse(text).is_none()));
    }

    #[test]
    fn the_table_says_what_the_style_says() {
        let style = include_str!("../../themes/default/assets/style.css");
        for Tint { property, colours: [light, dark], .. } in TINTS {
            let line = format!("  {property}: light-dark({light}, {dark});");
            assert!(style.contains(&line), "{line}");
        }
    }
}
