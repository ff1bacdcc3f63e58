//! Signing an operator in: authorization code with PKCE through the system browser and a loopback listener.

mod app;
mod discovery;
mod id_token;
mod incoming;
mod listener;
mod redirect;
mod refused;
mod start;

use std::sync::Arc;
use std::time::Duration;

use oauth2::{AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier};
use url::Url;
use uuid::Uuid;

use crate::client::Client;
use crate::error::{ClaimsChallenge, SignInError, SignInErrorKind};
use crate::registration::{AppRegistration, Prompt};
use crate::session::Session;
use crate::tenant::Tenant;
use crate::token::{TokenEndpoint, TokenFault};
use discovery::Authority;
use listener::{Listener, Waited};
use redirect::RedirectAnswer;
use start::Start;

pub use id_token::OperatorIdentity;

/// A sign-in that waits for the browser. Dropping it cancels and closes the port.
pub struct PendingSignIn {
    listener: Listener,
    browser_url: Url,
    start: Start,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
    exchange: Exchange,
}

/// What is left to do once the code is there.
struct Exchange {
    tenant: Arc<Tenant>,
    authority: Authority,
    redirect_uri: Url,
    nonce: String,
    client_request_id: String,
}

/// A finished sign-in.
#[derive(Debug)]
pub struct SignedIn {
    /// Who signed in.
    pub operator: OperatorIdentity,
    /// The scopes granted for Graph, by their short names.
    pub granted_scopes: Vec<String>,
    /// The way into Graph.
    pub session: Session,
    /// The address that ends the browser's session, where the authority has one.
    pub sign_out_url: Option<Url>,
}

impl Client {
    /// Reads the authority's discovery document, opens the loopback listener and builds the address
    /// for the browser.
    ///
    /// # Errors
    /// A [`SignInError`] for an authority that cannot be reached or trusted, or without a free port.
    pub async fn begin_sign_in(
        &self,
        login_hint: Option<&str>,
    ) -> Result<PendingSignIn, SignInError> {
        self.begin(login_hint, None).await
    }

    /// Like [`Client::begin_sign_in`], satisfying a claims challenge that ended a session.
    ///
    /// # Errors
    /// As [`Client::begin_sign_in`].
    pub async fn begin_sign_in_with_claims(
        &self,
        login_hint: Option<&str>,
        claims: &ClaimsChallenge,
    ) -> Result<PendingSignIn, SignInError> {
        self.begin(login_hint, Some(claims)).await
    }

    async fn begin(
        &self,
        login_hint: Option<&str>,
        claims: Option<&ClaimsChallenge>,
    ) -> Result<PendingSignIn, SignInError> {
        let tenant = Arc::clone(&self.0);
        let client_request_id = Uuid::new_v4().to_string();
        let authority = discovery::read(&tenant, &client_request_id).await?;
        let listener = match Listener::open(tenant.app.redirect_host).await {
            Ok(listener) => listener,
            Err(error) => {
                let support = tenant.support(client_request_id);
                return Err(SignInError {
                    kind: SignInErrorKind::PortUnavailable,
                    support,
                    source: Some(error.into()),
                });
            }
        };
        let redirect_uri = listener.redirect_uri().clone();
        let start = Start::new(&redirect_uri);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new_random_len(32);
        let nonce = CsrfToken::new_random_len(32).into_secret();
        let mut browser_url = authority.authorization_endpoint.clone();
        browser_url
            .query_pairs_mut()
            .append_pair("client_id", &tenant.app.client_id)
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("redirect_uri", redirect_uri.as_str())
            .append_pair("scope", &tenant.app.scope_text(&tenant.graph))
            .append_pair("state", state.secret())
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", challenge.as_str())
            .append_pair("code_challenge_method", challenge.method().as_str())
            .append_pair("client-request-id", &client_request_id)
            .extend_pairs(prompt(&tenant.app, login_hint))
            .extend_pairs(claims.map(|claims| ("claims", claims.expose())));
        let exchange = Exchange {
            tenant,
            authority,
            redirect_uri,
            nonce,
            client_request_id,
        };
        Ok(PendingSignIn {
            listener,
            browser_url,
            start,
            state,
            verifier,
            exchange,
        })
    }
}

impl PendingSignIn {
    /// The authority's address for the system browser, with all that ties the answer to this sign-in.
    pub fn browser_url(&self) -> &Url {
        &self.browser_url
    }

