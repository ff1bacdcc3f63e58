//! Graph's paths: which operation a path means, and the template it is counted under.

use axum::http::Method;

/// Whose resource it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Me,
    /// By id or sign-in name.
    User(String),
}

/// What of a person is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OfUser {
    Read,
    MemberOf,
    Roles,
    Methods,
    Passwords,
    Phones,
    Taps,
    CreateTap,
    Tap(String),
    DeleteTap(String),
    Authenticators,
    Authenticator(String),
    AuthenticatorDevice(String),
    DeleteAuthenticator(String),
    Passkeys,
    Passkey(String),
    DeletePasskey(String),
}

/// An operation this tenant serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    OfUser(Whose, OfUser),
    Users,
    Organization,
    Policy,
    Configurations,
    Configuration(String),
}

/// The operation a method and path mean, with its template.
pub(crate) fn route(method: &Method, path: &str) -> Option<(Operation, String)> {
    let segments = segments(path)?;
    let lowered: Vec<String> = segments
        .iter()
        .map(|segment| segment.to_lowercase())
        .collect();
    let words: Vec<&str> = lowered.iter().map(String::as_str).collect();
    let verb = method.as_str();
    match words.as_slice() {
        ["me", rest @ ..] => {
            let (of_user, tail) = of_user(verb, rest, segments.get(1..)?)?;
            Some((
                Operation::OfUser(Whose::Me, of_user),
                format!("/v1.0/me{tail}"),
            ))
        }
        ["users", _, rest @ ..] => {
            let (of_user, tail) = of_user(verb, rest, segments.get(2..)?)?;
            let whose = Whose::User(segments.get(1)?.clone());
            Some((
                Operation::OfUser(whose, of_user),
                format!("/v1.0/users/{{id}}{tail}"),
            ))
        }
        ["users"] if verb == "GET" => Some((Operation::Users, "/v1.0/users".to_owned())),
        ["organization"] if verb == "GET" => {
            Some((Operation::Organization, "/v1.0/organization".to_owned()))
        }
        ["policies", rest @ ..] | rest if verb == "GET" => policy(rest, &segments),
        _ => None,
    }
}

fn policy(words: &[&str], segments: &[String]) -> Option<(Operation, String)> {
    const POLICY: &str = "/v1.0/policies/authenticationMethodsPolicy";
    match words {
        ["authenticationmethodspolicy"] => Some((Operation::Policy, POLICY.to_owned())),
        [
            "authenticationmethodspolicy",
            "authenticationmethodconfigurations",
        ] => Some((
            Operation::Configurations,
            format!("{POLICY}/authenticationMethodConfigurations"),
        )),
        [
            "authenticationmethodspolicy",
            "authenticationmethodconfigurations",
            _,
        ] => {
            let id = segments.last()?.clone();
            Some((
                Operation::Configuration(id),
                format!("{POLICY}/authenticationMethodConfigurations/{{id}}"),
            ))
        }
        _ => None,
    }
}

fn of_user(verb: &str, words: &[&str], segments: &[String]) -> Option<(OfUser, &'static str)> {
    match (verb, words) {
        ("GET", []) => Some((OfUser::Read, "")),
        ("GET", ["transitivememberof"]) => Some((OfUser::MemberOf, "/transitiveMemberOf")),
        (
            "GET",
            [
                "transitivememberof",
                "microsoft.graph.directoryrole" | "graph.directoryrole",
            ],
        ) => Some((
            OfUser::Roles,
            "/transitiveMemberOf/microsoft.graph.directoryRole",
        )),
        (_, ["authentication", kind]) => method_collection(verb, kind),
        (_, ["authentication", kind, _]) => one_method(verb, kind, segments.get(2)?.clone()),
        (
            "GET",
            [
                "authentication",
                "microsoftauthenticatormethods",
                _,
                "device",
            ],
        ) => {
            let template = "/authentication/microsoftAuthenticatorMethods/{id}/device";
            Some((
                OfUser::AuthenticatorDevice(segments.get(2)?.clone()),
                template,
            ))
        }
        (_, _) => None,
    }
}

