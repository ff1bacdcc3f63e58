//! The description as the check needs it: operations found by method and path.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// An operation with everything its exchanges are checked by.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The path's segments, lower case; none stands for a parameter.
    segments: Vec<Option<String>>,
    method: String,
    pub(crate) query: Vec<Parameter>,
    pub(crate) request: Option<Body>,
    pub(crate) answers: BTreeMap<u16, Answer>,
}

/// A parameter of the query.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// A request's body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: BTreeMap<String, Schema>,
}

/// What one status looks like.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) headers: Vec<Parameter>,
    /// By media type; an answer without any has no body.
    pub(crate) content: BTreeMap<String, Schema>,
    pub(crate) body_may_be_absent: bool,
}

/// A place in the table of schemas.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Schema(pub(crate) String);

/// The operations, and the schemas they point to by name.
pub(crate) struct Description {
    pub(crate) operations: Vec<Operation>,
    pub(crate) schemas: Map<String, Value>,
}

impl Description {
    /// Reads the description.
    pub(crate) fn read(text: &str) -> Self {
        // `n` is the name of a member here, as in YAML 1.2, and no truth.
        let options = serde_saphyr::options! { strict_booleans: true };
        let document: Value = serde_saphyr::from_str_with_options(text, options)
            .unwrap_or_else(|problem| panic!("the contract is no YAML: {problem}"));
        let components = members(&document["components"]["schemas"]);
        let mut reader = Reader {
            document: &document,
            schemas: components
                .map(|(name, schema)| (name.clone(), relocated(schema)))
                .collect(),
        };
        let mut operations = Vec::new();
        for (path, item) in members(&document["paths"]) {
            for (method, operation) in members(item).filter(|(key, _)| *key != "parameters") {
                operations.push(reader.operation(path, method, item, operation));
            }
        }
        let schemas = reader.schemas;
        Self {
            operations,
            schemas,
        }
    }

    /// The operation a method and a path's decoded segments mean; fixed segments go before parameters.
    pub(crate) fn find(&self, method: &str, segments: &[String]) -> Option<&Operation> {
        let fits = |operation: &&Operation| {
            operation.method == method.to_lowercase()
                && operation.segments.len() == segments.len()
                && operation
                    .segments
                    .iter()
                    .zip(segments)
                    .all(|(wanted, found)| {
                        wanted.is_none() || wanted.as_deref() == Some(&found.to_lowercase())
                    })
        };
        let fixed = |operation: &&Operation| operation.segments.iter().flatten().count();
        self.operations.iter().filter(fits).max_by_key(fixed)
    }
}

/// The members of an object; none where there is no object.
pub(crate) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

struct Reader<'a> {
    document: &'a Value,
    schemas: Map<String, Value>,
}

impl Reader<'_> {
    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: &Value,
        operation: &Value,
    ) -> Operation {
        let id = operation["operationId"]
            .as_str()
            .unwrap_or_else(|| panic!("{method} {path} has no operationId"))
            .to_owned();
        let both = [&item["parameters"], &operation["parameters"]];
        let parameters = both.into_iter().filter_map(Value::as_array).flatten();
        let query: Vec<Value> = parameters
            .map(|parameter| self.resolved(parameter).clone())
            .filter(|parameter| parameter["in"] == "query")
            .collect();
        let query = query
            .iter()
            .map(|parameter| {
                let name = parameter["name"].as_str().unwrap_or_default();
                self.parameter(&id, name, parameter)
            })
            .collect();
        let request = self.resolved(&operation["requestBody"]).clone();
        let request = request.is_object().then(|| Body {
            required: request["required"] == true,
            content: self.content(&format!("{id}.request"), &request["content"]),
        });
        let answers: Vec<(u16, Value)> = members(&operation["responses"])
            .map(|(status, answer)| {
                let status = status.parse();
                let status =
                    status.unwrap_or_else(|_| panic!("{id} has a status that is no number"));
                (status, self.resolved(answer).clone())
            })
            .collect();
        let answers = answers
            .into_iter()
            .map(|(status, answer)| (status, self.answer(&format!("{id}.{status}"), &answer)))
            .collect();
        Operation {
            segments: segments(path),
            method: method.to_owned(),
            query,
            request,
            answers,
            id,
        }
    }

    fn answer(&mut self, at: &str, answer: &Value) -> Answer {
        let headers: Vec<(String, Value)> = members(&answer["headers"])
            .map(|(name, header)| (name.clone(), self.resolved(header).clone()))
            .collect();
        Answer {
            headers: headers
                .iter()
                .map(|(name, header)| self.parameter(at, &name.to_lowercase(), header))
                .collect(),
            content: self.content(at, &answer["content"]),
            body_may_be_absent: answer["x-body"] == "optional",
        }
    }

    fn parameter(&mut self, at: &str, name: &str, parameter: &Value) -> Parameter {
        Parameter {
            name: name.to_owned(),
            required: parameter["required"] == true,
            schema: self.schema(format!("{at}.{name}"), &parameter["schema"]),
        }
    }

    fn content(&mut self, at: &str, content: &Value) -> BTreeMap<String, Schema> {
        members(content)
            .map(|(kind, media)| {
                let name = format!("{at}.{}", kind.replace('/', "."));
                (kind.clone(), self.schema(name, &media["schema"]))
            })
            .collect()
    }

    /// Puts a schema into the table; one that only points elsewhere is that one.
    fn schema(&mut self, name: String, schema: &Value) -> Schema {
        let component = schema["$ref"]
            .as_str()
            .and_then(|target| target.strip_prefix("#/components/schemas/"));
        if let Some(component) = component {
            return Schema(component.to_owned());
        }
        self.schemas.insert(name.clone(), relocated(schema));
        Schema(name)
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(target) = value["$ref"].as_str() else {
            return value;
        };
        let target = target.trim_start_matches('#');
        let found = self.document.pointer(target);
        found.unwrap_or_else(|| panic!("the contract points to {target}, which is not there"))
    }
}

/// The schema with its pointers into `$defs`, where the check keeps them.
fn relocated(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| match value.as_str() {
                Some(target) if key == "$ref" => {
                    let target = target.replace("#/components/schemas/", "#/$defs/");
                    (key.clone(), Value::String(target))
                }
                Some(_) | None => (key.clone(), relocated(value)),
            })
            .collect(),
        Value::Array(all) => all.iter().map(relocated).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}

fn segments(path: &str) -> Vec<Option<String>> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| (!segment.starts_with('{')).then(|| segment.to_lowercase()))
        .collect()
}
