//! The transition diagram, written from what was really seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use onboarding::{
    AfterScreen, AgainScreen, InFront, LockReason, OperatorScreen, OperatorView, PassStage,
    PersonAfterScreen, PersonPass, PersonScreen, PersonView, VisitList, VisitScreen,
};

use crate::all_journeys::JOURNEYS;

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
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Find { .. },
                ..
            }) => seen.visit = Some("Finding"),
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Found { .. },
                ..
            }) => seen.visit = Some("Found"),
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Check { .. } | VisitScreen::Caller { .. },
                ..
            }) => seen.visit = Some("Checking"),
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { pass, .. },
                ..
            }) => {
                seen.visit = Some("HandingOver");
                seen.pass = Some(stage(pass.stage));
            }
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::After(screen),
                ..
            }) => seen.visit = Some(after(screen)),
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Again(screen),
                ..
            }) => seen.visit = Some(again(screen)),
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Ending,
                ..
            }) => seen.visit = Some("Ending"),
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Receipt { .. },
                ..
            }) => seen.visit = Some("Ended"),
            OperatorScreen::NotConfigured { .. }
            | OperatorScreen::NotStarted { .. }
            | OperatorScreen::Welcome
            | OperatorScreen::SigningIn { .. }
            | OperatorScreen::ConfirmOperator { .. }
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
                    PersonPass::Replaced => Some(stage(PassStage::Replaced)),
                    PersonPass::Uncertain => Some(stage(PassStage::Uncertain)),
                    PersonPass::Coming => None,
                };
            }
            PersonScreen::Registered { .. } => self.visit = Some("HandingOver"),
            PersonScreen::AgainQuestion { .. } => self.visit = Some("AskingAgain"),
            PersonScreen::PasswordAgain { .. } => self.visit = Some("PasswordAgain"),
            PersonScreen::After(PersonAfterScreen::SignInTest { .. }) => {
                self.visit = Some("Trying");
            }
            PersonScreen::After(PersonAfterScreen::UseQuestion { .. }) => {
                self.visit = Some("Asking");
            }
            PersonScreen::After(PersonAfterScreen::Password { .. }) => {
                self.visit = Some("Password");
            }
            PersonScreen::After(PersonAfterScreen::Card { .. }) | PersonScreen::Goodbye { .. } => {
                self.visit = Some("Ended")
            }
            PersonScreen::OutOfService
            | PersonScreen::HandedOver
            | PersonScreen::Welcome { .. } => {}
        }
    }
}

fn again(screen: &AgainScreen) -> &'static str {
    match screen {
        AgainScreen::AgainQuestion { .. } => "AskingAgain",
        AgainScreen::PasswordAgain { .. } => "PasswordAgain",
    }
}

fn after(screen: &AfterScreen) -> &'static str {
    match screen {
        AfterScreen::SignInTest { .. } => "Trying",
        AfterScreen::UseQuestion { .. } => "Asking",
        AfterScreen::Password { .. } => "Password",
    }
}

fn session(view: &OperatorView) -> &'static str {
    match (&view.screen, &view.operator) {
        (OperatorScreen::SigningIn { .. }, _) => "SigningIn",
        (OperatorScreen::ConfirmOperator { .. }, _) => "Confirming",
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
        PassStage::Replaced => "Replaced",
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

    pub(crate) fn merge(&mut self, other: Self) {
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
         A trigger is an action, an answer to an effect, or `time`; `Recorded X` means that the entry X is durable.\n",
    );
    let told = [
        (
            "Session",
            "Desk: the operator's session",
            "Locked and TokenEnded keep open visits, and only the same operator gets back to them; SignOut, or the idle time and 15 minutes without a touch, ends them as unfinished.",
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
