//! A simulated phone and what it shows.

use std::time::Duration;

use tokio::time::Instant;

use crate::directory::methods::{Method, PhoneSystem};
use crate::oauth::pages::PageLanguage;
use crate::phone::approvals;
use crate::phone::register::default_name;
use crate::phone::screen::DeviceScreen;
use crate::phone::walk::{SignInStep, Stuck};
use crate::state::Inner;

/// What is being set up in the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// A fresh account.
    Add,
    /// Phone sign-in for an account that is there.
    Upgrade,
    /// A passkey for an account that is there.
    Passkey,
}

/// An account in the phone's app. Whether it is ready is the directory's to say.
#[derive(Clone, Debug)]
pub(crate) struct PhoneAccount {
    pub(crate) upn: String,
    pub(crate) entry_id: String,
    pub(crate) passkey_id: Option<String>,
}

/// What the directory holds of an account on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AccountStanding {
    pub(crate) phone_sign_in: bool,
    pub(crate) passkey: bool,
    /// The entry is no longer in the directory.
    pub(crate) removed: bool,
}

impl PhoneAccount {
    /// How the account stands in the directory.
    pub(crate) fn standing(&self, state: &Inner) -> AccountStanding {
        let mut standing = AccountStanding {
            phone_sign_in: false,
            passkey: false,
            removed: true,
        };
        let methods = state.directory.user(&self.upn).map(|user| &user.methods);
        for method in methods.into_iter().flatten() {
            match method {
                Method::Authenticator(entry) if entry.id == self.entry_id => {
                    standing.removed = false;
                    standing.phone_sign_in = entry.phone_sign_in.is_some();
                }
                Method::Fido2(key) if self.passkey_id.as_ref() == Some(&key.id) => {
                    standing.passkey = true;
                }
                Method::Authenticator(_)
                | Method::Fido2(_)
                | Method::Password { .. }
                | Method::Phone { .. } => {}
            }
        }
        standing
    }

    fn is_ready(&self, state: &Inner) -> bool {
        let standing = self.standing(state);
        standing.phone_sign_in || standing.passkey
    }
}

/// A simulated phone.
#[derive(Clone)]
pub(crate) struct SimulatedPhone {
    pub(crate) system: PhoneSystem,
    pub(crate) language: PageLanguage,
    pub(crate) name: String,
    /// Its place among the phones opened.
    pub(crate) number: u32,
    /// Where it stands; [`SimulatedPhone::shown`] says what is seen. `Home` means the app at rest.
    pub(crate) screen: DeviceScreen,
    pub(crate) accounts: Vec<PhoneAccount>,
    /// The account whose page is open, or was last.
    pub(crate) chosen: String,
    pub(crate) task: Task,
    /// The account being set up.
    pub(crate) typed: String,
    pub(crate) step: Option<SignInStep>,
    /// What the last attempt met with.
    pub(crate) complaint: Option<Stuck>,
    /// Whether the app may send notifications.
    pub(crate) notifications: bool,
    /// Whether the person has just looked for requests in the app.
    pub(crate) looked: bool,
    pub(crate) screen_lock: bool,
    /// Whether the app is a passkey provider.
    pub(crate) provider: bool,
    /// The number shown in B4, to be typed in B5.
    pub(crate) matching: Option<u8>,
    pub(crate) token: String,
    pub(crate) device_id: String,
    pub(crate) entry_id: String,
    pub(crate) passkey_id: Option<String>,
    pub(crate) wait: Option<(Instant, DeviceScreen)>,
    /// Its last step is still being worked on.
    pub(crate) busy: bool,
}

impl SimulatedPhone {
    /// A phone with the app installed and run once.
    pub(crate) fn new(system: PhoneSystem, language: PageLanguage, name: &str) -> Self {
        let name = if name.is_empty() {
            default_name(system)
        } else {
            name
        };
        Self {
            system,
            language,
            name: name.to_owned(),
            number: 0,
            screen: DeviceScreen::Home,
            accounts: Vec::new(),
            chosen: String::new(),
            task: Task::Add,
            typed: String::new(),
            step: None,
            complaint: None,
            notifications: true,
            looked: false,
            screen_lock: true,
            provider: false,
            matching: None,
            token: String::new(),
            device_id: String::new(),
            entry_id: String::new(),
            passkey_id: None,
            wait: None,
            busy: false,
        }
    }

    /// The app's page in this system's store.
    pub(crate) fn store(&self) -> DeviceScreen {
        match self.system {
            PhoneSystem::Ios => DeviceScreen::AppStore,
            PhoneSystem::Android => DeviceScreen::GooglePlay,
        }
    }

    /// What is seen: the screen it stands on, or what has come over it.
    pub(crate) fn shown(&self, state: &Inner) -> DeviceScreen {
        let notified = approvals::is_notified(state, self);
        let resting = self.screen == DeviceScreen::Home || self.screen == DeviceScreen::AccountPage;
        if resting && notified {
            DeviceScreen::Approve
        } else if self.screen == DeviceScreen::Springboard && notified {
            DeviceScreen::Notice
        } else if self.screen == DeviceScreen::Home && !self.accounts.is_empty() {
            self.account_list(state)
        } else if self.screen == DeviceScreen::AccountPage {
            self.account_page(state)
        } else {
            self.screen
        }
    }

    fn account_list(&self, state: &Inner) -> DeviceScreen {
        if self.accounts.iter().all(|account| account.is_ready(state)) {
            DeviceScreen::Accounts
        } else {
            DeviceScreen::AccountsPush
        }
    }

    fn account_page(&self, state: &Inner) -> DeviceScreen {
        let Some(account) = self.account(&self.chosen) else {
            return DeviceScreen::Home;
        };
        let standing = account.standing(state);
        if standing.phone_sign_in {
            DeviceScreen::AccountReady
        } else if standing.passkey {
            DeviceScreen::AccountPasskey
        } else {
            DeviceScreen::AccountPage
        }
    }

    /// The account with that sign-in name.
    pub(crate) fn account(&self, upn: &str) -> Option<&PhoneAccount> {
        self.accounts
            .iter()
            .find(|account| account.upn.eq_ignore_ascii_case(upn))
    }

    /// Whether an account is on the phone.
    pub(crate) fn holds(&self, upn: &str) -> bool {
        self.account(upn).is_some()
    }

    /// Keeps the account that was set up.
    pub(crate) fn keep_account(&mut self, account: PhoneAccount) {
        self.accounts
            .retain(|known| !known.upn.eq_ignore_ascii_case(&account.upn));
        self.accounts.push(account);
    }

    /// Stays on `screen` for a while, then goes on to `next`.
    pub(crate) fn wait_on(&mut self, screen: DeviceScreen, next: DeviceScreen, wait: Duration) {
        self.screen = screen;
        self.wait = Some((Instant::now() + wait, next));
    }

    /// Leaves a waiting screen whose time is over.
    pub(crate) fn pass_time(&mut self) {
        if let Some((until, next)) = self.wait
            && Instant::now() >= until
        {
            self.wait = None;
            self.screen = next;
        }
    }

    /// Back to the app at rest; what was under way is forgotten.
    pub(crate) fn rest(&mut self) {
        self.screen = DeviceScreen::Home;
        self.step = None;
        self.token.clear();
        self.matching = None;
        self.wait = None;
    }
}
