//! Store, first run, and the phone's start screen.

use super::Tap;
use crate::phone::device::SimulatedPhone;
use crate::phone::refusal::RefusalPlace;
use crate::phone::screen::Screen;

pub(super) fn tap(tap: &Tap<'_>, phone: &mut SimulatedPhone, shown: Screen, action: &str) -> bool {
    match (shown, action) {
        (Screen::AppStore | Screen::GooglePlay, "get") => {
            if !tap.is_stopped(phone, RefusalPlace::Store) {
                phone.wait_on(Screen::Installing, Screen::Installed, tap.wait);
            }
        }
        (Screen::Installed, "open") => phone.screen = Screen::Privacy,
        (Screen::Privacy, "accept") => phone.screen = Screen::Usage,
        (Screen::Usage, "continue") => phone.screen = Screen::AllowNotifications,
        (Screen::AllowNotifications, "allow" | "refuse") => {
            phone.notifications = action == "allow";
            phone.screen = Screen::FirstRun;
        }
        (Screen::FirstRun, "work") => phone.screen = Screen::AddHow,
        (Screen::FirstRun, "personal") => phone.screen = Screen::Personal,
        (Screen::FirstRun, "scan") => phone.screen = Screen::Scan,
        (Screen::FirstRun, "skip") => phone.rest(),
        (Screen::Springboard, "open") => phone.screen = Screen::Home,
        (Screen::AppOld, "update") => {
            phone.wait_on(Screen::Installing, Screen::Springboard, tap.wait)
        }
        (Screen::PhoneOld, "back") => phone.screen = phone.store(),
        (_, "leave") if phone.wait.is_none() => {
            phone.rest();
            phone.screen = Screen::Springboard;
        }
        (_, _) => return false,
    }
    true
}
