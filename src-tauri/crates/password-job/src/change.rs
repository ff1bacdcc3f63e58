//! One password, changed: the ledger first, then one request with a fresh value, followed to its end where it is a reset,
//! then the ledger again.

use std::io;
use std::time::Duration;

use entra::{
    ChangeError, Client, GraphErrorKind, NewPassword, ResetOperation, ResetStatus, Session, User,
};

use crate::access::Access;
use crate::asking::{THROTTLED, patiently, wait, word};
use crate::config::{JobSetup, Way};
use crate::ledger::Ledger;
use crate::pace::Pace;
use crate::person::MethodPace;
use crate::plan::PersonId;
use crate::record::{Event, Record};
use crate::stop::Stop;

/// So many values are tried where the directory takes none or no answer comes: the second one is the last.
const MOST_VALUES: u32 = 2;

/// A reset is over after a moment; it is waited so long before each look, and each look waits its turn.
const BEFORE_A_LOOK: Duration = Duration::from_secs(2);
/// So many looks are two minutes at their pace. After the last it is not known what becomes of it.
const MOST_LOOKS: u32 = 24;

/// What is needed to change passwords.
pub(crate) struct Changer<'a> {
    pub(crate) client: &'a Client,
    pub(crate) session: &'a Session,
    pub(crate) setup: &'a JobSetup,
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) record: &'a mut Record,
    pub(crate) stop: &'a Stop,
    pace: Pace,
    methods: MethodPace,
}

/// What came of it.
pub(crate) enum Changed {
    /// At this time.
    Yes(i64),
    No(&'static str),
    /// The directory wants to be left alone for so long. Whoever waits looks again before the next try.
    Later(Duration),
    /// It is kept on premises, where this way does not reach.
    Synced,
}

/// What was heard of one value.
enum Heard {
    /// It is set.
    Yes,
    /// It may be.
    Uncertain(Answered),
    /// It is not.
    No(Answered),
}

/// What one request came to.
enum Answered {
    Final(Changed),
    /// Another value may do.
    Again(&'static str),
}

impl<'a> Changer<'a> {
    pub(crate) fn new(
        access: &'a Access,
        setup: &'a JobSetup,
        (ledger, record): (&'a mut Ledger, &'a mut Record),
        stop: &'a Stop,
        (parts, methods): (u32, MethodPace),
    ) -> Self {
        let most = usize::try_from(setup.passwords.changes_per_second).unwrap_or(1);
        Self {
            client: &access.client,
            session: &access.session,
            setup,
            ledger,
            record,
            stop,
            pace: Pace::shared(most, Duration::from_secs(1), parts),
            methods,
        }
    }

    /// Changes the password, with another value where no answer comes; `values` counts those this person had in this
    /// run. Fails only where nothing can be written down.
    pub(crate) async fn change(
        &mut self,
        id: PersonId,
        user: &User,
        values: &mut u32,
    ) -> io::Result<Changed> {
        loop {
            let reason = match self.once(id, user).await? {
                Answered::Final(changed) => return Ok(changed),
                Answered::Again(reason) => reason,
            };
            *values += 1;
            if *values >= MOST_VALUES {
                return Ok(Changed::No(reason));
            }
        }
    }

    /// What else the site wants of an account whose password nobody knows since then; why not, where it could not be
    /// done, so that the next run takes it up.
    pub(crate) async fn afterwards(
        &mut self,
        id: PersonId,
        user: &User,
        changed: i64,
    ) -> io::Result<Option<&'static str>> {
        let (session, stop, user) = (self.session, self.stop, user.id.as_str());
        let mut left = None;
        if self.setup.passwords.never_expires {
            let done = patiently(stop, async || session.let_password_never_expire(user).await);
            let done = done.await.is_ok();
            self.note_afterwards(user, "never_expires", done)?;
            left = (!done).then_some("expiry_not_lifted");
        }
        if self.setup.passwords.revoke_sessions {
            let done = patiently(stop, async || session.revoke_sessions(user).await);
            let done = done.await.is_ok();
            self.note_afterwards(user, "sessions_revoked", done)?;
            left = if done {
                left
            } else {
                Some("sessions_not_revoked")
            };
        }
        if left.is_none() {
            self.ledger.changed(id, changed)?;
        }
        Ok(left)
    }

    /// Takes somebody off the roll; whether that was allowed.
    pub(crate) async fn take_off(&mut self, user: &str) -> io::Result<bool> {
        let (session, group) = (self.session, self.setup.group.as_str());
        let done = patiently(self.stop, async || session.remove_member(group, user).await).await;
        self.note_afterwards(user, "taken_off_roll", done.is_ok())?;
        Ok(done.is_ok())
    }

