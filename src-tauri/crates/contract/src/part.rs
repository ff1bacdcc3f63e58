//! Paths in their several spellings, and the parts of a batch as exchanges of their own.

use entra_sim::Exchange;
use serde_json::Value;

const GRAPH: &str = "v1.0";

/// The decoded segments of a path, as written and as the contract writes the same thing.
pub(crate) fn spellings(path: &str) -> Vec<Vec<String>> {
    let mut segments = Vec::new();
    for raw in path.split('/').filter(|segment| !segment.is_empty()) {
        let segment = decoded(raw);
        let keyed = segment
            .strip_suffix("')")
            .and_then(|keyed| keyed.split_once("('"));
        match keyed {
            Some((name, key)) => segments.extend([name.to_owned(), key.to_owned()]),
            None => segments.push(segment),
        }
    }
    if segments.first().is_none_or(|first| first != GRAPH) {
        return vec![segments];
    }
    for segment in &mut segments {
        if segment.eq_ignore_ascii_case("microsoft.graph.directoryRole") {
            "graph.directoryRole".clone_into(segment);
        }
    }
    let mut all = vec![segments.clone()];
    match segments
        .get(1)
        .map(|segment| segment.to_lowercase())
        .as_deref()
    {
        // The caller is a person like others.
        Some("me") => {
            segments.insert(1, "users".to_owned());
            all.push(segments);
        }
        Some("authenticationmethodspolicy") => {
            segments.insert(1, "policies".to_owned());
            all.push(segments);
        }
        Some(_) | None => {}
    }
    all
}

/// The parts of a batch whose answer is there.
pub(crate) fn exchanges(batch: &Exchange) -> Vec<Exchange> {
    let parse = |body: &[u8]| serde_json::from_slice(body).unwrap_or(Value::Null);
    let (asked, answered): (Value, Value) = (parse(&batch.body), parse(&batch.answer));
    let requests = asked["requests"].as_array().into_iter().flatten();
    requests
        .filter_map(|request| {
            let id = request["id"].as_str()?;
            let answers = answered["responses"].as_array()?;
            let answer = answers.iter().find(|answer| {
                let known = answer["id"].as_str();
                known.is_some_and(|known| known.eq_ignore_ascii_case(id))
            })?;
            // A part that was never tried has nothing to check.
            (answer["status"] != 424).then(|| exchange(request, answer))
        })
        .collect()
}

fn exchange(request: &Value, answer: &Value) -> Exchange {
    let url = request["url"].as_str().unwrap_or_default();
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let path = path
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or(path, |(_, path)| path)
        .trim_start_matches('/');
    let path = path.strip_prefix("v1.0/").unwrap_or(path);
    let status = answer["status"]
        .as_u64()
        .and_then(|status| status.try_into().ok());
    Exchange {
        method: request["method"]
            .as_str()
            .unwrap_or_default()
            .to_uppercase(),
        path: format!("/{GRAPH}/{path}"),
        query: query.to_owned(),
        headers: headers(&request["headers"]),
        body: body(&request["body"]),
        status: status.unwrap_or_default(),
        answer_headers: headers(&answer["headers"]),
        answer: body(&answer["body"]),
        struck: false,
    }
}

fn headers(value: &Value) -> Vec<(String, String)> {
    let all = value.as_object().into_iter().flatten();
    all.map(|(name, value)| {
        let value = value.as_str().unwrap_or_default().to_owned();
        (name.to_lowercase(), value)
    })
    .collect()
}

fn body(value: &Value) -> Vec<u8> {
    if value.is_null() {
        Vec::new()
    } else {
        value.to_string().into_bytes()
    }
}

fn decoded(segment: &str) -> String {
    // A plus sign in a path means itself.
    let kept = segment.replace('+', "%2B");
    let text = format!("x={}", kept.replace('&', "%26").replace('=', "%3D"));
    url::form_urlencoded::parse(text.as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}
