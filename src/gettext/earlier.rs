//! What is lost when an export replaces an earlier file.

use std::collections::HashSet;

use super::po::{Catalog, Message};
use crate::parse;
use crate::translation::normal_markdown;

/// The field of the header by which a file is known that nobody has worked on.
pub(super) const DIGEST: &str = "X-Rungs-Digest";

/// Returns a digest of what messages say.
pub(super) fn digest(messages: &[Message]) -> String {
    let mut hasher = blake3::Hasher::new();
    for message in messages {
        for text in [&message.context, &message.source, &message.translation] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.update(&[u8::from(message.is_fuzzy)]);
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// Returns what the messages of an earlier file translate whose translations an export does not have. None are lost with
/// a file that is as it was exported, whatever the site says by now.
pub(crate) fn lost<'e>(earlier: &'e Catalog, export: &Catalog) -> Vec<&'e str> {
    if earlier.field(DIGEST) == Some(&*digest(&earlier.messages)) {
        return Vec::new();
    }
    let known: HashSet<&str> = export.messages.iter().map(|message| message.translation.trim()).collect();
    let normal = |text: &str| normal_markdown(&parse::markdown(&parse::blocks(text)));
    let is_known = |text: &str| known.contains(text) || known.contains(normal(text).trim());
    let lost = earlier.messages.iter().filter(|message| !is_known(message.translation.trim()));
    lost.filter(|message| !message.translation.trim().is_empty())
        .map(|message| if message.context.is_empty() { &*message.source } else { &*message.context })
        .collect()
}
