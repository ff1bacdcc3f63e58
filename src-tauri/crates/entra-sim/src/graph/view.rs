//! Authentication methods as Graph shows them.

use jiff::Timestamp;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::directory::User;
use crate::directory::methods::{FurtherMethod, Method, Tap, Usability};
use crate::graph::caller::Family;
use crate::graph::odata::members;

/// A time in one of Graph's spellings.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spelled {
    /// To the second.
    Second(Timestamp),
    /// With a fraction of seven digits.
    Fraction(Timestamp),
}

impl Serialize for Spelled {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Second(at) => serializer.collect_str(&format_args!("{at:.0}")),
            Self::Fraction(at) => serializer.collect_str(&format_args!("{at:.7}")),
        }
    }
}

/// A method with its type's name.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "@odata.type", rename_all_fields = "camelCase")]
pub(crate) enum MethodView<'a> {
    #[serde(rename = "#microsoft.graph.passwordAuthenticationMethod")]
    Password {
        id: &'a str,
        created_date_time: Spelled,
        password: Option<&'a str>,
    },
    #[serde(rename = "#microsoft.graph.phoneAuthenticationMethod")]
    Phone {
        id: &'a str,
        created_date_time: Option<Spelled>,
        phone_number: &'a str,
        phone_type: &'a str,
        sms_sign_in_state: &'a str,
    },
    #[serde(rename = "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod")]
    Authenticator {
        id: &'a str,
        /// Null unless the phone is registered for phone sign-in.
        created_date_time: Option<Spelled>,
        display_name: &'a str,
        device_tag: &'a str,
        phone_app_version: &'a str,
    },
    #[serde(rename = "#microsoft.graph.fido2AuthenticationMethod")]
    Fido2 {
        id: &'a str,
        created_date_time: Spelled,
        display_name: &'a str,
        aa_guid: &'a str,
        model: &'a str,
        attestation_certificates: [&'a str; 0],
        attestation_level: &'a str,
        passkey_type: &'a str,
    },
    #[serde(rename = "#microsoft.graph.emailAuthenticationMethod")]
    Email {
        id: &'a str,
        created_date_time: Option<Spelled>,
        email_address: &'a str,
    },
    #[serde(rename = "#microsoft.graph.softwareOathAuthenticationMethod")]
    SoftwareOath {
        id: &'a str,
        created_date_time: Spelled,
        secret_key: Option<&'a str>,
    },
    #[serde(rename = "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod")]
    WindowsHello {
        id: &'a str,
        created_date_time: Spelled,
        display_name: &'a str,
        key_strength: &'a str,
    },
    #[serde(rename = "#microsoft.graph.platformCredentialAuthenticationMethod")]
    PlatformCredential {
        id: &'a str,
        created_date_time: Spelled,
        display_name: &'a str,
        key_strength: &'a str,
        platform: &'a str,
    },
    #[serde(rename = "#microsoft.graph.temporaryAccessPassAuthenticationMethod")]
    Tap {
        id: &'a str,
        created_date_time: Spelled,
        start_date_time: Spelled,
        lifetime_in_minutes: u32,
        is_usable_once: bool,
        is_usable: bool,
        method_usability_reason: &'static str,
        temporary_access_pass: Option<&'a str>,
    },
}

impl<'a> MethodView<'a> {
    /// A pass, without its value.
    pub(crate) fn tap(tap: &'a Tap, usability: Usability) -> Self {
        Self::Tap {
            id: &tap.id,
            created_date_time: Spelled::Fraction(tap.created),
            start_date_time: Spelled::Fraction(tap.start),
            lifetime_in_minutes: tap.lifetime_min,
            is_usable_once: tap.once,
            is_usable: usability == Usability::EnabledByPolicy,
            method_usability_reason: usability.word(),
            temporary_access_pass: None,
        }
    }

