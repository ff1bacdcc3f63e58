//! The tenant's published keys: which of them may have signed a token.

use jsonwebtoken::DecodingKey;
use serde::Deserialize;

/// The tenant's signing keys.
#[derive(Deserialize)]
pub(crate) struct SigningKeys {
    keys: Vec<SigningKey>,
}

/// Unknown kinds of keys stand in the set too, hence the options.
#[derive(Deserialize)]
struct SigningKey {
    kty: Option<String>,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl SigningKeys {
    pub(crate) fn find(&self, kid: &str) -> Option<DecodingKey> {
        let named = |key: &&SigningKey| key.kid.as_deref() == Some(kid);
        self.keys
            .iter()
            .filter(named)
            .find_map(SigningKey::decoding_key)
    }
}

impl SigningKey {
    /// An RSA signing key of 2048 to 8192 bits; anything else is not fit.
    fn decoding_key(&self) -> Option<DecodingKey> {
        let fit = self.kty.as_deref() == Some("RSA")
            && self
                .purpose
                .as_deref()
                .is_none_or(|purpose| purpose == "sig")
            && self
                .key_ops
                .as_ref()
                .is_none_or(|uses| uses.iter().any(|one| one == "verify"))
            && self.alg.as_deref().is_none_or(|alg| alg == "RS256");
        let (modulus, exponent) = (self.n.as_deref()?, self.e.as_deref()?);
        let bits = modulus.len() * 6;
        (fit && (2040..=8200).contains(&bits))
            .then(|| DecodingKey::from_rsa_components(modulus, exponent).ok())
            .flatten()
    }
}