fn method_collection(verb: &str, kind: &str) -> Option<(OfUser, &'static str)> {
    const TAPS: &str = "/authentication/temporaryAccessPassMethods";
    Some(match (verb, kind) {
        ("GET", "methods") => (OfUser::Methods, "/authentication/methods"),
        ("GET", "passwordmethods") => (OfUser::Passwords, "/authentication/passwordMethods"),
        ("GET", "phonemethods") => (OfUser::Phones, "/authentication/phoneMethods"),
        ("GET", "temporaryaccesspassmethods") => (OfUser::Taps, TAPS),
        ("POST", "temporaryaccesspassmethods") => (OfUser::CreateTap, TAPS),
        ("GET", "microsoftauthenticatormethods") => (
            OfUser::Authenticators,
            "/authentication/microsoftAuthenticatorMethods",
        ),
        ("GET", "fido2methods") => (OfUser::Passkeys, "/authentication/fido2Methods"),
        (_, _) => return None,
    })
}

fn one_method(verb: &str, kind: &str, id: String) -> Option<(OfUser, &'static str)> {
    const TAP: &str = "/authentication/temporaryAccessPassMethods/{id}";
    const AUTHENTICATOR: &str = "/authentication/microsoftAuthenticatorMethods/{id}";
    const PASSKEY: &str = "/authentication/fido2Methods/{id}";
    Some(match (verb, kind) {
        ("GET", "temporaryaccesspassmethods") => (OfUser::Tap(id), TAP),
        ("DELETE", "temporaryaccesspassmethods") => (OfUser::DeleteTap(id), TAP),
        ("GET", "microsoftauthenticatormethods") => (OfUser::Authenticator(id), AUTHENTICATOR),
        ("DELETE", "microsoftauthenticatormethods") => {
            (OfUser::DeleteAuthenticator(id), AUTHENTICATOR)
        }
        ("GET", "fido2methods") => (OfUser::Passkey(id), PASSKEY),
        ("DELETE", "fido2methods") => (OfUser::DeletePasskey(id), PASSKEY),
        (_, _) => return None,
    })
}

/// The decoded segments after `/v1.0`, with `users('key')` taken apart into two.
fn segments(path: &str) -> Option<Vec<String>> {
    let rest = path.strip_prefix("/v1.0/")?;
    let mut segments = Vec::new();
    for raw in rest.split('/').filter(|segment| !segment.is_empty()) {
        let segment = percent_decoded(raw)?;
        let keyed = segment
            .strip_suffix("')")
            .and_then(|keyed| keyed.split_once("('"));
        match keyed {
            Some((name, key)) => segments.extend([name.to_owned(), key.replace("''", "'")]),
            None => segments.push(segment),
        }
    }
    Some(segments)
}

/// `%` sequences decoded; `+` stays what it is in a path.
fn percent_decoded(raw: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            decoded.push(u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<(Whose, OfUser)>) {
        let found = route(&Method::GET, path).map(|(operation, _)| operation);
        let expected = expected.map(|(whose, of_user)| Operation::OfUser(whose, of_user));
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn keys_come_in_every_spelling() {
        let read = |key: &str| Some((Whose::User(key.to_owned()), OfUser::Read));
        check("/v1.0/users/a@b.c", read("a@b.c"));
        check("/v1.0/users/a%40b.c", read("a@b.c"));
        check("/v1.0/users('s.o''neil@b.c')", read("s.o'neil@b.c"));
        check("/v1.0/users('s.o%27%27neil%40b.c')", read("s.o'neil@b.c"));
        check("/v1.0/users/s.o'neil@b.c", read("s.o'neil@b.c"));
        check("/v1.0/users/x%23EXT%23@b.c", read("x#EXT#@b.c"));
        check("/v1.0/users/a+b@b.c", read("a+b@b.c"));
        check("/v1.0/users/broken%2", None);
        check(
            "/v1.0/Users/a/Authentication/Methods",
            Some((Whose::User("a".to_owned()), OfUser::Methods)),
        );
        check("/v1.0/me", Some((Whose::Me, OfUser::Read)));
        check("/v1.0/messages", None);
        check("/beta/me", None);
    }
}
