//! Checks that the colours a site sets are readable on their grounds, in light and dark mode.
//!
//! Only pairs with a colour that the site has chosen are looked at: the others are those of the default theme.

use super::CheckInput;
use crate::config::{Colour, Lighting, READ_ON, Rgb, TINTS};
use crate::diagnostic::{Code, Diagnostic};

/// The contrast ratio that WCAG 2 requires on level AA between a text and its ground.
const LEAST: f64 = 4.5;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let chosen = &checked.site.config.theme.colours;
    let faults = READ_ON.iter().flat_map(|(text, grounds)| {
        // One ground is enough to show that another colour is needed.
        let first = |lighting| grounds.iter().find_map(|ground| fault(chosen, lighting, [text, ground]));
        Lighting::BOTH.into_iter().filter_map(first)
    });
    faults.collect()
}

/// Reports a pair of colours with too little contrast, if the site sets at least one of them.
fn fault(chosen: &[Colour], lighting: Lighting, pair: [&'static str; 2]) -> Option<Diagnostic> {
    let [(text, text_rgb), (ground, ground_rgb)] = pair.map(|property| shown(chosen, lighting, property));
    let colour = text.or(ground)?;
    let ratio = text_rgb.contrast(ground_rgb);
    if ratio >= LEAST {
        return None;
    }
    let [text, ground] = pair.map(named);
    // Rounded down, so that 4.499 is not said to be 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let on = if ground == "paper" { "the paper".to_owned() } else { format!("`{ground}`") };
    let ratio = format!("{ratio:.2}");
    let (message, help) = match lighting {
        Lighting::Light => (
            format!("`{text}` has a contrast of {ratio} to 1 with {on} on light pages"),
            format!("choose a darker `{text}`: WCAG AA requires 4.5 to 1"),
        ),
        Lighting::Dark => (
            format!("`{text}` has a contrast of {ratio} to 1 with {on} on dark pages"),
            format!("choose a lighter `{text}`: WCAG AA requires 4.5 to 1"),
        ),
    };
    let problem = colour.place.problem(Code::LowContrast, message);
    Some(problem.label(format!("{text_rgb} on {ground_rgb}")).help(help))
}

/// Returns the colour of a property, and where the site has chosen it.
fn shown<'c>(chosen: &'c [Colour], lighting: Lighting, property: &str) -> (Option<&'c Colour>, Rgb) {
    let tint = TINTS.iter().position(|tint| tint.property == property).unwrap_or_default();
    let own = chosen.iter().find(|colour| colour.tint == tint && colour.lighting == lighting);
    (own, own.map_or(TINTS[tint].colours[lighting as usize], |colour| colour.rgb))
}

/// Returns the key of a property, or its name if it has no key.
fn named(property: &'static str) -> &'static str {
    let key = TINTS.iter().find(|tint| tint.property == property).and_then(|tint| tint.key);
    key.unwrap_or(property.trim_start_matches('-'))
}
