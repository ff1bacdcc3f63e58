//! Issuing and removing a Temporary Access Pass: one question, and which answer is believed.
//!
//! A pass whose answer was lost can never be read again, and asking twice replaces the first one. So the
//! request is sent once, on a connection of its own, and whatever is not a clear yes or no is
//! [`IssueError::Uncertain`].

mod refused;

use std::borrow::Cow;
use std::fmt;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

use super::call::Priority;
use super::odata;
use super::refusal;
use super::whose::person_in_context;
use crate::error::{
    GraphError, GraphErrorKind, IssueError, IssueRefusal, SupportInfo, UncertainCause,
};
use crate::http::{Answer, ConnectionPolicy, Content, Trace, TransportFault};
use crate::secret::PassValue;
use crate::session::Session;
use crate::time::parse_graph_time;

const PATH: &str = "/users/{id}/authentication/temporaryAccessPassMethods";
const TYPE: &str = "#microsoft.graph.temporaryAccessPassAuthenticationMethod";
/// The documented answer to a pass that was made.
const MADE: u16 = 201;

/// What is asked for. No start is sent: the pass works at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassRequest {
    /// How long the pass shall work, in minutes.
    pub lifetime_minutes: u32,
    /// Whether it shall work once only.
    pub once: bool,
    /// The id of this request, a GUID the caller has recorded before; sent as `client-request-id`.
    pub client_request_id: String,
}

/// An issued pass. Its value exists in no other answer of the service.
pub struct IssuedPass {
    /// The pass's id, for removing it.
    pub id: String,
    /// The pass itself.
    pub value: PassValue,
    /// When it was issued, in Unix milliseconds, where the answer says so.
    pub created_unix_ms: Option<i64>,
    /// From when it works, in Unix milliseconds of service time, where the answer says so.
    pub start_unix_ms: Option<i64>,
    /// How long it works from the start, in minutes.
    pub lifetime_minutes: u32,
    /// Whether it works once only.
    pub once: bool,
}

/// What the directory says to a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It was there and is removed.
    Removed,
    /// There is no such pass. A copy of the directory that is behind says so of a new one, and changes nothing.
    NotThere,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireRequest {
    lifetime_in_minutes: u32,
    is_usable_once: bool,
}

/// Borrows from the answer's buffer, which is wiped when dropped.
#[derive(Deserialize)]
struct WirePass<'a> {
    #[serde(rename = "@odata.context", borrow)]
    context: Option<Cow<'a, str>>,
    #[serde(rename = "@odata.type", borrow)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(
        rename = "temporaryAccessPass",
        default,
        deserialize_with = "pass_value"
    )]
    value: Option<PassValue>,
    #[serde(rename = "createdDateTime", borrow)]
    created: Option<Cow<'a, str>>,
    #[serde(rename = "startDateTime", borrow)]
    start: Option<Cow<'a, str>>,
    #[serde(rename = "lifetimeInMinutes")]
    lifetime: Option<u32>,
    #[serde(rename = "isUsableOnce")]
    once: Option<bool>,
}

impl Session {
    /// Asks for a pass, exactly once. `user_id` is the object id: names move from person to person, and
    /// an answer about another id than this is not believed.
    ///
    /// # Errors
    /// [`IssueError`]. After [`IssueError::Uncertain`] a pass may exist: look before asking again.
    pub async fn issue_pass(
        &self,
        user_id: &str,
        request: &PassRequest,
    ) -> Result<IssuedPass, IssueError> {
        let id = &request.client_request_id;
        let support = || self.support(id.clone(), None, None);
        let Some(address) = odata::address(&self.tenant().graph, PATH, &[user_id]) else {
            return Err(IssueError::Refused {
                refusal: IssueRefusal::NotFound,
                support: support(),
            });
        };
        let token = self.token(id).await.map_err(before_sending)?;
        let mut post = self
            .request(Method::POST, &address, &token, Priority::High, false, id)
            .map_err(before_sending)?;
        let body = WireRequest {
            lifetime_in_minutes: request.lifetime_minutes,
            is_usable_once: request.once,
        };
        let Ok(body) = serde_json::to_vec(&body) else {
            return Err(IssueError::NotSent {
                cause: GraphErrorKind::Unexpected,
                support: support(),
            });
        };
        post.headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *post.body_mut() = Some(body.into());
        let trace = Trace {
            path: PATH,
            client_request_id: id,
        };
        let answer = match self
            .tenant()
            .http
            .send(post, ConnectionPolicy::SingleUse, &trace)
            .await
        {
            Ok(answer) => answer,
            Err(fault) => return Err(self.without_answer(fault, id)),
        };
        if refusal::rejects_token(&answer) {
            self.reject(&token);
        }
        if [401, 403].contains(&answer.status) && !answer.is_from_a_portal() {
            self.demanded(answer.claims.as_ref());
        }
        let own = user_id.eq_ignore_ascii_case(self.operator());
        let support = self.support(id.clone(), answer.request_id.clone(), Some(answer.status));
        self.read_answer(&answer, user_id, own, request, support)
    }

