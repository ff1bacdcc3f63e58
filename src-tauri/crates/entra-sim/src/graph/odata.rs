//! Query options, selection and paging.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::graph::error::ODataError;

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
    pub(crate) fn parse(encoded: &str, eventual: bool) -> Result<Self, ODataError> {
        let mut query = Self {
            eventual,
            ..Self::default()
        };
        let mut token = None;
        for (name, value) in url::form_urlencoded::parse(encoded.as_bytes()).into_owned() {
            let plain = name.trim_start_matches('$').to_ascii_lowercase();
            if query.raw.insert(name.clone(), value.clone()).is_some() && name.starts_with('$') {
                let message = format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                );
                return Err(ODataError::new(400, "BadRequest", message));
            }
            match plain.as_str() {
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
                "count" => query.count = count(&value)?,
                "top" => query.top = Some(top(&value)?),
                "skip" => {
                    let message = "'$skip' is not supported by the service.";
                    return Err(ODataError::unsupported_query(message));
                }
                "skiptoken" => token = Some(value),
                _ if name.starts_with('$') => {
                    let message = format!("The query parameter '{name}' is not supported.");
                    return Err(ODataError::new(400, "BadRequest", message));
                }
                _ => {}
            }
        }
        query.raw.retain(|name, _| {
            !["$skiptoken", "skiptoken"].contains(&name.to_ascii_lowercase().as_str())
        });
        if let Some(token) = token {
            query.skip = query.skip_of(&token).ok_or_else(|| {
                let message = "The specified page token value has expired.";
                ODataError::new(400, "Directory_ExpiredPageToken", message)
            })?;
        }
        Ok(query)
    }

    /// Whether nothing was asked for beyond the resource itself.
    pub(crate) fn is_plain(&self) -> bool {
        self.raw.is_empty() && self.skip == 0
    }

    /// Whether an option or field of that name was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw.contains_key(name)
    }

    /// One page of `all`, as an answer with its context, count and way on.
    pub(crate) fn page(&self, root: &str, path: &str, context: &str, all: Vec<Value>) -> Value {
        self.page_of(100, root, path, context, all)
    }

    /// See [`Query::page`]; `size` is what a page holds when nothing is asked for.
    pub(crate) fn page_of(
        &self,
        size: usize,
        root: &str,
        path: &str,
        context: &str,
        all: Vec<Value>,
    ) -> Value {
        let size = self.top.unwrap_or(size);
        let mut answer = Map::new();
        answer.insert(
            "@odata.context".to_owned(),
            json!(format!("{root}/$metadata#{}", self.shaped(context))),
        );
        if self.count && self.eventual {
            answer.insert("@odata.count".to_owned(), json!(all.len()));
        }
        if all.len() > self.skip.saturating_add(size) {
            answer.insert(
                "@odata.nextLink".to_owned(),
                json!(self.next_link(root, path, self.skip + size)),
            );
        }
        let page: Vec<Value> = all.into_iter().skip(self.skip).take(size).collect();
        answer.insert("value".to_owned(), Value::Array(page));
        Value::Object(answer)
    }

    /// What an answer holds, with the properties that were chosen: `users(id,mail)`.
    pub(crate) fn shaped(&self, context: &str) -> String {
        let chosen = |select: &&Vec<String>| !select.iter().any(|name| name == "*");
        let Some(select) = self.select.as_ref().filter(chosen) else {
            return context.to_owned();
        };
        let (set, entity) = match context.strip_suffix("/$entity") {
            Some(set) => (set, "/$entity"),
            None => (context, ""),
        };
        format!("{set}({}){entity}", select.join(","))
    }

    fn next_link(&self, root: &str, path: &str, skip: usize) -> String {
        let mut options = self.raw.clone();
        options.insert("$skiptoken".to_owned(), self.token(skip));
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&options)
            .finish();
        format!("{root}{path}?{query}")
    }

    /// An opaque token; it fits this query only, as Graph's do.
    fn token(&self, skip: usize) -> String {
        let mut digest = Sha256::new();
        for (name, value) in &self.raw {
            digest.update(name.as_bytes());
            digest.update([0]);
            digest.update(value.as_bytes());
            digest.update([0]);
        }
        let digest = digest.finalize();
        let mask = u32::from_le_bytes([digest[16], digest[17], digest[18], digest[19]]);
        let skip = u32::try_from(skip).unwrap_or(u32::MAX) ^ mask;
        let mut bytes = b"RFNwd".to_vec();
        bytes.extend(&digest[..16]);
        bytes.extend(skip.to_le_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn skip_of(&self, token: &str) -> Option<usize> {
        let zero = URL_SAFE_NO_PAD.decode(self.token(0)).ok()?;
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (head, masked) = bytes.split_at_checked(zero.len() - 4)?;
        let (known, mask) = zero.split_at_checked(zero.len() - 4)?;
        let number = |bytes: &[u8]| bytes.try_into().ok().map(u32::from_le_bytes);
        let skip = number(masked)? ^ number(mask)?;
        (head == known).then_some(skip as usize)
    }
}

fn count(value: &str) -> Result<bool, ODataError> {
    value.to_ascii_lowercase().parse().map_err(|_| {
        let message = format!(
            "Invalid value '{value}' for $count query option found. Valid values are 'true' or 'false'."
        );
        ODataError::new(400, "BadRequest", message)
    })
}

fn top(value: &str) -> Result<usize, ODataError> {
    match value.parse() {
        Ok(top) if (1..=999).contains(&top) => Ok(top),
        Ok(_) | Err(_) => Err(ODataError::unsupported_query(format!(
            "Invalid page size specified: '{value}'. Must be between 1 and 999 inclusive."
        ))),
    }
}

/// `object` with the selected properties only.
///
/// Without a selection the `default` ones are given. A property the type does not have is refused.
pub(crate) fn selected(
    object: Map<String, Value>,
    select: Option<&[String]>,
    default: &[&str],
    type_name: &str,
) -> Result<Map<String, Value>, ODataError> {
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
            return Err(ODataError::new(400, "BadRequest", message));
        }
    }
    Ok(kept(object, Some(select), type_name))
}

