//! `$filter` and `$search` over people.

use serde_json::{Map, Value, json};

use crate::graph::error::Problem;

/// A parsed condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    StartsWith(String, String),
    Equal(String, Value),
    NotEqual(String, Value),
    /// `$search` on a name: every token begins a token of the property.
    Tokens(String, Vec<String>),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

impl Condition {
    /// Whether `object` meets it. Text is compared without case.
    pub(crate) fn holds(&self, object: &Map<String, Value>) -> bool {
        let text = |property: &str| {
            object
                .get(property)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_lowercase()
        };
        match self {
            Self::StartsWith(property, prefix) => {
                text(property).starts_with(&prefix.to_lowercase())
            }
            Self::Equal(property, value) => equals(object.get(property), value),
            Self::NotEqual(property, value) => !equals(object.get(property), value),
            Self::Tokens(property, wanted) => {
                let have = tokens(
                    object
                        .get(property)
                        .and_then(Value::as_str)
                        .unwrap_or_default(),
                );
                wanted
                    .iter()
                    .all(|token| have.iter().any(|candidate| candidate.starts_with(token)))
            }
            Self::Not(inner) => !inner.holds(object),
            Self::All(parts) => parts.iter().all(|part| part.holds(object)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(object)),
        }
    }

    /// Whether Graph takes it only with `ConsistencyLevel: eventual` and `$count=true`.
    pub(crate) fn is_advanced(&self) -> bool {
        match self {
            Self::Not(_) | Self::NotEqual(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_advanced),
            Self::StartsWith(..) | Self::Equal(..) | Self::Tokens(..) => false,
        }
    }
}

/// Parses `$filter`: `startswith`, `eq`, `ne`, `not`, `and`, `or` and parentheses.
pub(crate) fn filter(text: &str, known: &[&str]) -> Result<Condition, Problem> {
    let mut parser = Parser {
        words: words(text)?,
        at: 0,
        known,
    };
    let condition = parser.any()?;
    if parser.at < parser.words.len() {
        Err(invalid_filter())
    } else {
        Ok(condition)
    }
}

/// Parses `$search`: quoted `property:value` clauses joined by `AND` and `OR`.
pub(crate) fn search(text: &str, known: &[&str]) -> Result<Condition, Problem> {
    let invalid = || {
        Problem::bad_request(
            "Syntax error: the $search clauses must be enclosed in double quotes and joined by AND or OR.",
        )
    };
    let mut any = Vec::new();
    let mut all = Vec::new();
    let mut rest = text.trim();
    loop {
        let (clause, after) = quoted(rest).ok_or_else(invalid)?;
        all.push(clause_condition(&clause, known)?);
        rest = after.trim_start();
        if rest.is_empty() {
            any.push(Condition::All(all));
            return Ok(Condition::Any(any));
        }
        if let Some(after) = rest.strip_prefix("OR ") {
            any.push(Condition::All(std::mem::take(&mut all)));
            rest = after.trim_start();
        } else {
            rest = rest.strip_prefix("AND ").ok_or_else(invalid)?.trim_start();
        }
    }
}

fn clause_condition(clause: &str, known: &[&str]) -> Result<Condition, Problem> {
    let (property, value) = clause.split_once(':').ok_or_else(|| {
        Problem::bad_request("Invalid $search clause: a property name and a colon are needed.")
    })?;
    let property = property.trim();
    if !known.contains(&property) {
        return Err(Problem::bad_request(format!(
            "Property '{property}' is not searchable."
        )));
    }
    // Only names are taken apart into tokens; every other property is matched from its start.
    if property == "displayName" {
        Ok(Condition::Tokens(property.to_owned(), tokens(value)))
    } else {
        Ok(Condition::StartsWith(
            property.to_owned(),
            value.trim().to_owned(),
        ))
    }
}

/// The text in the double quotes at the start, unescaped, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut inside = String::new();
    let mut characters = text.strip_prefix('"')?.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => inside.push(characters.next()?.1),
            '"' => return Some((inside, &text[at + 2..])),
            other => inside.push(other),
        }
    }
    None
}

/// Tokens as Graph's index makes them: at spaces, symbols, digits and from lower to upper case.
fn tokens(text: &str) -> Vec<String> {
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

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Name(String),
    Text(String),
    Open,
    Close,
    Comma,
}

