//! The protocol's promises I1–I4 over random sequences: actions, answers late or lost or spoilt, clocks that
//! jump, crashes; up to three visits side by side. What holds after every step is checked by the rig.

use std::hash::{BuildHasher, Hasher};

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, Answer, DoneLight, FindBy, IssueAnswer, IssuedPass, Lang, LogSight, Method,
    MethodRead, OperatorAction, OtherKind, Paper, PassId, PassRemoval, PassSecret, PasswordWay,
    PersonAction, PersonAfterAction, PhoneOs, ProofSources, Reading, RenewReason, ServiceTime,
    TestPlace, TestReport, UseAnswer, UseQuestion, UserId, VisitAction, VisitId, record::Event,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::crash::{crash, settle};
use crate::random_ops::{
    able, after_action, again_action, answer_one, each_has_a_colleague, earlier_of, fault, foreign,
    kind, old_phone_action, use_answer,
};
use crate::rig::Rig;

const USERS: [&str; 3] = ["1", "2", "3"];

#[derive(Clone, Debug)]
enum Op {
    Desk(OperatorAction),
    Visit(u32, VisitAction),
    Person(u32, PersonAction),
    /// One more visit, as far as the board if it can.
    ToBoard(usize),
    /// Asks for a pass and loses the answer, or the question.
    Lose(u32, bool),
    /// Everything that takes a password out of use.
    TakeOutOfUse(u32),
    Spoil(Kind, AnswerFault),
    Hold(Kind),
    Release(Kind),
    /// Answers one effect out of turn.
    AnswerOne(usize),
    /// An answer to a question nobody asked, or that was answered before.
    Stale(u64, u8),
    WaitMs(u32),
    /// The service's time is corrected.
    Service(i32),
    /// Nobody confirms the time, which is so many hours off, or somebody does.
    Unconfirmed(Option<i32>),
    /// The copy of the directory that answers is so far behind.
    Lag(u32),
    /// Another counter makes a pass, as this station's are or another one.
    Foreign(usize, bool),
    /// The operator says whose the pass is that was found.
    Decide(bool),
    /// A method comes that nobody was led to, and the operator says what becomes of the first of them.
    Stranger(usize, bool),
    DecideOnMethod(bool),
    RecordFails(bool),
    Network(bool),
    SecondRefused(bool),
    Types(usize),
    Registers(usize, bool),
    Forgets(usize),
    Operator(bool),
    Crash(bool),
}

fn visit_action() -> impl Strategy<Value = VisitAction> {
    let reason = prop_oneof![Just(RenewReason::Expired), Just(RenewReason::Mistyped)];
    prop_oneof![
        9 => any::<bool>().prop_map(|replace| VisitAction::IssuePass { replace }),
        4 => (any::<bool>(), reason)
            .prop_map(|(same_person, reason)| VisitAction::RenewPass { same_person, reason }),
        4 => Just(VisitAction::Reveal),
        1 => Just(VisitAction::Hide),
        1 => Just(VisitAction::Longer),
        2 => Just(VisitAction::LookNow),
        1 => Just(VisitAction::Next),
        1 => Just(VisitAction::Back),
        1 => Just(VisitAction::ConfirmPerson),
        1 => any::<bool>().prop_map(|on| VisitAction::HeedWarnings { on }),
        1 => Just(VisitAction::ConfirmCheck),
        1 => any::<bool>().prop_map(|on| VisitAction::ConfirmPhone { on }),
        1 => Just(VisitAction::GoTo { row: "a6".into() }),
        1 => Just(VisitAction::GoToWithoutPass { row: "a7".into() }),
        1 => Just(VisitAction::Find { text: "Account".into(), by: FindBy::Name }),
        1 => Just(VisitAction::Choose { user: sample::user("2") }),
        2 => any::<bool>().prop_map(|leave_pass| VisitAction::Finish { leave_pass }),
        1 => any::<bool>().prop_map(|leave_pass| VisitAction::LeaveUnfinished { leave_pass }),
        1 => Just(VisitAction::MakeHandOut { paper: Paper::A5 }),
        1 => Just(VisitAction::Cancel),
        1 => Just(VisitAction::Close),
        1 => Just(VisitAction::StartNext),
        3 => Just(VisitAction::AskColleague),
        1 => Just(VisitAction::StopAskingColleague),
        6 => after_action().prop_map(VisitAction::After),
        6 => old_phone_action().prop_map(VisitAction::OldPhone),
        3 => again_action().prop_map(VisitAction::Again),
    ]
}

