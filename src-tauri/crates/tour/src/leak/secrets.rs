//! What may not be left behind, as the tenant saw it go by.

use std::sync::{Arc, Mutex, PoisonError};

use entra_sim::{Exchange, Observer};
use serde_json::Value;
use url::form_urlencoded;

/// When a secret has to be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// With the visit it belongs to, or as soon as it was used.
    VisitEnds,
    /// When the session ends: with a lock or a sign-out.
    SessionEnds,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Secret {
    pub(super) what: &'static str,
    pub(super) until: Until,
    pub(super) text: String,
}

/// All of one run so far.
#[derive(Clone, Default)]
pub(super) struct Secrets(Arc<Mutex<Vec<Secret>>>);

impl Secrets {
    /// Collects from every exchange of a tenant.
    pub(super) fn observer(&self) -> Observer {
        let all = self.0.clone();
        Observer::new(move |exchange| {
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            for secret in of(exchange) {
                if !all.contains(&secret) {
                    all.push(secret);
                }
            }
        })
    }

    pub(super) fn all(&self) -> Vec<Secret> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn of(exchange: &Exchange) -> Vec<Secret> {
    use Until::{SessionEnds, VisitEnds};
    let answer: Value = serde_json::from_slice(&exchange.answer).unwrap_or_default();
    let told = |what, until, key: &str| {
        let text = answer[key].as_str()?.to_owned();
        Some(Secret { what, until, text })
    };
    if exchange.path.ends_with("/oauth2/v2.0/token") {
        let asked = |what, until, key: &str| {
            let mut fields = form_urlencoded::parse(&exchange.body);
            let text = fields.find(|(name, _)| name == key)?.1.into_owned();
            Some(Secret { what, until, text })
        };
        let all = [
            asked("code", VisitEnds, "code"),
            asked("verifier", VisitEnds, "code_verifier"),
            asked("refresh token", SessionEnds, "refresh_token"),
            told("access token", SessionEnds, "access_token"),
            told("refresh token", SessionEnds, "refresh_token"),
            told("id token", VisitEnds, "id_token"),
        ];
        return all.into_iter().flatten().collect();
    }
    told("pass", VisitEnds, "temporaryAccessPass")
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(path: &str, body: &str, answer: &str) -> Exchange {
        Exchange {
            method: "POST".to_owned(),
            path: path.to_owned(),
            query: String::new(),
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            status: 200,
            answer_headers: Vec::new(),
            answer: answer.as_bytes().to_vec(),
            struck: false,
        }
    }

    #[test]
    fn what_went_by_is_collected_once() {
        let secrets = Secrets::default();
        let observer = secrets.observer();
        let token = exchange(
            "/t/oauth2/v2.0/token",
            "grant_type=authorization_code&code=C%2B1&code_verifier=V",
            r#"{"access_token":"A","refresh_token":"R","id_token":"I","scope":"s"}"#,
        );
        let pass = exchange("/v1.0/x", "", r#"{"temporaryAccessPass":"P+1"}"#);
        for seen in [&token, &token, &pass, &exchange("/v1.0/y", "", "[]")] {
            observer.look(seen);
        }
        let all = secrets.all();
        let texts: Vec<_> = all.iter().map(|secret| secret.text.as_str()).collect();
        assert_eq!(texts, ["C+1", "V", "A", "R", "I", "P+1"]);
    }
}
