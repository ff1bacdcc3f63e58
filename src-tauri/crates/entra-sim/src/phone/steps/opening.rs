//! Store, first run, and the phone's start screen.

use super::Tap;
use crate::phone::device::SimulatedPhone;
use crate::phone::refusal::RefusalPlace;
use crate::phone::screen::DeviceScreen;

pub(super) fn tap(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    match (shown, action) {
        (DeviceScreen::AppStore | DeviceScreen::GooglePlay, "get") => {
            if !tap.is_stopped(phone, RefusalPlace::Store) {
                phone.wait_on(DeviceScreen::Installing, DeviceScreen::Installed, tap.wait);
            }
        }
        (DeviceScreen::Installed, "open") => phone.screen = DeviceScreen::Privacy,
        (DeviceScreen::Privacy, "accept") => phone.screen = DeviceScreen::Usage,
        (DeviceScreen::Usage, "continue") => phone.screen = DeviceScreen::AllowNotifications,
        (DeviceScreen::AllowNotifications, "allow" | "refuse") => {
            phone.notifications = action == "allow";
            phone.screen = DeviceScreen::FirstRun;
        }
        (DeviceScreen::FirstRun, "work") => phone.screen = DeviceScreen::AddHow,
        (DeviceScreen::FirstRun, "personal") => phone.screen = DeviceScreen::Personal,
        (DeviceScreen::FirstRun, "scan") => phone.screen = DeviceScreen::Scan,
        (DeviceScreen::FirstRun, "skip") => phone.rest(),
        (DeviceScreen::Springboard, "open") => phone.screen = DeviceScreen::Home,
        (DeviceScreen::AppOld, "update") => phone.wait_on(
            DeviceScreen::Installing,
            DeviceScreen::Springboard,
            tap.wait,
        ),
        (DeviceScreen::PhoneOld, "back") => phone.screen = phone.store(),
        (_, "leave") if phone.wait.is_none() => {
            phone.rest();
            phone.screen = DeviceScreen::Springboard;
        }
        (_, _) => return false,
    }
    true
}
