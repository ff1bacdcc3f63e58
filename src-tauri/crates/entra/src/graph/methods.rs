//! A person's authentication methods: one read shows the pass, the Authenticator and the passkeys.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use super::call::Priority;
use crate::error::{GraphError, GraphErrorKind};
use crate::session::Session;
use crate::time::parse_graph_time;

/// The `aaGuid`s of passkeys in Microsoft Authenticator: iOS, then Android.
pub(super) const AUTHENTICATOR_AAGUIDS: [&str; 2] = [
    "90a3ccdf-635c-4729-a248-9b709135078f",
    "de1e552d-db1d-4423-a619-566b625cdc84",
];

/// A kind of method that has a list of its own, which a right for this kind alone may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    /// Temporary Access Passes.
    Pass,
    /// Authenticator apps, without their devices.
    Authenticator,
    /// Passkeys.
    Passkey,
}

/// One registered authentication method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// A Temporary Access Pass, without its value.
    Pass(PassMethod),
    /// An Authenticator app. One entry per installation.
    Authenticator {
        /// The entry's id.
        id: String,
        /// The phone's name.
        display_name: String,
        /// The app's version.
        app_version: Option<String>,
        /// Unix milliseconds; set only once the phone is registered for phone sign-in.
        created: Option<i64>,
        /// The phone's device id, where the answer has it; also a sign of phone sign-in.
        device_id: Option<String>,
    },
    /// A passkey.
    Passkey {
        /// The entry's id, not a GUID.
        id: String,
        /// The name given to it.
        display_name: String,
        /// The authenticator model's id.
        aa_guid: Option<String>,
        /// The authenticator model's name.
        model: Option<String>,
        /// Whether it lies in Microsoft Authenticator, judged by `aa_guid`.
        in_authenticator: bool,
        /// Unix milliseconds.
        created: Option<i64>,
    },
    /// The password.
    Password {
        /// The entry's id, the same for everyone.
        id: String,
    },
    /// Any other kind, known or not.
    Other {
        /// The entry's id.
        id: String,
        /// The type's short name, such as `phoneAuthenticationMethod`.
        kind: String,
        /// Stands for the telephone number or mail address, which are not kept: the same for the same value while this
        /// process runs, and of no use outside it.
        mark: Option<u64>,
    },
}

/// A Temporary Access Pass as the directory shows it after issuing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassMethod {
    /// The pass's id.
    pub id: String,
    /// When it was issued, in Unix milliseconds.
    pub created: Option<i64>,
    /// From when it works, in Unix milliseconds.
    pub start: Option<i64>,
    /// How long it works from `start`, in minutes.
    pub lifetime_minutes: Option<u32>,
    /// Whether it works once only.
    pub once: bool,
    /// Whether it works now.
    pub usable: bool,
    /// Why it works or not.
    pub reason: PassReason,
}

/// Why a pass works or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassReason {
    /// It works.
    EnabledByPolicy,
    /// The policy forbids it.
    DisabledByPolicy,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYetValid,
    /// It was entered on the phone.
    OneTimeUsed,
    /// A word this client does not know; empty when the answer has none.
    Other(String),
}

const METHODS: &str = "/users/{id}/authentication/methods";
const PASSES: &str = "/users/{id}/authentication/temporaryAccessPassMethods";
const PASSKEYS: &str = "/users/{id}/authentication/fido2Methods";
const AUTHENTICATORS: &str = "/users/{id}/authentication/microsoftAuthenticatorMethods";
const DEVICE: &str = "/users/{id}/authentication/microsoftAuthenticatorMethods/{id}/device";

const AUTHENTICATOR: &str = "microsoftAuthenticatorAuthenticationMethod";
const PASS: &str = "temporaryAccessPassAuthenticationMethod";
const PASSKEY: &str = "fido2AuthenticationMethod";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMethod {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    id: String,
    display_name: Option<String>,
    phone_app_version: Option<String>,
    phone_number: Option<String>,
    email_address: Option<String>,
    created_date_time: Option<String>,
    creation_date_time: Option<String>,
    /// Outside: whether the answer has the member at all.
    #[serde(default, deserialize_with = "present")]
    device: Option<Option<WireDevice>>,
    aa_guid: Option<String>,
    model: Option<String>,
    start_date_time: Option<String>,
    lifetime_in_minutes: Option<u32>,
    is_usable_once: Option<bool>,
    is_usable: Option<bool>,
    method_usability_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireDevice {
    id: Option<String>,
    device_id: Option<String>,
}

/// What Graph says of the device of one Authenticator entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryDevice {
    /// The phone is registered, with this device id.
    Registered(String),
    /// There is none, or the entry itself is not there (yet).
    None,
    /// This tenant does not answer the question.
    NotOffered,
}

