//! A directory, a record and a network that can fail. The world knows the truth.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use onboarding::{
    AccessPolicy, AccessQuestion, Answer, BeforePass, Belonging, CallNumbers, Colleague,
    ColleagueEffect, Effect, EffectFailure, GrantedPolicy, HandOutDone, IssueAnswer, IssuedPass,
    KeptFound, LastRun, LastUsed, LimitsSeen, LogSight, LookAgain, Method, MethodQuery, MethodRead,
    Mono, NeverReason, NoRun, NotKept, NotRecorded, Now, Operator, PasskeyRules, Person,
    Protection, Reading, Rights, ServiceTime, Task, TenantRules, TestCause, TriedSignIn, Trouble,
    TroubleCode, UserId, VisitId, record::Event,
};

use crate::kept_on_disk::KeptOnDisk;
use crate::kind::{AnswerFault, Kind, entry_name, kind, of_kind, polls};
use crate::route_fault::{FirstRead, RouteFaults};
use crate::sample;
use crate::spoilt::{after_spoilt, change_spoilt};
use crate::taken_letter::TakenLetter;
use crate::true_pass::{HeldUp, TruePass};

/// What surrounds a desk. Everything in it may be changed at any time.
#[derive(Debug)]
pub struct World {
    pub people: BTreeMap<UserId, Person>,
    pub methods: BTreeMap<UserId, Vec<Method>>,
    pub(crate) later: Vec<(UserId, Now, Method)>,
    pub passes: Vec<TruePass>,
    /// What is durable.
    pub record: Vec<(Option<VisitId>, Event)>,
    /// When each entry of the record was written.
    pub times: Vec<ServiceTime>,
    pub record_fails: bool,
    /// Which entries, by name, cannot be written.
    pub unwritable: Option<&'static str>,
    pub network_down: bool,
    /// A second pass is refused instead of replacing the first.
    pub second_refused: bool,
    /// What the answer to an issue says otherwise than it is.
    pub misstates: Option<fn(&mut IssuedPass)>,
    pub faults: VecDeque<(Kind, AnswerFault)>,
    /// Reads that come before the truth.
    pub reads: VecDeque<MethodRead>,
    /// What answers while somebody is looked for.
    pub finds: FirstRead,
    pub operator: Operator,
    pub policies: Option<GrantedPolicy>,
    pub passkeys: Option<PasskeyRules>,
    /// The tenant's own domains, where they may be read.
    pub domains: Option<Vec<String>>,
    /// Whether Authenticator may sign anybody in without a password, where that may be read.
    pub phone_sign_in: Option<bool>,
    /// What operator and person are in.
    pub belonging: Option<Belonging>,
    /// Where whoever calls can be called back.
    pub call_numbers: CallNumbers,
    /// What of visits by telephone outlives the app.
    pub kept: KeptOnDisk,
    /// What was handed over by mail.
    pub letters: Vec<TakenLetter>,
    /// Who signs in when a colleague is asked.
    pub colleague: Colleague,
    /// What Conditional Access says to each question, the first in front.
    pub access: VecDeque<Vec<AccessPolicy>>,
    /// Every question it was asked, and when.
    pub access_questions: Vec<(Mono, AccessQuestion)>,
    /// Users whose present pass the operator agreed to replace.
    pub agreed: Vec<UserId>,
    /// What the operator agreed to have taken out of use.
    pub taken_out: TakenOut,
    /// When requests on methods were made, and whether somebody asked for them.
    pub requests: Vec<(u64, bool)>,
    /// The devices of Authenticator entries, which the list does not show.
    pub devices: BTreeMap<String, String>,
    /// Whether the tenant tells of devices for all entries at once, and for one.
    pub expands: bool,
    pub names_devices: bool,
    pub device_questions: Vec<MethodQuery>,
    /// Ways to tell of methods that are spoilt.
    pub route_faults: RouteFaults,
    /// What every list was to show.
    pub lists: Vec<MethodQuery>,
    /// Requests for passes that are still on their way.
    pub held_up: Vec<HeldUp>,
    /// So far behind is the copy of the directory that answers reads and removals, in milliseconds.
    pub lag_ms: u64,
    /// What comes of a sign-in at the station.
    pub tried: Result<TriedSignIn, TestCause>,
    /// When a person's entry and password were last used.
    pub last_used: LastUsed,
    /// What the sign-in log shows.
    pub log: LogSight,
    /// What is seen of the site's limits at the sign-in.
    pub limits_seen: LimitsSeen,
    /// Those whose passwords are changed for them.
    pub roll: BTreeSet<UserId>,
    /// Those whose passwords never expire.
    pub never_expiring: BTreeSet<UserId>,
    /// Who must never be among them, and why.
    pub never: BTreeMap<UserId, NeverReason>,
    /// What is read of the job that changes passwords.
    pub last_run: LastRun,
    /// The directory does not show at once who joined.
    pub roll_lags: bool,
    /// How often each person was given another password.
    pub passwords: BTreeMap<UserId, usize>,
    /// What comes of it where nothing is spoilt.
    pub must_change: bool,
    pub sessions_ended: Option<bool>,
    pub(crate) made: u32,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// Methods and sessions that an operator agreed to take from a person, and whose sessions were ended.
#[derive(Debug, Default)]
pub struct TakenOut {
    pub agreed: Vec<(UserId, String)>,
    pub agreed_sessions: Vec<UserId>,
    pub ended: Vec<UserId>,
}

impl World {
    /// Three members, `1` to `3`, each with a password and nothing else.
    #[must_use]
    pub fn new() -> Self {
        Self::of(["1", "2", "3"].map(sample::person).into())
    }

