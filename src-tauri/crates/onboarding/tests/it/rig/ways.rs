//! Short ways to a state, each through the ones before.

use desk_world::sample;
use onboarding::{OperatorAction, VisitAction};

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
}
