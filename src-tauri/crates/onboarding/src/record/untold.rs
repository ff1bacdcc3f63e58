//! What became of visits while nobody looked: the app stopped in their middle, or their pass was settled when they were
//! over. It is told until an operator puts it away, over restarts, too.

use std::collections::{BTreeMap, BTreeSet};

use super::after_event::AfterEvent;
use super::event::Event;
use super::facts::{PassEnd, VisitOutcome};
use super::letter_event::LetterEvent;
use super::loose_ends::{Follows, LooseEnds};
use super::telephone::{ForgottenWhy, TelephoneEvent};
use crate::ids::{PassId, VisitId};
use crate::notice::LetterKind;
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;

/// So many are told at once; a record of years has more.
const TOLD_AT_ONCE: usize = 20;

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct Untold {
    last: Option<ServiceTime>,
    /// When the last entry of the run before was made.
    stopped_at: Option<ServiceTime>,
    open: BTreeMap<VisitId, OpenVisit>,
    over: BTreeMap<VisitId, OverVisit>,
    /// Of these visits enough was shown only after their end, and the password stayed for want of it.
    proven_later: BTreeSet<VisitId>,
    /// Grows with everything that is to be told anew.
    number: u32,
}

/// A visit that goes on.
#[derive(Clone, Debug, Default)]
struct OpenVisit {
    name: Option<String>,
    /// The intents whose pass may still be there.
    intents: BTreeSet<String>,
    /// The pass in hand, and the intent it came of.
    issued: Option<(String, PassId)>,
    follows: Follows,
    /// Since when a letter is on its way to whom they said, and nobody heard what became of it.
    letter: Option<UnheardLetter>,
    /// Who is still to be told by mail that a pass was issued.
    notices: BTreeSet<LetterKind>,
    /// Why that was given up.
    not_told: Option<TroubleCode>,
    /// It is kept for the call back: what stops it is what it is kept for.
    kept: bool,
}

/// A letter that was about to leave then.
#[derive(Clone, Copy, Debug)]
struct UnheardLetter {
    at: ServiceTime,
    with_pass: bool,
}

/// A visit that is over.
#[derive(Clone, Debug)]
pub(crate) struct OverVisit {
    pub(crate) name: Option<String>,
    /// The last entry before the app stopped in its middle, where it did.
    pub(crate) stopped_at: Option<ServiceTime>,
    pub(crate) pass: PassEnd,
    owed: BTreeSet<String>,
    follows: Follows,
    /// As with a visit that goes on: an answer may still come, until the station stops.
    letter: Option<UnheardLetter>,
    notices: BTreeSet<LetterKind>,
    not_told: Option<TroubleCode>,
    told: bool,
    /// It was kept for the call back when the app stopped: home lists it, unless that turns out to be lost.
    waits: bool,
}

impl OverVisit {
    /// What has to be looked at in the directory.
    pub(crate) fn loose_ends(&self) -> LooseEnds {
        self.follows.loose_ends()
    }

    /// It was told for its loose ends alone, and there are none any more.
    fn has_come_right(&self) -> bool {
        let mail = self.letter.is_some() || !self.notices.is_empty() || self.not_told.is_some();
        !(self.loose_ends().any() || mail) && self.stopped_at.is_none() && self.owed.is_empty()
    }

    /// Why nobody could be told by mail that a pass was issued, where that was given up.
    pub(crate) fn not_told(&self) -> Option<TroubleCode> {
        self.not_told
    }

    /// When a letter with the pass, or one without, was about to leave of which nobody knows whether it did.
    pub(crate) fn letter(&self, with_pass: bool) -> Option<ServiceTime> {
        let letter = self.letter.filter(|it| it.with_pass == with_pass);
        letter.map(|it| it.at)
    }
}

