//! Authorised calls: the token goes to Graph's origin only, reads may be repeated once, pages are capped.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;
use uuid::Uuid;

use super::odata;
use super::refusal::{self, ErrorBody};
use super::whose::{self, Whose};
use crate::error::{GraphError, GraphErrorKind, SomebodyElse};
use crate::http::{Answer, ConnectionPolicy, Content, Trace, TransportFault};
use crate::secret::Token;
use crate::session::Session;

const PAGES: usize = 5;
const SHORT_WAIT: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(250);
/// The documented answer to a change of what is there: no content.
const WRITTEN: u16 = 204;
/// The documented answer to an action, whose word is in it.
const SAID: u16 = 200;

/// Which calls the service may drop first when it is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Somebody is waiting for it.
    High,
    /// Polling.
    Low,
}

/// One authorised request.
pub(super) struct Call {
    /// For the log: the path without anybody's name in it.
    pub(super) path: &'static str,
    pub(super) address: Url,
    pub(super) priority: Priority,
    /// `ConsistencyLevel: eventual`, which `$search` demands, on further pages too.
    pub(super) eventual: bool,
    /// What the service refuses to it says nothing of the session, which is not renewed for it either.
    pub(super) aside: bool,
    /// JSON to send.
    pub(super) body: Option<Vec<u8>>,
    /// Whom the answer is to be about; none where it is about nobody alone.
    pub(super) whose: Option<Whose>,
}

impl Priority {
    fn header(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
        }
    }
}

impl Call {
    pub(super) fn new(path: &'static str, address: Url) -> Self {
        Self {
            path,
            address,
            priority: Priority::High,
            eventual: false,
            aside: false,
            body: None,
            whose: None,
        }
    }

    /// To a path template: whom it names is whom the answer has to be about.
    fn to(path: &'static str, keys: &[&str], address: Url) -> Self {
        Self {
            whose: Whose::of(path, keys),
            ..Self::new(path, address)
        }
    }

    pub(super) fn at(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    pub(super) fn with(mut self, parameter: &str, value: &str) -> Self {
        self.address.query_pairs_mut().append_pair(parameter, value);
        self
    }
}

#[derive(Deserialize)]
struct Page<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

/// What an action answers.
#[derive(Deserialize)]
struct Word {
    value: bool,
}

/// Where an answer stopped making sense. Unlike serde_json's own error it quotes nothing.
#[derive(Debug, thiserror::Error)]
#[error("answer not readable at line {line}, column {column} ({category})")]
pub(crate) struct WireFault {
    category: &'static str,
    line: usize,
    column: usize,
}

impl From<serde_json::Error> for WireFault {
    fn from(error: serde_json::Error) -> Self {
        let category = match () {
            () if error.is_eof() => "cut short",
            () if error.is_syntax() => "syntax",
            () => "unexpected type",
        };
        Self {
            category,
            line: error.line(),
            column: error.column(),
        }
    }
}

impl Session {
    /// A call to a path template, the one that is logged, with the keys for each `{id}` in it.
    pub(super) fn call_to(&self, path: &'static str, keys: &[&str]) -> Result<Call, GraphError> {
        match odata::address(&self.tenant().graph, path, keys) {
            Some(address) => Ok(Call::to(path, keys, address)),
            None => Err(self.not_found()),
        }
    }

    /// The same below Graph's other root, which promises nothing: what stands there may be gone tomorrow.
    pub(super) fn call_to_beta(
        &self,
        path: &'static str,
        keys: &[&str],
    ) -> Result<Call, GraphError> {
        let address =
            odata::beta(&self.tenant().graph).and_then(|root| odata::address(&root, path, keys));
        address
            .map(|address| Call::to(path, keys, address))
            .ok_or_else(|| self.not_found())
    }

    pub(super) async fn read<T: DeserializeOwned>(&self, call: &Call) -> Result<T, GraphError> {
        let id = Uuid::new_v4().to_string();
        let answer = self.call(Method::GET, call, &id).await?;
        self.parse(call, &answer, &id)
    }

    /// The same of what need not be there: an empty success says that it is not.
    pub(super) async fn read_if_any<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<Option<T>, GraphError> {
        let id = Uuid::new_v4().to_string();
        let answer = self.call(Method::GET, call, &id).await?;
        if answer.status == 204 || answer.body.is_empty() {
            return Ok(None);
        }
        self.parse(call, &answer, &id)
    }

    /// All pages of a collection. More than five is refused rather than shown in part.
    pub(super) async fn read_pages<T: DeserializeOwned>(
        &self,
        call: Call,
    ) -> Result<Vec<T>, GraphError> {
        let (all, whole) = self.read_pages_until(call, |_: &[T]| false).await;
        whole.map(|_| all)
    }

