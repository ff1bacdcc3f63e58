//! Every screen the simulated phone can show, as one table: what the step packs are held against.

/// What a screen is, seen from the walk-throughs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneScreenKind {
    /// A row of a walk-through.
    Row,
    /// On the way, without a row of its own.
    Between,
    /// A wrong turn or refusal with a way back on the phone.
    Detour,
    /// The phone cannot go on by itself; someone has to help.
    End,
}

/// A screen of the simulated phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ScreenDescription {
    /// `data-screen` of the page.
    pub id: &'static str,
    /// `data-row` of the page: the row of walk-through A (`S25.…`), B (`S31.…`), C (`C.…`) or the preparation.
    pub row: Option<&'static str>,
    /// What it is for the walk-throughs.
    pub kind: PhoneScreenKind,
    /// What is seen on it.
    pub shows: &'static str,
}

macro_rules! screens {
    ($($name:ident = $id:literal, $kind:ident $(($row:literal))?, $shows:literal;)*) => {
        /// What the phone shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum DeviceScreen { $(#[doc = $shows] $name,)* }

        /// All screens, in the order of [`DeviceScreen`].
        const SCREENS: &[ScreenDescription] = &[$(ScreenDescription {
            id: $id, row: screens!(@row $($row)?), kind: PhoneScreenKind::$kind, shows: $shows,
        },)*];

        const ALL: &[DeviceScreen] = &[$(DeviceScreen::$name,)*];
    };
    (@row) => { None };
    (@row $row:literal) => { Some($row) };
}

screens! {
    // Preparation.
    AppStore = "app-store", Row("S14"), "the app's page in the App Store";
    GooglePlay = "google-play", Row("S15"), "the app's page in Google Play";
    Installing = "installing", Between, "the app is being installed";
    Installed = "installed", Between, "the store offers to open the app";
    Springboard = "springboard", Between, "the phone's start screen with the app's symbol";
    Privacy = "privacy", Between, "first run: the privacy statement";
    Usage = "usage", Between, "first run: whether to send usage data";
    AllowNotifications = "allow-notifications", Between, "the system asks whether the app may send notifications";
    FirstRun = "first-run", Between, "first run: a first account is offered";
    // Walk-through A.
    Home = "home", Row("S25.1"), "the app without an account";
    AddKind = "add-kind", Row("S25.2"), "kinds of account";
    AddHow = "add-how", Row("S25.3"), "sign in or scan a QR code";
    Pick = "pick", Row("S25.4"), "accounts already on the phone, and another one";
    Account = "account", Row("S25.5"), "asks for the sign-in name";
    Secret = "secret", Row("S25.6"), "asks for the Temporary Access Pass";
    GoOn = "continue", Row("S25.7"), "phone sign-in is explained";
    RegisterDevice = "register-device", Row("S25.8"), "the device registration is explained";
    WaitDevice = "wait-device", Row("S25.9"), "the device is being registered";
    RegisterSignIn = "register-sign-in", Row("S25.10"), "phone sign-in is to be registered";
    WaitSignIn = "wait-sign-in", Row("S25.11"), "phone sign-in is being set up";
    Done = "done", Row("S25.12"), "the account was added";
    Accounts = "accounts", Row("S25.13"), "the accounts, all of them ready";
    // Walk-through B.
    AccountsPush = "accounts-push", Row("S31.1"), "the accounts, one of them for push notifications only";
    AccountPage = "account-page", Row("S31.2"), "an account with phone sign-in to be set up";
    BSecret = "b-secret", Row("S31.3"), "asks for the password, or the pass where there is one";
    BNotice = "b-notice", Row("S31.4"), "a number, and the notification";
    BNumber = "b-number", Row("S31.5"), "asks for the number shown before";
    BContinue = "b-continue", Row("S31.6"), "phone sign-in is explained";
    BRegisterDevice = "b-register-device", Row("S31.7"), "the device registration is explained";
    BWaitDevice = "b-wait-device", Between, "the device is being registered";
    BRegister = "b-register", Row("S31.8"), "phone sign-in is to be registered";
    BWait = "b-wait", Between, "phone sign-in is being set up";
    BDone = "b-done", Row("S31.9"), "phone sign-in is set up";
    AccountReady = "account-ready", Row("S31.10"), "an account with phone sign-in";
    // Walk-through C; the numbers are ours.
    COffer = "c-offer", Row("C.1"), "the passkey is explained";
    CSecret = "c-secret", Row("C.2"), "asks for the pass or the password, where the account was there before";
    CProvider = "c-provider", Row("C.3"), "the app asks to be made a passkey provider";
    CSettings = "c-settings", Row("C.4"), "the system's settings with the provider's switch";
    CCreate = "c-create", Row("C.5"), "the system's sheet that makes the passkey";
    CWait = "c-wait", Row("C.6"), "the passkey is being made";
    CDone = "c-done", Row("C.7"), "the passkey was made";
    AccountPasskey = "account-passkey", Row("C.8"), "an account with a passkey";
    // Sign-ins that wait for the phone.
    Notice = "notice", Between, "a notification on the phone's start screen";
    Approve = "approve", Between, "asks for the number of a sign-in elsewhere";
    Denied = "denied", Detour, "a sign-in was declined, or its number was wrong";
    NoRequests = "no-requests", Detour, "no sign-in waits for an answer";
    // A password that has to be changed first.
    NewPassword = "new-password", Between, "asks for the password and a new one, which is due";
    // Wrong turns.
    Scan = "scan", Detour, "the QR code scanner";
    ManualCode = "manual-code", Detour, "asks for a code and an address instead of a QR code";
    Personal = "personal", Detour, "asks for a personal Microsoft account";
    Password = "password", Detour, "asks for a password where a pass was expected";
    BNoNotice = "b-no-notice", Detour, "a number, and no notification";
    ProviderOff = "provider-off", Detour, "no passkey, since the app is no provider";
    NoLock = "screen-lock", Detour, "a screen lock is required";
    LockSettings = "lock-settings", Detour, "the system's settings with the screen lock";
    AppOld = "app-old", Detour, "the app is too old";
    AlreadyRegistered = "already-registered", Detour, "this device is registered already";
    PushOnly = "push-only", Detour, "the account was added for push notifications only";
    Location = "location", Detour, "registering is not allowed at this place or network";
    Failed = "failed", Detour, "the set-up could not be completed";
    DeviceLimit = "device-limit", End, "the person has as many devices as allowed";
    AppLimit = "app-limit", End, "the person has as many authenticators as allowed";
    Modified = "modified", End, "the phone is modified";
    PhoneOld = "phone-old", End, "the phone's system is too old for the app";
    ApprovedApp = "approved-app", End, "a rule of the organisation blocks the app";
    WebSetup = "web-setup", End, "the account has to be set up in a browser first";
    PasskeyOff = "passkey-off", End, "the organisation does not allow passkeys";
}

