//! A signed-in operator: the tokens, in memory only, and their renewal.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;
use uuid::Uuid;

use crate::app_key::AppKey;
use crate::error::{ClaimsChallenge, GraphError, GraphErrorKind, SupportInfo};
use crate::secret::Token;
use crate::tenant::Tenant;
use crate::token::{TokenAnswer, TokenEndpoint, TokenFault};

/// Renew this long before the end, so that no call is caught by it.
const RENEW_AHEAD: Duration = Duration::from_secs(5 * 60);

/// The operator's way into Graph. Clones share the tokens; [`Session::forget`] ends all of them.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    tenant: Arc<Tenant>,
    operator: String,
    token_endpoint: Url,
    /// Where nobody signed in: what the app proves itself by, again and again.
    app_key: Option<AppKey>,
    /// As the sign-in's answer named them; none where it named none, which means: what was asked.
    granted: Option<Vec<String>>,
    state: Mutex<State>,
    /// What the service demanded and no renewal has satisfied.
    challenge: Mutex<Option<ClaimsChallenge>>,
    /// Held during a renewal, so that one rotation happens at a time.
    renewal: tokio::sync::Mutex<()>,
}

enum State {
    Live(Tokens),
    Forgotten,
}

struct Tokens {
    access: Token,
    /// The service said 401 to it; no further call may use it.
    rejected: bool,
    /// On the tenant's clock.
    expires_at: Duration,
    lifetime: Duration,
    refresh: Option<Token>,
}

impl Session {
    pub(crate) fn new(
        tenant: Arc<Tenant>,
        operator: String,
        token_endpoint: Url,
        granted: Option<Vec<String>>,
        answer: TokenAnswer,
    ) -> Self {
        let state = Mutex::new(State::Live(Tokens::from_answer(answer, None)));
        Self(Arc::new(Inner {
            tenant,
            operator,
            token_endpoint,
            app_key: None,
            granted,
            state,
            challenge: Mutex::new(None),
            renewal: tokio::sync::Mutex::new(()),
        }))
    }

    /// The way into Graph of an app by itself.
    pub(crate) fn of_app(
        tenant: Arc<Tenant>,
        key: AppKey,
        token_endpoint: Url,
        answer: TokenAnswer,
    ) -> Self {
        let state = Mutex::new(State::Live(Tokens::from_answer(answer, None)));
        Self(Arc::new(Inner {
            operator: tenant.app.client_id.clone(),
            tenant,
            token_endpoint,
            app_key: Some(key),
            granted: None,
            state,
            challenge: Mutex::new(None),
            renewal: tokio::sync::Mutex::new(()),
        }))
    }

    /// How long the access token still lives; zero once it has ended, was refused or was forgotten.
    pub fn expires_in(&self) -> Duration {
        match &*self.state() {
            State::Live(tokens) => tokens.left(self.now()),
            State::Forgotten => Duration::ZERO,
        }
    }

    /// The operator's object id; the client id of an app by itself.
    pub fn operator(&self) -> &str {
        &self.0.operator
    }

    /// Whether there is something to renew by, so that the session outlives its access token.
    pub fn renewable(&self) -> bool {
        match &*self.state() {
            State::Live(tokens) => tokens.refresh.is_some() || self.0.app_key.is_some(),
            State::Forgotten => false,
        }
    }

    /// What the service demanded of the operator and no renewal could satisfy: for the next sign-in, which takes it
    /// by [`crate::Client::begin_sign_in_with_claims`]. It stays after [`Session::forget`].
    pub fn challenge(&self) -> Option<ClaimsChallenge> {
        self.noted_challenge().clone()
    }

    /// Drops the tokens at once. Every later call, of every clone, fails with
    /// [`GraphErrorKind::SignInNeeded`]; a renewal under way cannot bring them back.
    pub fn forget(&self) {
        *self.state() = State::Forgotten;
    }

    pub(crate) fn tenant(&self) -> &Tenant {
        &self.0.tenant
    }

