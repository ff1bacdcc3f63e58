//! The compiled schemas, with and without what a selection takes away.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Keyword, ValidationError, ValidatorMap};
use serde_json::{Map, Value, json};

use crate::description::Schema;

/// Every schema, compiled twice: for requests that select members, and for those that do not.
pub(crate) struct Schemas {
    selecting: ValidatorMap,
    whole: ValidatorMap,
}

impl Schemas {
    pub(crate) fn compile(schemas: Map<String, Value>) -> Self {
        let document = json!({"$defs": schemas});
        let options = || jsonschema::options().with_draft(Draft::Draft202012);
        let built = |options: jsonschema::ValidationOptions<'_>| {
            options
                .build_map(&document)
                .unwrap_or_else(|problem| panic!("the contract has a wrong schema: {problem}"))
        };
        Self {
            selecting: built(options()),
            whole: built(options().with_keyword("x-default", |parent, value, _| {
                let names = |value: &Value| -> BTreeSet<String> {
                    let names = value.as_array().into_iter().flatten();
                    names.filter_map(Value::as_str).map(str::to_owned).collect()
                };
                Ok(Box::new(Whole {
                    members: names(value),
                    expandable: parent.get("x-expandable").map(names).unwrap_or_default(),
                }))
            })),
        }
    }

    /// What is wrong with `value`, one line each, without the values themselves: some are secrets.
    pub(crate) fn complaints(
        &self,
        schema: &Schema,
        selecting: bool,
        value: &Value,
    ) -> Vec<String> {
        let table = if selecting {
            &self.selecting
        } else {
            &self.whole
        };
        // A pointer's own characters stand escaped in the table.
        let name = schema.0.replace('~', "~0").replace('/', "~1");
        let validator = table
            .get(&format!("#/$defs/{name}"))
            .unwrap_or_else(|| panic!("the contract has no schema {}", schema.0));
        let mut lines = Vec::new();
        for problem in validator.iter_errors(value) {
            describe(&problem, &mut lines);
        }
        lines
    }
}

/// Without a selection exactly these members come, annotations and expanded ones aside.
struct Whole {
    members: BTreeSet<String>,
    expandable: BTreeSet<String>,
}

impl Whole {
    fn complaint(&self, instance: &Value) -> Option<String> {
        let object = instance.as_object()?;
        let missing: Vec<&str> = self
            .members
            .iter()
            .filter(|name| !object.contains_key(*name))
            .map(String::as_str)
            .collect();
        let unasked: Vec<&str> = object
            .keys()
            .filter(|name| !name.contains('@'))
            .filter(|name| !self.members.contains(*name) && !self.expandable.contains(*name))
            .map(String::as_str)
            .collect();
        if missing.is_empty() && unasked.is_empty() {
            return None;
        }
        Some(format!(
            "without a selection come neither fewer nor more members: missing {missing:?}, unasked {unasked:?}"
        ))
    }
}

impl<'i> Keyword<'i> for Whole {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        self.complaint(instance)
            .map_or(Ok(()), |complaint| Err(ValidationError::custom(complaint)))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.complaint(instance).is_none()
    }
}

/// Of alternatives the one that fits best is told of.
fn describe(problem: &ValidationError<'_>, lines: &mut Vec<String>) {
    let branches = if let ValidationErrorKind::OneOfNotValid { context }
    | ValidationErrorKind::AnyOf { context } = problem.kind()
    {
        context.as_slice()
    } else {
        &[]
    };
    // A branch of another type is not the one that was meant.
    let of_another_type = |branch: &&Vec<ValidationError<'static>>| {
        branch
            .iter()
            .any(|inner| inner.instance_path().to_string().ends_with("/@odata.type"))
    };
    match branches
        .iter()
        .min_by_key(|branch| (of_another_type(branch), branch.len()))
    {
        Some(branch) if !branch.is_empty() => {
            for inner in branch {
                describe(inner, lines);
            }
        }
        Some(_) | None => lines.push(format!("{}: {}", problem.instance_path(), problem.masked())),
    }
}
