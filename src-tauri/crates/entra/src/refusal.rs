//! Entra's refusals, from the redirect and from the token endpoint. `error` decides, the AADSTS number hints.

use crate::error::{ClaimsChallenge, RefusalInfo, SignInErrorKind};

/// A refusal, without its description: that may name accounts.
#[derive(Clone, Debug)]
pub(crate) struct EntraRefusal {
    pub(crate) error: String,
    pub(crate) subcode: String,
    pub(crate) aadsts: Option<u32>,
    pub(crate) claims: Option<ClaimsChallenge>,
    error_uri: Option<String>,
    correlation_id: Option<String>,
}

impl EntraRefusal {
    pub(crate) fn new(error: &str, description: &str, subcode: &str) -> Self {
        Self {
            error: plain_word(error),
            subcode: plain_word(subcode),
            aadsts: aadsts_in(description),
            claims: None,
            error_uri: None,
            correlation_id: None,
        }
    }

    /// The same with the page it names.
    pub(crate) fn at(self, error_uri: Option<&str>) -> Self {
        Self {
            error_uri: error_uri.and_then(page),
            ..self
        }
    }

    /// What finds it again.
    pub(crate) fn info(&self) -> Box<RefusalInfo> {
        Box::new(RefusalInfo {
            aadsts: self.aadsts,
            error_uri: self.error_uri.clone(),
            correlation_id: self.correlation_id.clone(),
        })
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
        )
        .at(text("error_uri"));
        refusal.correlation_id = text("correlation_id").and_then(crate::http::safe_id);
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
        ) || self.aadsts.is_some_and(is_passing)
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
            Some(number) => by_number(number).unwrap_or_else(|| self.kind_by_word()),
            None => self.kind_by_word(),
        }
    }

    fn kind_by_word(&self) -> SignInErrorKind {
        let aadsts = self.aadsts;
        match (self.error.as_str(), self.subcode.as_str()) {
            ("access_denied", "cancel") => SignInErrorKind::Cancelled,
            // What the app cannot mend by asking again, says the service's own word for it.
            (
                _,
                "protection_policy_required"
                | "additional_action"
                | "message_only"
                | "device_authentication_failed",
            ) => SignInErrorKind::BlockedByPolicy { aadsts },
            ("consent_required" | "invalid_resource", _) | (_, "consent_required") => {
                SignInErrorKind::ConsentNeeded { aadsts }
            }
            (_, "client_mismatch") => SignInErrorKind::ClientMisconfigured { aadsts },
            // Somebody said no, unless there is more to it.
            ("access_denied", "") if aadsts.is_none() => SignInErrorKind::Declined,
            ("unauthorized_client" | "invalid_client" | "invalid_scope", _) => {
                SignInErrorKind::ClientMisconfigured { aadsts }
            }
            (_, _) => SignInErrorKind::Refused { aadsts },
        }
    }
}

/// What the service itself calls a matter of a moment: of its own, of its directory, of an identity provider behind it.
fn is_passing(number: u32) -> bool {
    matches!(
        number,
        40010 | 50033 | 50087 | 50166 | 90006 | 90012 | 90024 | 90033 | 90055 | 90090 | 90091
    )
}

/// What the numbers say: whole families where the service numbers by subject.
fn by_number(number: u32) -> Option<SignInErrorKind> {
    let aadsts = Some(number);
    Some(match number {
        50001 | 65001 | 65005 | 90008 | 90094 | 90095 | 90099 | 500_011 | 650_051..=650_057 => {
            SignInErrorKind::ConsentNeeded { aadsts }
        }
        50105 | 501_051 => SignInErrorKind::NotAssigned { aadsts },
        number if is_of_policy(number) => SignInErrorKind::BlockedByPolicy { aadsts },
        number if is_of_registration(number) => SignInErrorKind::ClientMisconfigured { aadsts },
        90002 | 90038 | 90051 | 900_021 | 900_023 | 900_381..=900_384 => {
            SignInErrorKind::TenantNotFound
        }
        16000 | 16003 | 50014 | 50020 | 50034 | 50128 | 51004 | 90072 | 500_200..=500_209 => {
            SignInErrorKind::WrongTenant
        }
        _ => return None,
    })
}

/// Conditional Access, what it asks of devices and of controls elsewhere, and which tenants may be gone to from here,
/// from this tenant and by this person's age.
fn is_of_policy(number: u32) -> bool {
    matches!(
        number,
        50002 | 50005 | 50097 | 50127 | 50129 | 50131 | 50155 | 50158 | 50161 | 50177 | 50178 | 50187 |
            53000..=53999 | 54000 | 135_010..=135_019 | 500_021..=500_029 | 500_210..=500_219 |
            530_000..=530_999
    )
}

/// The registration: its redirects, its kind of client, its credentials, its scopes.
fn is_of_registration(number: u32) -> bool {
    matches!(
        number,
        28002 | 28003 | 50011 | 50146 | 50194 | 65002 | 70001..=70005 | 70007 | 70011 | 90014 |
            500_112..=500_117 | 650_059 | 700_011 | 700_016 | 700_022 | 700_023 | 700_025 | 700_027 |
            700_030 | 700_051 | 700_054 | 900_144 | 900_971 | 901_002 | 7_000_000..=7_000_999 |
            9_002_300..=9_002_399
    )
}

