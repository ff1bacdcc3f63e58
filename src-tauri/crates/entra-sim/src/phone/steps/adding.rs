//! The ways to add an account, right ones and wrong ones (S25.1 to S25.4).

use super::Tap;
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::refusal::RefusalPlace;
use crate::phone::screen::Screen;
use crate::phone::walk::stuck;

pub(super) fn tap(tap: &Tap<'_>, phone: &mut SimulatedPhone, shown: Screen, action: &str) -> bool {
    match (shown, action) {
        (Screen::Home | Screen::Accounts | Screen::AccountsPush, "add") => {
            phone.task = Task::Add;
            phone.screen = Screen::AddKind;
        }
        (Screen::AddKind, "work") => phone.screen = Screen::AddHow,
        (Screen::AddKind, "personal") => phone.screen = Screen::Personal,
        (Screen::AddKind, "other_kind") | (Screen::AddHow, "scan") => phone.screen = Screen::Scan,
        (Screen::Scan, "manual") => phone.screen = Screen::ManualCode,
        (Screen::ManualCode, "finish") => phone.complaint = Some(stuck("manual-code")),
        (Screen::Personal, "next") => {
            phone.typed = tap.params.trimmed("loginfmt").to_owned();
            phone.complaint = Some(stuck("personal"));
        }
        (Screen::AddHow, "signin") => {
            if !tap.is_stopped(phone, RefusalPlace::SignIn) {
                phone.typed.clear();
                phone.screen = if phone.accounts.is_empty() {
                    Screen::Account
                } else {
                    Screen::Pick
                };
            }
        }
        (Screen::Pick, "other") => phone.screen = Screen::Account,
        (Screen::NoLock, "settings") => phone.screen = Screen::LockSettings,
        (Screen::LockSettings, "set") => {
            phone.screen_lock = true;
            phone.screen = super::explained(phone.task);
        }
        (_, _) => return false,
    }
    true
}
