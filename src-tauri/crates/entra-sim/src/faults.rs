//! Faults: what goes wrong on purpose, a number of times, with requests that match.

mod sentinel;

use serde::{Deserialize, Serialize};

use sentinel::Sentinel;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FailureMode {
    /// The request takes effect; the connection ends without an answer.
    AnswerLost,
    /// The connection ends before anything happens.
    Reset,
    /// That status, before anything happens.
    Status(u16),
    /// 200 with a sign-in page in HTML, as a captive portal answers; nothing happens.
    Html,
    /// The request takes effect; the answer is no JSON.
    Malformed,
    /// The request takes effect; half of the answer is sent.
    Truncated,
    /// 302 to another host; nothing happens.
    Redirect,
    /// The request takes effect; the answer comes late.
    Slow,
    /// A read of a person answers with another one.
    OtherUser,
    /// 401 with a claims challenge; nothing happens.
    Claims,
    /// The same, and every token of the caller's is over.
    Revoked,
    /// The request takes effect; the answer comes byte by byte.
    SlowLoris,
    /// 200 with JSON of many bytes; nothing happens.
    Huge,
    /// 200 with JSON that never ends; nothing happens.
    Endless,
    /// A read answers as it was some time ago.
    Stale,
    /// The same for every other read.
    Flap,
    /// The request takes effect; the `Date` header is off.
    Date,
    /// A box on the way keeps the request and hands it on late, whether its sender still waits or not.
    HeldUp,
    /// A box on the way hands the request on twice; the answer is the first one's.
    Twice,
}

impl FailureMode {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "answer_lost" => Self::AnswerLost,
            "reset" => Self::Reset,
            "html" => Self::Html,
            "malformed" => Self::Malformed,
            "truncated" => Self::Truncated,
            "redirect" => Self::Redirect,
            "slow" => Self::Slow,
            "other_user" => Self::OtherUser,
            "claims" => Self::Claims,
            "revoked" => Self::Revoked,
            "slow_loris" => Self::SlowLoris,
            "huge" => Self::Huge,
            "endless" => Self::Endless,
            "stale" => Self::Stale,
            "flap" => Self::Flap,
            "date" => Self::Date,
            "held_up" => Self::HeldUp,
            "twice" => Self::Twice,
            other => {
                let status = other.strip_prefix("status:")?.parse().ok()?;
                (400..=599)
                    .contains(&status)
                    .then_some(Self::Status(status))?
            }
        })
    }
}

/// A fault as asked for over the control interface.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
// What the control interface says to a body that is no object.
#[serde(deny_unknown_fields, expecting = "struct Order")]
pub(crate) struct FaultSpec {
    /// Request method; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// A prefix of the path, or a template that fits the whole path when it holds `{`.
    pub(crate) path: String,
    /// The fault's name.
    pub(crate) fault: String,
    /// How often; once when absent.
    #[serde(default = "once")]
    pub(crate) times: u32,
    /// How many matching requests go by first.
    #[serde(default)]
    pub(crate) after: u32,
    /// `Retry-After`, word for word, for `status:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<String>,
    /// `Retry-After` as an HTTP date so many seconds ahead, for `status:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after_date_s: Option<i64>,
    /// For `slow` before the answer, for `slow_loris` before each byte, for `held_up` before the request is handed
    /// on, for `twice` before it is handed on again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delay_ms: Option<u64>,
    /// For `redirect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<String>,
    /// For `huge`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) size_bytes: Option<u64>,
    /// For `stale` and `flap`: how old the answer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) age_s: Option<u32>,
    /// For `date`: how far ahead it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) skew_s: Option<i64>,
    /// How often it struck.
    #[serde(skip)]
    pub(crate) struck: u32,
}

fn once() -> u32 {
    1
}

/// The faults in force, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    specs: Vec<(FailureMode, FaultSpec)>,
    sentinels: Vec<Sentinel>,
}

impl Faults {
    /// Takes a fault, or says why it cannot be met.
    pub(crate) fn add(&mut self, spec: FaultSpec) -> Result<(), String> {
        let kind = FailureMode::parse(&spec.fault)
            .ok_or_else(|| format!("there is no fault named {}", spec.fault))?;
        if spec.times == 0 {
            return Err("times is at least 1".to_owned());
        }
        self.specs.push((kind, spec));
        Ok(())
    }

    /// Refuses a sign-in name that begins as a sentinel's and names no fault.
    pub(crate) fn check(upn: &str) -> Result<(), String> {
        Sentinel::of("", upn).map(drop)
    }

    /// Takes notice of a person whose sign-in name may be a fault, or says why it cannot be met.
    pub(crate) fn learn(&mut self, id: &str, upn: &str) -> Result<(), String> {
        let sentinel = Sentinel::of(id, upn)?;
        self.sentinels.retain(|known| !known.is(id));
        self.sentinels.extend(sentinel);
        Ok(())
    }