impl Untold {
    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        match event {
            Event::StationStarted { .. } => {
                self.stopped_at = self.last;
                self.nobody_heard();
            }
            // One that bears a visit is about that visit's place on the roll.
            Event::NoticeDismissed { .. } if visit.is_none() => self.dismissed(),
            Event::NoticeDismissed { .. } => {}
            Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing
            | Event::WitnessMade
            | Event::RecordAccepted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::VisitStarted { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::WentOnWithoutPass { .. }
            | Event::PassLimitReached { .. }
            | Event::LimitRefused { .. }
            | Event::ColleagueConfirmed { .. }
            | Event::ColleagueNotConfirmed { .. }
            | Event::PassNotSeen { .. }
            | Event::PassFound { .. }
            | Event::PassDecided { .. }
            | Event::PassNotThere { .. }
            | Event::PassGone { .. }
            | Event::PassReplaced { .. }
            | Event::PassIntent { .. }
            | Event::PassIssued { .. }
            | Event::PassRefused { .. }
            | Event::PassUncertain { .. }
            | Event::PassNotIssued { .. }
            | Event::PassLapsed { .. }
            | Event::PassOrphanRemoved { .. }
            | Event::PassRemoved { .. }
            | Event::PassEntered { .. }
            | Event::Registered { .. }
            | Event::After(_)
            | Event::Phone(_)
            | Event::Telephone(_)
            | Event::Letter(_)
            | Event::DisplayLost { .. }
            | Event::DisplayReplaced { .. }
            | Event::DisplayGivenUp { .. }
            | Event::VisitEnded { .. } => {
                if let Some(visit) = visit {
                    self.take_of_visit(visit, at, event);
                }
            }
        }
        self.last = Some(at);
    }

    /// What is to be told, oldest first, and the number it is put away by.
    pub(crate) fn lines(&self) -> (u32, Vec<&OverVisit>) {
        let lines: Vec<_> = self.over.values().filter(|over| !over.told).collect();
        let skip = lines.len().saturating_sub(TOLD_AT_ONCE);
        (self.number, lines.into_iter().skip(skip).collect())
    }

    /// Of which visits enough was shown after their end to take the password out of use: the person may be asked back.
    pub(crate) fn proven_later(&self) -> Vec<VisitId> {
        let skip = self.proven_later.len().saturating_sub(TOLD_AT_ONCE);
        self.proven_later.iter().skip(skip).copied().collect()
    }

    fn take_after(&mut self, visit: VisitId, event: &AfterEvent) {
        if matches!(event, AfterEvent::TestProven { ask_back: true, .. }) {
            self.proven_later.insert(visit);
            self.number += 1;
        }
        self.follow(visit, |follows| follows.take(event));
    }

    /// A letter is about to leave, or somebody heard what became of it.
    fn take_letter(&mut self, visit: VisitId, at: ServiceTime, event: &LetterEvent) {
        let leaves = |with_pass| Some(UnheardLetter { at, with_pass });
        let letter = match event {
            LetterEvent::PassLetterIntent { .. } => leaves(true),
            LetterEvent::GuideLetterIntent { .. } => leaves(false),
            LetterEvent::NoticeIntent { letter, .. } => return self.tells(visit, *letter),
            LetterEvent::NoticeGivenUp { letter, code } => {
                return self.gave_up_telling(visit, *letter, *code);
            }
            LetterEvent::LetterHandedOver { letter, .. }
            | LetterEvent::LetterNotHandedOver { letter, .. }
                if matches!(letter, LetterKind::Pass | LetterKind::Guide) =>
            {
                None
            }
            LetterEvent::LetterHandedOver { letter, .. } => return self.heard(visit, *letter),
            LetterEvent::AddressDeclared
            | LetterEvent::LetterNotHandedOver { .. }
            | LetterEvent::LetterArrival { .. } => return,
        };
        if let Some(open) = self.open.get_mut(&visit) {
            open.letter = letter;
        } else if let Some(over) = self.over.get_mut(&visit) {
            over.letter = letter;
        }
    }

    /// Somebody is told by mail that a pass was issued, and may have to be for longer than the visit.
    fn tells(&mut self, visit: VisitId, letter: LetterKind) {
        if let Some(open) = self.open.get_mut(&visit) {
            open.notices.insert(letter);
        }
    }

    fn heard(&mut self, visit: VisitId, letter: LetterKind) {
        if let Some(open) = self.open.get_mut(&visit) {
            open.notices.remove(&letter);
        } else if let Some(over) = self.over.get_mut(&visit) {
            over.notices.remove(&letter);
        }
    }

    fn gave_up_telling(&mut self, visit: VisitId, letter: LetterKind, code: TroubleCode) {
        if let Some(open) = self.open.get_mut(&visit) {
            open.notices.remove(&letter);
            open.not_told = Some(code);
        } else if let Some(over) = self.over.get_mut(&visit) {
            over.notices.remove(&letter);
            over.not_told = Some(code);
            over.told = false;
            self.number += 1;
        }
    }

