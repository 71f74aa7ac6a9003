//! Codes by their names, as a person writes them to let a warning pass or to ask about one.

use super::{Code, Severity};
use crate::text::nearest;

/// Returns the warning with a name, or else a message about the name and the advice.
pub(crate) fn warning(name: &str) -> Result<Code, (String, String)> {
    match Code::ALL.iter().find(|code| code.name() == name) {
        Some(code) if code.severity() == Severity::Warning => Ok(*code),
        Some(_) => Err((format!("`{name}` is an error and cannot be allowed"), "fix what it reports".to_owned())),
        None => {
            let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
            let help = match nearest(name, warnings.map(|code| code.name())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the code in brackets that a warning begins with, such as `near-duplicate`".to_owned(),
            };
            Err((format!("there is no warning `{name}`"), help))
        }
    }
}

/// Returns the code with a name, or else a message about the name and the advice.
pub(crate) fn code(name: &str) -> Result<Code, (String, String)> {
    let found = Code::ALL.iter().find(|code| code.name() == name);
    found.copied().ok_or_else(|| {
        let help = match nearest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the code in brackets that a problem begins with, such as `unknown-reference`".to_owned(),
        };
        (format!("there is no code `{name}`"), help)
    })
}
