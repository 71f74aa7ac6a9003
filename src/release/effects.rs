//! Effects of new wording on the people who are reviewed, as given on the command line.

use std::collections::BTreeMap;

use crate::diagnostic::Refusal;
use crate::edition::Effect;
use crate::id::CriterionId;
use crate::text::{list, nearest};

/// The stated effects of new words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// Those that ask for more than before.
    pub stricter: Vec<String>,
    /// Those that ask for less than before.
    pub eased: Vec<String>,
    /// Those that ask for the same. `all` stands for every criterion that is not listed otherwise.
    pub reworded: Vec<String>,
}

/// In place of ids: all the others.
const ALL: &str = "all";

impl Effects {
    /// Returns the effect of each criterion that is named. `changed` are those with new words in the source.
    pub(super) fn of(&self, changed: &[CriterionId]) -> Result<BTreeMap<CriterionId, Effect>, Refusal> {
        let mut effects = BTreeMap::new();
        let named =
            [(&self.stricter, Effect::Stricter), (&self.eased, Effect::Eased), (&self.reworded, Effect::Reworded)];
        for (ids, effect) in named {
            for id in ids.iter().map(|id| id.trim()) {
                if id == ALL && effect == Effect::Reworded {
                    continue;
                }
                let Some(found) = changed.iter().find(|changed| changed.to_string() == id) else {
                    return Err(not_changed(id, changed));
                };
                if effects.insert(found.clone(), effect).is_some() {
                    return Err(Refusal::new(format!("{id} is listed twice"))
                        .help("list it once, in `--stricter`, `--eased` or `--reworded`"));
                }
            }
        }
        if self.reworded.iter().any(|id| id.trim() == ALL) {
            changed.iter().for_each(|id| {
                effects.entry(id.clone()).or_insert(Effect::Reworded);
            });
        }
        Ok(effects)
    }
}

fn not_changed(id: &str, changed: &[CriterionId]) -> Refusal {
    let refusal = Refusal::new(format!("the wording of `{id}` has not changed in the source locale"));
    let changed: Vec<_> = changed.iter().map(ToString::to_string).collect();
    match nearest(id, changed.iter().map(String::as_str)) {
        Some(near) => refusal.help(format!("did you mean `{near}`?")),
        None if changed.is_empty() => refusal.help("leave it out"),
        None => refusal.help(format!("the wording of {ids} has changed", ids = list(&changed))),
    }
}
