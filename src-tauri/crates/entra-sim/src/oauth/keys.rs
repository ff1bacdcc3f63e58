//! The tenant's signing key, made at start.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::options::StartError;

/// An RSA key with its public half as a JWK.
pub(crate) struct Keys {
    signing: EncodingKey,
    key_id: String,
    modulus: String,
    exponent: String,
}

impl Keys {
    /// A fresh 2048-bit key.
    pub(crate) fn generate() -> Result<Self, StartError> {
        let failed = |source: Box<dyn std::error::Error + Send + Sync>| StartError::Keys {
            what: "signing key",
            source,
        };
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|e| failed(e.into()))?;
        let pkcs8: Pkcs8V1Der<'static> = pair.as_der().map_err(|e| failed(e.into()))?;
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(pkcs8.as_ref())
        );
        let public = pair.public_key();
        let modulus = public.modulus().big_endian_without_leading_zero();
        let exponent = public.exponent().big_endian_without_leading_zero();
        Ok(Self {
            signing: EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|e| failed(e.into()))?,
            key_id: URL_SAFE_NO_PAD.encode(&Sha256::digest(modulus)[..20]),
            modulus: URL_SAFE_NO_PAD.encode(modulus),
            exponent: URL_SAFE_NO_PAD.encode(exponent),
        })
    }

    /// `claims` as a signed token; empty when they cannot be signed, which no claims of ours cause.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.key_id, claims)
    }

    /// As [`Keys::sign`], naming a key that the key set does not hold.
    pub(crate) fn sign_as_unknown(&self, claims: &Value) -> String {
        self.sign_as("no-such-key", claims)
    }

    /// The key set for clients.
    pub(crate) fn jwks(&self, issuer: &str) -> Value {
        json!({"keys": [{
            "kty": "RSA", "use": "sig", "kid": self.key_id, "x5t": self.key_id,
            "n": self.modulus, "e": self.exponent, "issuer": issuer,
        }]})
    }

    fn sign_as(&self, key_id: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(key_id.to_owned());
        jsonwebtoken::encode(&header, claims, &self.signing).unwrap_or_default()
    }
}
