//! One exchange against the contract.

use std::fmt;
use std::sync::LazyLock;

use entra_sim::Exchange;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::description::{Answer, Description, Operation, Parameter, Schema};
use crate::schemas::Schemas;
use crate::spelling;

static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| Contract::read(include_str!("../openapi.yaml")));

/// The contract, read and compiled.
pub struct Contract {
    description: Description,
    schemas: Schemas,
}

/// Who broke the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The client asked for something the contract does not have.
    Request,
    /// The tenant answered something the contract does not have.
    Answer,
}

/// One breach of the contract.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Who broke it.
    pub side: Side,
    /// The operation's id; none where the contract has no such operation.
    pub operation: Option<String>,
    /// What is wrong and where, without values of the exchange.
    pub text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Request => "request",
            Side::Answer => "answer",
        };
        let operation = self.operation.as_deref().unwrap_or("no operation");
        write!(f, "{operation}: {side} {}", self.text)
    }
}

impl Contract {
    /// The contract of the simulated tenant.
    pub fn of_the_tenant() -> &'static Self {
        &CONTRACT
    }

    /// Reads a description. Ends the test when it is wrong in itself.
    pub fn read(text: &str) -> Self {
        let mut description = Description::read(text);
        let schemas = Schemas::compile(std::mem::take(&mut description.schemas));
        Self {
            description,
            schemas,
        }
    }

    /// The ids of all operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.description.operations.iter().map(|o| o.id.as_str())
    }

    /// The id of the operation a request means.
    pub fn operation(&self, method: &str, path: &str) -> Option<&str> {
        self.find(method, path)
            .map(|operation| operation.id.as_str())
    }

    /// Every breach in an exchange; none in one a fault struck.
    ///
    /// A request the contract does not have is a breach of the client, and one of the tenant where it
    /// was not refused.
    pub fn check(&self, exchange: &Exchange) -> Vec<Violation> {
        if exchange.struck {
            return Vec::new();
        }
        let Some(operation) = self.find(&exchange.method, &exchange.path) else {
            return unknown(exchange);
        };
        let mut found = Found {
            operation: &operation.id,
            violations: Vec::new(),
        };
        self.check_request(operation, exchange, &mut found);
        let accepted = (200..400).contains(&exchange.status);
        if accepted && !found.violations.is_empty() {
            let why: Vec<&str> = found
                .violations
                .iter()
                .map(|one| one.text.as_str())
                .collect();
            let why = why.join("; ");
            let status = exchange.status;
            found.add(
                Side::Answer,
                format!("{status} to a request outside the contract: {why}"),
            );
        }
        match operation.answers.get(&exchange.status) {
            Some(answer) => self.check_answer(answer, exchange, &mut found),
            None => {
                let known: Vec<_> = operation.answers.keys().collect();
                found.add(
                    Side::Answer,
                    format!("{} is none of {known:?}", exchange.status),
                );
            }
        }
        found.violations
    }

    fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        // What may be read may be asked for without its body.
        let method = if method == "HEAD" { "GET" } else { method };
        spelling::spellings(path)
            .iter()
            .find_map(|segments| self.description.find(method, segments))
    }

    fn check_request(&self, operation: &Operation, exchange: &Exchange, found: &mut Found<'_>) {
        let given: Vec<(String, String)> = form_urlencoded::parse(exchange.query.as_bytes())
            .into_owned()
            .collect();
        for parameter in &operation.query {
            let values = given.iter().filter(|(name, _)| *name == parameter.name);
            let values: Vec<Value> = values.map(|(_, value)| typed(value)).collect();
            self.check_parameter(parameter, &values, Side::Request, "query", found);
        }
        for (name, _) in given.iter().filter(|(name, _)| name.starts_with('$')) {
            if !operation.query.iter().any(|known| known.name == *name) {
                found.add(
                    Side::Request,
                    format!("has the option {name}, which is not offered"),
                );
            }
        }
        let Some(body) = &operation.request else {
            return;
        };
        if exchange.body.is_empty() {
            if body.required {
                found.add(Side::Request, "has no body".to_owned());
            }
            return;
        }
        let kind = media_type(&exchange.headers);
        let Some(schema) = body.content.get(&kind) else {
            found.add(
                Side::Request,
                format!("is {kind}, not {:?}", body.content.keys()),
            );
            return;
        };
        match parsed(&kind, &exchange.body) {
            Some(value) => self.check_value(schema, true, &value, Side::Request, found),
            None => found.add(Side::Request, format!("cannot be read as {kind}")),
        }
    }

    fn check_answer(&self, answer: &Answer, exchange: &Exchange, found: &mut Found<'_>) {
        for header in &answer.headers {
            let named = exchange
                .answer_headers
                .iter()
                .filter(|(name, _)| *name == header.name);
            let values: Vec<Value> = named.map(|(_, value)| value.clone().into()).collect();
            self.check_parameter(header, &values, Side::Answer, "header", found);
        }
        if exchange.method == "HEAD" {
            return;
        }
        if exchange.answer.is_empty() {
            if !answer.content.is_empty() && !answer.body_may_be_absent {
                found.add(Side::Answer, format!("{} has no body", exchange.status));
            }
            return;
        }
        let kind = media_type(&exchange.answer_headers);
        let Some(schema) = answer.content.get(&kind) else {
            let known: Vec<_> = answer.content.keys().collect();
            found.add(
                Side::Answer,
                format!("{} is {kind}, not {known:?}", exchange.status),
            );
            return;
        };
        match parsed(&kind, &exchange.answer) {
            Some(value) => {
                let selecting = form_urlencoded::parse(exchange.query.as_bytes())
                    .any(|(name, _)| name.eq_ignore_ascii_case("$select"));
                self.check_value(schema, selecting, &value, Side::Answer, found);
            }
            None => found.add(
                Side::Answer,
                format!("{} cannot be read as {kind}", exchange.status),
            ),
        }
    }

    fn check_parameter(
        &self,
        parameter: &Parameter,
        values: &[Value],
        side: Side,
        place: &str,
        found: &mut Found<'_>,
    ) {
        let name = &parameter.name;
        if parameter.required && values.is_empty() {
            found.add(side, format!("lacks the {place} {name}"));
        }
        for value in values {
            let text = Value::String(
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            );
            let as_it_is = self.schemas.complaints(&parameter.schema, true, value);
            // A number may be meant as text.
            if !as_it_is.is_empty()
                && !self
                    .schemas
                    .complaints(&parameter.schema, true, &text)
                    .is_empty()
            {
                found.add(side, format!("{place} {name}{}", as_it_is.join("; ")));
            }
        }
    }

    fn check_value(
        &self,
        schema: &Schema,
        selecting: bool,
        value: &Value,
        side: Side,
        found: &mut Found<'_>,
    ) {
        for complaint in self.schemas.complaints(schema, selecting, value) {
            found.add(side, complaint);
        }
    }
}