/// A page of the service's, fit to be shown.
fn page(uri: &str) -> Option<String> {
    let plain = uri.len() <= 200 && uri.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && uri.starts_with("https://")).then(|| uri.to_owned())
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
        BlockedByPolicy, Cancelled, ClientMisconfigured, ConsentNeeded, Declined, NotAssigned,
        Refused, ServerTrouble, TenantNotFound, WrongTenant,
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
            NotAssigned {
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

    /// W5, D3, D4, D5: families, not single numbers; what is unknown stays unknown with its number.
    #[test]
    fn numbers_are_read_by_their_family() {
        let kind = |number: u32, error: &str| {
            let text = format!("AADSTS{number}: x");
            EntraRefusal::new(error, &text, "").sign_in_kind()
        };
        for number in [
            50002, 50005, 50127, 50161, 53000, 53003, 53009, 53011, 54000, 500_021, 500_022,
            500_212, 500_213, 530_003, 530_032, 530_034, 530_035, 530_084,
        ] {
            let aadsts = Some(number);
            assert_eq!(kind(number, "invalid_grant"), BlockedByPolicy { aadsts });
            assert_eq!(kind(number, "access_denied"), BlockedByPolicy { aadsts });
        }
        for number in [
            9_002_327, 9_002_325, 9_002_332, 28002, 65002, 70003, 70005, 70007, 70011, 90014,
            700_011, 700_016, 700_022, 900_144, 901_002, 7_000_112, 7_000_215, 7_000_218, 500_113,
            50011,
        ] {
            let aadsts = Some(number);
            assert_eq!(
                kind(number, "invalid_request"),
                ClientMisconfigured { aadsts }
            );
        }
        for number in [50001, 65001, 65005, 90008, 90094, 500_011, 650_052] {
            let aadsts = Some(number);
            assert_eq!(kind(number, "invalid_resource"), ConsentNeeded { aadsts });
        }
        for number in [90002, 90038, 90051, 900_023] {
            assert_eq!(kind(number, "invalid_request"), TenantNotFound);
        }
        for number in [16000, 16003, 50014, 50020, 51004, 90072, 500_200, 500_208] {
            assert_eq!(kind(number, "invalid_grant"), WrongTenant);
            assert_eq!(kind(number, "interaction_required"), WrongTenant);
        }
        for number in [50033, 90006, 90012, 90033, 90090] {
            assert_eq!(kind(number, "invalid_grant"), ServerTrouble);
        }
        for number in [50058, 54005, 70043, 700_082, 999_999] {
            let aadsts = Some(number);
            assert_eq!(kind(number, "invalid_grant"), Refused { aadsts });
        }
        let unnumbered = EntraRefusal::new("interaction_required", "", "additional_action");
        assert_eq!(unnumbered.sign_in_kind(), BlockedByPolicy { aadsts: None });
    }

    /// W5: an outside challenge is a policy's, and what a registration does not allow is the registration's.
    #[test]
    fn outside_challenges_and_what_is_not_enabled_are_of_their_families() {
        let kind = |error: &str, number: u32| {
            let text = format!("AADSTS{number}: x");
            EntraRefusal::new(error, &text, "").sign_in_kind()
        };
        for error in ["interaction_required", "invalid_grant", "access_denied"] {
            let aadsts = Some(50158);
            assert_eq!(kind(error, 50158), BlockedByPolicy { aadsts });
        }
        for number in [700_027, 700_030, 700_051, 700_054] {
            let aadsts = Some(number);
            for error in [
                "invalid_request",
                "unsupported_response_type",
                "invalid_client",
            ] {
                assert_eq!(kind(error, number), ClientMisconfigured { aadsts });
            }
        }
    }

    /// W5: `access_denied` alone is somebody's no; its subcode, where it has one, says whose.
    #[test]
    fn a_subcode_says_who_denied_the_access() {
        let aadsts = None;
        for (subcode, kind) in [
            ("", Declined),
            ("cancel", Cancelled),
            ("message_only", BlockedByPolicy { aadsts }),
            ("additional_action", BlockedByPolicy { aadsts }),
            ("protection_policy_required", BlockedByPolicy { aadsts }),
            ("device_authentication_failed", BlockedByPolicy { aadsts }),
            ("consent_required", ConsentNeeded { aadsts }),
            ("client_mismatch", ClientMisconfigured { aadsts }),
            ("basic_action", Refused { aadsts }),
            ("user_password_expired", Refused { aadsts }),
        ] {
            let refusal = EntraRefusal::new("access_denied", "", subcode);
            assert_eq!(refusal.sign_in_kind(), kind, "{subcode}");
            let numbered = EntraRefusal::new("access_denied", "AADSTS53003: x", subcode);
            let told = numbered.sign_in_kind();
            let blocked = BlockedByPolicy {
                aadsts: Some(53003),
            };
            let expected = if subcode == "cancel" {
                Cancelled
            } else {
                blocked
            };
            assert_eq!(told, expected, "{subcode}");
        }
    }

    #[test]
    fn what_finds_a_refusal_again_is_kept_and_nothing_else() {
        let body = br#"{"error":"invalid_grant","error_description":"AADSTS530003: who@contoso.example",
            "error_codes":[530003],"correlation_id":"5c1e-1","error_uri":"https://login.example/error?code=530003"}"#;
        let info = EntraRefusal::from_json(body).unwrap().info();
        assert_eq!(info.aadsts, Some(530_003));
        assert_eq!(info.correlation_id.as_deref(), Some("5c1e-1"));
        let page = "https://login.example/error?code=530003";
        assert_eq!(info.error_uri.as_deref(), Some(page));
        for odd in [
            "http://x",
            "javascript:x",
            "https://x/\u{202e}",
            "https://x y",
        ] {
            let refusal = EntraRefusal::new("invalid_grant", "", "").at(Some(odd));
            assert_eq!(refusal.info().error_uri, None, "{odd}");
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
