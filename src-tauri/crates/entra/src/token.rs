//! The token endpoint, through the `oauth2` crate with our own HTTP client underneath.
//!
//! That crate's errors hold whole answers, tokens included. So every answer is sorted out below it, and
//! of its own errors nothing is kept or formatted.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::time::Duration;

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AccessToken, AsyncHttpClient, AuthType, AuthorizationCode, ClientId, EndpointNotSet,
    EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, Scope, StandardRevocableToken, StandardTokenResponse,
    TokenResponse, TokenUrl,
};
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::app_key::AppKey;
use crate::error::{ClaimsChallenge, GraphErrorKind, RefusalInfo, SignInErrorKind};
use crate::http::{Answer, ConnectionPolicy, Content, FaultKind, InBetween, Trace, TransportFault};
use crate::refusal::EntraRefusal;
use crate::secret::Token;
use crate::tenant::Tenant;

const LONGEST_LIFE: Duration = Duration::from_secs(28 * 60 * 60);
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const PATH: &str = "/{tenant}/oauth2/v2.0/token";

/// The tenant's token endpoint, for one request.
pub(crate) struct TokenEndpoint<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) address: &'a Url,
    pub(crate) client_request_id: &'a str,
}

/// Tokens as they came.
pub(crate) struct TokenAnswer {
    pub(crate) access: Token,
    pub(crate) lifetime: Duration,
    /// On the tenant's clock.
    pub(crate) received_at: Duration,
    pub(crate) refresh: Option<Token>,
    pub(crate) id_token: Option<Token>,
    pub(crate) scopes: Option<Vec<String>>,
    /// The answer's own `Date`, by which the ID token is judged.
    pub(crate) service_unix_ms: Option<i64>,
}

/// No tokens came.
#[derive(Debug, thiserror::Error)]
#[error("no tokens ({kind:?})")]
pub(crate) struct TokenFault {
    pub(crate) kind: TokenFaultKind,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    #[source]
    source: Option<TransportFault>,
}

#[derive(Debug)]
pub(crate) enum TokenFaultKind {
    Transport(FaultKind),
    InBetween(InBetween),
    ServerTrouble,
    Refused(Box<EntraRefusal>),
    NotUnderstood,
}

impl TokenFaultKind {
    /// What Entra's refusal says, where it was one.
    pub(crate) fn refusal(&self) -> Option<Box<RefusalInfo>> {
        match self {
            Self::Refused(refusal) => Some(refusal.info()),
            Self::Transport(_) | Self::InBetween(_) | Self::ServerTrouble | Self::NotUnderstood => {
                None
            }
        }
    }
}

impl From<&TokenFaultKind> for SignInErrorKind {
    fn from(fault: &TokenFaultKind) -> Self {
        match fault {
            TokenFaultKind::Transport(kind) => (*kind).into(),
            TokenFaultKind::InBetween(between) => (*between).into(),
            TokenFaultKind::ServerTrouble => Self::ServerTrouble,
            TokenFaultKind::Refused(refusal) => refusal.sign_in_kind(),
            TokenFaultKind::NotUnderstood => Self::Unexpected,
        }
    }
}

impl From<&TokenFaultKind> for GraphErrorKind {
    fn from(fault: &TokenFaultKind) -> Self {
        match fault {
            TokenFaultKind::Transport(kind) => (*kind).into(),
            TokenFaultKind::InBetween(between) => (*between).into(),
            TokenFaultKind::ServerTrouble => Self::ServerTrouble,
            TokenFaultKind::Refused(refusal) if refusal.is_passing() => Self::ServerTrouble,
            TokenFaultKind::Refused(refusal) => Self::SignInNeeded {
                claims: refusal.claims.clone(),
            },
            TokenFaultKind::NotUnderstood => Self::Unexpected,
        }
    }
}

type Tokens = StandardTokenResponse<EntraFields, BasicTokenType>;
type OauthClient = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

#[derive(Deserialize, Serialize)]
struct EntraFields {
    #[serde(skip_serializing)]
    id_token: Option<AccessToken>,
}

impl fmt::Debug for EntraFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntraFields(..)")
    }
}

impl ExtraTokenFields for EntraFields {}

