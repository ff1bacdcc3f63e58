//! The rights a sign-in asks for.

use super::wrong::Wrong;
use super::{Config, ScopesName};

const KEY: &str = "sign_in.scopes";

/// Asked for without being listed.
const ALWAYS: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// Stands for whatever was granted to the app.
const DEFAULT: &str = ".default";

/// What no visit can do without: what it is for, the narrowest right, and the wider ones that hold it.
const FINDING: (&str, &str, &[&str]) = (
    "find people",
    "User.Read.All",
    &[
        "User.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Directory.AccessAsUser.All",
    ],
);
const ISSUING: (&str, &str, &[&str]) = (
    "issue passes",
    "UserAuthMethod-TAP.ReadWrite.All",
    &["UserAuthenticationMethod.ReadWrite.All"],
);
const SEEING: (&str, &str, &[&str]) = (
    "see what a phone registered",
    "UserAuthenticationMethod.Read.All",
    &["UserAuthenticationMethod.ReadWrite.All"],
);

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let scopes = &config.sign_in.scopes;
    if scopes.is_empty() {
        wrong.add(KEY, "at least one scope is needed");
        return;
    }
    let mut all_fit = true;
    for (place, scope) in scopes.iter().enumerate() {
        if let Err(what) = one(scope) {
            wrong.add_member(KEY, place, what);
            all_fit = false;
        }
    }
    if all_fit {
        enough(config, wrong);
    }
}

/// One right each: its short name, or with the address of the service it is a right of before it.
fn one(scope: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-:/~*".contains(c);
    if ALWAYS
        .iter()
        .any(|always| scope.eq_ignore_ascii_case(always))
    {
        return Err(format!(
            "{scope} is not listed here; sign_in.refresh decides about refresh tokens, the rest is always asked for"
        ));
    }
    if scope.is_empty() || scope.len() > 200 || !scope.chars().all(plain) {
        return Err(
            "one scope each, like User.Read.All, without blanks, commas or quotes; allowed: [\"User.Read.All\", \"…\"]"
                .to_owned(),
        );
    }
    Ok(())
}

/// Without these the app would start, sign in and serve nobody. With narrow scopes the rights on methods are asked for
/// whatever the list says.
fn enough(config: &Config, wrong: &mut Wrong<'_>) {
    let needed: &[_] = match config.live_check.scopes {
        ScopesName::Wide => &[FINDING, ISSUING, SEEING],
        ScopesName::Narrow => &[FINDING],
    };
    let expiry = config
        .passwords
        .never_expires
        .then_some(super::after::EXPIRY_SCOPE);
    let listed: Vec<&str> = config
        .sign_in
        .scopes
        .iter()
        .map(|scope| short(scope))
        .collect();
    let is_there = |right: &str| {
        let mut all = listed.iter().copied().chain(expiry);
        all.any(|listed| listed.eq_ignore_ascii_case(right) || listed == DEFAULT)
    };
    for (what_for, narrowest, wider) in needed {
        if !is_there(narrowest) && !wider.iter().any(|right| is_there(right)) {
            wrong.add(
                KEY,
                format!(
                    "too few rights: {narrowest} is needed to {what_for}; allowed in its place: {}",
                    wider.join(", ")
                ),
            );
        }
    }
}

/// A right's own name, whatever address stands before it.
fn short(scope: &str) -> &str {
    scope.rsplit_once('/').map_or(scope, |(_, name)| name)
}
