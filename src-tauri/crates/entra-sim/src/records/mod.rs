//! What the tenant remembers of what happened: sign-ins, directory changes, registrations, mail.

pub(crate) mod audits;
pub(crate) mod mail;
pub(crate) mod registrations;
pub(crate) mod resets;
pub(crate) mod sign_ins;

use std::collections::VecDeque;

/// Entries kept of each kind; the oldest go first.
const MOST: usize = 10_000;

/// Everything remembered.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) sign_ins: VecDeque<sign_ins::SignInRecord>,
    pub(crate) audits: VecDeque<audits::Audit>,
    pub(crate) registrations: registrations::Registrations,
    pub(crate) resets: VecDeque<resets::Reset>,
    pub(crate) mails: VecDeque<mail::Mail>,
}

/// Adds an entry, at the price of the oldest where there are too many.
pub(crate) fn keep<T>(all: &mut VecDeque<T>, new: T) {
    if all.len() >= MOST {
        all.pop_front();
    }
    all.push_back(new);
}