    async fn once(&mut self, id: PersonId, user: &User) -> io::Result<Answered> {
        let before = self.ledger.of(id);
        self.pace.turn().await;
        let length = usize::try_from(self.setup.passwords.length).unwrap_or(usize::MAX);
        let names = [user.upn.as_str(), user.display_name.as_str()];
        let request = uuid::Uuid::new_v4().to_string();
        let (user_id, client_request_id) = (user.id.as_str(), request.as_str());
        let now = self.client.now_unix_ms();
        let asked = Event::Asked {
            user: user_id,
            client_request_id,
        };
        self.record.write(now, &asked)?;
        // Both are on the disk before the directory is asked.
        self.record.sync()?;
        self.ledger.asks(id, now, user.last_password_change)?;
        let Ok(value) = NewPassword::draw(length, &names) else {
            self.ledger.unchanged(id, before, now)?;
            return Ok(Answered::Final(Changed::No("no_randomness")));
        };
        let heard = self.send(user_id, value, client_request_id).await;
        let now = self.client.now_unix_ms();
        match heard {
            Heard::Yes => {
                self.ledger.changed_rest_open(id, now)?;
                let changed = Event::Changed {
                    user: user_id,
                    client_request_id,
                };
                self.record.write(now, &changed)?;
                Ok(Answered::Final(Changed::Yes(now)))
            }
            Heard::Uncertain(answered) => {
                let unanswered = Event::Unanswered {
                    user: user_id,
                    client_request_id,
                };
                self.record.write(now, &unanswered)?;
                Ok(answered)
            }
            Heard::No(answered) => {
                // What was unknown before stays so.
                self.ledger.unchanged(id, before, now)?;
                let not_changed = Event::NotChanged {
                    user: user_id,
                    client_request_id,
                    reason: answered.word(),
                };
                self.record.write(now, &not_changed)?;
                Ok(answered)
            }
        }
    }

    /// Sends one value, once.
    async fn send(&self, user: &str, value: NewPassword, id: &str) -> Heard {
        let sent = match &self.setup.way {
            Way::App => self
                .session
                .set_password(user, value, id)
                .await
                .map(|()| None),
            Way::Operator(..) => {
                self.methods.lock().await.turn().await;
                let begun = self.session.reset_password(user, value, id).await;
                begun.map(Some)
            }
        };
        match sent {
            Ok(None) => Heard::Yes,
            Ok(Some(operation)) => self.follow(&operation).await,
            Err(ChangeError::Uncertain { .. }) => Heard::Uncertain(Answered::Again("answer_lost")),
            Err(ChangeError::OnPremises { .. }) if self.setup.way.is_by_reset() => {
                Heard::No(Answered::Final(Changed::No("write_back_failed")))
            }
            Err(refused) => Heard::No(sorted(&refused)),
        }
    }

    /// Follows a reset to its end. What is not seen to end may end well later, so no other value is sent in this run.
    async fn follow(&self, operation: &ResetOperation) -> Heard {
        let session = self.session;
        for _ in 0..MOST_LOOKS {
            self.stop.pause(BEFORE_A_LOOK).await;
            if self.stop.asked() {
                break;
            }
            self.methods.lock().await.turn().await;
            let look = patiently(self.stop, async || session.reset_status(operation).await);
            match look.await {
                Ok(ResetStatus::Succeeded) => return Heard::Yes,
                Ok(ResetStatus::Failed { on_premises }) => {
                    let why = if on_premises {
                        "write_back_failed"
                    } else {
                        "reset_failed"
                    };
                    return Heard::No(Answered::Final(Changed::No(why)));
                }
                Ok(ResetStatus::UnderWay) => {}
                Err(error) if is_final(&error.kind) => break,
                Err(_) => {}
            }
        }
        Heard::Uncertain(Answered::Final(Changed::No("reset_not_followed")))
    }

    fn note_afterwards(&mut self, user: &str, what: &str, done: bool) -> io::Result<()> {
        let now = self.client.now_unix_ms();
        self.record
            .write(now, &Event::Afterwards { user, what, done })
    }
}

impl Answered {
    fn word(&self) -> &'static str {
        match self {
            Self::Final(Changed::Yes(_)) => "changed",
            Self::Final(Changed::Synced) => "synced",
            Self::Final(Changed::No(reason)) | Self::Again(reason) => reason,
            Self::Final(Changed::Later(_)) => THROTTLED,
        }
    }
}

/// Another look says the same.
fn is_final(kind: &GraphErrorKind) -> bool {
    matches!(
        kind,
        GraphErrorKind::NotPermitted | GraphErrorKind::SignInNeeded { .. }
    )
}

fn sorted(refused: &ChangeError) -> Answered {
    match refused {
        ChangeError::NotAccepted { .. } => Answered::Again("not_accepted"),
        ChangeError::OnPremises { .. } => Answered::Final(Changed::Synced),
        ChangeError::Uncertain { .. } => Answered::Again("answer_lost"),
        ChangeError::NotChanged(error) => match wait(&error.kind) {
            Some(wait) => Answered::Final(Changed::Later(wait)),
            None => Answered::Final(Changed::No(word(&error.kind))),
        },
    }
}