    /// Whether that person's sign-in name is a fault, over or not.
    pub(crate) fn is_sentinel(&self, id: &str) -> bool {
        self.sentinels.iter().any(|known| known.is(id))
    }

    /// How often that person still strikes: the greatest number for good, nothing when it is over.
    pub(crate) fn left(&self, id: &str) -> Option<u32> {
        let known = self.sentinels.iter().find(|known| known.is(id))?;
        Some(known.left()).filter(|left| *left > 0)
    }

    /// Ends every fault that was ordered; sentinels stay what they are.
    pub(crate) fn clear(&mut self) {
        self.specs.clear();
    }

    /// What is still to come.
    pub(crate) fn pending(&self) -> impl Iterator<Item = &FaultSpec> {
        self.specs.iter().map(|(_, spec)| spec)
    }

    /// What goes wrong with this request, counted as one occurrence.
    pub(crate) fn strike(
        &mut self,
        method: &str,
        path: &str,
        template: Option<&str>,
    ) -> Option<(FailureMode, FaultSpec)> {
        self.ordered(method, path)
            .or_else(|| self.by_name(method, path, template?))
    }

    fn by_name(
        &mut self,
        method: &str,
        path: &str,
        template: &str,
    ) -> Option<(FailureMode, FaultSpec)> {
        if self.sentinels.is_empty() {
            return None;
        }
        let person = sentinel::person(path)?;
        self.sentinels
            .iter_mut()
            .find_map(|sentinel| sentinel.strike(method, template, &person))
    }

    fn ordered(&mut self, method: &str, path: &str) -> Option<(FailureMode, FaultSpec)> {
        if self.specs.is_empty() {
            return None;
        }
        let mut struck = None;
        for (kind, spec) in &mut self.specs {
            let any_method = spec
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            if !any_method || !path_fits(&spec.path, path) {
                continue;
            }
            if spec.after > 0 {
                spec.after -= 1;
            } else if struck.is_none() {
                spec.times -= 1;
                spec.struck += 1;
                struck = Some((kind.clone(), spec.clone()));
            }
        }
        self.specs.retain(|(_, spec)| spec.times > 0);
        struck
    }
}

/// Whether `path` begins with the pattern, or fits it whole where the pattern is a template.
///
/// `/v1.0` and the tenant part may be left out of the pattern.
fn path_fits(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let template = pattern.iter().any(|part| part.starts_with('{'));
    let fits_at = |path: &[&str]| {
        let length_fits = if template {
            path.len() == pattern.len()
        } else {
            path.len() >= pattern.len()
        };
        length_fits
            && pattern
                .iter()
                .zip(path)
                .all(|(want, have)| want.starts_with('{') || want.eq_ignore_ascii_case(have))
    };
    fits_at(&path) || path.split_first().is_some_and(|(_, rest)| fits_at(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, path: &str, expected: bool) {
        assert_eq!(path_fits(pattern, path), expected, "{pattern} on {path}");
    }

    #[test]
    fn a_pattern_is_a_prefix_or_a_template() {
        check("/v1.0/users", "/v1.0/users/a/authentication/methods", true);
        check("/users", "/v1.0/users/a", true);
        check("/users/{id}", "/v1.0/users/a", true);
        check("/users/{id}", "/v1.0/users/a/authentication/methods", false);
        check(
            "/users/{id}/authentication/methods",
            "/v1.0/users/a/authentication/methods",
            true,
        );
        check(
            "/oauth2/v2.0/token",
            "/11112222-aaaa/oauth2/v2.0/token",
            true,
        );
        check(
            "/{tenant}/oauth2/v2.0/token",
            "/11112222-aaaa/oauth2/v2.0/token",
            true,
        );
        check("/me", "/v1.0/messages", false);
        check("/", "/v1.0/me", true);
    }

    #[test]
    fn faults_wait_and_end() {
        let mut faults = Faults::default();
        let spec = |fault: &str, after, times| FaultSpec {
            method: Some("post".to_owned()),
            path: "/users".to_owned(),
            fault: fault.to_owned(),
            times,
            after,
            ..FaultSpec::default()
        };
        faults.add(spec("status:429", 1, 2)).unwrap();
        assert!(faults.add(spec("status:200", 0, 1)).is_err());
        assert!(faults.add(spec("gremlin", 0, 1)).is_err());
        let mut strike = || {
            let struck = faults.strike("POST", "/v1.0/users/a", None);
            struck.map(|(kind, _)| kind)
        };
        assert_eq!(strike(), None);
        assert_eq!(strike(), Some(FailureMode::Status(429)));
        assert_eq!(strike(), Some(FailureMode::Status(429)));
        assert_eq!(strike(), None);
        assert!(faults.strike("GET", "/v1.0/users/a", None).is_none());
    }
}
