//! Writing values into Graph addresses. A value can never become a path, another parameter or a clause.

use url::Url;

/// The address of a path template such as `/users/{id}/authentication/methods`: each `{id}` is one of `keys`, in
/// their order. `None` where a key cannot be one.
pub(crate) fn address(root: &Url, template: &str, keys: &[&str]) -> Option<Url> {
    let mut keys = keys.iter().copied();
    let segments: Option<Vec<&str>> = template
        .split('/')
        .skip(1)
        .map(|segment| match segment {
            "{id}" => keys.next(),
            name => Some(name),
        })
        .collect();
    match segments?.as_slice() {
        ["users", key, rest @ ..] => user_path(root, key, rest),
        other => path(root, other),
    }
}

/// Graph's other root, beside the versioned one.
pub(crate) fn beta(root: &Url) -> Option<Url> {
    let mut beta = root.clone();
    beta.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .pop()
        .push("beta");
    Some(beta)
}

/// `root` with the segments appended, each percent-encoded. `None` where a segment cannot be a key:
/// empty, `.` or `..` (which would name another resource), too long, or with control characters.
fn path(root: &Url, segments: &[&str]) -> Option<Url> {
    let mut address = root.clone();
    {
        let mut path = address.path_segments_mut().ok()?;
        path.pop_if_empty();
        for segment in segments {
            if !is_key(segment) {
                return None;
            }
            path.push(segment);
        }
    }
    Some(address)
}

/// `/users/{key}/…`. A key that begins with `$` or holds an apostrophe is written `users('…')`, where
/// it cannot be taken for an operator or the end of a literal.
fn user_path(root: &Url, key: &str, rest: &[&str]) -> Option<Url> {
    if !is_key(key) {
        return None;
    }
    let literal = format!("users({})", literal(key));
    let quoted = key.starts_with('$') || key.contains('\'');
    let head: &[&str] = if quoted { &[&literal] } else { &["users", key] };
    path(root, &[head, rest].concat())
}

/// A string literal for `$filter`: quotes doubled, quotes around.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// One `$search` clause. Backslash and quote are escaped; `&` is known to break the search and is dropped.
pub(crate) fn search_clause(property: &str, text: &str) -> String {
    let mut clause = format!("\"{property}:");
    for character in text.chars() {
        match character {
            '&' => clause.push(' '),
            '"' | '\\' => clause.extend(['\\', character]),
            _ => clause.push(character),
        }
    }
    clause.push('"');
    clause
}

fn is_key(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment.len() <= 256
        && !segment.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_paths() {
        let root: Url = "https://graph.example/v1.0".parse().unwrap();
        for (key, expected) in [
            (
                "taro@contoso.example",
                Some("https://graph.example/v1.0/users/taro@contoso.example"),
            ),
            (
                "a_b.example#EXT#@contoso.example",
                Some("https://graph.example/v1.0/users/a_b.example%23EXT%23@contoso.example"),
            ),
            (
                "o'neil@contoso.example",
                Some("https://graph.example/v1.0/users('o''neil@contoso.example')"),
            ),
            (
                "$x@contoso.example",
                Some("https://graph.example/v1.0/users('$x@contoso.example')"),
            ),
            (
                "a/b?c=d",
                Some("https://graph.example/v1.0/users/a%2Fb%3Fc=d"),
            ),
            (
                "山田",
                Some("https://graph.example/v1.0/users/%E5%B1%B1%E7%94%B0"),
            ),
            ("", None),
            (".", None),
            ("..", None),
            ("a\nb", None),
        ] {
            let made = user_path(&root, key, &[]).map(String::from);
            assert_eq!(made.as_deref(), expected, "{key:?}");
        }
    }

    #[test]
    fn templates() {
        let root: Url = "https://graph.example/v1.0".parse().unwrap();
        let pass = "/users/{id}/authentication/temporaryAccessPassMethods/{id}";
        for (template, keys, expected) in [
            ("/policies/x", &[][..], Some("/policies/x")),
            ("/users/{id}", &["a/b"], Some("/users/a%2Fb")),
            (
                pass,
                &["$x", "y"],
                Some("/users('$x')/authentication/temporaryAccessPassMethods/y"),
            ),
            (
                pass,
                &["x", "{id}"],
                Some("/users/x/authentication/temporaryAccessPassMethods/%7Bid%7D"),
            ),
            (pass, &["x", ".."], None),
            (pass, &["x"], None),
        ] {
            let made = address(&root, template, keys).map(String::from);
            let expected = expected.map(|path| format!("{root}{path}"));
            assert_eq!(made, expected, "{template} {keys:?}");
        }
    }

    #[test]
    fn search_and_filter_text() {
        assert_eq!(search_clause("displayName", "山田"), "\"displayName:山田\"");
        assert_eq!(
            search_clause("displayName", "a\"b\\c&d"),
            "\"displayName:a\\\"b\\\\c d\""
        );
        assert_eq!(literal("O'Neil"), "'O''Neil'");
    }
}