    /// A token to send, renewed first where it is about to end.
    pub(crate) async fn token(&self, client_request_id: &str) -> Result<Token, GraphError> {
        let (access, left, due, renewable) = match &*self.state() {
            State::Forgotten => return Err(self.sign_in_needed(client_request_id)),
            State::Live(tokens) => (
                tokens.access.clone(),
                tokens.left(self.now()),
                tokens.renewal_due(self.now()),
                tokens.refresh.is_some() || self.0.app_key.is_some(),
            ),
        };
        if !renewable {
            return if left.is_zero() {
                Err(self.sign_in_needed(client_request_id))
            } else {
                Ok(access)
            };
        }
        if !due {
            return Ok(access);
        }
        let demanded = self.challenge();
        match self.renew(&access, demanded.as_ref()).await {
            Ok(renewed) => Ok(renewed),
            // Renewal ahead of time is a comfort: what is still valid may be used.
            Err(_) if !left.is_zero() && !matches!(*self.state(), State::Forgotten) => Ok(access),
            Err(error) => Err(error),
        }
    }

    /// Trades the tokens for new ones before their time: a token says which roles were active when it was given.
    ///
    /// # Errors
    /// [`GraphErrorKind::SignInNeeded`] where there is nothing to renew by, and any other kind of the renewal.
    pub async fn renew_now(&self) -> Result<(), GraphError> {
        let access = match &*self.state() {
            State::Live(tokens) => Some(tokens.access.clone()),
            State::Forgotten => None,
        };
        let Some(access) = access else {
            return Err(self.sign_in_needed(&Uuid::new_v4().to_string()));
        };
        let demanded = self.challenge();
        self.renew(&access, demanded.as_ref()).await.map(drop)
    }

    /// Takes a token out of use after a 401.
    pub(crate) fn reject(&self, access: &Token) {
        if let State::Live(tokens) = &mut *self.state()
            && tokens.access.expose() == access.expose()
        {
            tokens.rejected = true;
        }
    }

    /// Trades the refresh token for new tokens, once for all callers that hold the same stale token.
    pub(crate) async fn renew(
        &self,
        stale: &Token,
        claims: Option<&ClaimsChallenge>,
    ) -> Result<Token, GraphError> {
        let client_request_id = Uuid::new_v4().to_string();
        let _one_at_a_time = self.0.renewal.lock().await;
        let refresh = match &*self.state() {
            State::Forgotten => None,
            State::Live(tokens) if tokens.access.expose() != stale.expose() => {
                return Ok(tokens.access.clone());
            }
            State::Live(tokens) => tokens.refresh.clone(),
        };
        let endpoint = TokenEndpoint {
            tenant: &self.0.tenant,
            address: &self.0.token_endpoint,
            client_request_id: &client_request_id,
        };
        if let Some(key) = &self.0.app_key {
            return match endpoint.as_app(key).await {
                Ok(answer) => self.install(answer, None, &client_request_id),
                Err(fault) => Err(self.renewal_failed(fault, claims, client_request_id)),
            };
        }
        let Some(refresh) = refresh else {
            return Err(self.sign_in_needed(&client_request_id));
        };
        let granted = self.0.granted.as_deref();
        match endpoint.refresh(&refresh, granted, claims).await {
            Ok(answer) => {
                if claims.is_some() {
                    *self.noted_challenge() = None;
                }
                self.install(answer, Some(refresh), &client_request_id)
            }
            Err(fault) => Err(self.renewal_failed(fault, claims, client_request_id)),
        }
    }

    fn install(
        &self,
        answer: TokenAnswer,
        used: Option<Token>,
        client_request_id: &str,
    ) -> Result<Token, GraphError> {
        let tokens = Tokens::from_answer(answer, used);
        let access = tokens.access.clone();
        let mut state = self.state();
        match &mut *state {
            State::Live(current) => {
                *current = tokens;
                Ok(access)
            }
            State::Forgotten => {
                drop(state);
                Err(self.sign_in_needed(client_request_id))
            }
        }
    }

    fn renewal_failed(
        &self,
        fault: TokenFault,
        asked: Option<&ClaimsChallenge>,
        client_request_id: String,
    ) -> GraphError {
        let mut kind = GraphErrorKind::from(&fault.kind);
        // Refused for good: what was refused is not tried again, and what was demanded is still to be met.
        if let GraphErrorKind::SignInNeeded { claims } = &mut kind {
            *claims = claims.take().or_else(|| asked.cloned());
            self.demanded(claims.as_ref());
            if let State::Live(tokens) = &mut *self.state() {
                tokens.refresh = None;
            }
        }
        let mut support = self.support(client_request_id, fault.request_id.clone(), fault.status);
        support.refusal = fault.kind.refusal();
        GraphError {
            kind,
            support,
            source: Some(Box::new(fault)),
        }
    }

