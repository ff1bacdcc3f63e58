//! From what the machine wants written down to the record's own events, and the thread that writes.

use std::path::Path;

use audit::{Entry, Event, Log, PassEnd, RemovalReason, Renewal, SignOutReason, VisitOutcome};
use onboarding::record::Event as RecordEntry;
use onboarding::{
    Answer, EffectId, NotRecorded, NoteKind, Operator, PassEnd as EndedPass, PassId, PendingIntent,
    PendingPass, RegisteredKind, RemovalReason as RemovedFor, RenewReason, Route, ServiceTime,
    UserId, VisitId, VisitOutcome as Ended,
};
use tokio::sync::mpsc;

use crate::StartError;

/// One entry on its way to the disk.
pub(crate) struct Line {
    pub(crate) effect: EffectId,
    pub(crate) at: ServiceTime,
    pub(crate) entry: Entry,
}

/// What an earlier run left behind.
pub(crate) struct Earlier {
    pub(crate) next_visit: VisitId,
    pub(crate) pending: Vec<PendingIntent>,
}

/// Opens the record, reads what is pending, and starts the thread that writes in order.
pub(crate) fn open(
    path: &Path,
    started: Event,
    at: ServiceTime,
    outcomes: mpsc::UnboundedSender<(EffectId, Answer)>,
) -> Result<(mpsc::UnboundedSender<Line>, Earlier), StartError> {
    let mut log = Log::open(path)?;
    let last = log.last_visit()?.unwrap_or(0);
    let next_visit = VisitId(u32::try_from(last).unwrap_or(u32::MAX).saturating_add(1));
    let started = Entry {
        visit: None,
        event: started,
    };
    let ends = log.open_visits()?.into_iter().map(|open| stopped(open, at));
    for entry in std::iter::once(started).chain(ends) {
        if let Err(error) = log.append(at.0, &entry) {
            tracing::error!(%error, "the start could not be recorded");
        }
    }
    // A pass that a visit left when the app stopped in its middle is owed from now on.
    let pending = log.open_intents()?.into_iter().map(pending).collect();
    let (lines, mut receiver) = mpsc::unbounded_channel::<Line>();
    std::thread::spawn(move || {
        while let Some(line) = receiver.blocking_recv() {
            let outcome = match log.append(line.at.0, &line.entry) {
                Ok(_) => Answer::Recorded(Ok(())),
                Err(error) => {
                    tracing::error!(%error, "the record could not be written");
                    Answer::Recorded(Err(NotRecorded))
                }
            };
            if outcomes.send((line.effect, outcome)).is_err() {
                break;
            }
        }
    });
    Ok((
        lines,
        Earlier {
            next_visit,
            pending,
        },
    ))
}

/// The end of a visit that an earlier run did not live to record.
fn stopped(open: audit::OpenVisit, now: ServiceTime) -> Entry {
    let over = open.until_unix_ms.is_some_and(|until| until <= now.0);
    let pass = if open.pass == PassEnd::Pending && over {
        PassEnd::Expired
    } else {
        open.pass
    };
    Entry {
        visit: Some(open.visit),
        event: Event::VisitEnded {
            outcome: VisitOutcome::Stopped,
            pass,
        },
    }
}

fn pending(open: audit::OpenIntent) -> PendingIntent {
    let visit = open
        .visit
        .and_then(|visit| u32::try_from(visit).ok())
        .unwrap_or(0);
    PendingIntent {
        visit: VisitId(visit),
        user: UserId(open.user_id),
        upn: open.upn,
        intent: open.intent,
        known_passes: open.known_pass_ids.into_iter().map(PassId).collect(),
        asked_at: ServiceTime(open.at_unix_ms),
        lifetime_minutes: open.lifetime_minutes,
        made: open.issued.map(|pass| PendingPass {
            id: PassId(pass.id),
            until: ServiceTime(pass.start_unix_ms).after_minutes(pass.lifetime_minutes),
        }),
    }
}