fn desk_action() -> impl Strategy<Value = OperatorAction> {
    prop_oneof![
        4 => Just(OperatorAction::SignIn),
        1 => Just(OperatorAction::StartVisit),
        2 => Just(OperatorAction::PutAside),
        2 => (1u32..6).prop_map(|visit| OperatorAction::Resume { visit: VisitId(visit) }),
        1 => Just(OperatorAction::TakeTicket),
        1 => (1u32..4).prop_map(|number| OperatorAction::CallTicket { number }),
        1 => (1u32..4).prop_map(|number| OperatorAction::NoShow { number }),
        1 => Just(OperatorAction::CancelSignIn),
        1 => Just(OperatorAction::Lock),
        1 => Just(OperatorAction::SignOut),
        1 => Just(OperatorAction::RoleActivated),
    ]
}

fn person_action() -> impl Strategy<Value = PersonAction> {
    prop_oneof![
        Just(PersonAction::Next),
        Just(PersonAction::NotShown),
        Just(PersonAction::OtherScreen),
        Just(PersonAction::ChooseScreen {
            screen: "qr-scanner".into()
        }),
        Just(PersonAction::NoneOfThese),
        Just(PersonAction::BackToRow),
        Just(PersonAction::Reveal),
        Just(PersonAction::Longer),
        Just(PersonAction::Drawn),
        Just(PersonAction::Done),
        Just(PersonAction::AppInstalled),
        Just(PersonAction::ChoosePhone {
            os: PhoneOs::Android
        }),
        Just(PersonAction::SetLanguage { lang: Lang::En }),
        use_answer().prop_map(|answer| PersonAction::After(PersonAfterAction::AnswerUse {
            question: UseQuestion::Windows,
            answer,
        })),
        Just(PersonAction::After(PersonAfterAction::Understood)),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let wait = prop_oneof![3 => 0u32..3_000, 6 => 0u32..30_000, 1 => 0u32..700_000];
    prop_oneof![
        4 => desk_action().prop_map(Op::Desk),
        5 => (0usize..3).prop_map(Op::ToBoard),
        5 => (0u32..3, any::<bool>()).prop_map(|(visit, made)| Op::Lose(visit, made)),
        5 => (0u32..3).prop_map(Op::TakeOutOfUse),
        30 => (0u32..3, visit_action()).prop_map(|(visit, act)| Op::Visit(visit, act)),
        4 => (0u32..3, person_action()).prop_map(|(visit, act)| Op::Person(visit, act)),
        6 => (kind(), fault()).prop_map(|(kind, fault)| Op::Spoil(kind, fault)),
        3 => kind().prop_map(Op::Hold),
        8 => kind().prop_map(Op::Release),
        5 => any::<usize>().prop_map(Op::AnswerOne),
        2 => (0u64..60, any::<u8>()).prop_map(|(id, what)| Op::Stale(id, what)),
        14 => wait.prop_map(Op::WaitMs),
        1 => (-120_000i32..120_000).prop_map(Op::Service),
        1 => proptest::option::of(-90_000i32..90_000).prop_map(Op::Unconfirmed),
        1 => prop_oneof![Just(0u32), Just(1_000), Just(20_000), Just(120_000)].prop_map(Op::Lag),
        2 => (0usize..3, any::<bool>()).prop_map(|(user, alike)| Op::Foreign(user, alike)),
        4 => any::<bool>().prop_map(Op::Decide),
        1 => (0usize..3, any::<bool>()).prop_map(|(user, number)| Op::Stranger(user, number)),
        2 => any::<bool>().prop_map(Op::DecideOnMethod),
        3 => (0u8..4).prop_map(|n| Op::RecordFails(n == 0)),
        3 => (0u8..4).prop_map(|n| Op::Network(n == 0)),
        1 => any::<bool>().prop_map(Op::SecondRefused),
        4 => (0usize..3).prop_map(Op::Types),
        3 => (0usize..3, any::<bool>()).prop_map(|(user, ready)| Op::Registers(user, ready)),
        1 => (0usize..3).prop_map(Op::Forgets),
        1 => (0u8..6).prop_map(|n| Op::Operator(n == 0)),
        1 => any::<bool>().prop_map(Op::Crash),
    ]
}

/// The seed of this run, another each time unless one is given.
pub(crate) fn seed() -> u64 {
    let random = || std::hash::RandomState::new().build_hasher().finish();
    let given = std::env::var("MADOGUCHI_SEED").ok();
    given
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(random)
}

/// A throw of one with so many sides.
pub(crate) fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed | 1;
    move |sides| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    }
}

