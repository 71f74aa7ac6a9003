//! Lines of ladders, as a person finds them.

/// The criteria of a text: the number of the line, the id, and what is said.
pub fn criteria(text: &str) -> Vec<(usize, String, String)> {
    let mut is_code = false;
    let criteria = text.lines().enumerate().filter_map(|(at, line)| {
        is_code ^= line.starts_with("```");
        if is_code {
            return None;
        }
        let (said, block) = line.split_once(" {#")?;
        let said = ["- ", "* ", "+ "].iter().find_map(|sign| said.trim_start().strip_prefix(sign))?;
        let id = block.split([' ', '}']).next()?;
        Some((at, id.to_owned(), said.to_owned()))
    });
    criteria.collect()
}

/// The number of a line that carries an id.
pub fn line_of(text: &str, id: &str) -> Option<usize> {
    let carries = |line: &str| {
        let rest = line.split(&format!("{{#{id}")).nth(1);
        rest.is_some_and(|rest| rest.starts_with([' ', '}']))
    };
    text.lines().position(carries)
}

pub fn line(text: &str, at: usize) -> String {
    text.lines().nth(at).unwrap_or_default().to_owned()
}

/// A text with other lines in place of some.
pub fn with_lines(text: &str, at: std::ops::Range<usize>, new: &[&str]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.splice(at, new.iter().copied());
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Returns the subject of a statement, which stays when its words change.
pub fn matter(said: &str) -> String {
    let digits = said.split("matter ").nth(1).unwrap().split(|c: char| !c.is_ascii_digit()).next().unwrap();
    format!("matter {digits} ")
}
