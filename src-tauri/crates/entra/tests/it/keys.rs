//! Signing keys of the fake issuer, and JWTs made by hand so that every part can be wrong.

use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};

pub(crate) struct Key {
    pub(crate) kid: &'static str,
    pair: KeyPair,
}

/// The issuer's key.
pub(crate) fn ours() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::generate("key-1"))
}

/// A second key: the next one after a rotation, or somebody else's.
pub(crate) fn other() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::generate("key-2"))
}

impl Key {
    fn generate(kid: &'static str) -> Self {
        Self {
            kid,
            pair: KeyPair::generate(KeySize::Rsa2048).unwrap(),
        }
    }

    pub(crate) fn jwk(&self) -> Value {
        let public = self.pair.public_key();
        let n = BASE64.encode(public.modulus().big_endian_without_leading_zero());
        let e = BASE64.encode(public.exponent().big_endian_without_leading_zero());
        json!({"kty": "RSA", "use": "sig", "kid": self.kid, "n": n, "e": e})
    }

    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    pub(crate) fn sign_text(&self, header: &str, payload: &str) -> String {
        let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(payload));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!("{message}.{}", BASE64.encode(signature))
    }

    /// The attack of old: the public key used as an HMAC secret.
    pub(crate) fn sign_as_hmac(&self, header: &Value, claims: &Value) -> String {
        let message = format!(
            "{}.{}",
            BASE64.encode(header.to_string()),
            BASE64.encode(claims.to_string())
        );
        let secret = self.pair.public_key();
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_ref());
        format!(
            "{message}.{}",
            BASE64.encode(aws_lc_rs::hmac::sign(&key, message.as_bytes()))
        )
    }
}
