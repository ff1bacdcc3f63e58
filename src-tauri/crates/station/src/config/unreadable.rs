//! What the parser refuses, in words for who writes the file.

use serde_json::Value;

use super::Config;
use super::line::Places;
use super::wrong::ConfigError;

/// Names the key and the line of a refusal, and what is allowed there.
pub(super) fn error(text: &str, error: &toml::de::Error) -> ConfigError {
    let places = Places::of(text);
    let message = error.message().replace('\n', " ");
    let Some(span) = error.span() else {
        return ConfigError {
            key: None,
            line: None,
            what: message,
        };
    };
    if let Some(missing) = quoted_after(&message, "missing field `") {
        let section = places.section_of(&span).filter(|_| span != (0..text.len()));
        let key = section.map_or_else(
            || missing.to_owned(),
            |section| format!("{section}.{missing}"),
        );
        let line = section.map(|_| places.line_at(span.start));
        let what = with_meaning("missing, but needed".to_owned(), &key);
        return ConfigError {
            key: Some(key),
            line,
            what,
        };
    }
    let number = places.line_at(span.start);
    let key = places
        .key_at(span.start)
        .map(str::to_owned)
        .or_else(|| places.key_on_line(number));
    let line = Some(number);
    let what = match &key {
        Some(key) if message.starts_with("invalid ") => with_meaning(plain(&message), key),
        Some(_) | None => plain(&message),
    };
    ConfigError { key, line, what }
}

fn quoted_after<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').next()
}

/// The parser speaks of Rust's types.
fn plain(message: &str) -> String {
    let (head, expected) = message.rsplit_once("expected ").unwrap_or((message, ""));
    let expected = match expected {
        "u8" | "u32" => "a whole number from 0 on",
        "a boolean" => "true or false",
        "a string" => "a text in quotation marks",
        "a sequence" => "a list in square brackets",
        "path string" => "a path in quotation marks",
        kind if kind.starts_with("struct ") => "a section of keys",
        other => other,
    };
    if expected.is_empty() {
        head.to_owned()
    } else {
        format!("{head}expected {expected}")
    }
}

fn with_meaning(what: String, key: &str) -> String {
    match meaning(key) {
        Some(meaning) => format!("{what}; {meaning}"),
        None => what,
    }
}

/// What the schema says of a key.
fn meaning(key: &str) -> Option<String> {
    let schema = Config::schema();
    let mut here = &schema;
    for name in key.split('.') {
        here = resolved(&schema, here);
        here = resolved(&schema, here.get("items").unwrap_or(here));
        here = here.get("properties")?.get(name)?;
    }
    let own = here
        .get("description")
        .or_else(|| resolved(&schema, here).get("description"));
    own.and_then(Value::as_str)
        .map(|text| text.replace('\n', " "))
}

fn resolved<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
    let name = node
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|path| path.strip_prefix("#/$defs/"));
    name.and_then(|name| schema.get("$defs")?.get(name))
        .unwrap_or(node)
}