    /// Removes a pass.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`] but `NotFound`, which is an answer.
    pub async fn remove_pass(&self, user_id: &str, pass_id: &str) -> Result<Removal, GraphError> {
        let path = "/users/{id}/authentication/temporaryAccessPassMethods/{id}";
        let call = self.call_to(path, &[user_id, pass_id])?;
        match self.delete(&call).await {
            Err(error) if error.kind == GraphErrorKind::NotFound => Ok(Removal::NotThere),
            Ok(()) => Ok(Removal::Removed),
            Err(error) => Err(error),
        }
    }

    fn without_answer(&self, fault: TransportFault, id: &str) -> IssueError {
        let uncertain = fault.kind.uncertain();
        let error = self.not_answered(fault, id);
        match uncertain {
            Some(cause) => IssueError::Uncertain {
                cause,
                support: error.support,
            },
            None => before_sending(error),
        }
    }

    fn read_answer(
        &self,
        answer: &Answer,
        user_id: &str,
        own: bool,
        request: &PassRequest,
        support: SupportInfo,
    ) -> Result<IssuedPass, IssueError> {
        if answer.is_from_a_portal() {
            return Err(IssueError::Uncertain {
                cause: UncertainCause::NetworkWantsSignIn,
                support,
            });
        }
        if answer.status != MADE {
            return Err(refused::read(answer, own, support));
        }
        match accept(answer, user_id) {
            Ok((wire, id, value)) => {
                let time = |text: &Option<Cow<'_, str>>| text.as_deref().and_then(parse_graph_time);
                let created_unix_ms = time(&wire.created);
                Ok(IssuedPass {
                    id,
                    value,
                    created_unix_ms,
                    start_unix_ms: time(&wire.start).or(created_unix_ms),
                    lifetime_minutes: wire.lifetime.unwrap_or(request.lifetime_minutes),
                    once: wire.once.unwrap_or(request.once),
                })
            }
            Err(cause) => Err(IssueError::Uncertain { cause, support }),
        }
    }
}

/// A pass is taken only from a readable answer of the right kind, for the right person, in the documented shape.
fn accept<'a>(
    answer: &'a Answer,
    user_id: &str,
) -> Result<(WirePass<'a>, String, PassValue), UncertainCause> {
    if answer.content != Content::Json {
        return Err(UncertainCause::Unreadable);
    }
    let mut wire: WirePass<'_> =
        serde_json::from_slice(&answer.body).map_err(|_| UncertainCause::Unreadable)?;
    let other_kind = wire.kind.as_deref().is_some_and(|kind| kind != TYPE);
    let other_person = wire.context.as_deref().and_then(person_in_context);
    if other_kind || other_person.is_some_and(|person| !person.eq_ignore_ascii_case(user_id)) {
        return Err(UncertainCause::NotOurs);
    }
    let id = wire
        .id
        .as_deref()
        .filter(|id| !id.is_empty() && id.len() <= 128 && id.is_ascii());
    match (id.map(str::to_owned), wire.value.take()) {
        (Some(id), Some(value)) => Ok((wire, id, value)),
        (None, _) | (_, None) => Err(UncertainCause::ValueNotAcceptable),
    }
}

/// Copies the pass once, from the answer's buffer into its own type. Only a pass written with JSON
/// escapes goes through the parser's scratch space on the way.
fn pass_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PassValue>, D::Error> {
    struct Text;
    impl Visitor<'_> for Text {
        type Value = Option<PassValue>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a pass")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(PassValue::parse(text))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    deserializer.deserialize_any(Text)
}

fn before_sending(error: GraphError) -> IssueError {
    let support = error.support;
    match error.kind {
        GraphErrorKind::SignInNeeded { claims } => IssueError::SignInNeeded { claims, support },
        GraphErrorKind::Throttled { retry_after } => IssueError::Throttled {
            retry_after,
            support,
        },
        GraphErrorKind::Offline => IssueError::Offline { support },
        cause @ (GraphErrorKind::NotFound
        | GraphErrorKind::NotPermitted
        | GraphErrorKind::NetworkWantsSignIn
        | GraphErrorKind::NetworkRefused
        | GraphErrorKind::ProxyWantsSignIn
        | GraphErrorKind::ProxyRejects
        | GraphErrorKind::Tls
        | GraphErrorKind::ServerTrouble
        | GraphErrorKind::Unexpected) => IssueError::NotSent { cause, support },
    }
}
