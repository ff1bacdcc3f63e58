//! What the two windows show.

use super::{Desk, Session};
use crate::display::sanitize_for_display;
use crate::ids::VisitId;
use crate::person::passkey_rules::PasskeyOffer;
use crate::time::Now;
use crate::trouble::{Message, Trouble};
use crate::view::{
    InFront, LockReason, OldPhoneView, OperatorCard, OperatorScreen, OperatorView, PersonScreen,
    PersonView, TroubleView, VisitState,
};
use crate::visit::{Sight, Visit};
use crate::walkthrough::pack::Route;

impl Desk {
    /// What the operator's window shows.
    pub fn operator_view(&self, now: Now) -> OperatorView {
        let screen = self.operator_screen(now);
        let list = self.visit_list(now);
        let visit = self.foreground.and_then(|id| self.visits.get(&id));
        let of_kept = self.kept_trouble();
        let trouble = self
            .trouble
            .as_ref()
            .or(self.out_of_service.as_ref())
            .or_else(|| visit.and_then(|visit| visit.trouble.as_ref()))
            .or(of_kept.as_ref());
        OperatorView {
            revision: self.revision,
            lang: self.lang,
            text_size: self.text_size,
            mode: self.policy.mode,
            training: self.site.training,
            help_line: self.site.operator_help_line.clone(),
            organisation: self.site.organisation.clone(),
            // Nobody stands beside the operator who talks to a caller.
            person_pane: self.person_pane && visit.is_none_or(Visit::is_at_the_counter),
            health: self.health.clone(),
            operator: self.session.operator().map(|operator| OperatorCard {
                name: sanitize_for_display(&operator.name),
                upn: sanitize_for_display(&operator.upn),
                may_issue: operator.may_issue,
                missing_scopes: operator.missing_scopes.clone(),
            }),
            pending_passes: self.pending_passes(),
            pass_questions: self.pass_questions(),
            uninvited: self.uninvited_methods(),
            old_phone: self.old_phone(now),
            rolls_to_leave: self.rolls_to_leave(),
            trouble: trouble.map(TroubleView::from),
            notice: self.notice(&screen),
            list,
            site_files: self.site.files.clone(),
            screen,
        }
    }

    /// What is to be said or decided of the phone that was registered before.
    fn old_phone(&self, now: Now) -> Option<OldPhoneView> {
        let front = self.foreground?;
        self.look_at(front, now, |visit, cx| visit.old_phone_view(cx))?
    }

    /// What the person's window shows: that of `place`, or the pane beside the operator's (`None`).
    pub fn person_view(&self, place: Option<VisitId>, now: Now) -> Result<PersonView, Trouble> {
        let shown = self.person_visit(place)?;
        let visit = shown.and_then(|id| self.visits.get(&id));
        let prefs = visit.map_or(self.waiting, |visit| visit.prefs);
        let ticket = match visit {
            Some(visit) => visit.ticket,
            None => self.called(now),
        };
        let screen = shown.and_then(|id| self.person_screen(id, now));
        let welcome = || PersonScreen::Welcome {
            stores: self.site.stores.clone(),
            helps: self.site.helps.clone(),
            not_used: self.site.not_used.clone(),
        };
        let in_front = place.is_none_or(|place| place == self.person_window());
        let idle = || match &self.out_of_service {
            Some(_) if in_front => PersonScreen::OutOfService,
            None if in_front && self.handed_over_until.is_some() => PersonScreen::HandedOver,
            Some(_) | None => welcome(),
        };
        Ok(PersonView {
            revision: self.revision,
            lang: prefs.lang,
            training: self.site.training,
            help_line: self.site.help_line.clone(),
            organisation: self.site.organisation.clone(),
            text_size: prefs.text_size,
            reading_aloud: prefs.reading_aloud,
            visit: shown,
            ticket,
            site_files: self.site.files.clone(),
            screen: screen.unwrap_or_else(idle),
        })
    }

