//! What an app proves itself by where nobody signs in: a certificate that is registered for it, and its key.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
/// A proof is made for one request.
const LIFE_S: i64 = 300;
/// Clocks differ: the proof is good from a moment ago.
const EARLIER_S: i64 = 60;

/// A certificate and its key. The key never leaves this process; what is sent is signed with it.
pub struct AppKey {
    thumbprint: String,
    key: EncodingKey,
}

/// Why a certificate and a key prove nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppKeyFlaw {
    /// It is no certificate in PEM with an RSA key.
    #[error("the certificate is not one in PEM with an RSA key")]
    Certificate,
    /// It is no RSA key in PEM, or locked by a password.
    #[error("the key is not an unlocked RSA key in PEM")]
    Key,
    /// They do not belong together.
    #[error("the key is not the certificate's")]
    NotAPair,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl AppKey {
    /// Takes both in PEM and tries that they belong together.
    ///
    /// # Errors
    /// [`AppKeyFlaw`].
    pub fn new(certificate: &str, key: &[u8]) -> Result<Self, AppKeyFlaw> {
        // As for a client; it fails only where a provider is already installed.
        let _installed = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let public = DecodingKey::from_rsa_pem(certificate.as_bytes());
        let public = public.map_err(|_| AppKeyFlaw::Certificate)?;
        let thumbprint = thumbprint(certificate).ok_or(AppKeyFlaw::Certificate)?;
        let key = EncodingKey::from_rsa_pem(key).map_err(|_| AppKeyFlaw::Key)?;
        let made = Self { thumbprint, key };
        let trial = made.signed("trial", "trial", 0).ok_or(AppKeyFlaw::Key)?;
        let mut validation = Validation::new(Algorithm::PS256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        match jsonwebtoken::decode::<Claims>(&trial, &public, &validation) {
            Ok(_) => Ok(made),
            Err(_) => Err(AppKeyFlaw::NotAPair),
        }
    }

    /// The certificate's SHA-256, by which the directory knows it.
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// A proof for one request of this client to this address.
    pub(crate) fn assertion(&self, client: &str, to: &Url, now_unix_ms: i64) -> Option<String> {
        self.signed(client, to.as_str(), now_unix_ms.div_euclid(1000))
    }

    fn signed(&self, client: &str, to: &str, now_s: i64) -> Option<String> {
        let mut header = Header::new(Algorithm::PS256);
        header.x5t_s256 = Some(self.thumbprint.clone());
        let claims = Claims {
            iss: client.to_owned(),
            sub: client.to_owned(),
            aud: to.to_owned(),
            jti: Uuid::new_v4().to_string(),
            iat: now_s,
            nbf: now_s - EARLIER_S,
            exp: now_s + LIFE_S,
        };
        jsonwebtoken::encode(&header, &claims, &self.key).ok()
    }
}

impl fmt::Debug for AppKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppKey(..)")
    }
}

fn thumbprint(certificate: &str) -> Option<String> {
    let (_, rest) = certificate.split_once(BEGIN)?;
    let (body, _) = rest.split_once(END)?;
    let packed: String = body.split_whitespace().collect();
    let der = STANDARD.decode(packed).ok()?;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &der);
    Some(URL_SAFE_NO_PAD.encode(digest))
}
