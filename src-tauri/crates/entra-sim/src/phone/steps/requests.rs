//! Sign-ins elsewhere that ask for a number on this phone.

use super::Tap;
use crate::phone::approvals;
use crate::phone::device::SimulatedPhone;
use crate::phone::screen::DeviceScreen;

pub(super) fn tap(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    match (shown, action) {
        (DeviceScreen::Notice, "notice") => {
            phone.screen = DeviceScreen::Home;
            phone.looked = true;
        }
        (DeviceScreen::Home | DeviceScreen::Accounts | DeviceScreen::AccountsPush, "look") => {
            if approvals::is_found(&tap.tenant.lock_for_phones(), phone) {
                phone.looked = true;
            } else {
                phone.screen = DeviceScreen::NoRequests;
            }
        }
        (DeviceScreen::Approve, "yes" | "no") => answer(tap, phone, action == "yes"),
        (_, _) => return false,
    }
    true
}

fn answer(tap: &Tap<'_>, phone: &mut SimulatedPhone, yes: bool) {
    let number = tap.params.trimmed("number").parse::<u8>().ok();
    if yes && number.is_none() {
        return;
    }
    let approved = approvals::answer(&mut tap.tenant.lock_for_phones(), phone, number, yes);
    phone.looked = false;
    phone.screen = match approved {
        Some(false) => DeviceScreen::Denied,
        Some(true) | None => DeviceScreen::Home,
    };
}
