//! The tenant's signing keys, made at start and rotated on demand.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::after_seconds;
use crate::options::TenantStartError;

/// How long a key that no longer signs stays published: tokens signed with it are still about.
const OLD_KEY_LIFE_S: i64 = 86_400;

/// How the signing key changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rotation {
    /// To the one that was published beforehand; the old one stays published for a day.
    Planned,
    /// To one nobody has seen; all others are gone at once, as after a theft.
    Emergency,
}

/// The keys: one that signs, the next one, and old ones.
pub(crate) struct Keys(Mutex<Ring>);

struct Ring {
    signing: Arc<Key>,
    /// Made when the key set is first asked for, for a start should be quick.
    next: Option<Arc<Key>>,
    old: Vec<(Arc<Key>, Timestamp)>,
}

impl Keys {
    /// A fresh 2048-bit key.
    pub(crate) fn generate() -> Result<Self, TenantStartError> {
        Ok(Self(Mutex::new(Ring {
            signing: Arc::new(Key::generate()?),
            next: None,
            old: Vec::new(),
        })))
    }

    /// `claims` as a signed token; empty when they cannot be signed, which no claims of ours cause.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let key = self.ring().signing.clone();
        key.sign_as(&key.id, claims)
    }

    /// As [`Keys::sign`], naming a key that the key set does not hold.
    pub(crate) fn sign_as_unknown(&self, claims: &Value) -> String {
        let key = self.ring().signing.clone();
        key.sign_as("no-such-key", claims)
    }

    /// The key set for clients: the signing key first, then the next one and those not long out of use.
    pub(crate) fn published(&self, issuer: &str, now: Timestamp) -> Value {
        let mut ring = self.ring();
        ring.prepare();
        let old = ring
            .old
            .iter()
            .filter(|(_, until)| now < *until)
            .map(|(key, _)| key);
        let keys = [&ring.signing].into_iter().chain(&ring.next).chain(old);
        json!({"keys": keys.map(|key| key.jwk(issuer)).collect::<Vec<_>>()})
    }

    /// Signs with another key from now on; the answer is its id. Fails when no key can be made.
    pub(crate) fn rotate(&self, how: Rotation, now: Timestamp) -> Result<String, TenantStartError> {
        let mut ring = self.ring();
        let fresh = match how {
            Rotation::Planned => ring.next.take(),
            Rotation::Emergency => {
                ring.next = None;
                None
            }
        };
        let fresh = match fresh {
            Some(key) => key,
            None => Arc::new(Key::generate()?),
        };
        let before = std::mem::replace(&mut ring.signing, fresh);
        match how {
            Rotation::Planned => {
                let until = after_seconds(now, OLD_KEY_LIFE_S);
                ring.old.push((before, until));
            }
            Rotation::Emergency => ring.old.clear(),
        }
        ring.prepare();
        Ok(ring.signing.id.clone())
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    /// A key set without a next key is a smaller key set; no reason to fail a request.
    fn prepare(&mut self) {
        if self.next.is_none() {
            self.next = Key::generate().ok().map(Arc::new);
        }
    }
}

/// An RSA key with its public half.
struct Key {
    signing: EncodingKey,
    id: String,
    /// Its self-signed certificate in DER: some clients read nothing else.
    certificate: Vec<u8>,
    modulus: String,
    exponent: String,
}

impl Key {
    fn generate() -> Result<Self, TenantStartError> {
        let failed = |source: Box<dyn std::error::Error + Send + Sync>| TenantStartError::Keys {
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
        let certificate = certificate(&pem).map_err(|e| failed(e.into()))?;
        let thumbprint = digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate);
        Ok(Self {
            signing: EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|e| failed(e.into()))?,
            id: URL_SAFE_NO_PAD.encode(thumbprint),
            certificate,
            modulus: URL_SAFE_NO_PAD.encode(modulus),
            exponent: URL_SAFE_NO_PAD.encode(exponent),
        })
    }

    fn jwk(&self, issuer: &str) -> Value {
        json!({
            "kty": "RSA", "use": "sig", "kid": self.id, "x5t": self.id,
            "x5c": [STANDARD.encode(&self.certificate)], "n": self.modulus, "e": self.exponent, "issuer": issuer,
        })
    }

    fn sign_as(&self, key_id: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(key_id.to_owned());
        header.x5t = Some(key_id.to_owned());
        jsonwebtoken::encode(&header, claims, &self.signing).unwrap_or_default()
    }
}

fn certificate(pem: &str) -> Result<Vec<u8>, rcgen::Error> {
    let pair = rcgen::KeyPair::from_pem(pem)?;
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name.push(
        rcgen::DnType::CommonName,
        "accounts.accesscontrol.simulated",
    );
    Ok(params.self_signed(&pair)?.der().to_vec())
}
