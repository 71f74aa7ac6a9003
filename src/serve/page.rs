//! Pages as they are served: as they are built, and with a script that keeps them up to date.

use tera::{Context, Tera};

use crate::fault::Fault;
use crate::text::split;

/// The address of the script.
pub(super) const SCRIPT: &str = "/__rungs/live.js";

/// The pages of the server's own. The theme has no part in them, since they stand where it cannot be rendered.
const TEMPLATE: &str = include_str!("page.html");

/// Returns the page that is shown until a site could be built. The script adds the problems.
pub(super) fn no_site_yet() -> String {
    page(None)
}

/// Returns the page that replaces one that Rungs fails to render.
pub(super) fn at_fault(fault: &Fault) -> String {
    page(Some(fault))
}

fn page(fault: Option<&Fault>) -> String {
    let mut context = Context::new();
    context.insert("fault", &fault.map(ToString::to_string));
    Tera::one_off(TEMPLATE, &context, true).expect("the template is tested")
}

const END_OF_HEAD: &str = "</head>";
const POLICY: &str = r#"http-equiv="Content-Security-Policy" content=""#;

/// Returns the script.
pub(super) fn script() -> Vec<u8> {
    include_bytes!("live.js").to_vec()
}

/// Returns a page with the script in it. `mark` identifies this version of the page.
pub(super) fn live(html: &[u8], mark: &str) -> Vec<u8> {
    let Ok(html) = str::from_utf8(html) else { return html.to_vec() };
    let html = permitting(html);
    let (head, rest) = split(&html, html.find(END_OF_HEAD).unwrap_or(html.len()));
    format!("{head}<script src=\"{SCRIPT}\" data-mark=\"{mark}\" defer></script>\n{rest}").into_bytes()
}

/// Returns a page whose policy lets the script run and listen.
fn permitting(html: &str) -> String {
    let parts = html.split_once(POLICY).and_then(|(before, rest)| Some((before, rest.split_once('"')?)));
    let Some((before, (policy, after))) = parts else { return html.to_owned() };
    format!("{before}{POLICY}{}\"{after}", widened(policy))
}

/// Returns a policy by which the origin of a page may also serve scripts and be asked.
fn widened(policy: &str) -> String {
    let directives = policy.split(';').map(|directive| directive.split_whitespace().collect::<Vec<_>>());
    let mut directives: Vec<_> = directives.filter(|directive| !directive.is_empty()).collect();
    for name in ["script-src", "connect-src"] {
        let at = directives.iter().position(|directive| directive[0] == name).or_else(|| {
            // Until it is named, the default holds for it.
            let default = directives.iter().find(|directive| directive[0] == "default-src")?;
            let named = std::iter::once(name).chain(default[1..].iter().copied()).collect();
            directives.push(named);
            Some(directives.len() - 1)
        });
        let Some(at) = at else { continue };
        directives[at].retain(|&source| source != "'none'" && source != "'self'");
        directives[at].push("'self'");
    }
    directives.iter().map(|directive| directive.join(" ")).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_server_say_what_is_wrong() {
        let page = no_site_yet();
        assert!(page.contains("<title>No site yet</title>") && page.contains("<noscript>"), "{page}");
        let fault = Fault { message: "a < b".to_owned(), place: None, backtrace: None };
        let page = at_fault(&fault);
        assert!(page.contains("<h1>A bug in Rungs</h1>") && page.contains("a &lt; b"), "{page}");
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_head_or_of_the_page() {
        let served = |html: &str| String::from_utf8(live(html.as_bytes(), "m")).unwrap();
        let script = "<script src=\"/__rungs/live.js\" data-mark=\"m\" defer></script>\n";
        assert_eq!(served("<head><title>a</title></head>b"), format!("<head><title>a</title>{script}</head>b"));
        assert_eq!(served("<p>a"), format!("<p>a{script}"));
        assert_eq!(live(b"\xFF</head>", "m"), b"\xFF</head>");
    }

    #[test]
    fn a_policy_is_widened_by_what_the_script_needs_and_no_more() {
        for (policy, wide) in [
            (
                "default-src 'none'; img-src 'self'",
                "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'",
            ),
            ("script-src 'none'; connect-src https:", "script-src 'self'; connect-src https: 'self'"),
            ("default-src https:;", "default-src https:; script-src https: 'self'; connect-src https: 'self'"),
            ("img-src 'none'", "img-src 'none'"),
        ] {
            assert_eq!(widened(policy), wide);
            let page = |policy: &str| format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><p>");
            assert_eq!(permitting(&page(policy)), page(wide));
        }
        assert_eq!(permitting("<p>"), "<p>");
    }
}
