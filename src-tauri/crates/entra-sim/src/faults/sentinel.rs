//! Sentinels: people whose sign-in name says what goes wrong with requests about them.
//!
//! `fault-<requests>-<fault>[-<times>]@domain`, such as `fault-pass-answer-lost-1@cablechan.biz`.

use axum::http::Method;

use super::{FailureMode, FaultSpec};

/// Somebody whose sign-in name is a fault.
#[derive(Debug)]
pub(super) struct Sentinel {
    /// Object id and sign-in name.
    names: [String; 2],
    requests: Requests,
    kind: FailureMode,
    spec: FaultSpec,
}

/// Which requests about the person are struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Requests {
    /// Every one.
    Any,
    /// Reads of the person, not of their methods.
    Read,
    /// Reads of their authentication methods.
    Methods,
    /// The creation of a pass.
    Pass,
}

const PREFIX: &str = "fault-";

impl Sentinel {
    /// What a person's sign-in name asks for: nothing for nearly everybody.
    ///
    /// A name that begins as a sentinel's and names no fault is refused with the reason.
    pub(super) fn of(id: &str, upn: &str) -> Result<Option<Self>, String> {
        let upn = upn.to_lowercase();
        let Some(words) = upn
            .split('@')
            .next()
            .and_then(|local| local.strip_prefix(PREFIX))
        else {
            return Ok(None);
        };
        let (requests, fault) = words.split_once('-').unwrap_or((words, ""));
        let requests = match requests {
            "any" => Requests::Any,
            "read" => Requests::Read,
            "methods" => Requests::Methods,
            "pass" => Requests::Pass,
            other => {
                return Err(format!(
                    "{other} is none of any, read, methods and pass ({PREFIX}<requests>-<fault>)"
                ));
            }
        };
        let (kind, spec) =
            ordered(fault).ok_or_else(|| format!("there is no fault named {fault}"))?;
        Ok(Some(Self {
            names: [id.to_lowercase(), upn],
            requests,
            kind,
            spec,
        }))
    }

    /// Whether it is the person with that object id.
    pub(super) fn is(&self, id: &str) -> bool {
        self.names[0].eq_ignore_ascii_case(id)
    }

    /// How often it still strikes.
    pub(super) fn left(&self) -> u32 {
        self.spec.times
    }

    /// Whether the person still strikes.
    pub(super) fn is_live(&self) -> bool {
        self.spec.times > 0
    }

    /// What goes wrong with a request about the person named so, counted as one occurrence.
    pub(super) fn strike(
        &mut self,
        method: &str,
        template: &str,
        person: &str,
    ) -> Option<(FailureMode, FaultSpec)> {
        if !self.is_live() || !self.names.iter().any(|name| name == person) {
            return None;
        }
        let get = method == Method::GET.as_str();
        let methods = template.contains("/authentication/");
        let meant = match self.requests {
            Requests::Any => true,
            Requests::Read => get && !methods,
            Requests::Methods => get && methods,
            Requests::Pass => method == "POST" && template.ends_with("/temporaryAccessPassMethods"),
        };
        meant.then(|| {
            // Without a number it never ends.
            if self.spec.times < u32::MAX {
                self.spec.times -= 1;
            }
            self.spec.struck += 1;
            (self.kind.clone(), self.spec.clone())
        })
    }
}

/// The fault words mean, as long a name as fits, with how often at the end.
fn ordered(words: &str) -> Option<(FailureMode, FaultSpec)> {
    let with = |words: &str, times| {
        let spec = spec(words)?;
        Some((
            FailureMode::parse(&spec.fault)?,
            FaultSpec { times, ..spec },
        ))
    };
    if let Some(known) = with(words, u32::MAX) {
        return Some(known);
    }
    let (words, times) = words.rsplit_once('-')?;
    with(words, times.parse().ok().filter(|times| *times > 0)?)
}

