//! Paths in their several spellings.

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
    // A name may bear its namespace, whole or shortened; a cast bears the short one in the contract.
    for segment in &mut segments {
        if let Some((_, name)) = segment.split_once("microsoft.graph.") {
            let cast = ["directoryrole", "group"].contains(&name.to_lowercase().as_str());
            *segment = if cast {
                format!("graph.{name}")
            } else {
                name.to_owned()
            };
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

fn decoded(segment: &str) -> String {
    // A plus sign in a path means itself.
    let kept = segment.replace('+', "%2B");
    let text = format!("x={}", kept.replace('&', "%26").replace('=', "%3D"));
    url::form_urlencoded::parse(text.as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}