impl TokenEndpoint<'_> {
    /// Trades an authorization code for tokens.
    pub(crate) async fn redeem(
        &self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
        redirect_uri: &Url,
    ) -> Result<TokenAnswer, TokenFault> {
        let http = TokenHttp::new(self);
        let client = self
            .oauth_client()
            .set_redirect_uri(RedirectUrl::from_url(redirect_uri.clone()));
        let result = client
            .exchange_code(code)
            .set_pkce_verifier(verifier)
            .request_async(&http)
            .await;
        self.read(result, &http)
    }

    /// Trades a refresh token for new tokens. `granted` are the scopes of the sign-in, as its answer named them:
    /// one that was not granted may not be asked for (RFC 6749, 6).
    pub(crate) async fn refresh(
        &self,
        refresh: &Token,
        granted: Option<&[String]>,
        claims: Option<&ClaimsChallenge>,
    ) -> Result<TokenAnswer, TokenFault> {
        let http = TokenHttp::new(self);
        let client = self.oauth_client();
        let refresh = RefreshToken::new(refresh.expose().to_owned());
        let scopes = self
            .tenant
            .app
            .renewal_scope_text(granted, &self.tenant.graph);
        let mut request = client
            .exchange_refresh_token(&refresh)
            .add_scopes(scopes.split(' ').map(|scope| Scope::new(scope.to_owned())));
        if let Some(claims) = claims {
            request = request.add_extra_param("claims", claims.expose().to_owned());
        }
        let result = request.request_async(&http).await;
        self.read(result, &http)
    }

    /// Tokens for the app itself, which proves who it is by its certificate. They hold whatever was granted to it.
    pub(crate) async fn as_app(&self, key: &AppKey) -> Result<TokenAnswer, TokenFault> {
        let http = TokenHttp::new(self);
        let app = &self.tenant.app;
        let now = self.tenant.http.clock().now_unix_ms();
        let Some(assertion) = key.assertion(&app.client_id, self.address, now) else {
            return Err(TokenFault {
                kind: TokenFaultKind::NotUnderstood,
                status: None,
                request_id: None,
                source: None,
            });
        };
        let client = self.oauth_client();
        let result = client
            .exchange_client_credentials()
            .add_scope(Scope::new(app.whole_scope_text(&self.tenant.graph)))
            .add_extra_param("client_assertion_type", ASSERTION_TYPE)
            .add_extra_param("client_assertion", assertion)
            .request_async(&http)
            .await;
        self.read(result, &http)
    }

    fn oauth_client(&self) -> OauthClient {
        oauth2::Client::new(ClientId::new(self.tenant.app.client_id.clone()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(self.address.clone()))
    }

    fn read(
        &self,
        result: Result<Tokens, RequestTokenError<TokenFault, BasicErrorResponse>>,
        http: &TokenHttp<'_>,
    ) -> Result<TokenAnswer, TokenFault> {
        let seen = http.seen();
        let not_understood = || TokenFault {
            kind: TokenFaultKind::NotUnderstood,
            status: seen.status,
            request_id: seen.request_id.clone(),
            source: None,
        };
        let tokens = match result {
            Ok(tokens) => tokens,
            Err(RequestTokenError::Request(fault)) => return Err(fault),
            Err(
                RequestTokenError::ServerResponse(_)
                | RequestTokenError::Parse(_, _)
                | RequestTokenError::Other(_),
            ) => return Err(not_understood()),
        };
        let access = Token::parse(tokens.access_token().secret()).ok_or_else(not_understood)?;
        if *tokens.token_type() != BasicTokenType::Bearer {
            return Err(not_understood());
        }
        Ok(TokenAnswer {
            access,
            lifetime: tokens.expires_in().unwrap_or_default().min(LONGEST_LIFE),
            received_at: seen.at.unwrap_or_else(|| (self.tenant.uptime)()),
            refresh: tokens
                .refresh_token()
                .filter(|_| self.tenant.app.refresh)
                .and_then(|token| Token::parse(token.secret())),
            id_token: tokens
                .extra_fields()
                .id_token
                .as_ref()
                .and_then(|token| Token::parse(token.secret())),
            scopes: tokens
                .scopes()
                .map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect()),
            service_unix_ms: seen.service_unix_ms,
        })
    }
}

/// The HTTP client the `oauth2` crate is given. It lets through nothing but a 200 with JSON.
struct TokenHttp<'a> {
    tenant: &'a Tenant,
    client_request_id: &'a str,
    seen: Mutex<Seen>,
}

/// What of an answer's head is still needed after the crate has read the body.
#[derive(Clone, Default)]
struct Seen {
    status: Option<u16>,
    request_id: Option<String>,
    service_unix_ms: Option<i64>,
    at: Option<Duration>,
}

impl<'a> TokenHttp<'a> {
    fn new(endpoint: &TokenEndpoint<'a>) -> Self {
        let (tenant, client_request_id) = (endpoint.tenant, endpoint.client_request_id);
        Self {
            tenant,
            client_request_id,
            seen: Mutex::default(),
        }
    }

    fn seen(&self) -> Seen {
        self.seen
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TokenFault> {
        let mut request =
            reqwest::Request::try_from(request).map_err(|error| transport(error.into()))?;
        if let Ok(id) = HeaderValue::from_str(self.client_request_id) {
            request.headers_mut().insert("client-request-id", id);
        }
        let trace = Trace {
            path: PATH,
            client_request_id: self.client_request_id,
        };
        let mut answer = self
            .tenant
            .http
            // Its answer tells the time over a connection of its own: a second witness beside Graph's.
            .send(request, ConnectionPolicy::SingleUse, &trace)
            .await
            .map_err(transport)?;
        *self
            .seen
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Seen {
            status: Some(answer.status),
            request_id: answer.request_id.clone(),
            service_unix_ms: answer.service_unix_ms,
            at: Some((self.tenant.uptime)()),
        };
        let mut response = match sort_out(&answer) {
            None => HttpResponse::new(std::mem::take(&mut *answer.body)),
            Some(kind) => {
                let (status, request_id) = (Some(answer.status), answer.request_id.take());
                return Err(TokenFault {
                    kind,
                    status,
                    request_id,
                    source: None,
                });
            }
        };
        response
            .headers_mut()
            .insert("content-type", HeaderValue::from_static("application/json"));
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for TokenHttp<'_> {
    type Error = TokenFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, TokenFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.exchange(request))
    }
}

fn sort_out(answer: &Answer) -> Option<TokenFaultKind> {
    if let Some(between) = answer.in_between() {
        return Some(TokenFaultKind::InBetween(between));
    }
    match (answer.status, answer.content) {
        (200, Content::Json) => None,
        (429 | 500..=599, _) => Some(TokenFaultKind::ServerTrouble),
        (400..=499, Content::Json) => Some(match EntraRefusal::from_json(&answer.body) {
            Some(refusal) => TokenFaultKind::Refused(Box::new(refusal)),
            None => TokenFaultKind::NotUnderstood,
        }),
        (_, _) => Some(TokenFaultKind::NotUnderstood),
    }
}

fn transport(fault: TransportFault) -> TokenFault {
    TokenFault {
        kind: TokenFaultKind::Transport(fault.kind),
        status: None,
        request_id: None,
        source: Some(fault),
    }
}
