//! Addresses that a site's owner gives.

use url::Url;

pub(super) use crate::text::{AddressFault, web};

/// Returns the address of a site, to which the addresses of its pages are added.
pub(super) fn base_url(text: &str) -> Result<Url, AddressFault> {
    let mut url = web(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        let has_query = url.query().is_some();
        let message = move |origin: &str| match has_query {
            true => format!("the address from {origin} contains a query"),
            false => format!("the address from {origin} contains a fragment"),
        };
        let help = "remove everything from `?` or `#` on: the addresses of pages are added to the end".to_owned();
        return Err(AddressFault::new(message, help));
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// Returns the https address of a repository's page, without what some copy along with it.
pub(super) fn repository(text: &str) -> Result<Url, AddressFault> {
    let help = "write the address of the repository's page, such as `https://github.com/example/ladders`".to_owned();
    let mut url = web(text).map_err(|fault| AddressFault { help: help.clone(), ..fault })?;
    if url.scheme() != "https" || url.query().is_some() || url.fragment().is_some() {
        let text = text.to_owned();
        let message =
            move |origin: &str| format!("the address from {origin} is not the https address of a repository: `{text}`");
        return Err(AddressFault::new(message, help));
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path).to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Returns where the files of a folder in a repository can be edited. Ends in `/`.
pub(super) fn edit(mut repository: Url, branch: &str, folder: &str) -> Url {
    if let Ok(mut path) = repository.path_segments_mut() {
        path.pop_if_empty().push("edit").extend(branch.split('/'));
        path.extend(folder.split('/').filter(|name| !name.is_empty())).push("");
    }
    repository
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_end_in_a_slash() {
        let written = ["https://a.example", "https://a.example/x", "http://a.example:8080/x/"];
        let read: Vec<_> = written.iter().filter_map(|text| base_url(text).ok().map(String::from)).collect();
        assert_eq!(read, ["https://a.example/", "https://a.example/x/", "http://a.example:8080/x/"]);
    }

    #[test]
    fn edit_addresses_are_made_of_repository_branch_and_folder() {
        let edited = |repository_text: &str, branch: &str, folder: &str| {
            repository(repository_text).ok().map(|url| String::from(edit(url, branch, folder)))
        };
        let expected = Some("https://github.com/a/b/edit/main/content/".to_owned());
        assert_eq!(edited("https://github.com/a/b", "main", "content"), expected);
        assert_eq!(edited("https://github.com/a/b.git", "main", "/content/"), expected);
        assert_eq!(edited("https://github.com/a/b/", "main", "./content"), expected);
        let expected = Some("https://github.com/a/b/edit/feature/%231/".to_owned());
        assert_eq!(edited("https://github.com/a/b", "feature/#1", "."), expected);
        assert_eq!(edited("git@github.com:a/b.git", "main", "content"), None);
        assert_eq!(edited("http://github.com/a/b", "main", "content"), None);
    }
}