    fn operator_screen(&self, now: Now) -> OperatorScreen {
        let open = self.foreground.filter(|id| self.visits.contains_key(id));
        if let Some(until) = self.session.signing_in_until() {
            return OperatorScreen::SigningIn {
                remaining_s: now.mono.seconds_until(until),
                resumes_visit: !self.visits.is_empty(),
            };
        }
        match (&self.session, open) {
            (Session::SignedOut | Session::SigningIn { .. }, _) => OperatorScreen::Welcome,
            (Session::Confirming(confirming), _) => OperatorScreen::ConfirmOperator {
                name: sanitize_for_display(&confirming.operator.name),
                upn: sanitize_for_display(&confirming.operator.upn),
                expected: sanitize_for_display(&confirming.expected),
                remaining_s: now.mono.seconds_until(confirming.until),
                resumes_visit: !self.visits.is_empty(),
            },
            (Session::Lapsed(lapsed), Some(id)) if lapsed.why == LockReason::TokenEnded => {
                self.visit_screen(id, now)
            }
            (Session::Lapsed(lapsed), _) => OperatorScreen::Locked {
                why: lapsed.why,
                name: sanitize_for_display(&lapsed.operator.name),
                open_visits: self.unfinished(now),
            },
            (Session::SignedIn(_), Some(id)) => self.visit_screen(id, now),
            (Session::SignedIn(_), None) => self.home(now),
        }
    }

    /// How many visits would end as unfinished.
    fn unfinished(&self, now: Now) -> usize {
        let open = |visit: &&Visit| visit.state(now) != VisitState::Ended;
        self.visits.values().filter(open).count()
    }

    fn home(&self, now: Now) -> OperatorScreen {
        let reading = matches!(&self.session, Session::SignedIn(signed_in) if signed_in.policy_effect.is_some());
        let cx = self.glance((self.visit_ids.upcoming(), Route::AddAccount), now, &[]);
        let pass_minutes = crate::visit::lifetime(&cx);
        let granted = cx.granted;
        let wish = cx.policy.pass.lifetime_minutes;
        let pass_once = cx.policy.pass.once || granted.is_some_and(|granted| granted.once_forced);
        let policy_trouble = match granted {
            None if reading => None,
            None => Some(Message::new("policy-unread")),
            Some(granted) if !granted.enabled => Some(Message::new("policy-disabled")),
            Some(_) if pass_minutes != wish => {
                Some(Message::new("policy-bounded").number("minutes", pass_minutes))
            }
            Some(_) => None,
        };
        OperatorScreen::Home {
            pass_minutes,
            pass_once,
            policy_read: granted.is_some(),
            policy_trouble,
            passkey_offer: self.passkey_offer(),
            readiness: self.readiness(now),
            by_telephone: self.serves_callers().then_some(true),
        }
    }

    /// What the campaign puts behind a sign-in, the operator's own and the person's.
    fn passkey_offer(&self) -> Option<Message> {
        let Session::SignedIn(signed_in) = &self.session else {
            return None;
        };
        match signed_in.passkeys.as_ref()?.offer {
            PasskeyOffer::Skippable => Some(Message::new("policy-passkey-offer")),
            PasskeyOffer::Insists => Some(Message::new("policy-passkey-insists")),
            PasskeyOffer::None | PasskeyOffer::CannotTell => None,
        }
    }

    fn visit_screen(&self, id: VisitId, now: Now) -> OperatorScreen {
        self.look_at(id, now, |visit, cx| InFront {
            visit: id,
            by_telephone: (!visit.is_at_the_counter()).then_some(true),
            letter: visit.letter_view(cx).map(Box::new),
            waits: self.waits_already(id),
            screen: visit.operator_screen(cx),
        })
        .map_or(OperatorScreen::Welcome, OperatorScreen::Visit)
    }

    fn person_screen(&self, id: VisitId, now: Now) -> Option<PersonScreen> {
        self.look_at(id, now, |visit, cx| visit.person_screen(&self.site, cx))
            .flatten()
    }

    pub(super) fn look_at<T>(
        &self,
        id: VisitId,
        now: Now,
        then: impl FnOnce(&Visit, &Sight<'_>) -> T,
    ) -> Option<T> {
        let visit = self.visits.get(&id)?;
        let blocked = self.blocked(id);
        let sight = Sight {
            glance: self.glance((id, visit.route), now, &blocked),
            rate_limit: &self.rate_limit,
        };
        Some(then(visit, &sight))
    }
}