    /// The method's id.
    pub(crate) fn id(&self) -> &'a str {
        match self {
            Self::Password { id, .. }
            | Self::Phone { id, .. }
            | Self::Authenticator { id, .. }
            | Self::Fido2 { id, .. }
            | Self::Email { id, .. }
            | Self::SoftwareOath { id, .. }
            | Self::WindowsHello { id, .. }
            | Self::PlatformCredential { id, .. }
            | Self::Tap { id, .. } => id,
        }
    }

    /// The family the scopes count it to.
    pub(crate) fn family(&self) -> Family {
        match self {
            Self::Password { .. } => Family::Password,
            Self::Phone { .. } => Family::Phone,
            Self::Authenticator { .. } => Family::MicrosoftAuthApp,
            Self::Fido2 { .. } => Family::Passkey,
            Self::Email { .. } => Family::Email,
            Self::SoftwareOath { .. } => Family::SoftwareOath,
            Self::WindowsHello { .. } => Family::WindowsHello,
            Self::PlatformCredential { .. } => Family::PlatformCred,
            Self::Tap { .. } => Family::Tap,
        }
    }

    /// As a JSON object.
    pub(crate) fn object(&self) -> Map<String, Value> {
        serde_json::to_value(self).map_or_else(|_| Map::new(), members)
    }
}

impl<'a> From<&'a Method> for MethodView<'a> {
    fn from(method: &'a Method) -> Self {
        match method {
            Method::Password { id, created } => Self::Password {
                id,
                created_date_time: Spelled::Second(*created),
                password: None,
            },
            Method::Phone { id, number } => Self::Phone {
                id,
                created_date_time: None,
                phone_number: number,
                phone_type: "mobile",
                sms_sign_in_state: "notAllowedByPolicy",
            },
            Method::Authenticator(entry) => {
                let phone_sign_in = entry.phone_sign_in.as_ref();
                Self::Authenticator {
                    id: &entry.id,
                    created_date_time: phone_sign_in.map(|phone| Spelled::Second(phone.created)),
                    display_name: &entry.display_name,
                    device_tag: &entry.device_tag,
                    phone_app_version: &entry.app_version,
                }
            }
            Method::Fido2(key) => Self::Fido2 {
                id: &key.id,
                created_date_time: Spelled::Second(key.created),
                display_name: &key.display_name,
                aa_guid: &key.aa_guid,
                model: &key.model,
                attestation_certificates: [],
                attestation_level: "attested",
                passkey_type: "deviceBound",
            },
        }
    }
}

impl<'a> From<&'a FurtherMethod> for MethodView<'a> {
    fn from(method: &'a FurtherMethod) -> Self {
        match method {
            FurtherMethod::Email { id, address } => Self::Email {
                id,
                created_date_time: None,
                email_address: address,
            },
            FurtherMethod::SoftwareOath { id, created } => Self::SoftwareOath {
                id,
                created_date_time: Spelled::Second(*created),
                secret_key: None,
            },
            FurtherMethod::WindowsHello {
                id,
                display_name,
                created,
            } => Self::WindowsHello {
                id,
                created_date_time: Spelled::Second(*created),
                display_name,
                key_strength: "normal",
            },
            FurtherMethod::PlatformCredential {
                id,
                display_name,
                created,
            } => Self::PlatformCredential {
                id,
                created_date_time: Spelled::Second(*created),
                display_name,
                key_strength: "normal",
                platform: "macOS",
            },
        }
    }
}

/// Everything a person has, the pass last.
pub(crate) fn views<'a>(
    user: &'a User,
    tap: Option<MethodView<'a>>,
) -> impl Iterator<Item = MethodView<'a>> + Clone {
    user.methods
        .iter()
        .map(MethodView::from)
        .chain(user.further_methods.iter().map(MethodView::from))
        .chain(tap)
}

/// A whole collection, written without a tree in between: this list is read every few seconds.
pub(crate) struct Collection<'a, I> {
    pub(crate) root: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) value: I,
}

impl<'a, I: Iterator<Item = MethodView<'a>> + Clone> Serialize for Collection<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        let context = format_args!(
            "{}/$metadata#users('{}')/authentication/methods",
            self.root, self.user_id
        );
        map.serialize_entry("@odata.context", &context)?;
        map.serialize_entry("value", &Elements(self.value.clone()))?;
        map.end()
    }
}

struct Elements<I>(I);

impl<'a, I: Iterator<Item = MethodView<'a>> + Clone> Serialize for Elements<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}