    /// Somebody else comes: the directory holds this person alone, and nothing that was so far is known any more.
    /// The operator, the policies and the numbers of passes stay.
    pub fn holds_only(&mut self, person: Person) {
        let world = Self::of(vec![person]);
        let before = std::mem::replace(self, world);
        self.operator = before.operator;
        self.policies = before.policies;
        self.passkeys = before.passkeys;
        self.domains = before.domains;
        self.phone_sign_in = before.phone_sign_in;
        self.made = before.made;
    }

    fn of(people: Vec<Person>) -> Self {
        let named = people.into_iter().map(|it| (it.id.clone(), it));
        let people: BTreeMap<_, _> = named.collect();
        let password = |id: &UserId| (id.clone(), vec![Method::Password]);
        let methods = people.keys().map(password).collect();
        Self {
            people,
            methods,
            later: Vec::new(),
            passes: Vec::new(),
            record: Vec::new(),
            times: Vec::new(),
            record_fails: false,
            unwritable: None,
            network_down: false,
            second_refused: false,
            misstates: None,
            faults: VecDeque::new(),
            reads: VecDeque::new(),
            finds: FirstRead::Everything,
            operator: sample::operator("op-1"),
            policies: Some(sample::granted()),
            passkeys: Some(sample::passkey_rules()),
            domains: Some(sample::domains()),
            phone_sign_in: Some(true),
            belonging: None,
            call_numbers: sample::call_numbers(),
            kept: KeptOnDisk::default(),
            letters: Vec::new(),
            colleague: sample::colleague("op-2"),
            access: VecDeque::new(),
            access_questions: Vec::new(),
            agreed: Vec::new(),
            taken_out: TakenOut::default(),
            requests: Vec::new(),
            devices: BTreeMap::new(),
            expands: true,
            names_devices: true,
            device_questions: Vec::new(),
            route_faults: RouteFaults::default(),
            lists: Vec::new(),
            held_up: Vec::new(),
            lag_ms: 0,
            tried: Ok(TriedSignIn { context_met: false }),
            limits_seen: LimitsSeen::default(),
            last_used: LastUsed {
                entry: None,
                password: None,
            },
            log: LogSight::NotYet,
            roll: BTreeSet::new(),
            never_expiring: BTreeSet::new(),
            never: BTreeMap::new(),
            roll_lags: false,
            last_run: LastRun::No(NoRun::NotThere),
            passwords: BTreeMap::new(),
            must_change: false,
            sessions_ended: None,
            made: 0,
        }
    }

