//! Short ways to a state, each through the ones before.

use desk_world::sample;
use onboarding::{
    AfterAction, AfterScreen, DespiteReason, InFront, OperatorAction, OperatorScreen, PersonAction,
    PersonAfterAction, TestPlace, TestReport, UseAnswer, UseQuestion, VisitAction, VisitScreen,
};

use super::Rig;

impl Rig {
    pub(crate) fn signed_in(mut self) -> Self {
        self.want(OperatorAction::SignIn);
        self
    }

    pub(crate) fn finding(mut self) -> Self {
        if self.view().operator.is_none() {
            self = self.signed_in();
        }
        self.want(OperatorAction::StartVisit);
        self
    }

    pub(crate) fn found(mut self, id: &str) -> Self {
        self = self.finding();
        self.find(id);
        self
    }

    pub(crate) fn find(&mut self, id: &str) {
        self.visit(sample::find(id));
    }

    pub(crate) fn checking(mut self, id: &str) -> Self {
        self = self.found(id);
        self.visit(VisitAction::ConfirmPerson);
        self
    }

    pub(crate) fn board(mut self, id: &str) -> Self {
        self = self.checking(id);
        for act in sample::checked() {
            self.visit(act);
        }
        self
    }

    pub(crate) fn issued(mut self, id: &str) -> Self {
        self = self.board(id);
        self.visit(VisitAction::IssuePass { replace: false });
        self
    }

    pub(crate) fn live(mut self, id: &str) -> Self {
        self = self.issued(id);
        self.wait_s(10);
        self
    }

    pub(crate) fn shown(mut self, id: &str) -> Self {
        self = self.live(id);
        self.visit(VisitAction::Reveal);
        self
    }

    pub(crate) fn registered(mut self, id: &str) -> Self {
        self = self.shown(id);
        self.world.use_pass(&sample::user(id), self.now);
        self.world
            .add(&sample::user(id), sample::authenticator("new", true));
        self.wait_s(16);
        self
    }

    /// What follows the registration, wanted by the operator.
    pub(crate) fn after(&mut self, action: AfterAction) {
        self.visit(VisitAction::After(action));
    }

    /// The same, wanted by the person.
    pub(crate) fn person_after(&mut self, action: PersonAfterAction) {
        self.person(PersonAction::After(action)).unwrap();
    }

    /// A test that passed at the station, as the operator saw.
    pub(crate) fn tested(mut self, id: &str) -> Self {
        self = self.registered(id);
        let place = TestPlace::Station;
        self.after(AfterAction::TrySignIn { place });
        let report = TestReport::Passed { app_instead: false };
        self.after(AfterAction::ReportTest { report });
        self
    }

    /// The person answers the question on both screens, and the operator the same.
    pub(crate) fn answers(&mut self, answer: UseAnswer) {
        let despite = None;
        self.answers_despite(answer, despite);
    }

    pub(crate) fn answers_despite(&mut self, answer: UseAnswer, despite: Option<DespiteReason>) {
        let question = self.question();
        self.person_after(PersonAfterAction::AnswerUse { question, answer });
        self.after(AfterAction::ConfirmUse {
            question,
            answer,
            despite,
        });
    }

    /// The question that the operator is shown.
    fn question(&mut self) -> UseQuestion {
        match self.view().screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::After(AfterScreen::UseQuestion { question, .. }),
                ..
            }) => question,
            other => panic!("{other:?}"),
        }
    }

    /// The password is not needed, and the person understood what that means.
    pub(crate) fn understood(mut self, id: &str) -> Self {
        self = self.tested(id);
        self.answers(UseAnswer::No);
        self.person_after(PersonAfterAction::Understood);
        self
    }
}