const OF_THE_DIRECTORY: [&str; 4] = ["user", "group", "directoryRole", "directoryObject"];

/// What of it is asked for. Among members of different types, a property that one of them lacks is no mistake.
/// The id stays, but for objects of the directory, which give no more than was asked for.
pub(crate) fn kept(
    object: Map<String, Value>,
    select: Option<&[String]>,
    type_name: &str,
) -> Map<String, Value> {
    let Some(select) = select.filter(|select| !select.iter().any(|wanted| wanted == "*")) else {
        return object;
    };
    let keeps_id = !OF_THE_DIRECTORY.contains(&type_name);
    let is_kept = |name: &String| {
        (keeps_id && name == "id") || name.starts_with('@') || select.contains(name)
    };
    object
        .into_iter()
        .filter(|(name, _)| is_kept(name))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_token_is_opaque_and_fits_its_query_only() {
        let query = Query::parse("$top=5&$filter=x", false).unwrap();
        for skip in [0, 5, 100_000] {
            let token = query.token(skip);
            assert!(!token.contains(&skip.to_string()) || skip == 0, "{token}");
            let next = format!("$top=5&$filter=x&$skiptoken={token}");
            assert_eq!(Query::parse(&next, false).unwrap().skip, skip);
            for changed in ["$top=6&$filter=x", "$top=5&$filter=y"] {
                let next = format!("{changed}&$skiptoken={token}");
                assert_eq!(Query::parse(&next, false).unwrap_err().status, 400);
            }
        }
        assert!(Query::parse("$skiptoken=made-up", false).is_err());
    }
}
