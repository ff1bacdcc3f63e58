//! The transition diagram, written from what was really seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use desk_world::{Fault, Kind, sample};
use onboarding::{
    FindBy, LockReason, OperatorAction, OperatorScreen, OperatorView, PassStage, PersonPass,
    PersonScreen, PersonView, RenewReason, TroubleCode, VisitAction, VisitId, VisitList,
};

use crate::rig::Rig;

/// Where the three machines stand, as far as the views tell; none where a view hides it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    session: Option<&'static str>,
    visit: Option<&'static str>,
    pass: Option<&'static str>,
    /// Of the first visit, where several can be open.
    place: Option<&'static str>,
}

/// What was seen, and every change of it.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    last: Seen,
    pub(crate) changes: BTreeMap<&'static str, BTreeSet<(&'static str, &'static str, String)>>,
}

const GONE: &str = "[*]";

impl Seen {
    pub(crate) fn of(operator: &OperatorView, person: Option<&PersonView>) -> Self {
        let mut seen = Self {
            session: Some(session(operator)),
            visit: None,
            pass: None,
            place: operator.list.as_ref().map(place),
        };
        match &operator.screen {
            OperatorScreen::Find { .. } => seen.visit = Some("Finding"),
            OperatorScreen::Found { .. } => seen.visit = Some("Found"),
            OperatorScreen::Check { .. } => seen.visit = Some("Checking"),
            OperatorScreen::Board { pass, .. } => {
                seen.visit = Some("HandingOver");
                seen.pass = Some(stage(pass.stage));
            }
            OperatorScreen::Ending { .. } => seen.visit = Some("Ending"),
            OperatorScreen::Receipt { .. } => seen.visit = Some("Ended"),
            OperatorScreen::NotConfigured { .. }
            | OperatorScreen::Welcome
            | OperatorScreen::SigningIn { .. }
            | OperatorScreen::Locked { .. }
            | OperatorScreen::Home { .. } => seen.see_person(person),
        }
        if seen.visit.is_some_and(|visit| visit != "HandingOver") {
            seen.pass = Some(GONE);
        }
        if operator.list.is_some() {
            // The screens may be another visit's.
            (seen.visit, seen.pass) = (None, None);
        }
        seen
    }

    /// The operator's screen does not show the visit: the person's may.
    fn see_person(&mut self, person: Option<&PersonView>) {
        let Some(person) = person else {
            self.visit = Some(GONE);
            return;
        };
        match &person.screen {
            PersonScreen::Checking { .. } => self.visit = Some("Checking"),
            PersonScreen::Walk { pass, .. } => {
                self.visit = Some("HandingOver");
                self.pass = match pass {
                    PersonPass::NotYet => Some(stage(PassStage::None)),
                    PersonPass::Settling { .. } => Some(stage(PassStage::Settling)),
                    PersonPass::Hidden { .. } | PersonPass::Shown { .. } => {
                        Some(stage(PassStage::Live))
                    }
                    PersonPass::Entered { .. } => Some(stage(PassStage::Entered)),
                    PersonPass::Expired => Some(stage(PassStage::Expired)),
                    PersonPass::Uncertain => Some(stage(PassStage::Uncertain)),
                    PersonPass::Coming => None,
                };
            }
            PersonScreen::Registered { .. } => self.visit = Some("HandingOver"),
            PersonScreen::Goodbye { .. } => self.visit = Some("Ended"),
            PersonScreen::OutOfService | PersonScreen::Welcome { .. } => {}
        }
    }
}

fn session(view: &OperatorView) -> &'static str {
    match (&view.screen, &view.operator) {
        (OperatorScreen::SigningIn { .. }, _) => "SigningIn",
        (
            OperatorScreen::Locked {
                why: LockReason::Asked | LockReason::Idle | LockReason::TokenEnded,
                ..
            },
            _,
        ) => "Locked",
        (_, Some(_)) => "SignedIn",
        (OperatorScreen::Welcome, None) => "SignedOut",
        (_, None) => "TokenEnded",
    }
}

fn place(list: &VisitList) -> &'static str {
    match list.visits.first() {
        Some(card) if card.in_front => "InFront",
        Some(_) => "Aside",
        None => GONE,
    }
}

fn stage(stage: PassStage) -> &'static str {
    match stage {
        PassStage::None => "None",
        PassStage::Issuing => "Issuing",
        PassStage::Settling => "Settling",
        PassStage::Live => "Live",
        PassStage::Entered => "Entered",
        PassStage::Expired => "Expired",
        PassStage::Renewing => "Renewing",
        PassStage::Uncertain => "Uncertain",
    }
}

impl Watch {
    pub(crate) fn saw(&mut self, seen: &Seen, trigger: &str) {
        let last = self.last;
        self.last = Seen {
            session: self.changed("Session", last.session, seen.session, trigger),
            visit: self.changed("Visit", last.visit, seen.visit, trigger),
            pass: self.changed("Pass", last.pass, seen.pass, trigger),
            place: self.changed("Place", last.place, seen.place, trigger),
        };
    }

