//! Asking a colleague, and not waiting for one any more.

use onboarding::{Answer, ColleagueEffect, EffectId};

use crate::colleague::Question;
use crate::drive::Driver;

impl Driver {
    pub(crate) fn perform_colleague(&mut self, id: EffectId, effect: ColleagueEffect) {
        match effect {
            ColleagueEffect::StopAskingColleague => self.colleague.stop(),
            ColleagueEffect::AskColleague => {
                let told = self.colleague.ask(Question {
                    open: self.ports.open_browser.clone(),
                    session: self.graph_effects().session,
                    began_at_s: self.clock.now().service.0 / 1000,
                });
                self.spawn(id, async move { Answer::Colleague(told.await) });
            }
        }
    }
}
