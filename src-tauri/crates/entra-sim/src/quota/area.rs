//! Which of Graph's limits a request meets, and what it costs there.

use axum::http::Method;

/// The part of Graph whose limits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    /// Somebody's authentication methods.
    Methods,
    /// Reports and audit logs.
    Reports,
    /// Conditional Access and Identity Protection.
    Protection,
    /// Sending mail.
    Mail,
    /// People, groups, roles, policies and everything that is not named, at so many resource units and writes.
    Directory { units: u32, writes: u32 },
    /// The envelope of a batch: its parts count, it does not.
    Batch,
}

/// The area of a request by its template (`/v1.0/users/{id}/…`) and query.
pub(crate) fn area(method: &Method, template: Option<&str>, query: &str) -> Area {
    let path = template.unwrap_or_default();
    let path = path
        .strip_prefix("/v1.0")
        .or_else(|| path.strip_prefix("/beta"))
        .unwrap_or(path);
    // What holds for a path under `me` holds for the same path of another person.
    let of_person = path
        .strip_prefix("/me")
        .or_else(|| path.strip_prefix("/users/{id}"));
    if of_person.is_some_and(|rest| rest.starts_with("/authentication/")) {
        return Area::Methods;
    }
    if of_person == Some("/sendMail") {
        return Area::Mail;
    }
    let under = |roots: &[&str]| roots.iter().any(|root| path.starts_with(root));
    if path == "/$batch" {
        Area::Batch
    } else if under(&["/auditLogs/", "/reports/"]) {
        Area::Reports
    } else if under(&["/identity/conditionalAccess/", "/identityProtection/"]) {
        Area::Protection
    } else {
        let (units, writes) = base_cost(method, path, of_person.unwrap_or_default());
        Area::Directory {
            units: with_query(units, query),
            writes,
        }
    }
}

/// Resource units and writes of the table in Graph's page on limits.
fn base_cost(method: &Method, path: &str, of_person: &str) -> (u32, u32) {
    match (method.as_str(), path, of_person) {
        ("GET", "/users", _) => (2, 0),
        ("GET", _, rest)
            if rest.starts_with("/memberOf") || rest.starts_with("/transitiveMemberOf") =>
        {
            (2, 0)
        }
        ("GET", "/groups/{id}/members", _) => (3, 0),
        ("GET", "/groups/{id}/transitiveMembers", _) => (5, 0),
        ("POST", _, "/checkMemberGroups" | "/checkMemberObjects")
        | ("POST", "/directoryObjects/{id}/checkMemberGroups", _) => (4, 0),
        ("POST", _, "/getMemberGroups" | "/getMemberObjects") => (2, 0),
        ("POST", "/directoryObjects/getByIds", _) => (3, 0),
        ("GET", _, _) => (1, 0),
        (_, _, _) => (1, 1),
    }
}

fn with_query(units: u32, query: &str) -> u32 {
    let mut units = i64::from(units);
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
            "select" => units -= 1,
            "expand" => units += 1,
            "top" if value.parse().is_ok_and(|top: u32| top < 20) => units -= 1,
            _ => {}
        }
    }
    u32::try_from(units.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, template: &str, query: &str, expected: Area) {
        assert_eq!(
            area(&method, Some(template), query),
            expected,
            "{method} {template} {query}"
        );
    }

    fn directory(units: u32, writes: u32) -> Area {
        Area::Directory { units, writes }
    }

    #[test]
    fn requests_on_the_directory_cost_what_the_page_on_limits_says() {
        let get = |template: &str, query: &str, expected| {
            check(Method::GET, template, query, expected);
        };
        get("/v1.0/users", "", directory(2, 0));
        get("/v1.0/users", "$select=id", directory(1, 0));
        get("/v1.0/users", "%24select=id&$top=10", directory(1, 0));
        get("/v1.0/users", "$expand=manager&$top=50", directory(3, 0));
        get("/v1.0/users/{id}", "", directory(1, 0));
        get("/v1.0/me/transitiveMemberOf", "", directory(2, 0));
        get("/v1.0/groups/{id}/members", "", directory(3, 0));
        for (method, template, expected) in [
            (
                Method::POST,
                "/v1.0/users/{id}/checkMemberGroups",
                directory(4, 0),
            ),
            (Method::PATCH, "/v1.0/users/{id}", directory(1, 1)),
            (
                Method::DELETE,
                "/v1.0/groups/{id}/members/{id}/$ref",
                directory(1, 1),
            ),
        ] {
            check(method, template, "", expected);
        }
        assert_eq!(area(&Method::GET, None, ""), directory(1, 0));
    }

    #[test]
    fn requests_fall_under_the_limits_of_their_area() {
        for (method, path, expected) in [
            (
                Method::GET,
                "/users/{id}/authentication/methods",
                Area::Methods,
            ),
            (
                Method::GET,
                "/me/authentication/fido2Methods/{id}",
                Area::Methods,
            ),
            (
                Method::POST,
                "/users/{id}/authentication/temporaryAccessPassMethods",
                Area::Methods,
            ),
            (Method::GET, "/auditLogs/signIns", Area::Reports),
            (
                Method::GET,
                "/reports/authenticationMethods/userRegistrationDetails",
                Area::Reports,
            ),
            (
                Method::GET,
                "/identity/conditionalAccess/policies",
                Area::Protection,
            ),
            (Method::POST, "/me/sendMail", Area::Mail),
            (Method::POST, "/$batch", Area::Batch),
        ] {
            check(method, &format!("/v1.0{path}"), "", expected);
        }
    }
}