    /// The pages of a collection until what they hold is enough, and whether that was all, or why there are no more of
    /// them where it is not.
    pub(super) async fn read_pages_until<T: DeserializeOwned>(
        &self,
        mut call: Call,
        enough: impl Fn(&[T]) -> bool,
    ) -> (Vec<T>, Result<bool, GraphError>) {
        let id = Uuid::new_v4().to_string();
        let mut all = Vec::new();
        for _ in 0..PAGES {
            match self.read_page(&mut call, &id).await {
                Ok((page, last)) => {
                    all.extend(page);
                    if last || enough(&all) {
                        return (all, Ok(last));
                    }
                }
                Err(error) => return (all, Err(error)),
            }
        }
        let support = self.support(id, None, None);
        let error = GraphError::new(GraphErrorKind::Unexpected, support);
        (all, Err(error))
    }

    /// An answer that is only a part of what was asked for.
    pub(super) fn cut_short(&self) -> GraphError {
        let support = self.support(Uuid::new_v4().to_string(), None, None);
        GraphError::new(GraphErrorKind::Unexpected, support)
    }

    /// An answer in which somebody else stands than was asked for.
    pub(super) fn about_somebody_else(&self) -> GraphError {
        GraphError {
            source: Some(Box::new(SomebodyElse)),
            ..self.cut_short()
        }
    }

    /// One page, and whether it is the last; the call is to the next one then.
    pub(super) async fn read_page<T: DeserializeOwned>(
        &self,
        call: &mut Call,
        id: &str,
    ) -> Result<(Vec<T>, bool), GraphError> {
        let answer = self.call(Method::GET, call, id).await?;
        let page: Page<T> = self.parse(call, &answer, id)?;
        let Some(next) = page.next else {
            return Ok((page.value, true));
        };
        call.address = match next.parse::<Url>() {
            Ok(next) if next.origin() == self.tenant().graph.origin() => next,
            Ok(_) | Err(_) => return Err(self.unexpected(&answer, id)),
        };
        if (call.whose.as_ref()).is_some_and(|whose| whose.is_not_at(&call.address)) {
            return Err(self.of_somebody_else(&answer, id));
        }
        Ok((page.value, false))
    }

    pub(super) async fn delete(&self, call: &Call) -> Result<(), GraphError> {
        self.write(Method::DELETE, call).await
    }

    /// Sends a change once; a refused token is renewed and the change sent again, for nothing came of it.
    pub(super) async fn post(&self, call: &Call) -> Result<(), GraphError> {
        self.write(Method::POST, call).await
    }

    /// The same for a question that does not fit into an address; nothing comes of it but its answer.
    pub(super) async fn post_and_read<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<T, GraphError> {
        let id = Uuid::new_v4().to_string();
        let answer = self.call(Method::POST, call, &id).await?;
        self.parse(call, &answer, &id)
    }

    /// The same for a change of what is there.
    pub(super) async fn patch(&self, call: &Call) -> Result<(), GraphError> {
        self.write(Method::PATCH, call).await
    }

    /// Done is what the documentation says of it, no content, which its pages show without a request id: of any other answer
    /// nobody knows what it did.
    async fn write(&self, method: Method, call: &Call) -> Result<(), GraphError> {
        let id = Uuid::new_v4().to_string();
        let answer = self.call(method, call, &id).await?;
        match answer.status == WRITTEN {
            true => Ok(()),
            false => Err(self.unclear(&answer, &id)),
        }
    }

    /// The same for what answers in one word, `{"value": true}`, until the service says no content, as it announced. No
    /// other word is a yes.
    pub(super) async fn post_for_yes(&self, call: &Call) -> Result<(), GraphError> {
        let id = Uuid::new_v4().to_string();
        let answer = self.call(Method::POST, call, &id).await?;
        if answer.status == WRITTEN {
            return Ok(());
        }
        let said: Result<Word, GraphError> = self.parse(call, &answer, &id);
        match said {
            Ok(Word { value: true }) if answer.is_as_documented(SAID) => Ok(()),
            Ok(_) => Err(self.unclear(&answer, &id)),
            Err(error) => Err(error),
        }
    }

    /// It looks like a yes and is not the one that is documented.
    fn unclear(&self, answer: &Answer, id: &str) -> GraphError {
        let mut unclear = self.unexpected(answer, id);
        // The service gives its request id: nobody signed this.
        if answer.request_id.is_none() {
            unclear.kind = GraphErrorKind::NetworkRefused;
        }
        unclear
    }

