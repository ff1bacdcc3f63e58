//! The `claims` parameter: what a client can handle, and what it was challenged to ask for.

use serde_json::{Value, json};

use crate::oauth::refusals::Refusal;

/// What was asked for, as far as this tenant heeds it; everything else is accepted and ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claims {
    /// The client declared `cp1`: it understands claims challenges.
    pub(crate) cp1: bool,
    /// Authentication contexts the access token must carry.
    pub(crate) contexts: Vec<String>,
    /// Authentication contexts the id token must carry.
    pub(crate) id_contexts: Vec<String>,
    /// The id token shall say when the sign-in was.
    pub(crate) auth_time: bool,
}

impl Claims {
    /// Reads the parameter; refused when it is no JSON object.
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, Refusal> {
        let Some(text) = text else {
            return Ok(Self::default());
        };
        let asked: Value = serde_json::from_str(text).map_err(|_| Refusal::malformed("claims"))?;
        if !asked.is_object() {
            return Err(Refusal::malformed("claims"));
        }
        let access = &asked["access_token"];
        let values = |claim: &Value| -> Vec<String> {
            let many = claim["values"].as_array().into_iter().flatten();
            many.chain([&claim["value"]])
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect()
        };
        Ok(Self {
            cp1: values(&access["xms_cc"])
                .iter()
                .any(|value| value.eq_ignore_ascii_case("cp1")),
            contexts: values(&access["acrs"]),
            id_contexts: values(&asked["id_token"]["acrs"]),
            auth_time: asked["id_token"].get("auth_time").is_some(),
        })
    }

    /// Every authentication context asked for, in whichever token.
    pub(crate) fn all_contexts(&self) -> Vec<String> {
        let mut all = self.contexts.clone();
        all.extend(self.id_contexts.iter().cloned());
        all
    }

    /// These with what a former request of the same client declared and met.
    pub(crate) fn after(self, before: &Self) -> Self {
        let or = |own: Vec<String>, earlier: &[String]| {
            if own.is_empty() {
                earlier.to_vec()
            } else {
                own
            }
        };
        Self {
            cp1: self.cp1 || before.cp1,
            contexts: or(self.contexts, &before.contexts),
            id_contexts: or(self.id_contexts, &before.id_contexts),
            auth_time: self.auth_time || before.auth_time,
        }
    }
}

/// The challenge for a token that must be newer.
pub(crate) fn newer_than(seconds: i64) -> Value {
    json!({"access_token": {"nbf": {"essential": true, "value": seconds.to_string()}}})
}

/// The challenge for a token that must carry an authentication context.
pub(crate) fn in_context(context: &str) -> Value {
    json!({"access_token": {"acrs": {"essential": true, "value": context}}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Claims) {
        assert_eq!(Claims::parse(Some(text)).unwrap(), expected, "{text}");
    }

    #[test]
    fn what_clients_send_is_understood() {
        let nothing = Claims::default();
        let cp1 = Claims {
            cp1: true,
            ..Claims::default()
        };
        check("{}", nothing.clone());
        check(r#"{"id_token":{"email":null}}"#, nothing.clone());
        check(
            r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
            cp1.clone(),
        );
        check(
            r#"{"access_token":{"xms_cc":{"values":["CP1"]}}}"#,
            cp1.clone(),
        );
        // A token given now is newer than any instant a challenge names.
        check(&newer_than(5).to_string(), nothing.clone());
        check(
            &in_context("c1").to_string(),
            Claims {
                contexts: vec!["c1".to_owned()],
                ..nothing.clone()
            },
        );
        check(
            r#"{"id_token":{"acrs":{"essential":true,"value":"c2"}}}"#,
            Claims {
                id_contexts: vec!["c2".to_owned()],
                ..nothing.clone()
            },
        );
        check(
            r#"{"id_token":{"auth_time":{"essential":true}}}"#,
            Claims {
                auth_time: true,
                ..nothing
            },
        );
        for bad in ["", "cp1", "[]", "{"] {
            assert_eq!(
                Claims::parse(Some(bad)).unwrap_err().aadsts,
                9_002_313,
                "{bad}"
            );
        }
    }
}
