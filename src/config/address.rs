//! Addresses that a site's owner gives.

use url::Url;

/// Why an address cannot be used: what it does wrong, as the end of a sentence, and what to do.
pub(super) struct Fault {
    pub what: String,
    pub help: &'static str,
}

/// An absolute http or https address.
pub(super) fn web(text: &str) -> Result<Url, Fault> {
    let help = "write an absolute address such as `https://ladders.example/`";
    let url = Url::parse(text.trim()).map_err(|_| Fault { what: format!("is not an absolute one: `{text}`"), help })?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        scheme => Err(Fault { what: format!("begins with `{scheme}:`, not with `https:` or `http:`"), help }),
    }
}

/// The address of a site, to which the addresses of its pages are added.
pub(super) fn base_url(text: &str) -> Result<Url, Fault> {
    let mut url = web(text)?;
    let extra = url.query().map(|_| "a query").or(url.fragment().map(|_| "a fragment"));
    if let Some(extra) = extra {
        let help = "leave out what follows `?` or `#`: the addresses of pages are added to the end";
        return Err(Fault { what: format!("holds {extra}"), help });
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// The https address of a repository's page, without what some copy along with it.
pub(super) fn repository(text: &str) -> Result<Url, Fault> {
    let help = "write the address of the repository's page, such as `https://github.com/example/ladders`";
    let mut url = web(text).map_err(|fault| Fault { help, ..fault })?;
    if url.scheme() != "https" || url.query().is_some() || url.fragment().is_some() {
        return Err(Fault { what: format!("is not an https address of a repository: `{text}`"), help });
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path).to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Where the files of a folder in a repository can be edited. Ends in `/`.
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
