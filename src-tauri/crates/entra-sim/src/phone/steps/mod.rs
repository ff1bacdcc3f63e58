//! What a tap on the phone does.

mod adding;
mod opening;
mod passkey;
mod requests;
mod signing;
mod upgrading;

use std::sync::Arc;
use std::time::Duration;

use crate::listen::Base;
use crate::params::Params;
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::refusal::{PhoneRefusal, RefusalPlace, strike};
use crate::phone::screen::DeviceScreen;
use crate::phone::walk::{App, Stuck};
use crate::state::Tenant;

/// One tap, with what it needs.
struct Tap<'a> {
    tenant: &'a Arc<Tenant>,
    app: App,
    params: &'a Params,
    /// How long a waiting screen stays.
    wait: Duration,
}

impl Tap<'_> {
    /// What the phone meets with at that place.
    fn strike(&self, place: RefusalPlace) -> Option<PhoneRefusal> {
        strike(&mut self.tenant.lock(), place)
    }

    /// Shows the refusal of that place, if there is one now.
    fn is_stopped(&self, phone: &mut SimulatedPhone, place: RefusalPlace) -> bool {
        let refusal = self.strike(place);
        if let Some(refusal) = refusal {
            phone.screen = refusal.screen();
        }
        refusal.is_some()
    }
}

/// Does what a tap asks for; one that means nothing on this screen does nothing.
pub(crate) async fn tap(
    tenant: &Arc<Tenant>,
    base: &Base,
    mut phone: SimulatedPhone,
    params: &Params,
) -> SimulatedPhone {
    let (shown, wait) = {
        let state = tenant.lock_for_phones();
        let wait = Duration::from_millis(u64::from(state.flags.phone_wait_ms));
        (phone.shown(&state), wait)
    };
    let tap = Tap {
        tenant,
        app: App::new(tenant, base),
        params,
        wait,
    };
    phone.complaint = None;
    let action = params.of("action").unwrap_or_default();
    let done = opening::tap(&tap, &mut phone, shown, action)
        || requests::tap(&tap, &mut phone, shown, action)
        || adding::tap(&tap, &mut phone, shown, action)
        || passkey::tap(&tap, &mut phone, shown, action)
        || signing::tap(&tap, &mut phone, shown, action).await
        || upgrading::tap(&tap, &mut phone, shown, action).await
        || passkey::make(&tap, &mut phone, shown, action).await;
    if !done && action == "back" {
        back(&mut phone, shown);
    }
    phone
}

/// Screens with a way back of their own; from all others one comes to the app at rest.
const BACK: &[(DeviceScreen, DeviceScreen)] = &[
    (DeviceScreen::AddHow, DeviceScreen::AddKind),
    (DeviceScreen::Personal, DeviceScreen::AddKind),
    (DeviceScreen::Pick, DeviceScreen::AddHow),
    (DeviceScreen::Scan, DeviceScreen::AddHow),
    (DeviceScreen::ManualCode, DeviceScreen::Scan),
    (DeviceScreen::Secret, DeviceScreen::Account),
    (DeviceScreen::Password, DeviceScreen::Account),
    (DeviceScreen::BSecret, DeviceScreen::AccountPage),
    (DeviceScreen::CSecret, DeviceScreen::AccountPage),
    (DeviceScreen::BNumber, DeviceScreen::BNotice),
    (DeviceScreen::CSettings, DeviceScreen::CProvider),
    (DeviceScreen::LockSettings, DeviceScreen::NoLock),
];

fn back(phone: &mut SimulatedPhone, shown: DeviceScreen) {
    let ends_by_itself =
        phone.wait.is_some() || shown == DeviceScreen::Done || shown == DeviceScreen::BDone;
    if ends_by_itself {
        return;
    }
    let before = BACK.iter().find(|(from, _)| *from == shown);
    match before {
        Some((_, before)) => phone.screen = *before,
        None if shown == DeviceScreen::Account && phone.accounts.is_empty() => {
            phone.screen = DeviceScreen::AddHow;
        }
        None if shown == DeviceScreen::Account => phone.screen = DeviceScreen::Pick,
        None => phone.rest(),
    }
}

/// Shows what an attempt met with: a screen of its own for a rule or limit, else the general one.
fn failed(phone: &mut SimulatedPhone, stuck: Stuck) {
    phone.screen = stuck
        .reason
        .map_or(DeviceScreen::Failed, PhoneRefusal::screen);
    phone.complaint = Some(stuck);
}

/// The screen on which a task explains what it is going to do.
fn explained(task: Task) -> DeviceScreen {
    match task {
        Task::Add => DeviceScreen::GoOn,
        Task::Upgrade => DeviceScreen::BContinue,
        Task::Passkey => DeviceScreen::COffer,
    }
}
