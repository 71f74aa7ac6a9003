//! What a run takes more or less seriously than a code says.

use super::Failure;
use super::arguments::Severities;
use crate::diagnostic::{Code, Diagnostic, Refusal, Severity, code, warning};

/// Stands for all warnings among the codes that are denied.
const WARNINGS: &str = "warnings";

/// Per-run severity overrides (`--deny`, `--allow`).
pub(super) struct SeverityOverrides {
    allowed: Vec<Code>,
    denied: Vec<Code>,
}

impl SeverityOverrides {
    pub(super) fn of(arguments: &Severities) -> Result<Self, Failure> {
        let allowed = arguments.allow.iter().map(|name| warning(name).map_err(failure)).collect::<Result<_, _>>()?;
        let mut denied = Vec::new();
        for name in &arguments.deny {
            match name.as_str() {
                WARNINGS => denied.extend_from_slice(Code::ALL),
                name => denied.push(code(name).map_err(failure)?),
            }
        }
        Ok(Self { allowed, denied })
    }

    pub(super) fn judged(&self, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        problems.retain(|problem| problem.severity() == Severity::Error || !self.allowed.contains(&problem.code));
        let judge = |problem: Diagnostic| match self.denied.contains(&problem.code) {
            true => problem.denied(),
            false => problem,
        };
        problems.into_iter().map(judge).collect()
    }
}

/// Returns a fault of the command line with what to write instead.
pub(super) fn failure((message, help): (String, String)) -> Failure {
    Refusal::new(message).help(help).to_string().into()
}
