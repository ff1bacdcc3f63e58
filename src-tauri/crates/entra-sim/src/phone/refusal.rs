//! Refusals that depend on the phone, the place or a rule of the organisation, chosen by switch.

use serde::{Deserialize, Serialize};

use crate::phone::screen::DeviceScreen;
use crate::state::Inner;

/// What the phone meets with next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhoneRefusal {
    None,
    PhoneTooOld,
    AppTooOld,
    ModifiedPhone,
    WebSetup,
    ScreenLock,
    Location,
    ApprovedApp,
    DeviceLimit,
    AlreadyRegistered,
    AuthenticatorLimit,
    PhoneSignInOff,
    PasskeyOff,
}

/// Where on the way something can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefusalPlace {
    /// In the store, before the app is there.
    Store,
    /// In the app, before its sign-in page opens.
    SignIn,
    /// After the sign-in.
    SignedIn,
    /// Before anything is registered, on the phone itself.
    Lock,
    /// By the registration service, with the device.
    Device,
    /// By the registration service, with an Authenticator entry.
    Entry,
    /// By the registration service, with phone sign-in on an entry.
    PhoneSignIn,
    /// By the registration service, with a passkey.
    Passkey,
}

impl PhoneRefusal {
    /// All but `None`, in the order of the way.
    pub(crate) const ALL: &'static [Self] = &[
        Self::PhoneTooOld,
        Self::AppTooOld,
        Self::ModifiedPhone,
        Self::WebSetup,
        Self::ScreenLock,
        Self::Location,
        Self::ApprovedApp,
        Self::DeviceLimit,
        Self::AlreadyRegistered,
        Self::AuthenticatorLimit,
        Self::PhoneSignInOff,
        Self::PasskeyOff,
    ];

    /// Where it strikes, its screen, and the number of the sign-in service where that refuses.
    ///
    /// 53010 and 53002 are published; what the device and authenticator limits answer is not.
    fn row(self) -> (&'static [RefusalPlace], DeviceScreen, Option<u32>) {
        match self {
            Self::None => (&[], DeviceScreen::Home, None),
            Self::PhoneTooOld => (&[RefusalPlace::Store], DeviceScreen::PhoneOld, None),
            Self::AppTooOld => (&[RefusalPlace::SignIn], DeviceScreen::AppOld, None),
            Self::ModifiedPhone => (&[RefusalPlace::SignIn], DeviceScreen::Modified, None),
            Self::WebSetup => (&[RefusalPlace::SignedIn], DeviceScreen::WebSetup, None),
            Self::ScreenLock => (&[RefusalPlace::Lock], DeviceScreen::NoLock, None),
            Self::Location => (
                &[RefusalPlace::Device, RefusalPlace::Passkey],
                DeviceScreen::Location,
                Some(53010),
            ),
            Self::ApprovedApp => (
                &[RefusalPlace::Device, RefusalPlace::Passkey],
                DeviceScreen::ApprovedApp,
                Some(53002),
            ),
            Self::DeviceLimit => (&[RefusalPlace::Device], DeviceScreen::DeviceLimit, None),
            Self::AlreadyRegistered => (
                &[RefusalPlace::Device],
                DeviceScreen::AlreadyRegistered,
                None,
            ),
            Self::AuthenticatorLimit => (&[RefusalPlace::Entry], DeviceScreen::AppLimit, None),
            Self::PhoneSignInOff => (&[RefusalPlace::PhoneSignIn], DeviceScreen::PushOnly, None),
            Self::PasskeyOff => (&[RefusalPlace::Passkey], DeviceScreen::PasskeyOff, None),
        }
    }

    /// What the phone shows.
    pub(crate) fn screen(self) -> DeviceScreen {
        self.row().1
    }

    /// The sign-in service's number, where it is that which refuses.
    pub(crate) fn aadsts(self) -> Option<u32> {
        self.row().2
    }

    /// The name in the switch.
    pub(crate) fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(_) | Err(_) => String::new(),
        }
    }
}

/// What is refused at that place now; counted down where it is to strike a number of times.
pub(crate) fn strike(state: &mut Inner, place: RefusalPlace) -> Option<PhoneRefusal> {
    let refusal = state.flags.phone_refusal;
    if !refusal.row().0.contains(&place) {
        return None;
    }
    match state.flags.phone_refusal_times {
        0 => {}
        1 => {
            state.flags.phone_refusal = PhoneRefusal::None;
            state.flags.phone_refusal_times = 0;
        }
        more => state.flags.phone_refusal_times = more - 1,
    }
    Some(refusal)
}