impl Session {
    /// The Authenticator entries, each with its device (`$expand=device`). `None` where the service refuses to
    /// expand or takes no notice of it: no page documents that it works.
    ///
    /// # Errors
    /// As [`Session::methods`].
    pub async fn authenticators_with_devices(
        &self,
        user_id: &str,
        priority: Priority,
    ) -> Result<Option<Vec<Method>>, GraphError> {
        let call = self
            .call_to(AUTHENTICATORS, &[user_id])?
            .at(priority)
            .with("$expand", "device");
        let entries: Vec<WireMethod> = match self.read_pages(call).await {
            Ok(entries) => entries,
            // Who is not there is said by the plain list.
            Err(error) if is_not_offered(&error) || is_not_there(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        if entries.iter().any(|entry| entry.device.is_none()) {
            return Ok(None);
        }
        let typed = |entry| MethodKind::Authenticator.method(entry);
        Ok(Some(entries.into_iter().map(typed).collect()))
    }

    /// The device of one Authenticator entry.
    ///
    /// # Errors
    /// As [`Session::methods`].
    pub async fn authenticator_device(
        &self,
        user_id: &str,
        entry: &str,
        priority: Priority,
    ) -> Result<EntryDevice, GraphError> {
        let call = self.call_to(DEVICE, &[user_id, entry])?.at(priority);
        match self.read_if_any::<WireDevice>(&call).await {
            Ok(device) => Ok(device
                .and_then(WireDevice::into_id)
                .map_or(EntryDevice::None, EntryDevice::Registered)),
            Err(error) if is_not_there(&error) => Ok(EntryDevice::None),
            Err(error) if is_not_offered(&error) => Ok(EntryDevice::NotOffered),
            Err(error) => Err(error),
        }
    }

    /// All methods of a person.
    ///
    /// # Errors
    /// [`crate::GraphErrorKind::NotFound`] for an unknown person, and any other kind of the request.
    pub async fn methods(
        &self,
        user_id: &str,
        priority: Priority,
    ) -> Result<Vec<Method>, GraphError> {
        let call = self.call_to(METHODS, &[user_id])?.at(priority);
        let methods: Vec<WireMethod> = self.read_pages(call).await?;
        Ok(methods.into_iter().map(Method::from).collect())
    }

    /// The methods of one kind. `UserAuthMethod-TAP.Read.All`, `UserAuthMethod-MicrosoftAuthApp.Read.All` and
    /// `UserAuthMethod-Passkey.Read.All` are enough for one list each.
    ///
    /// # Errors
    /// As [`Session::methods`].
    pub async fn methods_of(
        &self,
        user_id: &str,
        kind: MethodKind,
        priority: Priority,
    ) -> Result<Vec<Method>, GraphError> {
        let call = self.call_to(kind.list(), &[user_id])?.at(priority);
        let entries: Vec<WireMethod> = self.read_pages(call).await?;
        Ok(entries
            .into_iter()
            .map(|entry| kind.method(entry))
            .collect())
    }
}

impl MethodKind {
    fn list(self) -> &'static str {
        match self {
            Self::Pass => PASSES,
            Self::Authenticator => AUTHENTICATORS,
            Self::Passkey => PASSKEYS,
        }
    }

    /// A list of one kind need not say of each entry which kind it is.
    fn method(self, entry: WireMethod) -> Method {
        let kind = match self {
            Self::Pass => PASS,
            Self::Authenticator => AUTHENTICATOR,
            Self::Passkey => PASSKEY,
        };
        Method::from(WireMethod {
            kind: Some(kind.to_owned()),
            ..entry
        })
    }
}

impl PassReason {
    fn from_wire(word: Option<String>) -> Self {
        match word.as_deref() {
            Some("EnabledByPolicy") => Self::EnabledByPolicy,
            Some("DisabledByPolicy") => Self::DisabledByPolicy,
            Some("Expired") => Self::Expired,
            Some("NotYetValid") => Self::NotYetValid,
            Some("OneTimeUsed") => Self::OneTimeUsed,
            Some(_) | None => Self::Other(word.unwrap_or_default()),
        }
    }
}

impl From<WireMethod> for Method {
    fn from(wire: WireMethod) -> Self {
        let kind = wire.kind.as_deref().unwrap_or_default();
        let kind = kind
            .strip_prefix("#microsoft.graph.")
            .unwrap_or(kind)
            .to_owned();
        let created = wire
            .created_date_time
            .as_deref()
            .or(wire.creation_date_time.as_deref());
        let created = created.and_then(parse_graph_time);
        match kind.as_str() {
            PASS => Self::Pass(PassMethod {
                id: wire.id,
                created,
                start: wire.start_date_time.as_deref().and_then(parse_graph_time),
                lifetime_minutes: wire.lifetime_in_minutes,
                once: wire.is_usable_once.unwrap_or(false),
                usable: wire.is_usable.unwrap_or(false),
                reason: PassReason::from_wire(wire.method_usability_reason),
            }),
            AUTHENTICATOR => Self::Authenticator {
                id: wire.id,
                display_name: wire.display_name.unwrap_or_default(),
                app_version: wire.phone_app_version,
                created,
                device_id: wire.device.flatten().and_then(WireDevice::into_id),
            },
            PASSKEY => Self::Passkey {
                id: wire.id,
                display_name: wire.display_name.unwrap_or_default(),
                in_authenticator: wire.aa_guid.as_deref().is_some_and(is_authenticator),
                aa_guid: wire.aa_guid,
                model: wire.model,
                created,
            },
            "passwordAuthenticationMethod" => Self::Password { id: wire.id },
            _ => Self::Other {
                id: wire.id,
                kind,
                mark: wire
                    .phone_number
                    .or(wire.email_address)
                    .as_deref()
                    .map(mark),
            },
        }
    }
}

/// Keyed anew by each process, so that no number or address is found by trying them all.
fn mark(value: &str) -> u64 {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    KEY.hash_one(value.trim().to_lowercase())
}

impl WireDevice {
    /// All zeros stand for a device that was deleted.
    fn into_id(self) -> Option<String> {
        let zeros = |id: &String| id.chars().all(|char| matches!(char, '0' | '-'));
        let deleted = self.device_id.as_ref().is_some_and(zeros);
        let id = self.device_id.or(self.id).filter(|id| !zeros(id));
        id.filter(|_| !deleted)
    }
}

fn present<'de, D: Deserializer<'de>>(wire: D) -> Result<Option<Option<WireDevice>>, D::Error> {
    Deserialize::deserialize(wire).map(Some)
}

/// The question itself was refused, not this person or this moment.
fn is_not_offered(error: &GraphError) -> bool {
    let refused = matches!(error.support.status, Some(400 | 405 | 501));
    let no_answer =
        error.kind == GraphErrorKind::Unexpected && matches!(error.support.status, Some(204 | 404));
    error.kind == GraphErrorKind::NotPermitted || refused || no_answer
}

fn is_not_there(error: &GraphError) -> bool {
    error.kind == GraphErrorKind::NotFound
}

fn is_authenticator(aa_guid: &str) -> bool {
    AUTHENTICATOR_AAGUIDS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(aa_guid))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(member: &str, value: &str) -> Method {
        let wire = json!({"id": "3179e48a-750b-4051-897c-87b9720928f7", member: value});
        Method::from(serde_json::from_value::<WireMethod>(wire).unwrap())
    }

    #[test]
    fn n21_another_number_or_address_has_another_mark_and_no_mark_is_the_value() {
        let number = entry("phoneNumber", "+81 9012345678");
        assert_eq!(number, entry("phoneNumber", "+81 9012345678"));
        assert_ne!(number, entry("phoneNumber", "+81 9012345679"));
        let address = entry("emailAddress", "Hana@contoso.example");
        assert_eq!(address, entry("emailAddress", "hana@contoso.example"));
        assert_ne!(address, entry("emailAddress", "hana@fabrikam.example"));
        let text = format!("{number:?} {address:?}");
        assert!(
            !text.contains("9012345678") && !text.contains("contoso"),
            "{text}"
        );
        assert!(matches!(
            entry("smsSignInState", "ready"),
            Method::Other { mark: None, .. }
        ));
    }
}