/// Every screen the simulated phone can show.
#[must_use]
pub fn phone_screens() -> &'static [ScreenDescription] {
    SCREENS
}

impl DeviceScreen {
    /// The screen of that name.
    pub(crate) fn named(id: &str) -> Option<Self> {
        ALL.iter().copied().find(|screen| screen.entry().id == id)
    }

    /// The screen's entry in the table.
    pub(crate) fn entry(self) -> &'static ScreenDescription {
        &SCREENS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_screen_has_its_own_name_and_row() {
        let ids: BTreeSet<_> = SCREENS.iter().map(|screen| screen.id).collect();
        assert_eq!(ids.len(), SCREENS.len());
        let rows: Vec<_> = SCREENS.iter().filter_map(|screen| screen.row).collect();
        assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len());
        for screen in SCREENS {
            assert_eq!(
                screen.row.is_some(),
                screen.kind == PhoneScreenKind::Row,
                "{}",
                screen.id
            );
        }
        for (place, screen) in ALL.iter().enumerate() {
            assert_eq!(screen.entry(), &SCREENS[place]);
        }
    }

    /// S25, S31: thirteen rows and ten.
    #[test]
    fn the_walk_throughs_are_whole() {
        for (prefix, last) in [("S25", 13), ("S31", 10), ("C", 8)] {
            for number in 1..=last {
                let row = format!("{prefix}.{number}");
                assert!(
                    SCREENS.iter().any(|screen| screen.row == Some(&row)),
                    "{row}"
                );
            }
        }
    }
}