    /// The address to start the browser with: the listener's own, which leads to [`PendingSignIn::browser_url`] once.
    /// A command line can be read by everybody on the machine; this one tells nothing, and whoever follows it first
    /// makes the second one end the sign-in.
    pub fn start_url(&self) -> &Url {
        self.start.address()
    }

    /// Where the browser's own session is ended, if the authority names a place.
    pub fn sign_out_url(&self) -> Option<&Url> {
        self.exchange.authority.end_session_endpoint.as_ref()
    }

    /// Waits for the browser, at most `limit`, then trades the code for tokens and checks them. The
    /// port is closed before the code is traded, and whenever this ends or is dropped.
    ///
    /// # Errors
    /// A [`SignInError`]. An answer without our `state` is no answer: the wait goes on.
    pub async fn finish(self, limit: Duration) -> Result<SignedIn, SignInError> {
        let Self {
            listener,
            browser_url,
            start,
            state,
            verifier,
            exchange,
        } = self;
        let waiting = listener.answer(state, start, browser_url);
        let answer = match tokio::time::timeout(limit, waiting).await {
            Err(_elapsed) => return Err(exchange.failed(SignInErrorKind::TimedOut)),
            Ok(Err(error)) => {
                let failed = exchange.failed(SignInErrorKind::PortUnavailable);
                return Err(SignInError {
                    source: Some(error.into()),
                    ..failed
                });
            }
            Ok(Ok(answer)) => answer,
        };
        let Waited::Answer(answer) = answer else {
            return Err(SignInError {
                source: Some("the address the browser was started with was opened twice".into()),
                ..exchange.failed(SignInErrorKind::Untrusted)
            });
        };
        let own = match answer.issuer() {
            Some(issuer) => issuer == exchange.authority.issuer,
            None => !exchange.authority.names_itself,
        };
        if !own {
            return Err(exchange.failed(SignInErrorKind::Untrusted));
        }
        match answer {
            RedirectAnswer::Code { code, .. } => exchange.redeem(code, verifier).await,
            RedirectAnswer::Refused { refusal, .. } => {
                let mut failed = exchange.failed(refusal.sign_in_kind());
                failed.support.refusal = Some(refusal.info());
                Err(failed)
            }
        }
    }
}

impl Exchange {
    async fn redeem(
        self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
    ) -> Result<SignedIn, SignInError> {
        let endpoint = TokenEndpoint {
            tenant: &self.tenant,
            address: &self.authority.token_endpoint,
            client_request_id: &self.client_request_id,
        };
        let redeemed = endpoint.redeem(code, verifier, &self.redirect_uri).await;
        let mut answer = redeemed.map_err(|fault| self.no_tokens(fault))?;
        let check = id_token::Check {
            tenant: &self.tenant,
            authority: &self.authority,
            nonce: &self.nonce,
            client_request_id: &self.client_request_id,
        };
        let operator = check.run(&mut answer).await?;
        let granted = answer.scopes.take();
        let granted_scopes = self.tenant.app.granted(granted.clone(), &self.tenant.graph);
        let session = Session::new(
            self.tenant,
            operator.oid.clone(),
            self.authority.token_endpoint,
            granted,
            answer,
        );
        Ok(SignedIn {
            operator,
            granted_scopes,
            session,
            sign_out_url: self.authority.end_session_endpoint,
        })
    }

    fn failed(&self, kind: SignInErrorKind) -> SignInError {
        SignInError::new(kind, self.tenant.support(self.client_request_id.clone()))
    }

    fn no_tokens(&self, fault: TokenFault) -> SignInError {
        let mut failed = self.failed((&fault.kind).into());
        (failed.support.request_id, failed.support.status) =
            (fault.request_id.clone(), fault.status);
        failed.support.refusal = fault.kind.refusal();
        failed.source = Some(Box::new(fault));
        failed
    }
}

fn prompt<'a>(app: &AppRegistration, login_hint: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
    match app.prompt {
        Prompt::Login => {
            let hint = login_hint.filter(|hint| !hint.is_empty() && hint.len() <= 256);
            std::iter::once(("prompt", "login"))
                .chain(hint.map(|hint| ("login_hint", hint)))
                .collect()
        }
        Prompt::SelectAccount => vec![("prompt", "select_account")],
    }
}