    /// The station stopped: no answer comes any more to what was on its way.
    fn nobody_heard(&mut self) {
        for over in self.over.values_mut() {
            if over.letter.is_some() && std::mem::replace(&mut over.told, false) {
                self.number += 1;
            }
        }
    }

    fn follow(&mut self, visit: VisitId, take: impl FnOnce(&mut Follows)) {
        if let Some(open) = self.open.get_mut(&visit) {
            take(&mut open.follows);
        } else if let Some(over) = self.over.get_mut(&visit) {
            let before = over.loose_ends();
            take(&mut over.follows);
            if over.loose_ends() != before {
                over.told &= !over.loose_ends().any();
                self.number += 1;
                if over.has_come_right() {
                    self.over.remove(&visit);
                }
            }
        }
    }

    fn take_of_visit(&mut self, visit: VisitId, at: ServiceTime, event: &Event) {
        match event {
            Event::PersonChosen { name, .. } => {
                self.open.entry(visit).or_default().name = Some(name.clone());
            }
            Event::PassIntent { intent, .. } => self.asked_for(visit, intent),
            Event::PassIssued { intent, pass, .. } => {
                // It took the place of the one before.
                let open = self.open.entry(visit).or_default();
                let issued = (intent.clone(), pass.clone());
                if let Some((before, _)) = open.issued.replace(issued) {
                    open.intents.remove(&before);
                }
            }
            Event::PassRefused { intent, .. } | Event::PassNotIssued { intent } => {
                self.settled(visit, intent, PassEnd::None);
            }
            Event::PassLapsed { intent } => self.settled(visit, intent, PassEnd::Expired),
            Event::PassOrphanRemoved {
                intent,
                still_open: false,
                ..
            } => self.settled(visit, intent, PassEnd::Removed),
            Event::PassOrphanRemoved { .. } => self.removed_so_far(visit),
            Event::PassGone { intent, .. } => self.settled(visit, intent, PassEnd::Gone),
            Event::PassRemoved { .. } => self.done_with_issued(visit),
            Event::PassDecided { pass, remove, .. } => self.decided(visit, pass, *remove),
            Event::VisitEnded { how, pass } => self.ended(visit, *how, *pass),
            Event::After(event) => self.take_after(visit, event),
            Event::Letter(event) => self.take_letter(visit, at, event),
            Event::Phone(event) => self.follow(visit, |follows| follows.take_phone(event)),
            Event::StationStarted { .. }
            | Event::NoticeDismissed { .. }
            | Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing
            | Event::WitnessMade
            | Event::RecordAccepted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::VisitStarted { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::WentOnWithoutPass { .. }
            | Event::PassLimitReached { .. }
            | Event::LimitRefused { .. }
            | Event::ColleagueConfirmed { .. }
            | Event::ColleagueNotConfirmed { .. }
            | Event::PassUncertain { .. }
            | Event::PassNotSeen { .. }
            | Event::PassFound { .. }
            | Event::PassNotThere { .. }
            | Event::PassReplaced { .. }
            | Event::PassEntered { .. }
            | Event::Registered { .. }
            | Event::DisplayLost { .. }
            | Event::DisplayReplaced { .. }
            | Event::DisplayGivenUp { .. } => {}
            Event::Telephone(event) => self.take_telephone(visit, event),
        }
    }

    fn take_telephone(&mut self, visit: VisitId, event: &TelephoneEvent) {
        let (of, kept) = match event {
            TelephoneEvent::VisitKept { .. } => (visit, true),
            TelephoneEvent::VisitTakenUp { kept_visit } => (*kept_visit, false),
            TelephoneEvent::VisitForgotten { .. } => (visit, false),
            TelephoneEvent::VisitByTelephone | TelephoneEvent::PassReadOut { .. } => return,
        };
        if let Some(open) = self.open.get_mut(&of) {
            open.kept = kept;
        } else if !kept {
            let lost = TelephoneEvent::VisitForgotten {
                why: ForgottenWhy::Lost,
            };
            self.waits_no_more(of, *event == lost);
        }
    }

    /// Nobody lists it any more: somebody went on with it, or what was kept of it is gone.
    fn waits_no_more(&mut self, visit: VisitId, lost: bool) {
        let Some(over) = self.over.get_mut(&visit) else {
            return;
        };
        if !std::mem::take(&mut over.waits) {
            return;
        }
        if lost {
            over.told = false;
            self.number += 1;
        } else if over.told {
            // What is told of it already, or is still to be settled, is told as with any other.
            over.stopped_at = None;
            if over.has_come_right() {
                self.over.remove(&visit);
            }
        }
    }

    /// A pass is about to be asked for: before it every earlier phone was seen to be gone, or gone past knowingly.
    fn asked_for(&mut self, visit: VisitId, intent: &str) {
        let open = self.open.entry(visit).or_default();
        open.intents.insert(intent.to_owned());
        open.follows.out_of_use();
    }

    /// Only of the pass in hand: another one that was found may have come of the same intent.
    fn decided(&mut self, visit: VisitId, pass: &PassId, remove: bool) {
        let issued = self.open.get(&visit).and_then(|open| open.issued.as_ref());
        if !remove && issued.is_some_and(|(_, issued)| issued == pass) {
            self.done_with_issued(visit);
        }
    }

    fn done_with_issued(&mut self, visit: VisitId) {
        let open = self.open.entry(visit).or_default();
        if let Some((issued, _)) = open.issued.take() {
            open.intents.remove(&issued);
        }
    }

    fn ended(&mut self, visit: VisitId, how: VisitOutcome, pass: PassEnd) {
        let open = self.open.remove(&visit).unwrap_or_default();
        // Home lists whoever waits; what became of a pass or a letter is told all the same.
        let stopped = how == VisitOutcome::Stopped;
        let unheard = open.letter.is_some();
        let waits = stopped && open.kept && pass == PassEnd::None && !unheard;
        let owed = matches!(
            pass,
            PassEnd::Pending | PassEnd::Uncertain | PassEnd::NotThere
        );
        // Whoever finished a visit has read it on the receipt, but for what was not seen to be gone yet.
        let ends = open.follows.loose_ends();
        let loose = ends.phone || how != VisitOutcome::Finished && ends.any();
        // Nothing was done for nobody.
        let letter = open.letter;
        let mail = letter.is_some() || !open.notices.is_empty() || open.not_told.is_some();
        if !(owed || loose || mail || stopped && open.name.is_some()) {
            return;
        }
        let over = OverVisit {
            name: open.name,
            stopped_at: self.stopped_at.filter(|_| stopped),
            pass,
            owed: if owed { open.intents } else { BTreeSet::new() },
            follows: if loose {
                open.follows
            } else {
                Follows::default()
            },
            letter,
            notices: open.notices,
            not_told: open.not_told,
            // Every other end has a receipt that says it.
            told: !(stopped && !waits || loose || open.not_told.is_some()),
            waits,
        };
        self.number += u32::from(!over.told);
        self.over.insert(visit, over);
    }

    fn settled(&mut self, visit: VisitId, intent: &str, how: PassEnd) {
        if let Some(open) = self.open.get_mut(&visit) {
            open.intents.remove(intent);
        }
        let Some(over) = self.over.get_mut(&visit) else {
            return;
        };
        if !over.owed.remove(intent) {
            return;
        }
        let (told, before) = (over.told, over.pass);
        // Of several, that one was taken back is what must be known.
        if over.pass != PassEnd::Removed {
            over.pass = how;
        }
        if over.owed.is_empty() {
            // What was told as it came is not told a second time.
            over.told = told && before == PassEnd::Removed;
            self.number += u32::from(!over.told);
        } else if over.pass != PassEnd::Removed {
            over.pass = PassEnd::Uncertain;
        }
    }

    /// One was found and taken back, and another may still come.
    fn removed_so_far(&mut self, visit: VisitId) {
        if let Some(over) = self.over.get_mut(&visit) {
            over.pass = PassEnd::Removed;
            over.told = false;
            self.number += 1;
        }
    }

    /// What is settled is done with; what is still owed is told again once it is settled.
    fn dismissed(&mut self) {
        self.proven_later.clear();
        self.over
            .retain(|_, over| over.waits || !(over.owed.is_empty() && over.notices.is_empty()));
        for over in self.over.values_mut() {
            over.told = true;
            over.follows = Follows::default();
            over.letter = None;
            over.not_told = None;
        }
        self.number += 1;
    }
}
