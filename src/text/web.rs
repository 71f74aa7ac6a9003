//! Addresses on the web that people or files give.

use url::Url;

/// Why an address cannot be used.
pub(crate) struct AddressFault {
    /// Returns the message, given the name of the address's source: the option, the variable or the key.
    pub(crate) message: Box<dyn Fn(&str) -> String>,
    pub(crate) help: String,
}

impl AddressFault {
    pub(crate) fn new(message: impl Fn(&str) -> String + 'static, help: String) -> Self {
        Self { message: Box::new(message), help }
    }
}

/// Returns an absolute http or https address.
pub(crate) fn web(text: &str) -> Result<Url, AddressFault> {
    let help = || "write an absolute address such as `https://ladders.example/`".to_owned();
    let Ok(url) = Url::parse(text.trim()) else {
        let text = text.to_owned();
        let message = move |origin: &str| format!("the address from {origin} is not absolute: `{text}`");
        return Err(AddressFault::new(message, help()));
    };
    match url.scheme() {
        "http" | "https" if !url.username().is_empty() || url.password().is_some() => {
            let message = |origin: &str| format!("the address from {origin} contains a user name or a password");
            let help = "remove the part before `@`: everybody could read it on the pages".to_owned();
            Err(AddressFault::new(message, help))
        }
        "http" | "https" => Ok(url),
        scheme => {
            let scheme = scheme.to_owned();
            let message = move |origin: &str| {
                format!("the address from {origin} begins with `{scheme}:`, not with `https:` or `http:`")
            };
            Err(AddressFault::new(message, help()))
        }
    }
}
