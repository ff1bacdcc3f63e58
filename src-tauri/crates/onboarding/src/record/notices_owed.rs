//! Who is to be told by mail that a pass was issued, and was not so far. No address is in it: whoever tries again reads
//! it from the directory.

use std::collections::BTreeMap;

use super::event::Event;
use super::letter_event::LetterEvent;
use crate::ids::{PassId, UserId, VisitId};
use crate::notice::LetterKind;
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;

/// It is tried for so long.
const LONGEST_MS: i64 = 24 * 60 * 60 * 1000;

/// Tries that may have succeeded. After the first one it is tried once more: that a pass was issued and nobody heard of
/// it does harm, and the same mail twice does none. A second one of which nobody knows is enough, or a mailbox that
/// takes mail without saying so would be filled.
const UNCLEAR: u8 = 2;

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoticeOwed {
    pub(crate) user: UserId,
    /// Whose pass it was: the manager reads it.
    pub(crate) name: String,
    pub(crate) pass: PassId,
    /// When that was issued.
    pub(crate) issued: ServiceTime,
    since: ServiceTime,
    /// A try is on its way.
    pub(crate) under_way: bool,
    unclear: u8,
    /// Why it did not succeed last time.
    pub(crate) code: Option<TroubleCode>,
}

/// Of which visit, and to whom.
pub(crate) type NoticeKey = (VisitId, LetterKind);

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct NoticesOwed {
    /// The names of those whose visits go on.
    names: BTreeMap<VisitId, String>,
    owed: BTreeMap<NoticeKey, NoticeOwed>,
}

impl NoticeOwed {
    /// It is not tried any more: the directory knows nobody to tell, or it was tried enough.
    pub(crate) fn is_over(&self, now: ServiceTime) -> bool {
        let nobody = matches!(
            self.code,
            Some(
                TroubleCode::MailNoAddress
                    | TroubleCode::MailNoManager
                    | TroubleCode::MailAddressRefused
                    | TroubleCode::MailTooLarge
            )
        );
        let tried = self.unclear >= UNCLEAR || now > self.since.after_ms(LONGEST_MS);
        !self.under_way && (nobody || tried)
    }
}

impl NoticesOwed {
    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        if let Event::StationStarted { .. } = event {
            self.nobody_heard();
        }
        let Some(visit) = visit else { return };
        if let Event::PersonChosen { name, .. } = event {
            self.names.insert(visit, name.clone());
        } else if let Event::VisitEnded { .. } = event {
            self.names.remove(&visit);
        } else if let Event::Letter(event) = event {
            self.take_letter(visit, at, event);
        }
    }

    pub(crate) fn owed(&self) -> impl Iterator<Item = (&NoticeKey, &NoticeOwed)> {
        self.owed.iter()
    }

    pub(crate) fn of(&self, key: NoticeKey) -> Option<&NoticeOwed> {
        self.owed.get(&key)
    }

    /// The intent could not be written: nothing was tried.
    pub(crate) fn never_meant(&mut self, key: NoticeKey) {
        if let Some(owed) = self.owed.get_mut(&key) {
            owed.under_way = false;
            owed.code = Some(TroubleCode::RecordFailed);
        }
    }

    fn take_letter(&mut self, visit: VisitId, at: ServiceTime, event: &LetterEvent) {
        match event {
            LetterEvent::NoticeIntent {
                letter,
                user,
                pass,
                issued,
            } => {
                let name = || self.names.get(&visit).cloned().unwrap_or_default();
                let first = NoticeOwed {
                    user: user.clone(),
                    name: name(),
                    pass: pass.clone(),
                    issued: *issued,
                    since: at,
                    under_way: true,
                    unclear: 0,
                    code: None,
                };
                let owed = self.owed.entry((visit, *letter));
                let owed = owed.or_insert_with(|| first.clone());
                // The next pass of the visit: one notice says of the last one.
                if owed.pass != *pass {
                    *owed = first;
                }
                owed.under_way = true;
            }
            LetterEvent::LetterHandedOver { letter, .. }
            | LetterEvent::NoticeGivenUp { letter, .. } => {
                self.owed.remove(&(visit, *letter));
            }
            LetterEvent::LetterNotHandedOver { letter, code } => {
                if let Some(owed) = self.owed.get_mut(&(visit, *letter)) {
                    owed.under_way = false;
                    owed.unclear += u8::from(*code == TroubleCode::MailUnclear);
                    owed.code = Some(*code);
                }
            }
            LetterEvent::AddressDeclared
            | LetterEvent::PassLetterIntent { .. }
            | LetterEvent::GuideLetterIntent { .. }
            | LetterEvent::LetterArrival { .. } => {}
        }
    }

    /// The station stopped: of what was on its way nobody knows whether it left.
    fn nobody_heard(&mut self) {
        for owed in self.owed.values_mut().filter(|owed| owed.under_way) {
            owed.under_way = false;
            owed.unclear += 1;
            owed.code = Some(TroubleCode::MailUnclear);
        }
    }
}
