//! What a visit leaves to the desk.

use super::Desk;
use crate::ids::VisitId;
use crate::time::Now;
use crate::visit::VisitEffects;

impl Desk {
    pub(super) fn settle_aftermath(&mut self, id: VisitId, after: VisitEffects, now: Now) {
        self.unreconciled.extend(after.unreconciled);
        if let Some(late) = after.late {
            self.looks_late(late);
        }
        if let Some(look) = after.last_look {
            self.looks_once_more(look);
        }
        if let Some(pass) = after.taken_back {
            self.took_back(id, pass);
        }
        if let Some((question, found)) = after.replaced_by {
            self.ask_about(question, &found, now);
        }
        if let Some(whose) = after.whose {
            self.tell_uninvited(id, &whose, after.uninvited);
        }
        for (letter, effect) in after.notices {
            self.hears_notice((id, letter), effect);
        }
        let unheard = after.unheard.into_iter().map(|unheard| (id, unheard));
        self.unheard.extend(unheard);
        self.removed.extend(after.removed);
        self.withdraw_uninvited(id, after.invited);
        self.withdraw_gone(id, after.gone_again);
        if after.gone {
            self.visits.remove(&id);
            self.visit_is_gone(id);
            self.background.remove(&id);
            self.pending_window_resets.push(id);
            if self.foreground.take_if(|front| *front == id).is_some() {
                self.touches.another_person();
            }
            self.rebuild_when_free();
            self.revision += 1;
        }
        self.kept_follows(id);
    }
}