    fn rules(&self) -> TenantRules {
        TenantRules {
            passes: self.policies,
            domains: self.domains.clone(),
            phone_sign_in: self.phone_sign_in,
            limits: self.limits_seen.clone(),
        }
    }

    /// Does what is asked and answers; none for what is not answered.
    pub fn answer(&mut self, task: &Task, now: Now) -> Option<Answer> {
        let back = i64::try_from(self.lag_ms).unwrap_or(i64::MAX);
        let seen = Now {
            mono: Mono(now.mono.0.saturating_sub(self.lag_ms)),
            service: now.service.after_ms(-back),
            ..now
        };
        self.answer_seeing(task, now, seen)
    }

    /// The same where what is read comes from a copy of the directory: it shows how everything was at `seen`.
    pub fn answer_seeing(&mut self, task: &Task, now: Now, seen: Now) -> Option<Answer> {
        self.arrive(now);
        let kind = kind(&task.effect);
        if matches!(
            kind,
            Kind::Find
                | Kind::Methods
                | Kind::Issue
                | Kind::Remove
                | Kind::RemoveMethod
                | Kind::Proof
        ) {
            self.requests.push((now.mono.0, !polls(&task.effect)));
        }
        let fault = self
            .faults
            .iter()
            .position(|(of, _)| *of == kind)
            .and_then(|at| self.faults.remove(at));
        let fault = fault.map(|(_, fault)| fault);
        let offline = (self.network_down && !matches!(kind, Kind::Record | Kind::Keep))
            .then_some(AnswerFault::NotSent);
        match fault.or(offline) {
            Some(fault) => self.spoilt(task, fault, now),
            None => self.done(task, now, seen),
        }
    }

    /// What an answer is that is spoilt; none for what is not answered.
    pub fn spoilt(&mut self, task: &Task, fault: AnswerFault, now: Now) -> Option<Answer> {
        match fault {
            AnswerFault::LostAnswer => drop(self.done(task, now, now)),
            AnswerFault::HeldUp { for_s, times } => self.hold_up(task, now, for_s, times),
            AnswerFault::LostQuestion
            | AnswerFault::Refused(_)
            | AnswerFault::NotSent
            | AnswerFault::Throttled(_)
            | AnswerFault::Failed(_) => {}
        }
        let (code, retry_after_s) = match fault {
            AnswerFault::Refused(code) | AnswerFault::Failed(code) => (code, None),
            AnswerFault::Throttled(seconds) => (TroubleCode::Throttled, Some(seconds)),
            AnswerFault::LostAnswer
            | AnswerFault::LostQuestion
            | AnswerFault::HeldUp { .. }
            | AnswerFault::NotSent => (TroubleCode::NoNetwork, None),
        };
        let trouble = Trouble::new(code);
        let trouble = match retry_after_s {
            Some(seconds) => trouble.number("seconds", seconds),
            None => trouble,
        };
        let failure = EffectFailure {
            trouble,
            retry_after_s,
        };
        Some(match (kind(&task.effect), fault) {
            (Kind::Unanswered, _) => return None,
            (Kind::SignIn, _) => Answer::SignedIn(Err(failure.trouble)),
            (Kind::Passkeys, _) => Answer::PasskeyRules(None),
            (Kind::Policies, _) => Answer::Policies(TenantRules::default()),
            (Kind::Renew, _) => Answer::Rights(Err(failure)),
            // How long to leave the service alone stands in the trouble there.
            (Kind::Find, _) => Answer::Found(Err(failure.trouble.into())),
            (Kind::Record, _) => Answer::Recorded(Err(NotRecorded)),
            (
                Kind::Issue,
                AnswerFault::LostAnswer | AnswerFault::LostQuestion | AnswerFault::HeldUp { .. },
            ) => Answer::Issue(IssueAnswer::Uncertain(None)),
            (Kind::Issue, AnswerFault::NotSent | AnswerFault::Throttled(_)) => {
                Answer::Issue(IssueAnswer::NotSent(failure.trouble))
            }
            (Kind::Issue, _) => Answer::Issue(IssueAnswer::Refused(failure.trouble)),
            (Kind::Methods, _) => Answer::Read(Err(failure)),
            (Kind::Remove, _) => Answer::Removed(Err(failure)),
            (Kind::RemoveMethod, _) => Answer::MethodRemoved(Err(failure)),
            (Kind::Sessions, _) => Answer::SessionsEnded(Err(failure)),
            (Kind::Paper, _) => Answer::HandOut(Err(failure)),
            (Kind::Colleague, _) => Answer::Colleague(Err(failure.trouble)),
            (Kind::Numbers, _) => Answer::CallNumbers(Err(failure)),
            (Kind::Keep, _) if matches!(task.effect, Effect::ReadKeptVisits) => {
                Answer::KeptVisitsRead(KeptFound::StoreAway)
            }
            (Kind::Keep, _) => Answer::VisitsKept(Err(NotKept::NotWritten)),
            (Kind::Letter, _) => Answer::Letter(Err(failure)),
            (Kind::Belonging, _) => Answer::Belonging(Err(failure)),
            (Kind::Access, _) => Answer::Access(Err(failure)),
            (Kind::Try, _) => Answer::Tried(Err(TestCause::NoNetwork)),
            (Kind::Roll | Kind::Proof | Kind::Job, _) => after_spoilt(task, failure),
            (Kind::Change, fault) => Answer::PasswordChanged(change_spoilt(fault, failure)),
        })
    }

