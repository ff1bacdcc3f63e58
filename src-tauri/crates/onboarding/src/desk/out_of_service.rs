//! A record that cannot be trusted any more: what is open is brought to its end, and nothing new is begun.

use super::Desk;
use crate::action::{OperatorAction, VisitAction};
use crate::ids::VisitId;
use crate::record::Event;
use crate::trouble::{Trouble, TroubleCode};

impl Desk {
    /// From now on no visit begins and no pass is issued, until the station starts anew; the screens say why.
    pub fn out_of_service(&mut self, why: Trouble) {
        if self.out_of_service.is_none() {
            self.out_of_service = Some(why);
            self.revision += 1;
        }
    }

    /// What happened before this desk was there and could not be written down: it is written with whatever comes next.
    pub fn write_later(&mut self, facts: Vec<(Option<VisitId>, Event)>) {
        if !facts.is_empty() {
            self.trouble = Some(Trouble::new(TroubleCode::RecordFailed));
            self.revision += 1;
        }
        for (visit, entry) in facts {
            self.effects.write_later(visit, entry);
        }
    }

    /// Refuses what a station out of service does not do.
    pub(super) fn in_service_for(&self, action: &OperatorAction) -> Result<(), Trouble> {
        let Some(why) = &self.out_of_service else {
            return Ok(());
        };
        let is_new = matches!(
            action,
            OperatorAction::StartVisit
                | OperatorAction::StartTelephoneVisit
                | OperatorAction::ResumeKept { .. }
                | OperatorAction::Visit {
                    act: VisitAction::IssuePass { .. }
                        | VisitAction::RenewPass { .. }
                        | VisitAction::AskColleague
                        | VisitAction::StartNext,
                    ..
                }
        );
        if is_new { Err(why.clone()) } else { Ok(()) }
    }
}