#[test]
fn the_protocol_holds_whatever_happens_n13() {
    let seed = seed();
    println!("MADOGUCHI_SEED={seed}");
    let cases = std::env::var("MADOGUCHI_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(128);
    let config = Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let setup = (any::<bool>(), any::<bool>(), 0u8..3, 0u8..4);
    let scenario = (setup, proptest::collection::vec(op(), 20..80));
    let result = TestRunner::new(config).run(&scenario, |(setup, ops)| {
        play(setup, &ops);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("MADOGUCHI_SEED={seed}: {failure}");
    }
}

fn play((foreign, once, done, way): (bool, bool, u8, u8), ops: &[Op]) {
    let mut policy = sample::policy();
    policy.visits_max = 3;
    policy.pass.once = once;
    policy.pass.reveal_by_person = true;
    policy.proof_sources = ProofSources {
        last_used: foreign,
        log: true,
    };
    policy.passwords.never_expires = once;
    policy.done = [
        DoneLight::Either,
        DoneLight::PhoneSignIn,
        DoneLight::Passkey,
    ][usize::from(done)];
    let ways = [
        PasswordWay::Roll,
        PasswordWay::Patch,
        PasswordWay::Patch,
        PasswordWay::Reset,
    ];
    policy.passwords.way = ways[usize::from(way)];
    policy.passwords.roll = policy.passwords.roll.filter(|_| way != 2);
    if way == 1 {
        policy.four_eyes = sample::four_eyes();
    }
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.log =
        [LogSight::NotYet, LogSight::EntryOnly, LogSight::NoPassword][usize::from(done)];
    rig.world.must_change = way == 3;
    rig.world.operator = able("op-1");
    for user in ["2", "3"] {
        let old = sample::authenticator("old", true);
        rig.world.add(&sample::user(user), old);
    }
    if foreign {
        rig.world
            .foreign_pass(&sample::user("1"), ServiceTime(sample::SERVICE - 600_000));
    }
    for user in ["1", "2", "1"] {
        to_board(&mut rig, user);
    }
    for op in ops {
        step(&mut rig, op);
    }
    // A station that starts anew here has the sample's rules.
    let starts_anew = ops.iter().any(|op| matches!(op, Op::Crash(_)));
    if way == 1 && !starts_anew {
        each_has_a_colleague(&rig);
    }
    settle(rig);
}

fn step(rig: &mut Rig, op: &Op) {
    let user = |at: &usize| sample::user(USERS[*at]);
    let recent = |rig: &Rig, slot: &u32| VisitId(rig.visit.0.saturating_sub(*slot).max(1));
    match op {
        Op::Desk(action) => drop(rig.act(action)),
        Op::Visit(slot, act) => visit(rig, recent(rig, slot), act),
        Op::Person(slot, action) => {
            rig.bring_forward(recent(rig, slot));
            drop(
                rig.desk
                    .person_act(Some(recent(rig, slot)), action, rig.now),
            );
            rig.run();
        }
        Op::ToBoard(at) => to_board(rig, USERS[*at]),
        Op::Lose(slot, made) => {
            let fault = if *made {
                AnswerFault::LostAnswer
            } else {
                AnswerFault::LostQuestion
            };
            rig.world.faults.push_back((Kind::Issue, fault));
            let act = VisitAction::IssuePass { replace: true };
            visit(rig, recent(rig, slot), &act);
        }
        Op::TakeOutOfUse(slot) => take_out_of_use(rig, recent(rig, slot)),
        Op::Spoil(kind, fault) => rig.world.faults.push_back((*kind, *fault)),
        Op::Hold(kind) => drop(rig.held.insert(*kind)),
        Op::Release(kind) => rig.release(*kind),
        Op::AnswerOne(at) => answer_one(rig, *at),
        Op::Stale(id, what) => stale(rig, *id, *what),
        Op::WaitMs(ms) => {
            if *ms > 30_000 {
                time_out_questions(rig);
            }
            rig.wait_ms(u64::from(*ms));
        }
        Op::Service(by) => rig.now.service.0 += i64::from(*by),
        Op::Unconfirmed(off) => rig.unconfirm(off.map(i64::from)),
        Op::Lag(ms) => lag(rig, u64::from(*ms)),
        Op::Foreign(at, alike) => foreign(rig, &user(at), *alike),
        Op::Decide(remove) => drop(rig.decide(*remove)),
        Op::Stranger(at, number) => stranger(rig, &user(at), *number),
        Op::DecideOnMethod(remove) => drop(rig.decide_on_method(*remove)),
        Op::RecordFails(fails) => rig.world.record_fails = *fails,
        Op::Network(down) => rig.world.network_down = *down,
        Op::SecondRefused(refused) => rig.world.second_refused = *refused,
        Op::Types(at) => drop(rig.world.use_pass(&user(at), rig.truth())),
        Op::Registers(at, ready) => {
            let id = format!("phone-{}", rig.now.mono.0);
            rig.world.add(&user(at), sample::authenticator(&id, *ready));
        }
        Op::Forgets(at) => drop(rig.world.methods.get_mut(&user(at)).map(Vec::pop)),
        Op::Operator(other) => rig.world.operator = able(if *other { "op-2" } else { "op-1" }),
        Op::Crash(done) => crash(rig, *done),
    }
}

/// The whole of what follows a registration, as far as it goes.
fn take_out_of_use(rig: &mut Rig, of: VisitId) {
    let user = rig
        .world
        .record
        .iter()
        .find_map(|(visit, entry)| match entry {
            Event::PersonChosen { user, .. } if *visit == Some(of) => Some(user.clone()),
            _ => None,
        });
    if let Some(user) = user {
        let _used = rig.world.use_pass(&user, rig.truth());
        let id = format!("phone-{}", rig.now.mono.0);
        rig.world.add(&user, sample::authenticator(&id, true));
        rig.wait_ms(16_000);
    }
    let (answer, place) = (UseAnswer::No, TestPlace::Station);
    let acts = [
        AfterAction::TrySignIn { place },
        AfterAction::ReportTest {
            report: TestReport::Passed { app_instead: false },
        },
    ];
    for act in acts {
        visit(rig, of, &VisitAction::After(act));
    }
    let question = UseQuestion::Windows;
    let said = PersonAction::After(PersonAfterAction::AnswerUse { question, answer });
    drop(rig.desk.person_act(Some(of), &said, rig.now));
    rig.run();
    let confirmed = AfterAction::ConfirmUse {
        question,
        answer,
        despite: None,
    };
    visit(rig, of, &VisitAction::After(confirmed));
    let understood = PersonAction::After(PersonAfterAction::Understood);
    drop(rig.desk.person_act(Some(of), &understood, rig.now));
    rig.run();
    visit(rig, of, &VisitAction::After(AfterAction::JoinRoll));
}

/// Somebody wants something of a visit; what has to do with the pass is wanted of an operator who is there.
fn visit(rig: &mut Rig, visit: VisitId, act: &VisitAction) {
    if matches!(
        act,
        VisitAction::IssuePass { .. } | VisitAction::RenewPass { .. } | VisitAction::Reveal
    ) {
        drop(rig.act(&OperatorAction::SignIn));
    }
    drop(rig.act(&OperatorAction::Visit {
        visit,
        act: act.clone(),
    }));
}

fn to_board(rig: &mut Rig, id: &str) {
    drop(rig.act(&OperatorAction::SignIn));
    if rig.act(&OperatorAction::StartVisit).is_err() {
        return;
    }
    let visit = rig.visit;
    let acts = [
        VisitAction::Find {
            text: format!("user-{id}"),
            by: FindBy::Organisation,
        },
        VisitAction::OldPhone(earlier_of(id)),
        VisitAction::ConfirmPerson,
        VisitAction::Tick {
            check: "photo-id".into(),
            on: true,
        },
        VisitAction::ConfirmPhone { on: true },
        VisitAction::ConfirmCheck,
    ];
    for act in acts {
        drop(rig.act(&OperatorAction::Visit { visit, act }));
    }
}

/// Somebody gets another way in.
fn stranger(rig: &mut Rig, user: &UserId, number: bool) {
    let (id, kind) = match number {
        // The same for everybody, as in the directory.
        true => ("mobile".to_owned(), OtherKind::Phone),
        false => (format!("hello-{}", rig.now.mono.0), OtherKind::WindowsHello),
    };
    rig.world.add(
        user,
        Method::Other {
            id,
            kind,
            mark: None,
        },
    );
}

/// No copy is so far behind that it hides a pass another counter made at such a moment.
fn lag(rig: &mut Rig, ms: u64) {
    let seen = rig.truth().service.after_ms(-i64::try_from(ms).unwrap());
    let hides = |pass: &desk_world::TruePass| pass.visit.is_none() && pass.made >= seen;
    if !rig.world.passes.iter().any(hides) {
        rig.world.lag_ms = ms;
    }
}

/// The driver answers within a minute: a question that hangs has become uncertain by then.
fn time_out_questions(rig: &mut Rig) {
    let asked = rig
        .flying
        .iter()
        .filter(|flying| desk_world::kind(&flying.effect) == Kind::Issue)
        .count();
    for lost in 0..asked {
        let fault = if lost % 2 == 0 {
            AnswerFault::LostAnswer
        } else {
            AnswerFault::LostQuestion
        };
        rig.world.faults.push_front((Kind::Issue, fault));
    }
    let held = rig.held.contains(&Kind::Issue);
    rig.release(Kind::Issue);
    if held {
        rig.held.insert(Kind::Issue);
    }
}

fn stale(rig: &mut Rig, id: u64, what: u8) {
    let flying = rig
        .flying
        .iter()
        .any(|flying| format!("{:?}", flying.id) == format!("EffectId({id})"));
    if flying {
        return;
    }
    let secret = PassSecret::new("Stale#Stale#Stale");
    let pass = IssuedPass {
        id: PassId("stale".into()),
        secret,
        start: rig.now.service,
        lifetime_minutes: 30,
        once: true,
    };
    let outcome = match what % 5 {
        0 => Answer::Issue(IssueAnswer::Issued(pass)),
        1 => Answer::Recorded(Ok(())),
        2 => Answer::Removed(Ok(PassRemoval::Removed)),
        3 => Answer::Read(Ok(Reading::Methods(MethodRead::default()))),
        _ => Answer::SignedIn(Ok(sample::operator("op-1"))),
    };
    let before = rig.panes();
    rig.deliver(onboarding::EffectId(id), outcome, "stale");
    assert_eq!(rig.panes(), before, "a stale answer was not dropped");
}
