//! Ways through everything a desk can do, so that the diagram of transitions misses none.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, AgainAction, FindBy, OperatorAction, PasswordWay, PersonAfterAction, RenewReason,
    TestCause, TestPlace, TestReport, TroubleCode, UseAnswer, UseQuestion, VisitAction, VisitId,
};

use crate::rig::Rig;
use crate::transitions::Watch;

/// Scripted journeys that between them take every way.
pub(crate) const JOURNEYS: &[fn() -> Rig] = &[
    finished,
    sign_in_ways,
    lock_and_token,
    token_ended_and_locked_by_hand,
    before_the_board,
    refusals,
    uncertain,
    renewals,
    endings,
    time_runs_out,
    leaving,
    renewing_from_everywhere,
    side_by_side,
    not_today,
    after_registration,
    changed,
    password_again,
];

fn not_today() -> Rig {
    let why = onboarding::NotPossibleReason::NoScreenLock;
    let mut rig = Rig::new();
    for before in [Rig::checking, Rig::board, Rig::live] {
        rig = before(Rig::new(), "1");
        let leave_pass = false;
        rig.visit(VisitAction::NotToday { why, leave_pass });
        rig.visit(VisitAction::Close);
    }
    rig
}

fn side_by_side() -> Rig {
    let mut rig = Rig::with(crate::side::policy(2), Vec::new()).live("1");
    let first = OperatorAction::Resume { visit: rig.visit };
    rig.want(OperatorAction::PutAside);
    rig.want(first.clone());
    let mut rig = rig.finding();
    rig.visit(VisitAction::Cancel);
    rig.want(first);
    rig.visit = VisitId(1);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    rig
}

fn again(rig: &mut Rig) {
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Mistyped,
    });
}

/// What follows the registration, each way once.
fn after_registration() -> Rig {
    let try_at = |place| AfterAction::TrySignIn { place };
    let mut watch = Watch::default();
    for place in [TestPlace::Station, TestPlace::Phone] {
        let mut rig = Rig::new().registered("1");
        rig.after(try_at(place));
        let why = TestCause::PasswordNeeded;
        let report = TestReport::Failed { why };
        rig.after(AfterAction::ReportTest { report });
        rig.after(try_at(place));
        rig.visit(VisitAction::Cancel);
        rig.visit(VisitAction::Close);
        watch.merge(rig.watch);
    }
    for ended in [Rig::tested, Rig::understood] {
        let mut rig = ended(Rig::new(), "1");
        rig.visit(VisitAction::Finish { leave_pass: false });
        rig.visit(VisitAction::StartNext);
        watch.merge(rig.watch);
    }
    let mut rig = Rig::new().registered("1");
    let why = TestCause::NoTime;
    rig.after(AfterAction::SkipTest { why });
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    rig.visit(VisitAction::Close);
    rig.watch.merge(watch);
    rig
}

/// A password that is changed here: at once, after lost answers, and with a change at the next sign-in.
fn changed() -> Rig {
    let mut watch = Watch::default();
    for (must_change, faults) in [(false, 0), (false, 3), (true, 1)] {
        let mut policy = sample::policy();
        policy.passwords.way = PasswordWay::Reset;
        policy.passwords.roll = policy.passwords.roll.filter(|_| must_change);
        let mut rig = Rig::with(policy, Vec::new());
        rig.world.must_change = must_change;
        let mut rig = rig.understood("1");
        for _ in 0..faults {
            let lost = (Kind::Change, AnswerFault::LostAnswer);
            rig.world.faults.push_back(lost);
        }
        rig.after(AfterAction::JoinRoll);
        // What is to be changed, or may be, is tested once more.
        if must_change || faults == 3 {
            let why = TestCause::NoTime;
            rig.after(AfterAction::SkipTest { why });
        }
        rig.visit(VisitAction::Finish { leave_pass: false });
        rig.visit(VisitAction::Close);
        watch.merge(rig.watch);
    }
    let mut rig = finished();
    rig.watch.merge(watch);
    rig
}

