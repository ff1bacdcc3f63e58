//! What a parsed `$filter` or `$search` means for an object.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A parsed condition on an object's properties; a path such as `status/errorCode` goes into it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    StartsWith(String, String),
    EndsWith(String, String),
    Contains(String, String),
    Equal(String, Value),
    NotEqual(String, Value),
    Compare(String, Comparison, Value),
    /// `$search` on a name: every token begins a token of the property.
    Tokens(String, Vec<String>),
    /// Some element of a collection meets it.
    Has(String, Box<Condition>),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// A comparison other than equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    /// Whether `object` meets it. Text is compared without case.
    pub(crate) fn holds(&self, object: &Map<String, Value>) -> bool {
        let text = |path: &str| {
            lookup(object, path)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_lowercase()
        };
        match self {
            Self::StartsWith(path, part) => text(path).starts_with(&part.to_lowercase()),
            Self::EndsWith(path, part) => text(path).ends_with(&part.to_lowercase()),
            Self::Contains(path, part) => text(path).contains(&part.to_lowercase()),
            Self::Equal(path, value) => equals(lookup(object, path), value),
            Self::NotEqual(path, value) => !equals(lookup(object, path), value),
            Self::Compare(path, order, value) => compares(lookup(object, path), *order, value),
            Self::Tokens(path, wanted) => {
                let have = tokens(
                    lookup(object, path)
                        .and_then(Value::as_str)
                        .unwrap_or_default(),
                );
                wanted
                    .iter()
                    .all(|token| have.iter().any(|candidate| candidate.starts_with(token)))
            }
            Self::Has(path, inner) => {
                lookup(object, path)
                    .and_then(Value::as_array)
                    .is_some_and(|elements| {
                        let mut found =
                            elements.iter().filter(|element| is_searched(path, element));
                        found.any(|element| inner.holds_for(element))
                    })
            }
            Self::Not(inner) => !inner.holds(object),
            Self::All(parts) => parts.iter().all(|part| part.holds(object)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(object)),
        }
    }

    /// Whether Graph takes it only with `ConsistencyLevel: eventual` and `$count=true`.
    pub(crate) fn is_advanced(&self) -> bool {
        match self {
            Self::Not(_) | Self::NotEqual(..) | Self::EndsWith(..) | Self::Contains(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_advanced),
            Self::Has(_, inner) => inner.is_advanced(),
            Self::StartsWith(..) | Self::Equal(..) | Self::Compare(..) | Self::Tokens(..) => false,
        }
    }

    fn holds_for(&self, element: &Value) -> bool {
        match element {
            Value::Object(object) => self.holds(object),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => {
                // The element itself is what the empty path means.
                let alone = Map::from_iter([(String::new(), element.clone())]);
                self.holds(&alone)
            }
        }
    }
}

/// Whether a condition on a collection looks at that element: of identities, none that is the sign-in name.
fn is_searched(path: &str, element: &Value) -> bool {
    path != "identities" || element["signInType"] != "userPrincipalName"
}

/// Tokens as Graph's index makes them: at spaces, symbols, digits and from lower to upper case.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut before: Option<char> = None;
    for character in text.chars() {
        let splits = !character.is_alphanumeric()
            || before.is_some_and(|before| {
                (before.is_lowercase() && character.is_uppercase())
                    || before.is_numeric() != character.is_numeric()
            });
        if splits && !current.is_empty() {
            tokens.push(std::mem::take(&mut current));
        }
        if character.is_alphanumeric() {
            current.extend(character.to_lowercase());
        }
        before = character.is_alphanumeric().then_some(character);
    }
    if !current.is_empty() {
        tokens.push(current);
    }
    tokens
}

fn lookup<'a>(object: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut parts = path.split('/');
    let mut here = object.get(parts.next()?)?;
    for part in parts {
        here = here.get(part)?;
    }
    Some(here)
}

fn equals(have: Option<&Value>, wanted: &Value) -> bool {
    match (have, wanted) {
        (Some(Value::String(have)), Value::String(wanted)) => {
            have.to_lowercase() == wanted.to_lowercase() || same_instant(have, wanted)
        }
        (Some(have), wanted) => have == wanted,
        (None, wanted) => wanted.is_null(),
    }
}

fn same_instant(have: &str, wanted: &str) -> bool {
    match (have.parse::<Timestamp>(), wanted.parse::<Timestamp>()) {
        (Ok(have), Ok(wanted)) => have == wanted,
        (_, _) => false,
    }
}

fn compares(have: Option<&Value>, order: Comparison, wanted: &Value) -> bool {
    let found = match (have, wanted) {
        (Some(Value::String(have)), Value::String(wanted)) => {
            match (have.parse::<Timestamp>(), wanted.parse::<Timestamp>()) {
                (Ok(have), Ok(wanted)) => Some(have.cmp(&wanted)),
                (_, _) => Some(have.to_lowercase().cmp(&wanted.to_lowercase())),
            }
        }
        (Some(Value::Number(have)), Value::Number(wanted)) => {
            have.as_f64().partial_cmp(&wanted.as_f64())
        }
        (_, _) => None,
    };
    found.is_some_and(|found| match order {
        Comparison::Less => found.is_lt(),
        Comparison::LessOrEqual => found.is_le(),
        Comparison::Greater => found.is_gt(),
        Comparison::GreaterOrEqual => found.is_ge(),
    })
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_japanese_name_without_a_space_is_one_token() {
        assert_eq!(tokens("山田太郎"), ["山田太郎"]);
        assert_eq!(tokens("山田 太郎"), ["山田", "太郎"]);
        assert_eq!(tokens("OneDrive365"), ["one", "drive", "365"]);
    }
}
