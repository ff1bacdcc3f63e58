//! Query options, selection and paging.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::graph::error::Problem;

/// The query options of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) select: Option<Vec<String>>,
    pub(crate) filter: Option<String>,
    pub(crate) search: Option<String>,
    pub(crate) expand: Option<String>,
    pub(crate) order_by: Option<String>,
    pub(crate) top: Option<usize>,
    pub(crate) count: bool,
    pub(crate) skip: usize,
    /// `ConsistencyLevel: eventual` was sent.
    pub(crate) eventual: bool,
    /// As it came, for the next page's address.
    raw: BTreeMap<String, String>,
}

impl Query {
    /// The options, with or without their `$`.
    pub(crate) fn parse(encoded: &str, eventual: bool) -> Result<Self, Problem> {
        let mut query = Self {
            eventual,
            ..Self::default()
        };
        for (name, value) in url::form_urlencoded::parse(encoded.as_bytes()).into_owned() {
            query.raw.insert(name.clone(), value.clone());
            match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
                "select" => {
                    query.select = Some(
                        value
                            .split(',')
                            .map(|part| part.trim().to_owned())
                            .collect(),
                    )
                }
                "filter" => query.filter = Some(value),
                "search" => query.search = Some(value),
                "expand" => query.expand = Some(value),
                "orderby" => query.order_by = Some(value),
                "count" => query.count = value.eq_ignore_ascii_case("true"),
                "top" => query.top = Some(top(&value)?),
                "skiptoken" => {
                    let skip = value
                        .strip_prefix("page-")
                        .and_then(|skip| skip.parse().ok());
                    query.skip = skip.ok_or_else(|| {
                        Problem::new(
                            400,
                            "Directory_ExpiredPageToken",
                            "The specified page token value has expired.",
                        )
                    })?;
                }
                _ => {}
            }
        }
        Ok(query)
    }

    /// One page of `all`, as an answer with its context, count and way on.
    pub(crate) fn page(&self, root: &str, path: &str, context: &str, all: Vec<Value>) -> Value {
        let size = self.top.unwrap_or(100);
        let mut answer = Map::new();
        answer.insert(
            "@odata.context".to_owned(),
            json!(format!("{root}/$metadata#{context}")),
        );
        if self.count && self.eventual {
            answer.insert("@odata.count".to_owned(), json!(all.len()));
        }
        if all.len() > self.skip + size {
            answer.insert(
                "@odata.nextLink".to_owned(),
                json!(self.next_link(root, path, self.skip + size)),
            );
        }
        let page: Vec<Value> = all.into_iter().skip(self.skip).take(size).collect();
        answer.insert("value".to_owned(), Value::Array(page));
        Value::Object(answer)
    }

    fn next_link(&self, root: &str, path: &str, skip: usize) -> String {
        let mut options = self.raw.clone();
        options.retain(|name, _| !name.eq_ignore_ascii_case("$skiptoken"));
        options.insert("$skiptoken".to_owned(), format!("page-{skip}"));
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&options)
            .finish();
        format!("{root}{path}?{query}")
    }
}

fn top(value: &str) -> Result<usize, Problem> {
    match value.parse() {
        Ok(top) if (1..=999).contains(&top) => Ok(top),
        Ok(_) | Err(_) => Err(Problem::unsupported_query(format!(
            "Invalid page size specified: '{value}'. Must be between 1 and 999 inclusive."
        ))),
    }
}

/// `object` with the selected properties only; `id` stays, as in Graph.
///
/// Without a selection the `default` ones are given. A property the type does not have is refused.
pub(crate) fn selected(
    object: Map<String, Value>,
    select: Option<&[String]>,
    default: &[&str],
    type_name: &str,
) -> Result<Map<String, Value>, Problem> {
    let Some(select) = select else {
        return Ok(object
            .into_iter()
            .filter(|(name, _)| default.is_empty() || default.contains(&name.as_str()))
            .collect());
    };
    for wanted in select {
        if wanted != "*" && !object.contains_key(wanted) {
            let message = format!(
                "Could not find a property named '{wanted}' on type 'microsoft.graph.{type_name}'."
            );
            return Err(Problem::new(400, "BadRequest", message));
        }
    }
    let everything = select.iter().any(|wanted| wanted == "*");
    let kept = |name: &String| {
        everything || name == "id" || name.starts_with('@') || select.contains(name)
    };
    Ok(object.into_iter().filter(|(name, _)| kept(name)).collect())
}

/// The members of a JSON object literal.
pub(crate) fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

/// `value` with its `@odata.context`.
pub(crate) fn with_context(root: &str, context: &str, value: Map<String, Value>) -> Value {
    let mut all = Map::new();
    all.insert(
        "@odata.context".to_owned(),
        json!(format!("{root}/$metadata#{context}")),
    );
    all.extend(value);
    Value::Object(all)
}
