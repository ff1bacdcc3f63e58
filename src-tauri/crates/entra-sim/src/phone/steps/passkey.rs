//! The passkey in the app (walk-through C).

use super::upgrading::finish;
use super::{Tap, failed};
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::screen::Screen;
use crate::phone::services::RegistrationKind;
use crate::phone::walk::Stuck;

pub(super) fn tap(_: &Tap<'_>, phone: &mut SimulatedPhone, shown: Screen, action: &str) -> bool {
    match (shown, action) {
        (Screen::COffer, "continue") if phone.provider => phone.screen = Screen::CCreate,
        (Screen::COffer, "continue") => phone.screen = Screen::CProvider,
        (Screen::CProvider | Screen::ProviderOff, "settings") => phone.screen = Screen::CSettings,
        (Screen::CProvider, "later") => phone.screen = Screen::ProviderOff,
        (Screen::CSettings, "switch") => phone.provider = !phone.provider,
        (Screen::CSettings, "return") if phone.provider => phone.screen = Screen::CCreate,
        (Screen::CSettings, "return") => phone.screen = Screen::ProviderOff,
        (Screen::CCreate, "cancel") => phone.screen = Screen::COffer,
        (Screen::CDone, "done") => {
            finish(phone);
            phone.chosen.clone_from(&phone.typed);
            phone.screen = Screen::AccountPage;
        }
        (_, _) => return false,
    }
    true
}

pub(super) async fn make(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: Screen,
    action: &str,
) -> bool {
    if (shown, action) != (Screen::CCreate, "create") {
        return false;
    }
    match registered(tap, phone).await {
        Ok(()) => phone.wait_on(Screen::CWait, Screen::CDone, tap.wait),
        Err(stuck) => failed(phone, stuck),
    }
    true
}

/// The passkey, and for a fresh account its entry for push: the app sets up both in one go.
async fn registered(tap: &Tap<'_>, phone: &mut SimulatedPhone) -> Result<(), Stuck> {
    let of = (phone.system, phone.name.as_str());
    let passkey = tap
        .app
        .method(&phone.token, RegistrationKind::Passkey, of, None, None)
        .await?;
    let known = phone
        .account(&phone.typed)
        .map(|account| account.entry_id.clone());
    phone.entry_id = match (phone.task, known) {
        (Task::Passkey, Some(entry)) => entry,
        (Task::Add | Task::Upgrade | Task::Passkey, _) => {
            tap.app
                .method(&phone.token, RegistrationKind::Push, of, None, None)
                .await?
        }
    };
    phone.passkey_id = Some(passkey);
    Ok(())
}
