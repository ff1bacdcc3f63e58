//! The authority's discovery document: read from its own well-known address, its endpoints kept to its own origin.

use reqwest::{Method, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{SignInError, SignInErrorKind};
use crate::http::{Answer, ConnectionPolicy, Content, Trace};
use crate::refusal::EntraRefusal;
use crate::tenant::Tenant;

/// What a sign-in needs of the authority, checked.
pub(super) struct Authority {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    pub(super) jwks_uri: Url,
    /// Where the browser's session ends, where the authority has such a place.
    pub(super) end_session_endpoint: Option<Url>,
    /// The authority promises `iss` with every answer by way of the browser (RFC 9207).
    pub(super) names_itself: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

pub(super) async fn read(
    tenant: &Tenant,
    client_request_id: &str,
) -> Result<Authority, SignInError> {
    let address = well_known(tenant);
    let path = "/{tenant}/v2.0/.well-known/openid-configuration";
    let document: Document = read_json(tenant, address, path, client_request_id).await?;
    let fail = |kind| SignInError::new(kind, tenant.support(client_request_id.to_owned()));
    let expected = format!(
        "{}/{}/v2.0",
        tenant.authority.origin().ascii_serialization(),
        tenant.app.tenant
    );
    if document.issuer != expected {
        return Err(fail(if is_of(tenant, &document.issuer) {
            SignInErrorKind::WrongTenant
        } else {
            SignInErrorKind::Untrusted
        }));
    }
    let endpoints = [
        &document.authorization_endpoint,
        &document.token_endpoint,
        &document.jwks_uri,
    ];
    let plain = |address: &Url| {
        address.username().is_empty()
            && address.password().is_none()
            && address.fragment().is_none()
    };
    let own = |address: &&Url| address.origin() == tenant.authority.origin() && plain(address);
    if !endpoints.iter().all(own) {
        return Err(fail(SignInErrorKind::Untrusted));
    }
    let end_session_endpoint = document
        .end_session_endpoint
        .and_then(|address| address.parse().ok())
        .filter(|address| own(&address));
    Ok(Authority {
        end_session_endpoint,
        names_itself: document.authorization_response_iss_parameter_supported,
        issuer: document.issuer,
        authorization_endpoint: document.authorization_endpoint,
        token_endpoint: document.token_endpoint,
        jwks_uri: document.jwks_uri,
    })
}

/// Whether an issuer is on the authority's own host. Its text alone does not say so: another host's name may begin
/// with ours.
pub(super) fn is_of(tenant: &Tenant, issuer: &str) -> bool {
    Url::parse(issuer).is_ok_and(|issuer| issuer.origin() == tenant.authority.origin())
}

/// Reads a JSON document of the authority without credentials.
pub(super) async fn read_json<T: DeserializeOwned>(
    tenant: &Tenant,
    address: Url,
    path: &'static str,
    client_request_id: &str,
) -> Result<T, SignInError> {
    let trace = Trace {
        path,
        client_request_id,
    };
    let mut support = tenant.support(client_request_id.to_owned());
    let answer = match tenant
        .http
        .send(
            Request::new(Method::GET, address),
            ConnectionPolicy::Pooled,
            &trace,
        )
        .await
    {
        Ok(answer) => answer,
        Err(fault) => {
            return Err(SignInError {
                kind: fault.kind.into(),
                support,
                source: Some(Box::new(fault)),
            });
        }
    };
    (support.request_id, support.status) = (answer.request_id.clone(), Some(answer.status));
    support.refusal = EntraRefusal::from_json(&answer.body).map(|refusal| refusal.info());
    let kind = match trouble(&answer) {
        Some(kind) => kind,
        None => match serde_json::from_slice(&answer.body) {
            Ok(document) => return Ok(document),
            Err(_) => SignInErrorKind::Unexpected,
        },
    };
    Err(SignInError::new(kind, support))
}

fn trouble(answer: &Answer) -> Option<SignInErrorKind> {
    if let Some(between) = answer.in_between() {
        return Some(between.into());
    }
    match answer.status {
        200 if answer.content == Content::Json => None,
        429 | 500..=599 => Some(SignInErrorKind::ServerTrouble),
        400..=499 => Some(match EntraRefusal::from_json(&answer.body) {
            Some(refusal) => refusal.sign_in_kind(),
            None => SignInErrorKind::Unexpected,
        }),
        _ => Some(SignInErrorKind::Unexpected),
    }
}

fn well_known(tenant: &Tenant) -> Url {
    let mut address = tenant.authority.clone();
    address.set_path(&format!(
        "/{}/v2.0/.well-known/openid-configuration",
        tenant.app.tenant
    ));
    address
}
