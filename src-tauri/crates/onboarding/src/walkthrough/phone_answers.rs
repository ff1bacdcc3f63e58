//! What the operator asks of the phone in the person's hand, and what may stand in the way today.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A question about the phone. The directory cannot answer it: it does not know which phone is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneQuestion {
    /// Is Microsoft Authenticator installed?
    AppInstalled,
    /// Is the work account in the app already?
    AccountInApp,
}

/// The answers so far; none where nobody asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct PhoneAnswers {
    /// Microsoft Authenticator is on the phone.
    pub app_installed: Option<bool>,
    /// The work account is in the app.
    pub account_in_app: Option<bool>,
}

/// What makes a row of a walk-through needless from the start. The person can still go back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkipWhen {
    /// The app is on the phone already.
    AppInstalled,
}

/// Why a phone cannot be set up today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotPossibleReason {
    /// The app does not run on it.
    PhoneTooOld,
    /// It has no screen lock, and the person does not set one now.
    NoScreenLock,
    /// There is none.
    NoSmartphone,
}

impl PhoneAnswers {
    /// Takes an answer, and what follows from it: an account is in no app that is not there.
    pub(crate) fn take(&mut self, asked: PhoneQuestion, yes: bool) {
        match asked {
            PhoneQuestion::AppInstalled => {
                // That "no" was drawn from the other answer, and nobody said it.
                let drawn = self.app_installed == Some(false);
                self.app_installed = Some(yes);
                if !yes {
                    self.account_in_app = Some(false);
                } else if drawn {
                    self.account_in_app = None;
                }
            }
            PhoneQuestion::AccountInApp => {
                self.account_in_app = Some(yes);
                if yes {
                    self.app_installed = Some(true);
                }
            }
        }
    }
}