struct Found<'a> {
    operation: &'a str,
    violations: Vec<Violation>,
}

impl Found<'_> {
    fn add(&mut self, side: Side, text: String) {
        self.violations.push(Violation {
            side,
            operation: Some(self.operation.to_owned()),
            text,
        });
    }
}

/// What the contract does not have is refused.
fn unknown(exchange: &Exchange) -> Vec<Violation> {
    let violation = |side, text| Violation {
        side,
        operation: None,
        text,
    };
    let asked = format!("{} {}", exchange.method, exchange.path);
    let mut violations = vec![violation(
        Side::Request,
        format!("{asked} is not in the contract"),
    )];
    if !(400..500).contains(&exchange.status) {
        violations.push(violation(
            Side::Answer,
            format!(
                "{} to {asked}, which is not in the contract",
                exchange.status
            ),
        ));
    }
    violations
}

fn media_type(headers: &[(String, String)]) -> String {
    let named = headers.iter().find(|(name, _)| name == "content-type");
    let value = named.map_or("", |(_, value)| value);
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The body as the schemas see it: JSON, the fields of a form, or text.
fn parsed(kind: &str, body: &[u8]) -> Option<Value> {
    match kind {
        "application/json" => serde_json::from_slice(body).ok(),
        "application/x-www-form-urlencoded" => {
            let fields: Map<String, Value> = form_urlencoded::parse(body)
                .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
                .collect();
            Some(Value::Object(fields))
        }
        // Pictures have no text.
        _ => Some(Value::String(String::from_utf8_lossy(body).into_owned())),
    }
}

/// A query's value as what it says: a number, a truth, or text.
fn typed(text: &str) -> Value {
    match text {
        "true" | "false" => Value::Bool(text == "true"),
        _ => text
            .parse::<i64>()
            .map_or_else(|_| Value::String(text.to_owned()), Value::from),
    }
}
