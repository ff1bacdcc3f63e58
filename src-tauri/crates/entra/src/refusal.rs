//! Entra's refusals, from the redirect and from the token endpoint. `error` decides, the AADSTS number hints.

use crate::error::{ClaimsChallenge, SignInErrorKind};

/// A refusal, without its description: that may name accounts.
#[derive(Clone, Debug)]
pub(crate) struct EntraRefusal {
    pub(crate) error: String,
    pub(crate) subcode: String,
    pub(crate) aadsts: Option<u32>,
    pub(crate) claims: Option<ClaimsChallenge>,
}

impl EntraRefusal {
    pub(crate) fn new(error: &str, description: &str, subcode: &str) -> Self {
        Self {
            error: plain_word(error),
            subcode: plain_word(subcode),
            aadsts: aadsts_in(description),
            claims: None,
        }
    }

    /// Reads the token endpoint's error answer; `None` where it is none.
    pub(crate) fn from_json(body: &[u8]) -> Option<Self> {
        let json: serde_json::Value = serde_json::from_slice(body).ok()?;
        let text = |name: &str| json.get(name).and_then(|value| value.as_str());
        let mut refusal = Self::new(
            text("error")?,
            text("error_description").unwrap_or_default(),
            text("suberror")
                .or_else(|| text("error_subcode"))
                .unwrap_or_default(),
        );
        let listed = json
            .get("error_codes")
            .and_then(|codes| codes.get(0))
            .and_then(|code| code.as_u64());
        refusal.aadsts = listed
            .and_then(|code| u32::try_from(code).ok())
            .or(refusal.aadsts);
        refusal.claims = text("claims")
            .filter(|claims| claims.len() <= 8 * 1024)
            .map(|claims| ClaimsChallenge(claims.to_owned()));
        Some(refusal)
    }

    /// Whether the same request may work a little later.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self.error.as_str(),
            "temporarily_unavailable" | "server_error"
        ) || matches!(self.aadsts, Some(90006 | 90024 | 90033 | 90055))
    }

    pub(crate) fn sign_in_kind(&self) -> SignInErrorKind {
        let aadsts = self.aadsts;
        if self.is_passing() {
            return SignInErrorKind::ServerTrouble;
        }
        if self.error == "access_denied" && self.subcode == "cancel" {
            return SignInErrorKind::Cancelled;
        }
        match aadsts {
            Some(65004) => SignInErrorKind::Declined,
            Some(65001 | 90094 | 90095 | 90099 | 650_051..=650_057) => {
                SignInErrorKind::ConsentNeeded { aadsts }
            }
            Some(50097 | 50105 | 50129 | 50131 | 53000..=53004 | 53010 | 530_032..=530_035) => {
                SignInErrorKind::BlockedByPolicy { aadsts }
            }
            Some(
                700_016 | 7_000_112 | 7_000_218 | 700_025 | 50011 | 500_113 | 900_971 | 50194
                | 650_059,
            ) => SignInErrorKind::ClientMisconfigured { aadsts },
            Some(90002) => SignInErrorKind::TenantNotFound,
            Some(50020 | 50034 | 90072) => SignInErrorKind::WrongTenant,
            Some(_) | None => self.kind_by_word(),
        }
    }

    fn kind_by_word(&self) -> SignInErrorKind {
        let aadsts = self.aadsts;
        match (self.error.as_str(), self.subcode.as_str()) {
            ("access_denied", "cancel") => SignInErrorKind::Cancelled,
            ("access_denied", _) if aadsts.is_none() => SignInErrorKind::Declined,
            ("consent_required", _) => SignInErrorKind::ConsentNeeded { aadsts },
            ("unauthorized_client" | "invalid_client", _) => {
                SignInErrorKind::ClientMisconfigured { aadsts }
            }
            (_, _) => SignInErrorKind::Refused { aadsts },
        }
    }
}

/// The number that opens a description: `AADSTS65004: …`.
fn aadsts_in(description: &str) -> Option<u32> {
    let digits = description.split("AADSTS").nth(1)?;
    let end = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}

/// OAuth's error words; anything else is dropped, for it would end up in a log.
fn plain_word(word: &str) -> String {
    let plain = word.len() <= 64
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if plain {
        word.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use SignInErrorKind::{
        BlockedByPolicy, Cancelled, ClientMisconfigured, ConsentNeeded, Declined, Refused,
        ServerTrouble, TenantNotFound, WrongTenant,
    };

    use super::*;

    type Row = (&'static str, &'static str, &'static str, SignInErrorKind);

    const KINDS: &[Row] = &[
        (
            "access_denied",
            "AADSTS65004: User declined to consent",
            "",
            Declined,
        ),
        (
            "access_denied",
            "AADSTS65004: canceled the authentication",
            "cancel",
            Cancelled,
        ),
        ("access_denied", "", "", Declined),
        (
            "access_denied",
            "AADSTS50105: not assigned",
            "",
            BlockedByPolicy {
                aadsts: Some(50105),
            },
        ),
        (
            "invalid_grant",
            "AADSTS65001: consent",
            "",
            ConsentNeeded {
                aadsts: Some(65001),
            },
        ),
        (
            "invalid_client",
            "AADSTS650056: x",
            "",
            ConsentNeeded {
                aadsts: Some(650_056),
            },
        ),
        (
            "access_denied",
            "AADSTS53003: CA",
            "",
            BlockedByPolicy {
                aadsts: Some(53003),
            },
        ),
        (
            "unauthorized_client",
            "AADSTS700016: x",
            "",
            ClientMisconfigured {
                aadsts: Some(700_016),
            },
        ),
        (
            "invalid_client",
            "AADSTS7000218: x",
            "",
            ClientMisconfigured {
                aadsts: Some(7_000_218),
            },
        ),
        (
            "invalid_client",
            "",
            "",
            ClientMisconfigured { aadsts: None },
        ),
        ("invalid_tenant", "AADSTS90002: x", "", TenantNotFound),
        ("interaction_required", "AADSTS50020: x", "", WrongTenant),
        ("server_error", "", "", ServerTrouble),
        ("invalid_request", "AADSTS90033: x", "", ServerTrouble),
        (
            "invalid_grant",
            "AADSTS54005: x",
            "",
            Refused {
                aadsts: Some(54005),
            },
        ),
        ("invalid_grant", "no number", "", Refused { aadsts: None }),
        ("<script>", "AADSTSx", "", Refused { aadsts: None }),
    ];

    #[test]
    fn kinds() {
        for (error, description, subcode, expected) in KINDS {
            let refusal = EntraRefusal::new(error, description, subcode);
            assert_eq!(refusal.sign_in_kind(), *expected, "{error} {description}");
        }
    }

    #[test]
    fn json_prefers_the_listed_number() {
        let body = br#"{"error":"invalid_grant","error_description":"AADSTS1: x","error_codes":[70043],"claims":"{}"}"#;
        let refusal = EntraRefusal::from_json(body).unwrap();
        assert_eq!(
            (refusal.aadsts, refusal.claims.is_some()),
            (Some(70043), true)
        );
        assert!(EntraRefusal::from_json(b"<html>").is_none());
        assert!(EntraRefusal::from_json(b"{}").is_none());
    }
}
