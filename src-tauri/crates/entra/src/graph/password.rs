//! Another password for somebody: one request on a connection of its own, and which answer is believed.
//!
//! Nobody is to know the value, so it is sent once: where the answer was lost another value is set.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::call::{Call, Priority};
use super::refusal::{self, ErrorBody};
use super::whose::Whose;
use crate::error::{ChangeError, GraphError};
use crate::http::{Answer, ConnectionPolicy, Trace, TransportFault};
use crate::new_password::NewPassword;
use crate::session::Session;
use crate::time::parse_graph_time;

/// The password's entry among somebody's methods: the same for everybody.
const PASSWORD_ENTRY: &str = "28c10230-6103-485e-b985-444c60001490";
const PROFILE: &str = "/users/{id}";
const RESET: &str = "/users/{id}/authentication/passwordMethods/{id}/resetPassword";
const OPERATION: &str = "/users/{id}/authentication/operations/{id}";
/// The documented answer to a profile that was changed: no content.
const SET: u16 = 204;
/// The documented answer to a reset that was begun.
const BEGUN: u16 = 202;
/// Reserved at once, so that the body never grows and leaves a copy behind.
const BODY: usize = 512;

/// What the directory shows of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordState {
    /// When it was last changed, in Unix milliseconds.
    pub changed: Option<i64>,
    /// Whether it has to be changed at the next sign-in; none where that is not shown.
    pub must_change: Option<bool>,
}

/// A reset that was begun.
#[derive(Clone, Debug)]
pub struct ResetOperation {
    at: Url,
    whose: Option<Whose>,
}

