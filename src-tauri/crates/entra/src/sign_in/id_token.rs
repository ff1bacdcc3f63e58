//! The ID token's checks: signature by the tenant's own keys, then every claim that ties it to this
//! tenant, this app and this sign-in, judged by service time.

use std::sync::{Arc, PoisonError};

use super::discovery::{self, Authority};
use crate::error::{SignInError, SignInErrorKind, TokenFlaw};
use crate::keys::SigningKeys;
use crate::registration::canonical_id;
use crate::secret::Token;
use crate::tenant::Tenant;
use crate::token::TokenAnswer;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use oauth2::CsrfToken;
use serde::Deserialize;

const LEEWAY_S: i64 = 5 * 60;
const LONGEST: usize = 16 * 1024;

/// Who signed in. Only `oid` with `tid` identifies; the rest is for display and may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorIdentity {
    /// The operator's object id.
    pub oid: String,
    /// The tenant, always the configured one.
    pub tid: String,
    /// The user principal name, or the object id where the token has none.
    pub upn: String,
    /// The display name, or the UPN where the token has none.
    pub name: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    azp: Option<String>,
    tid: String,
    sub: String,
    nonce: Option<String>,
    exp: i64,
    nbf: Option<i64>,
    iat: i64,
    ver: String,
    oid: Option<String>,
    preferred_username: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

pub(super) struct Check<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) authority: &'a Authority,
    pub(super) nonce: &'a str,
    pub(super) client_request_id: &'a str,
}

impl Check<'_> {
    /// Takes the ID token out of the answer and says who signed in.
    pub(super) async fn run(
        &self,
        answer: &mut TokenAnswer,
    ) -> Result<OperatorIdentity, SignInError> {
        let token = answer
            .id_token
            .take()
            .ok_or_else(|| self.invalid(TokenFlaw::Missing))?;
        let kid = key_id(&token).map_err(|flaw| self.invalid(flaw))?;
        let key = self.key(&kid).await?;
        let now_s = answer
            .service_unix_ms
            .unwrap_or_else(|| self.tenant.http.clock().now_unix_ms())
            / 1000;
        let claims = verify(&token, &key).map_err(|flaw| self.invalid(flaw))?;
        let other_tenant = canonical_id(&claims.tid).as_ref() != Some(&self.tenant.app.tenant);
        // Of another host's token the tenant is nothing to tell the operator: it is no token of ours at all.
        if other_tenant && discovery::is_of(self.tenant, &claims.iss) {
            return Err(self.failed(SignInErrorKind::WrongTenant));
        }
        self.check(&claims, now_s)
            .map_err(|flaw| self.invalid(flaw))?;
        claims
            .operator(&self.tenant.app.tenant)
            .ok_or_else(|| self.invalid(TokenFlaw::ObjectId))
    }

    /// The key by its id. Keys rotate, so an unknown id is worth one more look and no second one.
    async fn key(&self, kid: &str) -> Result<DecodingKey, SignInError> {
        let known = self
            .tenant
            .keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(key) = known.and_then(|keys| keys.find(kid)) {
            return Ok(key);
        }
        let path = "/{tenant}/discovery/v2.0/keys";
        let address = self.authority.jwks_uri.clone();
        let fresh: SigningKeys =
            discovery::read_json(self.tenant, address, path, self.client_request_id).await?;
        let fresh = Arc::new(fresh);
        *self
            .tenant
            .keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&fresh));
        fresh.find(kid).ok_or_else(|| self.invalid(TokenFlaw::Key))
    }

    fn check(&self, claims: &Claims, now_s: i64) -> Result<(), TokenFlaw> {
        let client_id = &self.tenant.app.client_id;
        let nonce = CsrfToken::new(self.nonce.to_owned());
        let given = claims
            .nonce
            .as_ref()
            .map(|nonce| CsrfToken::new(nonce.clone()));
        let future = now_s + LEEWAY_S;
        let flaws = [
            (claims.iss != self.authority.issuer, TokenFlaw::Issuer),
            // OpenID Connect Core, 2: both have to be there.
            (claims.sub.is_empty(), TokenFlaw::Malformed),
            (claims.aud != *client_id, TokenFlaw::Audience),
            (
                claims.azp.as_ref().is_some_and(|azp| azp != client_id),
                TokenFlaw::Audience,
            ),
            (given != Some(nonce), TokenFlaw::Nonce),
            (
                claims.exp.saturating_add(LEEWAY_S) <= now_s,
                TokenFlaw::Time,
            ),
            (claims.nbf.is_some_and(|nbf| nbf > future), TokenFlaw::Time),
            (claims.iat > future, TokenFlaw::Time),
            (claims.ver != "2.0", TokenFlaw::Version),
        ];
        match flaws.into_iter().find(|(flawed, _)| *flawed) {
            Some((_, flaw)) => Err(flaw),
            None => Ok(()),
        }
    }

    fn invalid(&self, flaw: TokenFlaw) -> SignInError {
        self.failed(SignInErrorKind::TokenInvalid(flaw))
    }

    fn failed(&self, kind: SignInErrorKind) -> SignInError {
        SignInError::new(kind, self.tenant.support(self.client_request_id.to_owned()))
    }
}

fn key_id(token: &Token) -> Result<String, TokenFlaw> {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    let text = token.expose();
    if text.len() > LONGEST || text.split('.').count() != 3 {
        return Err(TokenFlaw::Malformed);
    }
    let encoded = text.split('.').next().unwrap_or_default();
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(encoded)
        .map_err(|_| TokenFlaw::Malformed)?;
    let header: Header = serde_json::from_slice(&bytes).map_err(|_| TokenFlaw::Malformed)?;
    // RS256 and no other; critical extensions would have to be understood, and none is.
    if header.alg != "RS256" || header.crit.is_some() {
        return Err(TokenFlaw::Algorithm);
    }
    header
        .kid
        .filter(|kid| !kid.is_empty())
        .ok_or(TokenFlaw::Key)
}

fn verify(token: &Token, key: &DecodingKey) -> Result<Claims, TokenFlaw> {
    // Times and names are checked by hand: the crate reads this machine's clock, and takes one
    // matching audience among several.
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    match jsonwebtoken::decode::<Claims>(token.expose(), key, &validation) {
        Ok(data) => Ok(data.claims),
        // The signature is decoded and verified before anything it covers.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidSignature | ErrorKind::Base64(_)
            ) =>
        {
            Err(TokenFlaw::Signature)
        }
        Err(_) => Err(TokenFlaw::Malformed),
    }
}

impl Claims {
    fn operator(self, tenant: &str) -> Option<OperatorIdentity> {
        let oid = canonical_id(&self.oid?)?;
        let upn = self
            .preferred_username
            .filter(|upn| !upn.is_empty())
            .unwrap_or_else(|| oid.clone());
        let name = self
            .name
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| upn.clone());
        Some(OperatorIdentity {
            oid,
            tid: tenant.to_owned(),
            upn,
            name,
        })
    }
}
