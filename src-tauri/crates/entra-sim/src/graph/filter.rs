//! `$filter` over a list.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::graph::condition::{Comparison, Condition};
use crate::graph::error::ODataError;

/// Conditions within conditions; beyond it the stack would be the caller's to fill.
const DEEPEST: usize = 64;

/// Parses `$filter` over the `known` properties of a type: comparisons, `in`, `startswith`,
/// `endswith`, `contains`, `any`, `not`, `and`, `or` and parentheses.
pub(crate) fn filter(text: &str, known: &[&str], type_name: &str) -> Result<Condition, ODataError> {
    let mut parser = Parser {
        words: words(text)?,
        at: 0,
        known,
        type_name,
        element: None,
        depth: 0,
    };
    let condition = parser.any()?;
    if parser.at < parser.words.len() {
        Err(invalid_filter())
    } else {
        Ok(condition)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Name(String),
    Text(String),
    Open,
    Close,
    Comma,
}

/// What a function of a property and a text means.
type Function = fn(String, String) -> Condition;

struct Parser<'a> {
    words: Vec<Word>,
    at: usize,
    known: &'a [&'a str],
    type_name: &'a str,
    /// The name that stands for the element inside `any(…)`.
    element: Option<String>,
    /// How many parentheses and negations are open.
    depth: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Condition, ODataError> {
        let mut parts = vec![self.all()?];
        while self.took_name("or") {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, ODataError> {
        let mut parts = vec![self.one()?];
        while self.took_name("and") {
            parts.push(self.one()?);
        }
        Ok(joined(parts, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, ODataError> {
        if self.depth >= DEEPEST {
            return Err(invalid_filter());
        }
        self.depth += 1;
        let condition = self.single();
        self.depth -= 1;
        condition
    }

    fn single(&mut self) -> Result<Condition, ODataError> {
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
        if let Some(function) = self.took_function() {
            return self.function(function);
        }
        if let Some(collection) = self.took_any() {
            return self.lambda(collection);
        }
        let property = self.property()?;
        self.comparison(property)
    }

    fn function(&mut self, meaning: Function) -> Result<Condition, ODataError> {
        self.expect(&Word::Open)?;
        let property = self.property()?;
        self.expect(&Word::Comma)?;
        let Some(Word::Text(part)) = self.next() else {
            return Err(invalid_filter());
        };
        self.expect(&Word::Close)?;
        Ok(meaning(property, part))
    }

    /// `collection/any(x:x/property eq 'value')`
    fn lambda(&mut self, collection: String) -> Result<Condition, ODataError> {
        self.expect(&Word::Open)?;
        let Some(Word::Name(start)) = self.next() else {
            return Err(invalid_filter());
        };
        let (name, rest) = start.split_once(':').ok_or_else(invalid_filter)?;
        if !rest.is_empty() {
            self.at -= 1;
            self.words[self.at] = Word::Name(rest.to_owned());
        }
        let outer = self.element.replace(name.to_owned());
        let inner = self.any()?;
        self.element = outer;
        self.expect(&Word::Close)?;
        Ok(Condition::Has(collection, Box::new(inner)))
    }

    fn comparison(&mut self, property: String) -> Result<Condition, ODataError> {
        let Some(Word::Name(operator)) = self.next() else {
            return Err(invalid_filter());
        };
        let operator = operator.to_ascii_lowercase();
        if operator == "in" {
            self.expect(&Word::Open)?;
            let mut any = vec![Condition::Equal(property.clone(), self.value()?)];
            while self.took(&Word::Comma) {
                any.push(Condition::Equal(property.clone(), self.value()?));
            }
            self.expect(&Word::Close)?;
            return Ok(Condition::Any(any));
        }
        let value = self.value()?;
        Ok(match operator.as_str() {
            "eq" => Condition::Equal(property, value),
            "ne" => Condition::NotEqual(property, value),
            "lt" => Condition::Compare(property, Comparison::Less, value),
            "le" => Condition::Compare(property, Comparison::LessOrEqual, value),
            "gt" => Condition::Compare(property, Comparison::Greater, value),
            "ge" => Condition::Compare(property, Comparison::GreaterOrEqual, value),
            _ => return Err(invalid_filter()),
        })
    }

    fn value(&mut self) -> Result<Value, ODataError> {
        Ok(match self.next() {
            Some(Word::Text(text)) => json!(text),
            Some(Word::Name(name)) if name == "true" || name == "false" => json!(name == "true"),
            Some(Word::Name(name)) if name == "null" => Value::Null,
            Some(Word::Name(name)) => match name.parse::<i64>() {
                Ok(number) => json!(number),
                Err(_) if name.parse::<Timestamp>().is_ok() => json!(name),
                Err(_) => return Err(invalid_filter()),
            },
            Some(Word::Open | Word::Close | Word::Comma) | None => return Err(invalid_filter()),
        })
    }

    fn property(&mut self) -> Result<String, ODataError> {
        let Some(Word::Name(name)) = self.next() else {
            return Err(invalid_filter());
        };
        if let Some(element) = &self.element {
            if name == *element {
                return Ok(String::new());
            }
            let inside = name
                .strip_prefix(element)
                .and_then(|rest| rest.strip_prefix('/'));
            return inside.map(str::to_owned).ok_or_else(invalid_filter);
        }
        if self.known.contains(&name.as_str()) {
            return Ok(name);
        }
        let message = format!(
            "Could not find a property named '{name}' on type 'microsoft.graph.{}'.",
            self.type_name
        );
        Err(ODataError::new(400, "BadRequest", message))
    }

    fn took_function(&mut self) -> Option<Function> {
        if self.words.get(self.at + 1) != Some(&Word::Open) {
            return None;
        }
        let functions: [(&str, Function); 3] = [
            ("startswith", Condition::StartsWith),
            ("endswith", Condition::EndsWith),
            ("contains", Condition::Contains),
        ];
        functions
            .into_iter()
            .find(|(name, _)| self.took_name(name))
            .map(|(_, meaning)| meaning)
    }

    fn took_any(&mut self) -> Option<String> {
        let Some(Word::Name(name)) = self.words.get(self.at) else {
            return None;
        };
        let collection = name.strip_suffix("/any")?.to_owned();
        if !self.known.contains(&collection.as_str()) {
            return None;
        }
        self.at += 1;
        Some(collection)
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

    fn expect(&mut self, word: &Word) -> Result<(), ODataError> {
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

fn words(text: &str) -> Result<Vec<Word>, ODataError> {
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

fn invalid_filter() -> ODataError {
    ODataError::new(400, "BadRequest", "Invalid filter clause")
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

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
            filter(text, KNOWN, "user")
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

    #[test]
    fn dates_numbers_and_collections() {
        let entry = json!({
            "createdDateTime": "2026-11-22T10:00:00Z", "status": {"errorCode": 50126},
            "targetResources": [{"id": "a"}, {"id": "b"}], "otherMails": ["x@home.example"],
        });
        let known = &[
            "createdDateTime",
            "status/errorCode",
            "targetResources",
            "otherMails",
        ];
        for (text, expected) in [
            ("createdDateTime ge 2026-11-22T10:00:00Z", Some(true)),
            (
                "createdDateTime gt 2026-11-22T10:00:00.0000000Z",
                Some(false),
            ),
            ("createdDateTime lt 2026-11-22T19:00:01+09:00", Some(true)),
            ("status/errorCode eq 50126", Some(true)),
            ("status/errorCode in (0, 50126)", Some(true)),
            ("targetResources/any(t:t/id eq 'b')", Some(true)),
            ("targetResources/any(t: t/id eq 'c')", Some(false)),
            ("otherMails/any(x:x eq 'X@home.example')", Some(true)),
            ("targetResources/any(t:u/id eq 'b')", None),
            ("createdDateTime ge yesterday", None),
        ] {
            let found = filter(text, known, "signIn");
            let found = found
                .ok()
                .map(|condition| condition.holds(entry.as_object().unwrap()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