fn finished() -> Rig {
    let mut rig = Rig::new().registered("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
    rig.want(OperatorAction::SignOut);
    rig
}

fn sign_in_ways() -> Rig {
    let mut rig = Rig::new();
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::CancelSignIn);
    rig.want(OperatorAction::SignIn);
    rig.wait_s(181);
    rig.held.clear();
    rig.flying.clear();
    rig.world.faults.push_back((
        Kind::SignIn,
        AnswerFault::Failed(TroubleCode::SignInDeclined),
    ));
    rig.want(OperatorAction::SignIn);
    rig.world.operator.tenant = "another".into();
    rig.want(OperatorAction::SignIn);
    rig.world.operator.tenant = sample::TENANT.into();
    rig.world.operator.expected = Some("op-9@cablechan.biz".into());
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::RefuseOperator);
    rig.want(OperatorAction::SignIn);
    rig.wait_s(181);
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::ConfirmOperator);
    rig.want(OperatorAction::SignOut);
    rig.world.operator.expected = None;
    rig.want(OperatorAction::SignIn);
    rig.wait_s(601);
    rig.want(OperatorAction::SignOut);
    rig = rig.finding();
    rig.world
        .faults
        .push_back((Kind::Find, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.find("1");
    rig.world.faults.push_back((
        Kind::SignIn,
        AnswerFault::Failed(TroubleCode::SignInDeclined),
    ));
    rig.want(OperatorAction::SignIn);
    rig
}

fn lock_and_token() -> Rig {
    let mut rig = Rig::new().live("1");
    rig.want(OperatorAction::Lock);
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::CancelSignIn);
    rig.release(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(25);
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    rig.wait_s(181);
    // Nobody comes back: the desk locks, and then gives itself up.
    rig.wait_s(601);
    rig.visit = VisitId(2);
    rig.wait_s(901);
    rig
}

fn token_ended_and_locked_by_hand() -> Rig {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(25);
    rig.want(OperatorAction::Lock);
    rig.visit = VisitId(2);
    rig.want(OperatorAction::SignOut);
    rig
}

fn before_the_board() -> Rig {
    let mut rig = Rig::new().found("1");
    rig.visit(VisitAction::SearchAgain);
    rig.find("1");
    rig.visit(VisitAction::ConfirmPerson);
    rig.visit(VisitAction::SearchAgain);
    rig.visit(VisitAction::Find {
        text: "Account".into(),
        by: FindBy::Name,
    });
    rig.visit(VisitAction::Choose {
        user: sample::user("2"),
    });
    rig.visit(VisitAction::Cancel);
    let mut rig = rig.finding();
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    let mut rig = rig.finding();
    rig.visit(VisitAction::Cancel);
    let mut rig = rig.checking("1");
    rig.visit(VisitAction::Cancel);
    rig
}

fn refusals() -> Rig {
    let mut rig = Rig::new().board("1");
    rig.world.unwritable = Some("PassIntent");
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.world.unwritable = None;
    for fault in [
        AnswerFault::Refused(TroubleCode::PassOutOfScope),
        AnswerFault::NotSent,
    ] {
        rig.world.faults.push_back((Kind::Issue, fault));
        rig.visit(VisitAction::IssuePass { replace: false });
    }
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.world.faults.push_back((
        Kind::Issue,
        AnswerFault::Refused(TroubleCode::PassNotPermitted),
    ));
    again(&mut rig);
    rig.world.unwritable = Some("PassIntent");
    again(&mut rig);
    rig
}

fn uncertain() -> Rig {
    let mut rig = Rig::new().board("1");
    for fault in [AnswerFault::LostAnswer, AnswerFault::LostQuestion] {
        rig.world.faults.push_back((Kind::Issue, fault));
        rig.visit(VisitAction::IssuePass { replace: false });
        rig.wait_s(20);
    }
    rig.world.unwritable = Some("PassIssued");
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(5);
    rig.world.unwritable = None;
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostQuestion));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.world.network_down = true;
    for _ in 0..4 {
        rig.wait_s(500);
        rig.want(OperatorAction::Touch);
    }
    rig.world.network_down = false;
    rig
}

fn renewals() -> Rig {
    let mut rig = Rig::new().live("1");
    again(&mut rig);
    again(&mut rig);
    let mut other = Rig::new().live("1");
    other.world.use_pass(&sample::user("1"), other.now);
    other.wait_s(5);
    again(&mut other);
    other.wait_s(10);
    other
        .world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostQuestion));
    again(&mut other);
    other.wait_s(30);
    rig.watch.merge(other.watch);
    rig
}