/// How far a reset has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetStatus {
    UnderWay,
    Succeeded,
    Failed {
        /// The directory on premises did not take it.
        on_premises: bool,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireProfile<'a> {
    password_profile: WireNewPassword<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireNewPassword<'a> {
    password: &'a str,
    /// Said in words: what is left out is a yes.
    force_change_password_next_sign_in: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireReset<'a> {
    new_password: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireState {
    last_password_change_date_time: Option<String>,
    password_profile: Option<WireShown>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireShown {
    force_change_password_next_sign_in: Option<bool>,
    force_change_password_next_sign_in_with_mfa: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireOperation {
    status: Option<String>,
    status_detail: Option<String>,
}

impl Session {
    /// Sets somebody's password, which is not to be changed at the next sign-in. Wants
    /// `User-PasswordProfile.ReadWrite.All`.
    ///
    /// # Errors
    /// [`ChangeError`]. After [`ChangeError::Uncertain`] it may have been set.
    pub async fn set_password(
        &self,
        user_id: &str,
        value: NewPassword,
        client_request_id: &str,
    ) -> Result<(), ChangeError> {
        let call = self.call_to(PROFILE, &[user_id]).map_err(not_changed)?;
        let body = json(&WireProfile {
            password_profile: WireNewPassword {
                password: value.expose(),
                force_change_password_next_sign_in: false,
            },
        });
        drop(value);
        let sent = self.change((Method::PATCH, SET), &call, body, client_request_id);
        sent.await.map(|_| ())
    }

    /// Resets somebody's password, which is always to be changed at the next sign-in. Wants
    /// `UserAuthMethod-Password.ReadWrite.All`. It is not over yet: see [`Session::reset_status`].
    ///
    /// # Errors
    /// [`ChangeError`]. After [`ChangeError::Uncertain`] it may have been reset.
    pub async fn reset_password(
        &self,
        user_id: &str,
        value: NewPassword,
        client_request_id: &str,
    ) -> Result<ResetOperation, ChangeError> {
        let keys = [user_id, PASSWORD_ENTRY];
        let call = self.call_to(RESET, &keys).map_err(not_changed)?;
        let body = json(&WireReset {
            new_password: value.expose(),
        });
        drop(value);
        let answer = self
            .change((Method::POST, BEGUN), &call, body, client_request_id)
            .await?;
        let location = answer.location.as_deref();
        let operation = location.and_then(|at| at.parse::<Url>().ok());
        let whose = Whose::of(RESET, &keys);
        let another = |at: &Url| (whose.as_ref()).is_some_and(|whose| whose.is_not_at(at));
        // The token goes where the operation is: nowhere else than to Graph.
        let ours = |at: &Url| at.origin() == self.tenant().graph.origin() && !another(at);
        match operation.filter(ours) {
            Some(at) => Ok(ResetOperation { at, whose }),
            None => Err(self.uncertain(&answer, client_request_id)),
        }
    }

    /// How far a reset has come.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`](crate::GraphErrorKind) of the request.
    pub async fn reset_status(
        &self,
        operation: &ResetOperation,
    ) -> Result<ResetStatus, GraphError> {
        let call = Call {
            whose: operation.whose.clone(),
            ..Call::new(OPERATION, operation.at.clone())
        };
        let operation: WireOperation = self.read(&call).await?;
        let detail = operation.status_detail.unwrap_or_default();
        Ok(match operation.status.as_deref() {
            Some("succeeded") => ResetStatus::Succeeded,
            Some("failed" | "skipped") => ResetStatus::Failed {
                on_premises: detail.to_ascii_lowercase().contains("premises"),
            },
            Some(_) | None => ResetStatus::UnderWay,
        })
    }

    /// What the directory shows of somebody's password.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`](crate::GraphErrorKind) of the request.
    pub async fn password_state(&self, user_id: &str) -> Result<PasswordState, GraphError> {
        let call = self
            .call_to(PROFILE, &[user_id])?
            .with("$select", "id,lastPasswordChangeDateTime,passwordProfile");
        let state: WireState = self.read(&call).await?;
        let changed = state.last_password_change_date_time.as_deref();
        let forced = |shown: WireShown| {
            let said = [
                shown.force_change_password_next_sign_in,
                shown.force_change_password_next_sign_in_with_mfa,
            ];
            let told = said.iter().any(Option::is_some);
            told.then(|| said.contains(&Some(true)))
        };
        Ok(PasswordState {
            changed: changed.and_then(parse_graph_time),
            must_change: state.password_profile.and_then(forced),
        })
    }

    /// Ends every session somebody has, in every app. Wants `User.RevokeSessions.All`. Only the service's own yes is one:
    /// there is nothing to read back.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`](crate::GraphErrorKind) of the request.
    pub async fn revoke_sessions(&self, user_id: &str) -> Result<(), GraphError> {
        let call = self.call_to("/users/{id}/revokeSignInSessions", &[user_id])?;
        self.post_for_yes(&call).await
    }

    /// Done is what the documentation says of it: what stands between may have its own words for anything else.
    async fn change(
        &self,
        (method, done): (Method, u16),
        call: &Call,
        body: Bytes,
        id: &str,
    ) -> Result<Answer, ChangeError> {
        let token = self.token(id).await.map_err(not_changed)?;
        let mut request = self
            .request(method, &call.address, &token, Priority::High, false, id)
            .map_err(not_changed)?;
        let kind = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, kind);
        *request.body_mut() = Some(body.into());
        let trace = Trace {
            path: call.path,
            client_request_id: id,
        };
        let http = &self.tenant().http;
        let sent = http.send(request, ConnectionPolicy::SingleUse, &trace);
        let answer = sent.await.map_err(|fault| self.unanswered(fault, id))?;
        if refusal::rejects_token(&answer) {
            self.reject(&token);
        }
        if answer.status == done {
            return Ok(answer);
        }
        Err(self.change_refused(&answer, id))
    }

    fn unanswered(&self, fault: TransportFault, id: &str) -> ChangeError {
        let uncertain = fault.kind.uncertain().is_some();
        let error = self.not_answered(fault, id);
        match uncertain {
            true => ChangeError::Uncertain {
                support: error.support,
            },
            false => not_changed(error),
        }
    }

    /// Only Graph's own words are a no: what stands between may have let the request through.
    fn change_refused(&self, answer: &Answer, id: &str) -> ChangeError {
        let Some(body) = ErrorBody::read(answer) else {
            let no = answer.status == 429 || (answer.status == 401 && answer.bearer_challenge);
            return match no {
                true => not_changed(self.refused(answer, id)),
                false => self.uncertain(answer, id),
            };
        };
        let says = |word: &str| body.message.to_ascii_lowercase().contains(word);
        let support = self.refused(answer, id).support;
        match answer.status {
            400 if says("on-premises") => ChangeError::OnPremises { support },
            400 if says("complexity") || says("banned") || says("different password") => {
                ChangeError::NotAccepted { support }
            }
            400..=499 if answer.in_between().is_none() => not_changed(self.refused(answer, id)),
            _ => ChangeError::Uncertain { support },
        }
    }

    fn uncertain(&self, answer: &Answer, id: &str) -> ChangeError {
        let request_id = answer.request_id.clone();
        ChangeError::Uncertain {
            support: self.support(id.to_owned(), request_id, Some(answer.status)),
        }
    }
}

fn not_changed(error: GraphError) -> ChangeError {
    ChangeError::NotChanged(error)
}

/// The body, wiped when the request is done with it.
fn json(body: &impl Serialize) -> Bytes {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BODY));
    if serde_json::to_writer(&mut *bytes, body).is_err() {
        bytes.clear();
    }
    Bytes::from_owner(bytes)
}
