//! The ways to add an account, right ones and wrong ones (S25.1 to S25.4).

use super::Tap;
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::refusal::RefusalPlace;
use crate::phone::screen::DeviceScreen;
use crate::phone::walk::stuck;

pub(super) fn tap(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    match (shown, action) {
        (DeviceScreen::Home | DeviceScreen::Accounts | DeviceScreen::AccountsPush, "add") => {
            phone.task = Task::Add;
            phone.screen = DeviceScreen::AddKind;
        }
        (DeviceScreen::AddKind, "work") => phone.screen = DeviceScreen::AddHow,
        (DeviceScreen::AddKind, "personal") => phone.screen = DeviceScreen::Personal,
        (DeviceScreen::AddKind, "other_kind") | (DeviceScreen::AddHow, "scan") => {
            phone.screen = DeviceScreen::Scan
        }
        (DeviceScreen::Scan, "manual") => phone.screen = DeviceScreen::ManualCode,
        (DeviceScreen::ManualCode, "finish") => phone.complaint = Some(stuck("manual-code")),
        (DeviceScreen::Personal, "next") => {
            phone.typed = tap.params.trimmed("loginfmt").to_owned();
            phone.complaint = Some(stuck("personal"));
        }
        (DeviceScreen::AddHow, "signin") => {
            if !tap.is_stopped(phone, RefusalPlace::SignIn) {
                phone.typed.clear();
                phone.screen = if phone.accounts.is_empty() {
                    DeviceScreen::Account
                } else {
                    DeviceScreen::Pick
                };
            }
        }
        (DeviceScreen::Pick, "other") => phone.screen = DeviceScreen::Account,
        (DeviceScreen::NoLock, "settings") => phone.screen = DeviceScreen::LockSettings,
        (DeviceScreen::LockSettings, "set") => {
            phone.screen_lock = true;
            phone.screen = super::explained(phone.task);
        }
        (_, _) => return false,
    }
    true
}
