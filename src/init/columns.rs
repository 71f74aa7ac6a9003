//! What the names of columns say: which category stands below them, or only what kind of thing does.

use super::table::{Cell, Grid, is_named};

/// Names of columns that say what stands in them, and nothing else.
const COLUMNS: [&str; 42] = [
    "",
    "area",
    "aspect",
    "attribute",
    "capability",
    "categories",
    "category",
    "competencies",
    "competency",
    "description",
    "dimension",
    "domain",
    "expectation",
    "expectations",
    "grade",
    "job title",
    "level",
    "name",
    "pillar",
    "role",
    "skill",
    "skills",
    "title",
    "topic",
    "領域",
    "技能",
    "スキル",
    "面向",
    "維度",
    "维度",
    "項目",
    "類別",
    "期待",
    "說明",
    "内容",
    "內容",
    "能力",
    "職級",
    "職等",
    "職稱",
    "等級",
    "レベル",
];

/// Names of columns that say what a category or a level is, beside what others ask.
const DESCRIPTIONS: [&str; 12] = [
    "about",
    "definition",
    "description",
    "meaning",
    "overview",
    "summary",
    "what it means",
    "說明",
    "说明",
    "描述",
    "定義",
    "説明",
];

/// Names of rows and columns that give levels their titles.
const TITLES: [&str; 9] = ["job title", "job titles", "title", "titles", "職稱", "职称", "頭銜", "役職", "肩書き"];

/// Names of columns whose rows are roles.
const ROLES: [&str; 7] = ["position", "positions", "role", "roles", "角色", "職位", "役割"];

/// Whether a column of this name holds roles.
pub(super) fn names_roles(name: &str) -> bool {
    ROLES.contains(&name.trim().to_lowercase().as_str())
}

/// Names of rows and columns that say on what terms somebody is on a level, which asks for nothing.
const TERMS: [&str; 16] = [
    "compensation",
    "experience",
    "pay",
    "salary",
    "salary band",
    "salary range",
    "typical experience",
    "years",
    "years of experience",
    "薪資",
    "薪资",
    "年資",
    "年资",
    "給与",
    "年収",
    "経験年数",
];

/// Whether a name is that of titles of levels.
pub(super) fn gives_titles(name: &str) -> bool {
    TITLES.contains(&name.trim().to_lowercase().as_str())
}

/// Whether a name is that of titles or terms of levels.
pub(super) fn is_of_terms(name: &str) -> bool {
    gives_titles(name) || TERMS.contains(&name.trim().to_lowercase().as_str())
}

/// Whether what stands below a name describes what its row names.
pub(super) fn describes(name: &str) -> bool {
    DESCRIPTIONS.contains(&name.trim().trim_end_matches([':', '：']).to_lowercase().as_str())
}

pub(super) fn is_generic(name: &Cell) -> bool {
    says_nothing(&name.plain)
}

/// Whether a name says what kind of thing follows, and nothing else.
pub(super) fn says_nothing(name: &str) -> bool {
    COLUMNS.contains(&name.trim().to_lowercase().as_str())
}

/// Whether the columns of a table below a level are categories: they have no names, or names that are no words for
/// columns, and what stands in the first names none of the others, but is as long as they are and not the same in another
/// table.
pub(super) fn names_categories(grids: &[Grid<'_>], at: usize) -> bool {
    let grid = &grids[at];
    let names_all = grid.head.iter().all(|head| is_named(head) && !is_generic(head));
    let names_none = !grid.head.iter().any(is_named);
    if !grid.is_below_level() || !(names_all || names_none) {
        return false;
    }
    let others = || grids.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, grid)| grid);
    let heads = |grid: &Grid<'_>| grid.head.iter().map(|head| head.plain.to_lowercase()).collect::<Vec<_>>();
    let peers: Vec<_> = others().filter(|other| other.is_below_level() && heads(other) == heads(grid)).collect();
    let recurs = |cell: &Cell| peers.iter().any(|peer| peer.column(0).any(|other| other.plain == cell.plain));
    let length = |cells: &mut dyn Iterator<Item = &Cell>| {
        let (sum, count) = cells.fold((0, 0), |(sum, count), cell| (sum + cell.plain.chars().count(), count + 1));
        sum / count.max(1)
    };
    let first = length(&mut grid.column(0));
    let rest = length(&mut (1..grid.head.len()).flat_map(|column| grid.column(column)));
    let is_sentence = |cell: &Cell| cell.plain.ends_with(['.', '。', '!', '！']);
    let says_so = (names_all && !peers.is_empty()) || grid.column(0).all(is_sentence);
    says_so && first * 2 >= rest && !grid.column(0).any(recurs)
}