/// `status:429` is written `429`, with the form of `Retry-After` behind it; `_` is written `-`.
fn spec(words: &str) -> Option<FaultSpec> {
    let (first, form) = words.split_once('-').unwrap_or((words, "seconds"));
    if first.len() != 3 || first.parse::<u16>().is_err() {
        return Some(FaultSpec {
            fault: words.replace('-', "_"),
            ..FaultSpec::default()
        });
    }
    let mut spec = FaultSpec {
        fault: format!("status:{first}"),
        ..FaultSpec::default()
    };
    match form {
        "seconds" => spec.retry_after = Some("5".to_owned()),
        "date" => spec.retry_after_date_s = Some(5),
        "none" => {}
        "zero" => spec.retry_after = Some("0".to_owned()),
        "huge" => spec.retry_after = Some("99999999999999999999".to_owned()),
        "garbage" => spec.retry_after = Some("in a moment".to_owned()),
        _ => return None,
    }
    Some(spec)
}

/// The person a Graph path names, in lower case; nobody for other paths.
pub(super) fn person(path: &str) -> Option<String> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    segments
        .next()
        .filter(|version| ["v1.0", "beta"].contains(&version.to_ascii_lowercase().as_str()))?;
    let users = segments.next()?.to_lowercase();
    let key = if users == "users" {
        segments.next()?.to_lowercase()
    } else {
        let quoted = users.strip_prefix("users('")?.strip_suffix("')")?;
        quoted.to_owned()
    };
    // A plus is a plus in a path.
    let key = key.replace('+', "%2b");
    url::form_urlencoded::parse(format!("key={key}").as_bytes())
        .next()
        .map(|(_, key)| key.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(local: &str, expected: Option<(Requests, FailureMode, u32)>) {
        let made = Sentinel::of("id", &format!("{local}@cablechan.biz"));
        let made =
            made.map(|made| made.map(|made| (made.requests, made.kind.clone(), made.spec.times)));
        match expected {
            Some(_) => assert_eq!(made, Ok(expected), "{local}"),
            None => assert!(made.is_err(), "{local}"),
        }
    }

    #[test]
    fn a_name_says_what_goes_wrong() {
        let always = u32::MAX;
        check(
            "fault-pass-answer-lost",
            Some((Requests::Pass, FailureMode::AnswerLost, always)),
        );
        check(
            "fault-pass-answer-lost-1",
            Some((Requests::Pass, FailureMode::AnswerLost, 1)),
        );
        check(
            "Fault-Methods-429",
            Some((Requests::Methods, FailureMode::Status(429), always)),
        );
        check(
            "fault-methods-429-date-3",
            Some((Requests::Methods, FailureMode::Status(429), 3)),
        );
        check(
            "fault-read-503-none",
            Some((Requests::Read, FailureMode::Status(503), always)),
        );
        check(
            "fault-any-slow-loris-2",
            Some((Requests::Any, FailureMode::SlowLoris, 2)),
        );
        check(
            "fault-any-other-user",
            Some((Requests::Any, FailureMode::OtherUser, always)),
        );
        for wrong in [
            "fault-pass",
            "fault-x-reset",
            "fault-pass-gremlin",
            "fault-pass-200",
            "fault-pass-429-soon",
        ] {
            check(wrong, None);
        }
        let plain = Sentinel::of("id", "default.fault-x@cablechan.biz");
        assert!(matches!(plain, Ok(None)));
    }

    #[test]
    fn a_path_names_a_person() {
        for (path, expected) in [
            ("/v1.0/users/A%40b.c/authentication/methods", Some("a@b.c")),
            ("/v1.0/users('a@b.c')", Some("a@b.c")),
            ("/v1.0/users/a+b@b.c", Some("a+b@b.c")),
            ("/v1.0/users", None),
            ("/v1.0/me", None),
            ("/11112222/login", None),
        ] {
            assert_eq!(person(path).as_deref(), expected, "{path}");
        }
    }
}
