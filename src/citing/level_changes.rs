//! What changed in a level beside its criteria.

use super::level::{lines, name_then, place_then};
use crate::edition::{ByLocale, Frozen};
use crate::handle::{EditionIndex, LevelAt};
use crate::model::Site;

/// Tells what readers of some languages, by their tags, see otherwise in a level since an edition, apart from its criteria:
/// its name, its summary, its categories. `now` is the level of the site, and only some releases are looked at.
pub(super) fn said_otherwise_since(
    site: &Site,
    edition: EditionIndex,
    level: LevelAt,
    now: LevelAt,
    tags: &[&str],
    is_judged: &dyn Fn(EditionIndex) -> bool,
) -> Vec<String> {
    let history = &site.history;
    let mut found = Vec::new();
    let mut before = (&history.editions[edition].frozen, level);
    for (release, released) in
        history.editions.iter_enumerated().filter(|(release, _)| *release > edition && is_judged(*release))
    {
        let Some(at) = place_then(site, release, now) else { continue };
        let after = (&released.frozen, at);
        let name = released.name();
        let (old, new) = (name_then(before.0, before.1), name_then(after.0, after.1));
        found.extend((old != new).then(|| format!("called {new} in {name}")));
        let is_alike = |tag: &&str| {
            let mut alike = [summary(before, tag) == summary(after, tag), true, true];
            for (old, new) in categories(before, after, tag) {
                alike[1] &= old.title == new.title;
                alike[2] &= old.prose == new.prose;
            }
            alike
        };
        let alike: Vec<_> = tags.iter().map(is_alike).collect();
        for (at, what) in ["summary", "name of a category", "text of a category"].into_iter().enumerate() {
            found.extend(alike.iter().any(|alike| !alike[at]).then(|| format!("another {what} in {name}")));
        }
        before = after;
    }
    found
}

fn summary((frozen, at): (&Frozen, LevelAt), tag: &str) -> String {
    lines(frozen, &frozen.ladders[at.ladder].levels[at.level].summary, tag)
}

/// A category on a level, as readers of a language see it.
struct CategoryText {
    title: String,
    prose: String,
}

/// Returns the categories that a level has before and after. Others come and go with their criteria.
fn categories(
    before: (&Frozen, LevelAt),
    (frozen, at): (&Frozen, LevelAt),
    tag: &str,
) -> impl Iterator<Item = (CategoryText, CategoryText)> {
    let (then, place) = before;
    let (old, new) = (&then.ladders[place.ladder], &frozen.ladders[at.ladder]);
    old.levels[place.level].categories.iter().filter_map(move |part| {
        let category = new.categories.iter().find(|new| new.id == part.id || new.was.contains(&part.id))?;
        let now = new.levels[at.level].categories.iter().find(|now| now.id == category.id)?;
        let text = |frozen: &Frozen, title: &ByLocale<String>, prose| CategoryText {
            title: frozen.read(title, tag).map_or_else(String::new, |(title, _)| title.clone()),
            prose: lines(frozen, prose, tag),
        };
        let before = text(then, &old.category(&part.id)?.title, &part.prose);
        Some((before, text(frozen, &category.title, &now.prose)))
    })
}
