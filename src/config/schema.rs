//! The JSON Schema of `site.toml`, for editors that complete and check it while it is written.
//!
//! It is derived from the types that the file is read into, so that a key which is read is a key which is described.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::table::{Entries, Spanned};
use super::written::WrittenSite;

/// Returns the schema as JSON text. It is one of draft 7 and refers to nothing, which all editors understand.
pub fn schema() -> String {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let generator = settings.with_transform(in_terms_of_toml).into_generator();
    format!("{:#}\n", generator.into_root_schema_for::<WrittenSite>().to_value())
}

/// TOML has no null, and its numbers have no width.
fn in_terms_of_toml(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if schema.get("format").is_some_and(|format| format == "uint") {
        schema.remove("format");
    }
    transform_subschemas(&mut in_terms_of_toml, schema);
}

/// A value is described the same with its place and without.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("entries-of-{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}