fn endings() -> Rig {
    let mut rig = Rig::new().live("1");
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: true });
    rig.wait_s(181);
    let mut rig = rig.board("2");
    rig.held.insert(Kind::Record);
    rig.visit(VisitAction::Cancel);
    rig.wait_s(46);
    rig
}

fn time_runs_out() -> Rig {
    let mut rig = Rig::new().shown("1");
    for _ in 0..4 {
        rig.wait_s(500);
        rig.want(OperatorAction::Touch);
    }
    again(&mut rig);
    rig.wait_s(601);
    rig
}

/// A rig for each place a pass can stand at.
const STAGES: &[fn() -> Rig] = &[
    || Rig::new().issued("1"),
    || Rig::new().live("1"),
    || entered(),
    || {
        let mut rig = Rig::new().live("1");
        crate::refusals::pass_time(&mut rig, 31);
        rig
    },
];

fn entered() -> Rig {
    let mut rig = Rig::new().live("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(5);
    rig
}

fn asked(fault: AnswerFault) -> Rig {
    let mut rig = Rig::new().board("1");
    rig.world.faults.push_back((Kind::Issue, fault));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig
}

/// The visit ends wherever the pass stands.
fn leaving() -> Rig {
    let mut all = Rig::new();
    let asking: fn() -> Rig = || {
        let mut rig = Rig::new().board("1");
        rig.held.insert(Kind::Issue);
        rig.visit(VisitAction::IssuePass { replace: false });
        rig
    };
    let renewing: fn() -> Rig = || {
        let mut rig = Rig::new().live("1");
        rig.held.insert(Kind::Issue);
        again(&mut rig);
        rig
    };
    let none: fn() -> Rig = || Rig::new().board("1");
    let doubt: fn() -> Rig = || asked(AnswerFault::LostQuestion);
    let early: [fn() -> Rig; 2] = [|| Rig::new().found("1"), || Rig::new().checking("1")];
    for at in [asking, renewing, none, doubt]
        .iter()
        .chain(&early)
        .chain(STAGES)
    {
        for act in [
            VisitAction::Cancel,
            VisitAction::LeaveUnfinished { leave_pass: false },
        ] {
            let mut rig = at();
            rig.visit(act);
            all.watch.merge(rig.watch);
        }
    }
    all
}

/// A renewal from wherever the pass stands: made, refused, in doubt.
fn renewing_from_everywhere() -> Rig {
    let mut all = Rig::new();
    let refused = AnswerFault::Refused(TroubleCode::PassNotPermitted);
    for at in STAGES {
        for fault in [
            None,
            Some(refused),
            Some(AnswerFault::LostQuestion),
            Some(AnswerFault::LostAnswer),
        ] {
            let mut rig = at();
            rig.world
                .faults
                .extend(fault.map(|fault| (Kind::Issue, fault)));
            again(&mut rig);
            rig.wait_s(20);
            all.watch.merge(rig.watch);
        }
    }
    all
}

/// A password is needed again, or not; what is open while the desk is locked, too.
fn password_again() -> Rig {
    let again = |rig: &mut Rig, act| rig.visit(VisitAction::Again(act));
    let mut rig = Rig::new();
    crate::password_again::returned(&mut rig, true);
    let mut rig = rig.board("1");
    let (question, answer) = (UseQuestion::Windows, UseAnswer::No);
    again(&mut rig, AgainAction::NeedPassword);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    again(&mut rig, AgainAction::BackToRows);
    again(&mut rig, AgainAction::NeedPassword);
    again(&mut rig, AgainAction::ConfirmNeed { question, answer });
    again(&mut rig, AgainAction::BackToRows);
    again(&mut rig, AgainAction::NeedPassword);
    let answer = UseAnswer::Yes;
    rig.person_after(PersonAfterAction::AnswerUse { question, answer });
    again(&mut rig, AgainAction::ConfirmNeed { question, answer });
    again(&mut rig, AgainAction::BackToRows);
    again(&mut rig, AgainAction::NeedPassword);
    let leave_pass = false;
    rig.visit(VisitAction::Finish { leave_pass });
    rig.visit(VisitAction::Close);
    rig
}