    fn spoilt_route(&self, task: &Task, now: Now, seen: Now) -> Option<Answer> {
        let Effect::ReadMethods { user, wants, .. } = &task.effect else {
            return None;
        };
        let truth = self.list(user, seen);
        self.route_faults.answer(wants, &truth, now.mono)
    }

    fn done(&mut self, task: &Task, now: Now, seen: Now) -> Option<Answer> {
        if let Some(spoilt) = self.spoilt_route(task, now, seen) {
            return Some(spoilt);
        }
        Some(match &task.effect {
            Effect::SignIn { only, .. } => Answer::SignedIn(self.signed_in(only.as_ref())),
            Effect::ReadPasskeyRules => Answer::PasskeyRules(self.passkeys.clone()),
            Effect::RenewRights => Answer::Rights(Ok(self.rights())),
            Effect::ReadPolicies => Answer::Policies(self.rules()),
            Effect::FindPerson { query } => Answer::Found(Ok(self.find(query, seen))),
            Effect::ReadPerson { user } => Answer::Found(Ok(self.one(user, seen))),
            Effect::ReadMethods { user, wants, .. }
                if matches!(wants, MethodQuery::Devices | MethodQuery::DeviceOf(_)) =>
            {
                Answer::Read(Ok(Reading::Devices(self.devices(user, wants, seen))))
            }
            Effect::ReadMethods { user, wants, .. } => {
                Answer::Read(Ok(Reading::Methods(self.methods_read(user, wants, seen))))
            }
            Effect::Record { entry } => {
                Answer::Recorded(self.write(task.visit, entry, now.service))
            }
            Effect::IssuePass { request, permit } => {
                let its_own = Some(permit.visit());
                assert_eq!(task.visit, its_own, "a permit of another visit");
                Answer::Issue(self.issue(permit, request, now))
            }
            Effect::RemovePass { pass, .. } => Answer::Removed(Ok(self.remove(pass, now, seen))),
            Effect::RemoveMethod { user, method, .. } => {
                Answer::MethodRemoved(Ok(self.remove_method(user, method)))
            }
            Effect::EndSessions { user } => self.end_sessions(user),
            Effect::MakeHandOut { .. } => Answer::HandOut(Ok(HandOutDone::Printed)),
            Effect::ReadBelonging { user, also } => {
                Answer::Belonging(Ok(self.before_pass(user, also)))
            }
            Effect::SendLetter { letter } => {
                Answer::Letter(Ok(self.take_letter(task.visit, letter)))
            }
            Effect::ReadCallNumbers { .. } => Answer::CallNumbers(Ok(self.call_numbers.clone())),
            Effect::KeepVisits { visits } => Answer::VisitsKept(self.kept.keep(visits)),
            Effect::ReadKeptVisits => Answer::KeptVisitsRead(self.kept.found()),
            Effect::AskAccess { question, .. } => self.ask_access(*question, now),
            Effect::Colleague(ColleagueEffect::AskColleague) => {
                Answer::Colleague(Ok(self.colleague.clone()))
            }
            Effect::After(effect) => return self.after(task.visit, effect),
            Effect::Colleague(ColleagueEffect::StopAskingColleague)
            | Effect::CancelSignIn
            | Effect::ForgetOperator
            | Effect::EndBrowserSession
            | Effect::RememberOperator { .. }
            | Effect::CloseApp
            | Effect::RebuildWindows => return None,
        })
    }