/// The record's own form of an entry.
pub(crate) fn entry(
    visit: Option<VisitId>,
    entry: &RecordEntry,
    operator: Option<&Operator>,
) -> Option<Entry> {
    let oid = || {
        operator
            .map(|operator| operator.oid.0.clone())
            .unwrap_or_default()
    };
    let event = match entry.clone() {
        RecordEntry::OperatorSignedIn => {
            let operator = operator?;
            Event::OperatorSignedIn {
                oid: operator.oid.0.clone(),
                upn: operator.upn.clone(),
                name: operator.name.clone(),
                tid: operator.tenant.clone(),
            }
        }
        RecordEntry::OperatorSignInRefused { code } => Event::OperatorSignInRefused {
            code: code.to_owned(),
        },
        RecordEntry::OperatorSignedOut { why } => Event::OperatorSignedOut {
            oid: oid(),
            why: sign_out(why),
        },
        RecordEntry::VisitStarted { ticket } => Event::VisitStarted { ticket },
        RecordEntry::PersonChosen { user, upn, name } => Event::PersonChosen {
            user_id: user.0,
            upn,
            display_name: name,
        },
        RecordEntry::IdentityChecked {
            user,
            checks,
            mut notes,
        } => Event::IdentityChecked {
            operator_oid: oid(),
            user_id: user.0,
            checks,
            phone_confirmed: true,
            voucher: notes.remove(&NoteKind::Voucher),
        },
        RecordEntry::RouteChosen { route } => Event::RouteChosen {
            route: walk_through(route).to_owned(),
        },
        RecordEntry::PassIntent { .. } => intent(entry.clone(), oid())?,
        RecordEntry::PassIssued {
            intent,
            pass,
            start,
            lifetime_minutes,
            once,
        } => Event::PassIssued {
            intent,
            pass_id: pass.0,
            start_unix_ms: start.0,
            lifetime_minutes,
            once,
        },
        RecordEntry::PassRefused { intent, code } => Event::PassRefused {
            intent,
            code: code.to_owned(),
        },
        RecordEntry::PassUncertain { intent } => Event::PassUncertain {
            intent,
            code: "T406".to_owned(),
        },
        RecordEntry::PassNotIssued { intent } => Event::PassNotIssued { intent },
        RecordEntry::PassLapsed { intent } => Event::PassLapsed { intent },
        RecordEntry::PassOrphanRemoved { intent, pass } => Event::PassOrphanRemoved {
            intent,
            pass_id: pass.0,
        },
        RecordEntry::PassRemoved { pass, why } => Event::PassRemoved {
            pass_id: pass.0,
            why: match why {
                RemovedFor::VisitEnded => RemovalReason::VisitEnded,
                RemovedFor::Renewed => RemovalReason::Renewed,
            },
        },
        RecordEntry::PassEntered { pass } => Event::PassEntered { pass_id: pass.0 },
        RecordEntry::Registered {
            kind,
            device_name,
            method,
        } => Event::Registered {
            kind: match kind {
                RegisteredKind::PhoneSignIn => "phone_sign_in".to_owned(),
                RegisteredKind::Passkey => "passkey".to_owned(),
            },
            device_name,
            method_id: method,
        },
        RecordEntry::VisitEnded { how, pass } => Event::VisitEnded {
            outcome: outcome(how),
            pass: pass_end(pass),
        },
    };
    Some(Entry {
        visit: visit.map(|visit| u64::from(visit.0)),
        event,
    })
}

fn intent(entry: RecordEntry, operator_oid: String) -> Option<Event> {
    let RecordEntry::PassIntent {
        intent,
        user,
        upn,
        client_request_id,
        known_passes,
        lifetime_minutes,
        once,
        replaces,
        renewal,
    } = entry
    else {
        return None;
    };
    Some(Event::PassIntent {
        intent,
        operator_oid,
        user_id: user.0,
        upn,
        client_request_id,
        known_pass_ids: known_passes.into_iter().map(|pass| pass.0).collect(),
        lifetime_minutes,
        once,
        replaces: replaces.map(|pass| pass.0),
        renewal: renewal.map(|note| Renewal {
            number: u32::from(note.number),
            reason: reason(note.reason).to_owned(),
            same_person: true,
        }),
    })
}

fn reason(reason: RenewReason) -> &'static str {
    match reason {
        RenewReason::Expired => "expired",
        RenewReason::Mistyped => "mistyped",
        RenewReason::UsedUp => "used_up",
        RenewReason::Lost => "lost",
    }
}

fn walk_through(route: Route) -> &'static str {
    match route {
        Route::AddAccount => "add_account",
        Route::EnablePhoneSignIn => "enable_phone_sign_in",
        Route::CreatePasskey => "create_passkey",
    }
}

fn sign_out(why: &str) -> SignOutReason {
    match why {
        "idle" => SignOutReason::Idle,
        "token_ended" => SignOutReason::Expired,
        _ => SignOutReason::Asked,
    }
}

fn outcome(how: Ended) -> VisitOutcome {
    match how {
        Ended::Finished => VisitOutcome::Finished,
        Ended::LeftUnfinished => VisitOutcome::LeftUnfinished,
        Ended::Cancelled => VisitOutcome::Cancelled,
        Ended::PhoneTooOld => VisitOutcome::NotPossiblePhoneTooOld,
        Ended::NoScreenLock => VisitOutcome::NotPossibleNoScreenLock,
        Ended::NoSmartphone => VisitOutcome::NotPossibleNoSmartphone,
    }
}

fn pass_end(pass: EndedPass) -> PassEnd {
    match pass {
        EndedPass::None => PassEnd::None,
        EndedPass::Used => PassEnd::Used,
        EndedPass::Removed => PassEnd::Removed,
        EndedPass::Left => PassEnd::Left,
        EndedPass::Expired => PassEnd::Expired,
        EndedPass::Pending => PassEnd::Pending,
        EndedPass::Uncertain => PassEnd::Uncertain,
    }
}
