//! Names that no folder of a site can have on Windows.

/// Returns whether Windows keeps a name for a device, such as `con` or `lpt1`. It has no files or folders of that name.
/// See <https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions>.
pub(crate) fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().find_map(|device| name.strip_prefix(device));
    ["con", "prn", "aux", "nul"].contains(&name.as_str())
        || numbered.is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Advice for a name that cannot be that of a folder: the advice for devices, or else what is given.
pub(crate) fn folder_advice(name: &str, otherwise: impl Into<String>) -> String {
    match is_device(name) {
        true => {
            format!("choose another name: Windows reserves `{name}` for a device and cannot have a folder of that name")
        }
        false => otherwise.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_those_of_windows() {
        for name in ["con", "CON", "prn", "aux", "Nul", "com0", "COM1", "lpt9"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["", "console", "com", "com10", "lpta", "aux-l2", "tl-001"] {
            assert!(!is_device(name), "{name}");
        }
    }
}