    fn merge(&mut self, other: Self) {
        for (machine, changes) in other.changes {
            self.changes.entry(machine).or_default().extend(changes);
        }
    }

    fn changed(
        &mut self,
        machine: &'static str,
        from: Option<&'static str>,
        to: Option<&'static str>,
        trigger: &str,
    ) -> Option<&'static str> {
        let to = to.or(from)?;
        let from = from.unwrap_or(GONE);
        if from != to {
            self.changes
                .entry(machine)
                .or_default()
                .insert((from, to, trigger.to_owned()));
        }
        Some(to)
    }
}

#[test]
fn the_diagram_is_current() {
    let mut all = Watch::default();
    for journey in JOURNEYS {
        all.merge(journey().watch);
    }
    let fresh = render(&all.changes);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/transitions.md");
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept != fresh {
        std::fs::write(&path, fresh).unwrap();
        panic!(
            "docs/transitions.md was out of date and has been written anew: look at the change, then run again"
        );
    }
}

fn render(all: &BTreeMap<&str, BTreeSet<(&str, &str, String)>>) -> String {
    let mut page = String::from(
        "# Transitions\n\nWritten by a test of the `onboarding` crate from transitions it saw; do not edit. \
         A trigger is an action, an outcome of an effect, or `time`; `Recorded X` means that the entry X is durable.\n",
    );
    let told = [
        (
            "Session",
            "Desk: the operator's session",
            "Locked and TokenEnded keep open visits, and only the same operator gets back to them; SignOut, or 15 minutes locked, ends them as unfinished.",
        ),
        (
            "Visit",
            "Visit: one person",
            "The end of `[*]` means that nothing of the visit is left.",
        ),
        (
            "Pass",
            "Pass: on the hand-over board",
            "The row in hand never moves the pass, and losing or renewing the pass never moves the row.",
        ),
        (
            "Place",
            "Place: visits side by side",
            "Only the visit in front is on the screens; one that is aside goes on by itself. StartVisit puts the one in front aside.",
        ),
    ];
    for (machine, title, remark) in told {
        let _ = writeln!(
            page,
            "\n## {title}\n\n{remark}\n\n```mermaid\nstateDiagram-v2"
        );
        let mut arrows: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for (from, to, trigger) in &all[machine] {
            arrows.entry((from, to)).or_default().push(trigger);
        }
        for ((from, to), triggers) in arrows {
            let _ = writeln!(page, "    {from} --> {to}: {}", triggers.join(", "));
        }
        page.push_str("```\n");
    }
    page
}

/// Scripted journeys that between them take every way.
const JOURNEYS: &[fn() -> Rig] = &[
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
];

fn not_today() -> Rig {
    let why = onboarding::Obstacle::NoScreenLock;
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
    rig.world
        .faults
        .push_back((Kind::SignIn, Fault::Failed(TroubleCode::SignInDeclined)));
    rig.want(OperatorAction::SignIn);
    rig.world.operator.tenant = "another".into();
    rig.want(OperatorAction::SignIn);
    rig.world.operator.tenant = sample::TENANT.into();
    rig.want(OperatorAction::SignIn);
    rig.wait_s(601);
    rig.want(OperatorAction::SignOut);
    rig = rig.finding();
    rig.world
        .faults
        .push_back((Kind::Find, Fault::Failed(TroubleCode::SignInAgain)));
    rig.find("1");
    rig.world
        .faults
        .push_back((Kind::SignIn, Fault::Failed(TroubleCode::SignInDeclined)));
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
        .push_back((Kind::Methods, Fault::Failed(TroubleCode::SignInAgain)));
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
        .push_back((Kind::Methods, Fault::Failed(TroubleCode::SignInAgain)));
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
    for fault in [Fault::Refused(TroubleCode::PassOutOfScope), Fault::NotSent] {
        rig.world.faults.push_back((Kind::Issue, fault));
        rig.visit(VisitAction::IssuePass { replace: false });
    }
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.world
        .faults
        .push_back((Kind::Issue, Fault::Refused(TroubleCode::PassNotPermitted)));
    again(&mut rig);
    rig.world.unwritable = Some("PassIntent");
    again(&mut rig);
    rig
}

fn uncertain() -> Rig {
    let mut rig = Rig::new().board("1");
    for fault in [Fault::LostAnswer, Fault::LostQuestion] {
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
        .push_back((Kind::Issue, Fault::LostQuestion));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.world.network_down = true;
    for _ in 0..4 {
        rig.wait_s(500);
        let _ = rig.person(onboarding::PersonAction::OtherScreen);
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
        .push_back((Kind::Issue, Fault::LostQuestion));
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
        let _ = rig.person(onboarding::PersonAction::OtherScreen);
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

fn asked(fault: Fault) -> Rig {
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
    let doubt: fn() -> Rig = || asked(Fault::LostQuestion);
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
    let refused = Fault::Refused(TroubleCode::PassNotPermitted);
    for at in STAGES {
        for fault in [
            None,
            Some(refused),
            Some(Fault::LostQuestion),
            Some(Fault::LostAnswer),
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