struct Parser<'a> {
    words: Vec<Word>,
    at: usize,
    known: &'a [&'a str],
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Condition, Problem> {
        let mut parts = vec![self.all()?];
        while self.took_name("or") {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Problem> {
        let mut parts = vec![self.one()?];
        while self.took_name("and") {
            parts.push(self.one()?);
        }
        Ok(joined(parts, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, Problem> {
        if self.took_name("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.took(&Word::Open) {
            let inner = self.any()?;
            return if self.took(&Word::Close) {
                Ok(inner)
            } else {
                Err(invalid_filter())
            };
        }
        if self.took_name("startswith") {
            self.expect(&Word::Open)?;
            let property = self.property()?;
            self.expect(&Word::Comma)?;
            let Some(Word::Text(prefix)) = self.next() else {
                return Err(invalid_filter());
            };
            self.expect(&Word::Close)?;
            return Ok(Condition::StartsWith(property, prefix));
        }
        let property = self.property()?;
        let operator = match self.next() {
            Some(Word::Name(operator)) => operator,
            Some(_) | None => return Err(invalid_filter()),
        };
        let value = match self.next() {
            Some(Word::Text(text)) => json!(text),
            Some(Word::Name(name)) if name == "true" || name == "false" => json!(name == "true"),
            Some(Word::Name(name)) if name == "null" => Value::Null,
            Some(_) | None => return Err(invalid_filter()),
        };
        match operator.to_ascii_lowercase().as_str() {
            "eq" => Ok(Condition::Equal(property, value)),
            "ne" => Ok(Condition::NotEqual(property, value)),
            _ => Err(invalid_filter()),
        }
    }

    fn property(&mut self) -> Result<String, Problem> {
        match self.next() {
            Some(Word::Name(name)) if self.known.contains(&name.as_str()) => Ok(name),
            Some(Word::Name(name)) => Err(Problem::new(
                400,
                "BadRequest",
                format!("Could not find a property named '{name}' on type 'microsoft.graph.user'."),
            )),
            Some(_) | None => Err(invalid_filter()),
        }
    }

    fn next(&mut self) -> Option<Word> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    fn took(&mut self, word: &Word) -> bool {
        let here = self.words.get(self.at) == Some(word);
        self.at += usize::from(here);
        here
    }

    fn took_name(&mut self, name: &str) -> bool {
        let here = matches!(self.words.get(self.at), Some(Word::Name(have)) if have.eq_ignore_ascii_case(name));
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, word: &Word) -> Result<(), Problem> {
        if self.took(word) {
            Ok(())
        } else {
            Err(invalid_filter())
        }
    }
}

fn joined(mut parts: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

fn words(text: &str) -> Result<Vec<Word>, Problem> {
    let mut words = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ' ' => {}
            '(' => words.push(Word::Open),
            ')' => words.push(Word::Close),
            ',' => words.push(Word::Comma),
            '\'' => {
                let mut literal = String::new();
                loop {
                    match characters.next() {
                        // A doubled quote stands for one.
                        Some('\'') if characters.peek() == Some(&'\'') => {
                            characters.next();
                            literal.push('\'');
                        }
                        Some('\'') => break,
                        Some(other) => literal.push(other),
                        None => return Err(invalid_filter()),
                    }
                }
                words.push(Word::Text(literal));
            }
            first => {
                let mut name = String::from(first);
                while let Some(more) = characters.next_if(|next| !" (),'".contains(*next)) {
                    name.push(more);
                }
                words.push(Word::Name(name));
            }
        }
    }
    Ok(words)
}

fn equals(have: Option<&Value>, wanted: &Value) -> bool {
    match (have, wanted) {
        (Some(Value::String(have)), Value::String(wanted)) => {
            have.to_lowercase() == wanted.to_lowercase()
        }
        (Some(have), wanted) => have == wanted,
        (None, wanted) => wanted.is_null(),
    }
}

fn invalid_filter() -> Problem {
    Problem::new(400, "BadRequest", "Invalid filter clause")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &[
        "displayName",
        "userPrincipalName",
        "employeeId",
        "accountEnabled",
    ];

    fn person() -> Map<String, Value> {
        let person = json!({
            "displayName": "O'Neil Sean", "userPrincipalName": "s.o'neil@cablechan.biz",
            "employeeId": "F1", "accountEnabled": true,
        });
        person.as_object().cloned().unwrap()
    }

    fn check_filter(text: &str, expected: Option<bool>) {
        assert_eq!(
            filter(text, KNOWN)
                .ok()
                .map(|condition| condition.holds(&person())),
            expected,
            "{text}"
        );
    }

    #[test]
    fn filters() {
        check_filter("startswith(displayName,'o''neil')", Some(true));
        check_filter("startswith(displayName,'sean')", Some(false));
        check_filter("employeeId eq 'F1' and accountEnabled eq true", Some(true));
        check_filter(
            "employeeId eq 'F2' or startswith(userPrincipalName,'s.')",
            Some(true),
        );
        check_filter("not (employeeId eq 'F2' or employeeId eq 'F3')", Some(true));
        check_filter("employeeId ne 'F1'", Some(false));
        check_filter("employeeId eq null", Some(false));
        check_filter("shoeSize eq '7'", None);
        check_filter("employeeId eq 'F1", None);
        check_filter("employeeId eq 'F1')", None);
        check_filter("", None);
    }

    fn check_search(text: &str, expected: Option<bool>) {
        assert_eq!(
            search(text, KNOWN)
                .ok()
                .map(|condition| condition.holds(&person())),
            expected,
            "{text}"
        );
    }

    #[test]
    fn searches() {
        check_search("\"displayName:sean\"", Some(true));
        check_search("\"displayName:Sean Nei\"", Some(true));
        check_search("\"displayName:ean\"", Some(false));
        check_search("\"displayName:x\" OR \"userPrincipalName:s.o\"", Some(true));
        check_search(
            "\"displayName:sean\" AND \"userPrincipalName:x\"",
            Some(false),
        );
        check_search("displayName:sean", None);
        check_search("\"displayName:sean\" or \"displayName:x\"", None);
        check_search("\"shoeSize:7\"", None);
    }

    #[test]
    fn a_japanese_name_without_a_space_is_one_token() {
        assert_eq!(tokens("山田太郎"), ["山田太郎"]);
        assert_eq!(tokens("山田 太郎"), ["山田", "太郎"]);
        assert_eq!(tokens("OneDrive365"), ["one", "drive", "365"]);
    }
}
