//! A link of the footer to a page of the site leads to one that is there, in every language.

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Page;
use crate::text::nearest;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let links = site.config.theme.footer.iter().filter(|link| link.is_internal());
    let broken = links.filter_map(|link| {
        let slug = &site.config.locales.first()?.slug;
        let target = link.url.trim_end_matches('/');
        if Page::at(site, &format!("{slug}/{target}")).is_some() {
            return None;
        }
        let pages: Vec<_> = Page::all(site).iter().map(|page| page.path(site)).collect();
        let below = pages.iter().filter_map(|path| path.strip_prefix(slug.as_str())?.strip_prefix('/'));
        let near = nearest(target, below.map(|path| path.trim_end_matches('/')));
        let message = format!("the link `{target}` leads nowhere", target = link.url);
        Some(link.place.problem(Code::BrokenLink, message).help(match near {
            Some(near) => format!("did you mean `{near}/`?"),
            None => "write the path of a page without the locale, or an address that begins with https://".to_owned(),
        }))
    });
    broken.collect()
}