    fn ask_access(&mut self, question: AccessQuestion, now: Now) -> Answer {
        self.access_questions.push((now.mono, question));
        Answer::Access(Ok(self.access.pop_front().unwrap_or_default()))
    }

    /// What is asked for, and nothing else.
    fn before_pass(&self, user: &UserId, also: &LookAgain) -> BeforePass {
        let person = self.people.get(user).filter(|_| also.roles);
        BeforePass {
            belonging: self.belonging.clone().unwrap_or_default(),
            person: person.map(|person| Protection {
                target: person.target.clone(),
                has_role: person.has_role,
            }),
            colleague: (also.colleague.as_ref()).map(|_| self.colleague.standing.clone()),
        }
    }

    fn signed_in(&self, only: Option<&UserId>) -> Result<Operator, Trouble> {
        match only {
            Some(only) if *only != self.operator.oid => {
                Err(Trouble::new(TroubleCode::OtherOperator))
            }
            Some(_) | None => Ok(self.operator.clone()),
        }
    }

    /// What a fresh token of the operator allows.
    fn rights(&self) -> Rights {
        Rights {
            may_issue: self.operator.may_issue,
            roles: self.operator.roles.clone(),
            renewable: self.operator.renewable,
            token_until: self.operator.token_until,
        }
    }

    /// What a list of methods says, and that it was asked for.
    fn methods_read(&mut self, user: &UserId, wants: &MethodQuery, seen: Now) -> MethodRead {
        self.lists.push(wants.clone());
        let scripted = self.reads.pop_front();
        let read = scripted.unwrap_or_else(|| self.list(user, seen));
        of_kind(read, wants)
    }

    fn hold_up(&mut self, task: &Task, now: Now, for_s: u64, times: u8) {
        if let Effect::IssuePass { request, permit } = &task.effect {
            self.held_up
                .extend((1..=u64::from(times)).map(|time| HeldUp {
                    user: permit.user().clone(),
                    at: now.mono.after_s(for_s * time),
                    minutes: request.lifetime_minutes,
                    once: request.once,
                    visit: permit.visit(),
                }));
        }
    }

    fn write(
        &mut self,
        visit: Option<VisitId>,
        entry: &Event,
        at: ServiceTime,
    ) -> Result<(), NotRecorded> {
        if self.record_fails
            || self
                .unwritable
                .is_some_and(|name| format!("{entry:?}").starts_with(name))
        {
            return Err(NotRecorded);
        }
        self.record.push((visit, entry.clone()));
        self.times.push(at);
        Ok(())
    }

    /// Names of the durable entries, in order.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        self.record
            .iter()
            .map(|(_, entry)| entry_name(entry))
            .collect()
    }
}
