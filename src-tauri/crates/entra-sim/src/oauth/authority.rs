//! The ways a path names the tenant, and what is published for each: discovery, instance, keys.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use serde_json::{Value, json};
use url::Url;

use crate::listen::Base;
use crate::oauth::clients::RegisteredClient;
use crate::oauth::refusals::Refusal;
use crate::oauth::{AUTHORIZE, DEVICE_CODE, KEYS, LOGOUT, TOKEN};
use crate::params::Params;
use crate::state::{Tenant, random_guid};

/// What Entra's discovery names here; nobody asks it.
const RBAC: &str = "https://pas.windows.net";

/// How a path names the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthorityAudience {
    /// By its id or one of its domains.
    Tenant,
    /// Any organisation's accounts.
    Organizations,
    /// Any account.
    Common,
}

impl AuthorityAudience {
    /// The authority a path's first part means, or Entra's refusal.
    pub(crate) fn named(tenant: &Tenant, segment: &str) -> Result<Self, Refusal> {
        if tenant.is_named(segment) {
            return Ok(Self::Tenant);
        }
        match segment.to_ascii_lowercase().as_str() {
            "organizations" => Ok(Self::Organizations),
            "common" => Ok(Self::Common),
            "consumers" => {
                let text = "The application is configured for use by Microsoft Entra users only. Please do not use the \
                            /consumers endpoint to serve this request.";
                Err(Refusal::new("invalid_request", 9_002_332, text))
            }
            _ => Err(Refusal::unknown_tenant(segment)),
        }
    }

    /// Refuses a client of one tenant where the path names none.
    pub(crate) fn admits(self, client: &RegisteredClient) -> Result<(), Refusal> {
        if self == Self::Tenant || !client.single_tenant {
            return Ok(());
        }
        let text = format!(
            "Application '{}'({}) is not configured as a multi-tenant application. Usage of the /common endpoint is not \
             supported for such applications. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
            client.id, client.name
        );
        Err(Refusal::new("invalid_request", 50194, text))
    }

    /// What stands for the tenant in addresses of this authority.
    fn segment(self, tenant: &Tenant) -> &str {
        match self {
            Self::Tenant => &tenant.id,
            Self::Organizations => "organizations",
            Self::Common => "common",
        }
    }

    /// The issuer discovery names; where the path names no tenant it is a template, as Entra's.
    fn issuer(self, base: &Base, tenant: &Tenant) -> String {
        match self {
            Self::Tenant => issuer(base, tenant),
            Self::Organizations | Self::Common => format!("{}/{{tenantid}}/v2.0", base.0),
        }
    }
}

/// The issuer of every token, by the address the client came.
pub(crate) fn issuer(base: &Base, tenant: &Tenant) -> String {
    format!("{}/{}/v2.0", base.0, tenant.id)
}

/// OpenID Connect discovery.
pub(crate) async fn discovery(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
) -> Response<Body> {
    let authority = match AuthorityAudience::named(&tenant, &named) {
        Ok(authority) => authority,
        Err(refusal) => return refusal.into_json(&tenant, &random_guid()),
    };
    let segment = authority.segment(&tenant);
    let at = |path: &str| format!("{}{}", base.0, path.replace("{tenant}", segment));
    Json(json!({
        "issuer": authority.issuer(&base, &tenant),
        "authorization_endpoint": at(AUTHORIZE),
        "token_endpoint": at(TOKEN),
        "device_authorization_endpoint": at(DEVICE_CODE),
        "end_session_endpoint": at(LOGOUT),
        "jwks_uri": at(KEYS),
        // Of this tenant, though nothing answers there: a client that asks it must not send its token to Microsoft.
        "userinfo_endpoint": format!("{}/oidc/userinfo", base.0),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "preferred_username", "name", "tid", "ver", "email"],
        "request_uri_parameter_supported": false,
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "tenant_region_scope": if authority == AuthorityAudience::Tenant { json!("AS") } else { Value::Null },
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
        "rbac_url": RBAC,
    }))
    .into_response()
}

/// The key set.
pub(crate) async fn keys(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
) -> Response<Body> {
    match AuthorityAudience::named(&tenant, &named) {
        Ok(authority) => Json(
            tenant
                .keys
                .published(&authority.issuer(&base, &tenant), tenant.now()),
        )
        .into_response(),
        Err(refusal) => refusal.into_json(&tenant, &random_guid()),
    }
}

/// Instance discovery: which hosts belong together, and where the tenant's own discovery is.
pub(crate) async fn instance(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    params: Params,
) -> Response<Body> {
    match instance_answer(&tenant, &named, &base, &params) {
        Ok(answer) => Json(answer).into_response(),
        Err(refusal) => refusal.into_json(&tenant, &random_guid()),
    }
}

fn instance_answer(
    tenant: &Tenant,
    named: &str,
    base: &Base,
    params: &Params,
) -> Result<Value, Refusal> {
    AuthorityAudience::named(tenant, named)?;
    let malformed = || Refusal::new("invalid_request", 50050, "The request is malformed.");
    let asked = params
        .of("authorization_endpoint")
        .and_then(|asked| Url::parse(asked).ok())
        .ok_or_else(malformed)?;
    let (mine, aliases) = aliases(base).ok_or_else(malformed)?;
    let host = &asked[url::Position::BeforeHost..url::Position::AfterPort];
    // Some clients leave the port out of the host they ask for.
    let known = |alias: &String| {
        let (name, port) = alias.rsplit_once(':').unwrap_or((alias.as_str(), ""));
        alias == host || (asked.port().is_none() && !port.is_empty() && name == host)
    };
    if !aliases.iter().any(known) {
        let text = "Unknown or invalid instance.";
        return Err(Refusal::new("invalid_instance", 50049, text));
    }
    let segment = asked
        .path_segments()
        .and_then(|mut segments| segments.next())
        .unwrap_or_default();
    let authority = AuthorityAudience::named(tenant, segment)?;
    Ok(json!({
        "tenant_discovery_endpoint":
            format!("{}/{}/v2.0/.well-known/openid-configuration", base.0, authority.segment(tenant)),
        "api-version": params.of("api-version").unwrap_or("1.0"),
        "metadata": [{"preferred_network": mine, "preferred_cache": mine, "aliases": aliases}],
    }))
}

/// The request's own host and port, and the other names the same listener answers to.
fn aliases(base: &Base) -> Option<(String, Vec<String>)> {
    let url = Url::parse(&base.0).ok()?;
    let mine = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
    let port = url.port_or_known_default()?;
    let mut all = vec![mine.clone()];
    for host in ["127.0.0.1", "localhost"] {
        let alias = format!("{host}:{port}");
        if alias != mine {
            all.push(alias);
        }
    }
    Some((mine, all))
}
