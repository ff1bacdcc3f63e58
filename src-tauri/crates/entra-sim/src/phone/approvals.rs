//! Sign-ins that wait for an answer on a phone: which of them a phone hears of, and its answers.

use crate::flags::PhoneNotifications;
use crate::oauth::grants::Approval;
use crate::phone::device::SimulatedPhone;
use crate::state::Inner;

/// Whether a notification of a waiting sign-in comes up on that phone by itself.
pub(crate) fn is_notified(state: &Inner, phone: &SimulatedPhone) -> bool {
    let shown = phone.notifications || phone.looked;
    let heard = match state.flags.phone_notifications {
        PhoneNotifications::Shown => shown,
        PhoneNotifications::Missed => phone.looked,
        PhoneNotifications::Lost => false,
    };
    heard && pending(state, phone).is_some()
}

/// Whether looking for requests in the app finds one.
pub(crate) fn is_found(state: &Inner, phone: &SimulatedPhone) -> bool {
    state.flags.phone_notifications != PhoneNotifications::Lost && pending(state, phone).is_some()
}

/// The account whose sign-in waits for that phone.
pub(crate) fn waiting_account(state: &Inner, phone: &SimulatedPhone) -> Option<String> {
    let approval = pending(state, phone)?;
    state
        .directory
        .user(&approval.user_id)
        .map(|user| user.upn.clone())
}

/// Answers the sign-in that waits for that phone; true when it was approved with the right number.
pub(crate) fn answer(
    state: &mut Inner,
    phone: &SimulatedPhone,
    number: Option<u8>,
    yes: bool,
) -> Option<bool> {
    let flow = pending(state, phone)?.flow.clone();
    let upn = waiting_account(state, phone)?;
    let account = phone.account(&upn);
    let entry = account.map(|account| account.entry_id.clone());
    let approval = state
        .grants
        .approvals
        .iter_mut()
        .find(|approval| approval.flow == flow)?;
    let approved = yes && number == Some(approval.number);
    approval.approved = Some(approved);
    approval.denied = !yes;
    approval.entry = entry;
    Some(approved)
}

/// Approves the sign-in with that flow token.
pub(crate) fn answer_flow(state: &mut Inner, flow: &str) {
    for approval in &mut state.grants.approvals {
        if approval.flow == flow {
            approval.approved = Some(true);
        }
    }
}

fn pending<'a>(state: &'a Inner, phone: &SimulatedPhone) -> Option<&'a Approval> {
    state.grants.approvals.iter().find(|approval| {
        let user = state.directory.user(&approval.user_id);
        approval.approved.is_none() && user.is_some_and(|user| phone.holds(&user.upn))
    })
}
