//! A built site as its readers find it: by addresses that they have kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::driver::Folder;

/// The pages of a site by their addresses below its root.
pub struct Published(BTreeMap<String, String>);

impl Published {
    pub fn of(folder: &Folder) -> Self {
        let build = folder.built();
        assert!(!build.outputs.is_empty(), "{}", folder.told());
        let pages = build.outputs.into_iter().filter_map(|output| {
            let address = output.path.as_str().strip_suffix("index.html")?.to_owned();
            Some((address, String::from_utf8(output.bytes).unwrap()))
        });
        Self(pages.collect())
    }

    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The page that a reader of an address sees first.
    pub fn find(&self, address: &str) -> Option<&str> {
        self.0.get(address).map(String::as_str)
    }

    pub fn page(&self, address: &str) -> &str {
        self.find(address).unwrap_or_else(|| panic!("there is no /{address}"))
    }

    /// Where a reader of an address is led by pages that were renamed. `None` if the way has no end on this site.
    pub fn follow(&self, address: &str) -> Option<&str> {
        let (mut address, _) = self.0.get_key_value(address)?;
        let mut seen = BTreeSet::new();
        while let Some((_, rest)) = self.0[address].split_once("http-equiv=\"refresh\" content=\"0; url=") {
            if !seen.insert(address) {
                return None;
            }
            let to = joined(address, rest.split_once('"').unwrap().0);
            (address, _) = self.0.get_key_value(&to)?;
        }
        Some(address)
    }

    /// The parts of a page that can be linked to, but for those of its own frame.
    pub fn anchors(&self, address: &str) -> BTreeSet<&str> {
        let ids = main(self.page(address)).split(" id=\"").skip(1);
        ids.map(|rest| rest.split_once('"').unwrap().0).filter(|id| !id.starts_with('_')).collect()
    }

    pub fn has_anchor(&self, address: &str, anchor: &str) -> bool {
        main(self.page(address)).contains(&format!(" id=\"{anchor}\""))
    }

    pub fn said(&self, address: &str) -> String {
        said(self.page(address))
    }
}

fn main(page: &str) -> &str {
    page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0
}

/// Returns the text in `main` of a page, line by line, without markup.
pub fn said(page: &str) -> String {
    let main = main(page).split_once('>').unwrap().1.replace("<del>", "[-").replace("</del>", "-]");
    let main = main.replace("<ins>", "{+").replace("</ins>", "+}");
    let mut text = String::new();
    let mut rest = main.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').unwrap().1;
    }
    text.push_str(rest);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The address that a relative link on a page leads to.
fn joined(address: &str, link: &str) -> String {
    let mut segments: Vec<_> = address.split_terminator('/').collect();
    let link = link.split('#').next().unwrap();
    for segment in link.split_terminator('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    segments.iter().map(|segment| format!("{segment}/")).collect()
}