    /// Keeps what an answer demanded of the operator.
    pub(crate) fn demanded(&self, claims: Option<&ClaimsChallenge>) {
        if let Some(claims) = claims {
            *self.noted_challenge() = Some(claims.clone());
        }
    }

    pub(crate) fn sign_in_needed(&self, client_request_id: &str) -> GraphError {
        let support = self.support(client_request_id.to_owned(), None, None);
        GraphError::new(GraphErrorKind::SignInNeeded { claims: None }, support)
    }

    pub(crate) fn support(
        &self,
        client_request_id: String,
        request_id: Option<String>,
        status: Option<u16>,
    ) -> SupportInfo {
        SupportInfo {
            request_id,
            status,
            ..self.0.tenant.support(client_request_id)
        }
    }

    fn now(&self) -> Duration {
        (self.0.tenant.uptime)()
    }

    fn noted_challenge(&self) -> MutexGuard<'_, Option<ClaimsChallenge>> {
        let noted = self.0.challenge.lock();
        noted.unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session(..)")
    }
}

impl Tokens {
    /// A refresh answer without a new refresh token leaves the used one in force.
    fn from_answer(answer: TokenAnswer, used: Option<Token>) -> Self {
        Self {
            access: answer.access,
            rejected: false,
            expires_at: answer.received_at.saturating_add(answer.lifetime),
            lifetime: answer.lifetime,
            refresh: answer.refresh.or(used),
        }
    }

    fn left(&self, now: Duration) -> Duration {
        if self.rejected {
            return Duration::ZERO;
        }
        self.expires_at.saturating_sub(now)
    }

    fn renewal_due(&self, now: Duration) -> bool {
        self.left(now) <= RENEW_AHEAD.min(self.lifetime / 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::{AppRegistration, Endpoints, Prompt, RedirectHost};
    use crate::time::Uptime;

    /// A session whose hour is over but for `left_s`, at a service nobody answers for.
    fn session(left_s: u64) -> Session {
        let app = AppRegistration {
            tenant: "5f2b1c0e-7a53-4a0e-9d0f-1d2c3b4a5968".to_owned(),
            client_id: "0c9f3d1a-2b4c-4d5e-8f60-718293a4b5c6".to_owned(),
            scopes: vec!["User.Read.All".to_owned()],
            redirect_host: RedirectHost::Localhost,
            refresh: true,
            prompt: Prompt::Login,
        };
        let nobody: Url = "http://127.0.0.1:9/".parse().unwrap();
        let endpoints = Endpoints {
            authority: nobody.clone(),
            graph: nobody.clone(),
            extra_root_pem: None,
        };
        let lifetime = Duration::from_secs(3600);
        let gone = lifetime - Duration::from_secs(left_s);
        let clock: Uptime = Arc::new(move || gone);
        let answer = TokenAnswer {
            access: Token::parse("access").unwrap(),
            lifetime,
            received_at: Duration::ZERO,
            refresh: Token::parse("refresh"),
            id_token: None,
            scopes: None,
            service_unix_ms: None,
        };
        Session::new(
            Arc::new(
                Tenant::new(
                    &crate::registration::Proxy::OfTheEnvironment,
                    endpoints,
                    app,
                    clock,
                )
                .unwrap(),
            ),
            "operator".to_owned(),
            nobody,
            None,
            answer,
        )
    }

    #[tokio::test]
    async fn a_renewal_that_fails_ahead_of_time_leaves_what_is_valid() {
        let kind = |error: GraphError| error.kind;
        let early = session(200)
            .token("id")
            .await
            .map(|token| token.expose().to_owned());
        assert_eq!(early.map_err(kind), Ok("access".to_owned()));
        let late = session(0).token("id").await.map(|_| ());
        assert_eq!(late.map_err(kind), Err(GraphErrorKind::Offline));
    }
}
