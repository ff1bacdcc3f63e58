//! Whether a client is the one it says: secret, assertion, or neither for a public one.

use std::time::Duration;

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::listen::Base;
use crate::oauth::TOKEN;
use crate::oauth::authority::{AuthorityAudience, issuer};
use crate::oauth::clients::{Credential, RegisteredClient};
use crate::oauth::refusals::Refusal;
use crate::params::{Params, header_text};
use crate::state::{Inner, Tenant};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Clocks differ by some minutes.
const SKEW_S: f64 = 300.0;

/// What a request presents of its client. No `Debug`: secrets are in it.
struct Presented {
    client_id: String,
    secret: Option<String>,
    assertion: Option<String>,
}

/// The client of a token request, proven as its registration asks.
pub(crate) fn proven(
    tenant: &Tenant,
    state: &Inner,
    authority: (AuthorityAudience, &str),
    base: &Base,
    headers: &HeaderMap,
    params: &Params,
) -> Result<RegisteredClient, Refusal> {
    let presented = presented(headers, params)?;
    let client = known(tenant, state, authority.0, &presented.client_id)?.clone();
    match &client.credential {
        Credential::Public { allowed } => {
            if presented.secret.is_some() || presented.assertion.is_some() {
                return Err(Refusal::numbered(700_025));
            }
            if !allowed {
                return Err(Refusal::numbered(7_000_218));
            }
        }
        Credential::Confidential {
            secret,
            certificates,
        } => match (&presented.secret, &presented.assertion) {
            (None, None) => return Err(Refusal::numbered(7_000_218)),
            (Some(_), _) if secret.is_some() && presented.secret == *secret => {}
            (Some(_), _) => {
                let text = "Invalid client secret provided. Ensure the secret being sent in the request is the client \
                            secret value, not the client secret ID, for a secret added to the app.";
                return Err(Refusal::new("invalid_client", 7_000_215, text));
            }
            (None, Some(assertion)) => {
                let audiences = audiences(tenant, base, authority.1);
                check_assertion(tenant, &client, certificates, assertion, &audiences)?;
            }
        },
    }
    Ok(client)
}

/// The registration with that id, as far as the authority and its state let it be used.
pub(crate) fn known<'a>(
    tenant: &Tenant,
    state: &'a Inner,
    authority: AuthorityAudience,
    id: &str,
) -> Result<&'a RegisteredClient, Refusal> {
    let client = state
        .clients
        .iter()
        .find(|client| client.id.eq_ignore_ascii_case(id))
        .filter(|client| !client.microsoft || state.flags.sign_in.microsoft_clients)
        .ok_or_else(|| Refusal::unknown_client(id, tenant))?;
    authority.admits(client)?;
    if client.enabled {
        Ok(client)
    } else {
        Err(Refusal::numbered(7_000_112))
    }
}

fn presented(headers: &HeaderMap, params: &Params) -> Result<Presented, Refusal> {
    if let Some((client_id, secret)) = basic(headers) {
        return Ok(Presented {
            client_id,
            secret: Some(secret),
            assertion: None,
        });
    }
    let assertion = params.of("client_assertion").map(str::to_owned);
    if assertion.is_some() && params.of("client_assertion_type") != Some(ASSERTION_TYPE) {
        return Err(Refusal::malformed("client_assertion_type"));
    }
    let client_id = params
        .of("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    Ok(Presented {
        client_id: client_id.to_owned(),
        secret: params.of("client_secret").map(str::to_owned),
        assertion,
    })
}

/// `client_secret_basic`: both parts are form-encoded before they are joined (RFC 6749, 2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = header_text(headers, "authorization")?.strip_prefix("Basic ")?;
    let joined = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = joined.split_once(':')?;
    let plain = |part: &str| {
        url::form_urlencoded::parse(format!("v={part}").as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

/// What an assertion may be made out to: the token endpoint as addressed, or the tenant's own, or the issuer.
fn audiences(tenant: &Tenant, base: &Base, named: &str) -> Vec<String> {
    let at = |segment: &str| format!("{}{}", base.0, TOKEN.replace("{tenant}", segment));
    vec![at(named), at(&tenant.id), issuer(base, tenant)]
}

fn check_assertion(
    tenant: &Tenant,
    client: &RegisteredClient,
    certificates: &[String],
    assertion: &str,
    audiences: &[String],
) -> Result<(), Refusal> {
    let refused = |aadsts, text: &str| Refusal::new("invalid_client", aadsts, text);
    let claims = certificates
        .iter()
        .find_map(|pem| signed_by(pem, assertion))
        .ok_or_else(|| {
            refused(
                700_027,
                "Client assertion failed signature validation: it was not signed with a key of this application.",
            )
        })?;
    let is_client = |claim: &str| claims[claim].as_str() == Some(&client.id);
    if !is_client("iss") || !is_client("sub") {
        let text = "Client assertion application identifier doesn't match 'client_id' parameter.";
        return Err(refused(700_021, text));
    }
    let audience = claims["aud"].as_str().unwrap_or_default();
    if !audiences.iter().any(|known| known == audience) {
        let text = "Client assertion audience claim does not match Realm issuer.";
        return Err(refused(700_023, text));
    }
    // Python's clients send fractions of seconds (RFC 7519, 2: NumericDate).
    let now = Duration::from_millis(tenant.now().as_millisecond().unsigned_abs()).as_secs_f64();
    let time = |claim: &str| claims[claim].as_f64();
    let begun = time("nbf").is_none_or(|from| now + SKEW_S >= from);
    let lasts = time("exp").is_some_and(|until| now < until + SKEW_S);
    if begun && lasts {
        Ok(())
    } else {
        let text = "Client assertion is not within its valid time range.";
        Err(refused(700_024, text))
    }
}

/// The assertion's claims if that key signed it and it names no other certificate. Times are checked apart, by the
/// tenant's clock.
fn signed_by(pem: &str, assertion: &str) -> Option<Value> {
    let key = DecodingKey::from_rsa_pem(pem.as_bytes()).ok()?;
    let named = jsonwebtoken::decode_header(assertion).ok()?.x5t_s256;
    if named.is_some_and(|named| thumbprint(pem).is_some_and(|own| own != named)) {
        return None;
    }
    let mut validation = Validation::new(Algorithm::RS256);
    validation.algorithms = vec![Algorithm::RS256, Algorithm::PS256];
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    jsonwebtoken::decode::<Value>(assertion, &key, &validation)
        .ok()
        .map(|token| token.claims)
}

/// SHA-256 of a certificate, as `x5t#S256` names it; nothing for a bare key, which has none.
fn thumbprint(pem: &str) -> Option<String> {
    let body = pem.split_once("-----BEGIN CERTIFICATE-----")?.1;
    let body = body.split_once("-----END CERTIFICATE-----")?.0;
    let packed: String = body.split_whitespace().collect();
    let der = STANDARD.decode(packed).ok()?;
    Some(URL_SAFE_NO_PAD.encode(Sha256::digest(der)))
}
