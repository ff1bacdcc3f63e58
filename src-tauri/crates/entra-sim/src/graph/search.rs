//! `$search` over a list.

use crate::graph::condition::{Condition, tokens};
use crate::graph::error::ODataError;

/// Parses `$search`: quoted `property:value` clauses joined by `AND` and `OR`.
pub(crate) fn search(text: &str, known: &[&str]) -> Result<Condition, ODataError> {
    let invalid = || {
        ODataError::bad_request(
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

fn clause_condition(clause: &str, known: &[&str]) -> Result<Condition, ODataError> {
    let (property, value) = clause.split_once(':').ok_or_else(|| {
        ODataError::bad_request("Invalid $search clause: a property name and a colon are needed.")
    })?;
    let property = property.trim();
    if !known.contains(&property) {
        return Err(ODataError::bad_request(format!(
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KNOWN: &[&str] = &["displayName", "userPrincipalName"];

    fn check_search(text: &str, expected: Option<bool>) {
        let person = json!({
            "displayName": "O'Neil Sean", "userPrincipalName": "s.o'neil@cablechan.biz",
        });
        assert_eq!(
            search(text, KNOWN)
                .ok()
                .map(|condition| condition.holds(person.as_object().unwrap())),
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
}