    /// Sends, renewing the token once after a 401 and repeating a read once after a hiccup.
    async fn call(&self, method: Method, call: &Call, id: &str) -> Result<Answer, GraphError> {
        let mut token = self.token(id).await?;
        let (mut renewed, mut repeated) = (false, method != Method::GET);
        loop {
            let mut request = self.request(
                method.clone(),
                &call.address,
                &token,
                call.priority,
                call.eventual,
                id,
            )?;
            if let Some(body) = &call.body {
                let json = HeaderValue::from_static("application/json");
                request.headers_mut().insert(CONTENT_TYPE, json);
                *request.body_mut() = Some(body.clone().into());
            }
            let trace = Trace {
                path: call.path,
                client_request_id: id,
            };
            let result = self
                .tenant()
                .http
                .send(request, ConnectionPolicy::Pooled, &trace)
                .await;
            match result {
                Ok(answer) if answer.is_done() => {
                    return Ok(answer);
                }
                Ok(answer) if call.aside => return Err(self.refused_aside(&answer, id)),
                Ok(answer) if refusal::rejects_token(&answer) => {
                    self.reject(&token);
                    if renewed || !self.renewable() {
                        return Err(self.refused(&answer, id));
                    }
                    renewed = true;
                    token = self.renew(&token, answer.claims.as_ref()).await?;
                }
                Ok(answer) => match wait_before_repeat(&answer) {
                    Some(wait) if !repeated => {
                        repeated = true;
                        tokio::time::sleep(wait).await;
                    }
                    Some(_) | None => return Err(self.refused(&answer, id)),
                },
                Err(fault) if !repeated && fault.kind.is_hiccup() => {
                    repeated = true;
                    tokio::time::sleep(PAUSE).await;
                }
                Err(fault) => return Err(self.not_answered(fault, id)),
            }
        }
    }

    /// Builds a request with the bearer token, for Graph's origin and no other.
    pub(super) fn request(
        &self,
        method: Method,
        address: &Url,
        token: &Token,
        priority: Priority,
        eventual: bool,
        id: &str,
    ) -> Result<Request, GraphError> {
        let foreign = || self.not_answered(TransportFault::foreign_origin(), id);
        if address.origin() != self.tenant().graph.origin() {
            return Err(foreign());
        }
        let mut request = Request::new(method, address.clone());
        let headers = request.headers_mut();
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| foreign())?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        common_headers(headers, priority, id);
        if eventual {
            headers.insert("ConsistencyLevel", HeaderValue::from_static("eventual"));
        }
        Ok(request)
    }

    /// Every answer that is read passes here, so that none about somebody else is believed (F27).
    fn parse<T: DeserializeOwned>(
        &self,
        call: &Call,
        answer: &Answer,
        id: &str,
    ) -> Result<T, GraphError> {
        if answer.content != Content::Json {
            return Err(self.unexpected(answer, id));
        }
        let unread = |error| self.unread(answer, id, error);
        if let Some(whose) = &call.whose {
            let said: Option<whose::Said> = serde_json::from_slice(&answer.body).map_err(unread)?;
            if !whose.is_meant_by(&said.unwrap_or_default()) {
                return Err(self.of_somebody_else(answer, id));
            }
        }
        serde_json::from_slice(&answer.body).map_err(unread)
    }

    fn unread(&self, answer: &Answer, id: &str, error: serde_json::Error) -> GraphError {
        let mut unexpected = self.unexpected(answer, id);
        // The service gives its request id; what nobody can read and nobody signed is not its own.
        if answer.request_id.is_none() {
            unexpected.kind = GraphErrorKind::NetworkRefused;
        }
        unexpected.source = Some(Box::new(WireFault::from(error)));
        unexpected
    }

    fn of_somebody_else(&self, answer: &Answer, id: &str) -> GraphError {
        let mut unexpected = self.unexpected(answer, id);
        unexpected.source = Some(Box::new(SomebodyElse));
        unexpected
    }

    fn unexpected(&self, answer: &Answer, id: &str) -> GraphError {
        let support = self.support(
            id.to_owned(),
            answer.request_id.clone(),
            Some(answer.status),
        );
        GraphError::new(GraphErrorKind::Unexpected, support)
    }

    pub(super) fn refused(&self, answer: &Answer, id: &str) -> GraphError {
        let error = self.refused_aside(answer, id);
        if let GraphErrorKind::SignInNeeded { claims } = &error.kind {
            self.demanded(claims.as_ref());
        }
        error
    }

    /// The same where nobody is to meet what it demands.
    fn refused_aside(&self, answer: &Answer, id: &str) -> GraphError {
        let inner_id = || ErrorBody::read(answer).and_then(|body| body.request_id);
        let request_id = answer.request_id.clone().or_else(inner_id);
        let support = self.support(id.to_owned(), request_id, Some(answer.status));
        GraphError::new(refusal::kind(answer), support)
    }

    pub(super) fn not_answered(&self, fault: TransportFault, id: &str) -> GraphError {
        let support = self.support(id.to_owned(), None, None);
        GraphError {
            kind: fault.kind.into(),
            support,
            source: Some(Box::new(fault)),
        }
    }

    pub(super) fn not_found(&self) -> GraphError {
        let support = self.support(Uuid::new_v4().to_string(), None, None);
        GraphError::new(GraphErrorKind::NotFound, support)
    }
}

fn common_headers(headers: &mut HeaderMap, priority: Priority, id: &str) {
    headers.insert("Accept", HeaderValue::from_static("application/json"));
    headers.insert(
        "x-ms-throttle-priority",
        HeaderValue::from_static(priority.header()),
    );
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("client-request-id", id);
    }
}

fn wait_before_repeat(answer: &Answer) -> Option<Duration> {
    let wait = answer.retry_after.filter(|wait| *wait <= SHORT_WAIT)?;
    (answer.status == 503).then_some(wait)
}
