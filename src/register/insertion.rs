//! Putting words into a text and changing nothing else in it.

/// Something that is to stand at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The byte before which it will stand.
    pub at: usize,
    pub text: String,
}

/// The text with everything inserted. What is to stand at the same place comes in the order given.
pub fn insert(text: &str, mut insertions: Vec<Insertion>) -> String {
    insertions.sort_by_key(|insertion| insertion.at);
    let mut written = String::with_capacity(text.len() + insertions.iter().map(|i| i.text.len()).sum::<usize>());
    let mut done = 0;
    for insertion in insertions {
        written.push_str(&text[done..insertion.at]);
        written.push_str(&insertion.text);
        done = insertion.at;
    }
    written.push_str(&text[done..]);
    written
}
