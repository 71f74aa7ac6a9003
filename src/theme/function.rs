//! Functions for templates, in addition to those of the template engine.

use std::collections::HashMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::interface::Words;
use crate::locale::LocaleIndex;

/// Registers `t` and `asset`.
pub(super) fn register(tera: &mut Tera, words: Arc<Words>, assets: HashMap<String, String>) {
    tera.register_function("t", move |arguments: Kwargs, state: &State<'_>| text(&words, &arguments, state));
    tera.register_function("asset", move |arguments: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let name: &str = arguments.must_get("name")?;
        let root: Option<String> = state.get("root")?;
        let path = assets
            .get(&format!("assets/{name}"))
            .ok_or_else(|| tera::Error::message(format!("the theme has no assets/{name}")))?;
        Ok(Value::from(format!("{}{path}", root.unwrap_or_default())))
    });
}

/// `t(key="…")`: words of the interface in the locale of the page, or in `locale`. Other arguments fill the places of
/// the same names; `count` also chooses the plural form. A key that no language has is an error.
fn text(words: &Words, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let key: &str = arguments.must_get("key")?;
    let locale = match arguments.get::<usize>("locale")? {
        Some(locale) => locale,
        None => state.get::<usize>("locale")?.unwrap_or_default(),
    };
    let locale = LocaleIndex(locale);
    if !words.knows(locale) {
        return Err(tera::Error::message(format!("there is no locale {number}", number = locale.0)));
    }
    let count = arguments.get::<usize>("count")?;
    let said = match count {
        Some(_) => words.find(locale, &format!("{key}.other")),
        None => words.find(locale, key),
    };
    let Some(plain) = said else {
        let other = if count.is_some() { key.to_owned() } else { format!("{key}.other") };
        let why = match (count, words.find(locale, &other).is_some()) {
            (None, true) => format!("the words `{key}` depend on a number: `t(key=\"{key}\", count=…)`"),
            (Some(_), true) => format!("the words `{key}` do not depend on a number: leave out `count`"),
            (_, false) => {
                let near = words.nearest(locale, key).map(|near| format!(": did you mean `{near}`?"));
                format!("the interface has no words `{key}`{near}", near = near.unwrap_or_default())
            }
        };
        return Err(tera::Error::message(why));
    };
    if let Some(count) = count {
        return Ok(Value::from(words.count(locale, key, count)));
    }
    if !plain.contains("%{") {
        return Ok(Value::from(plain));
    }
    let mut values = Vec::new();
    for (name, value) in arguments.iter() {
        values.push((name.to_string(), value.to_string()));
    }
    let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(Value::from(words.phrase(locale, key, &values)))
}
