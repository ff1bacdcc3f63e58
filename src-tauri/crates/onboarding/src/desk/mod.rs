//! The desk: the operator's session, the site's rules, and the visits that are open at it.

mod aftermath;
mod answers;
mod closing;
mod concurrent_visits;
mod display;
mod handing_over;
mod kept_entries;
mod kept_locked;
mod kept_visits;
mod leaving;
mod method_looks;
mod notice;
mod notices;
mod out_of_service;
mod owed_leaving;
mod owed_notice;
mod proof_looks;
mod queue;
mod readiness;
mod reconciling;
mod renewing;
mod session;
mod sign_in;
mod start;
mod starting;
mod told_methods;
mod touches;
mod unheard;
mod uninvited;
mod views;

use std::collections::BTreeMap;

pub use display::DisplayChange;
pub use kept_entries::KeptAtStart;
use kept_entries::KeptVisits;
use owed_leaving::Leaving;
use owed_notice::Notice;
use queue::Tickets;
pub(crate) use session::Session;
pub use start::Start;
use told_methods::Told;
use touches::Touches;

use crate::action::{OperatorAction, PersonAction, VisitAction};
use crate::effect::{Effect, Task};
use crate::effects::Effects;
use crate::ids::{VisitId, VisitIds};
use crate::language::Lang;
use crate::pass::earlier;
use crate::pass::reconcile::Reconcile;
use crate::policy::{Policy, Site, TextSize};
use crate::proof_look::LateLook;
use crate::quota::rate_limit::RateLimit;
use crate::quota::rng::Rng;
use crate::reading::MethodQuery;
use crate::record::NoticeKey;
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{HealthView, LockReason, VisitState};
use crate::visit::{
    Blocked, Context, Glance, LastLook, Prefs, RemovedLook, Unheard, Visit, illegal_in_state,
};
use crate::walkthrough::pack::{Packs, Route};

/// Everything a station does, decided here and nowhere else.
#[derive(Debug)]
pub struct Desk {
    policy: Policy,
    site: Site,
    packs: Packs,
    session: Session,
    touches: Touches,
    visits: BTreeMap<VisitId, Visit>,
    /// The one visit the screens belong to.
    foreground: Option<VisitId>,
    /// The other open visits, and how they stood when they were put aside.
    background: BTreeMap<VisitId, VisitState>,
    /// Visits that are over while another is in front, and that the windows showed.
    pending_window_resets: Vec<VisitId>,
    /// Visits by telephone that outlive the app.
    kept: KeptVisits,
    tickets: Tickets,
    visit_ids: VisitIds,
    /// How the person who waits before a visit reads.
    waiting: Prefs,
    /// A person's visit ended because another operator takes over: until then their screen says so.
    handed_over_until: Option<Mono>,
    unreconciled: Vec<Reconcile>,
    uninvited: Vec<Told>,
    /// What was asked of a phone that was there before, of visits that are over.
    unheard: Vec<(VisitId, Unheard)>,
    /// What of it was removed and is not seen to be gone.
    removed: Vec<RemovedLook>,
    late_looks: Vec<LateLook>,
    last_looks: Vec<LastLook>,
    /// By the visit that put them there.
    leaving: BTreeMap<VisitId, Leaving>,
    notices: BTreeMap<NoticeKey, Notice>,
    /// What became of what earlier runs had left open.
    effects: Effects,
    /// The ids of requests: a stream of their own, so that they move no poll.
    ids: Rng,
    rate_limit: RateLimit,
    trouble: Option<Trouble>,
    /// Why nothing new is begun.
    out_of_service: Option<Trouble>,
    health: HealthView,
    lang: Lang,
    text_size: TextSize,
    person_pane: bool,
    revision: u64,
}

/// Sets the stream of ids apart from that of moments.
const IDS: u64 = 0x6d61_646f_6775_6368;

impl Desk {
    /// A desk with nobody signed in.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let lists = MethodQuery::passes(start.policy.scopes);
        let reopen = |pending| earlier::reopen(pending, &lists, start.now.mono);
        let mut desk = Self {
            session: Session::SignedOut,
            touches: Touches::new(start.now.mono),
            visits: BTreeMap::new(),
            foreground: None,
            background: BTreeMap::new(),
            pending_window_resets: Vec::new(),
            kept: KeptVisits::default(),
            tickets: Tickets::new(start.now),
            visit_ids: start.visit_ids,
            waiting: Prefs::of(&start.site),
            handed_over_until: None,
            uninvited: Vec::new(),
            unheard: Vec::new(),
            removed: Vec::new(),
            unreconciled: start.pending.into_iter().map(reopen).collect(),
            late_looks: Vec::new(),
            last_looks: Vec::new(),
            leaving: BTreeMap::new(),
            notices: BTreeMap::new(),
            ids: Rng::seeded(IDS),
            effects: Effects::new(
                start.passes,
                start.untold,
                (start.rolls, start.notices),
                start.operators,
                start.now.service,
            ),
            rate_limit: RateLimit::new(start.policy.methods_per_10_s),
            trouble: None,
            out_of_service: None,
            health: HealthView::default(),
            lang: start.site.operator_lang,
            text_size: TextSize::Normal,
            person_pane: start.person_pane,
            revision: 1,
            policy: start.policy,
            site: start.site,
            packs: start.packs,
        };
        desk.begin_kept(start.kept, start.now);
        desk
    }

    /// The same, with its own seed for everything left to chance: no two stations may look in step.
    #[must_use]
    pub fn seeded(mut self, seed: u64) -> Self {
        self.rate_limit.seed(seed);
        self.ids = Rng::seeded(seed ^ IDS);
        self
    }

    /// The operator wants something. A refused action changes nothing.
    pub fn operator_act(&mut self, action: &OperatorAction, now: Now) -> Result<(), Trouble> {
        self.in_service_for(action)?;
        self.effects.now = now.service;
        match action {
            OperatorAction::SignIn => self.sign_in(now)?,
            OperatorAction::CancelSignIn => self.cancel_sign_in()?,
            OperatorAction::ConfirmOperator => self.confirm_operator(now)?,
            OperatorAction::RefuseOperator => {
                self.refuse_operator()?;
                self.touches.by_operator(now.mono);
                // What became of the sign-in stays on the screen.
                return Ok(());
            }
            OperatorAction::SignOut => {
                let served = self.served(now);
                self.sign_out(now)?;
                self.hand_over(served, now);
                // Nobody is there to close what opens when the desk gives itself up: only who asks gets it.
                self.effects.push(None, Effect::EndBrowserSession);
            }
            OperatorAction::RoleActivated => self.role_activated(now)?,
            OperatorAction::RollSeenTo { joined_in } => self.roll_seen_to(*joined_in)?,
            OperatorAction::Lock => self.lock(LockReason::Asked, now)?,
            OperatorAction::Touch => {
                self.touched_by_operator(now);
                return Ok(());
            }
            OperatorAction::CloseApp => self.close_app(now)?,
            OperatorAction::SetLanguage { lang } => self.lang = *lang,
            OperatorAction::SetTextSize { size } => self.text_size = *size,
            OperatorAction::DismissNotice { number } => self.dismiss_notice(*number)?,
            OperatorAction::StartVisit => self.start_visit(now)?,
            OperatorAction::StartTelephoneVisit => self.start_telephone_visit(now)?,
            OperatorAction::PutAside => self.put_aside(now)?,
            OperatorAction::Resume { visit } => self.resume(*visit, now)?,
            OperatorAction::ResumeKept { visit } => self.resume_kept(*visit, now)?,
            OperatorAction::ForgetKept { visit } => self.put_kept_away(*visit)?,
            OperatorAction::TakeTicket => self.take_ticket(now)?,
            OperatorAction::CallTicket { number } => self.call_ticket(*number, now)?,
            OperatorAction::NoShow { number } => self.no_show(*number, now)?,
            OperatorAction::DecideOnPass {
                intent,
                pass,
                remove,
            } => self.decide_on_pass(intent, pass, *remove, now)?,
            OperatorAction::DecideOnMethod { which, remove } => {
                self.decide_on_method(which, *remove, now)?;
            }
            OperatorAction::Visit {
                visit,
                act: VisitAction::StartNext,
            } => self.start_next(*visit, now)?,
            OperatorAction::Visit { visit, act } => self.visit_act(*visit, act, now)?,
        }
        self.trouble = None;
        self.touches.by_operator(now.mono);
        self.leave_rolls(now);
        self.send_notices(now);
        self.revision += 1;
        Ok(())
    }

    pub(super) fn visit_act(
        &mut self,
        visit: VisitId,
        act: &VisitAction,
        now: Now,
    ) -> Result<(), Trouble> {
        if self.locked() {
            return Err(Trouble::new(TroubleCode::SignInAgain));
        }
        if self.foreground != Some(visit) && self.visits.contains_key(&visit) {
            return Err(illegal_in_state());
        }
        let after = self.with_visit(visit, now, |visit, cx| visit.act(act, cx))??;
        self.settle_aftermath(visit, after, now);
        Ok(())
    }

    /// What the operator touches keeps the last screen of a visit in front, too.
    fn touched_by_operator(&mut self, now: Now) {
        self.touches.by_operator(now.mono);
        if let Some(visit) = self.foreground.and_then(|id| self.visits.get_mut(&id)) {
            visit.touched(now);
        }
    }

    /// The person wants something, from the window of `place`, or from the pane beside the operator's (`None`).
    pub fn person_act(
        &mut self,
        place: Option<VisitId>,
        action: &PersonAction,
        now: Now,
    ) -> Result<(), Trouble> {
        self.effects.now = now.service;
        if self.locked() && matches!(action, PersonAction::Reveal | PersonAction::Longer) {
            return Err(illegal_in_state());
        }
        if place.is_some_and(|place| self.background.contains_key(&place)) {
            return Err(illegal_in_state());
        }
        match self.person_visit(place)? {
            Some(visit) => {
                self.with_visit(visit, now, |visit, cx| visit.person_act(action, cx))??
            }
            None if self.waiting.act(action) => {}
            None => return Err(illegal_in_state()),
        }
        if !matches!(action, PersonAction::Drawn) {
            self.touches.by_person(now.mono);
        }
        if !matches!(action, PersonAction::Touch) {
            self.revision += 1;
        }
        Ok(())
    }

    /// Time went by.
    pub fn handle_timeout(&mut self, now: Now) {
        self.effects.now = now.service;
        let mut changed = false;
        // After a long sleep more than one thing may be due.
        while self.session_timeout(now) {
            changed = true;
        }
        for id in self.by_patience() {
            if let Ok((visit_changed, after)) =
                self.with_visit(id, now, |visit, cx| visit.handle_timeout(cx))
            {
                changed |= visit_changed;
                self.settle_aftermath(id, after, now);
            }
        }
        // After the visits, for what these leave behind is due at once.
        changed |= self.look_for_passes(now);
        changed |= self.look_late(now);
        changed |= self.look_once_more(now);
        changed |= self.look_for_removed(now);
        changed |= self.hand_over_is_over(now);
        changed |= self.leave_rolls(now);
        changed |= self.send_notices(now);
        changed |= self.look_after_kept(now);
        if changed {
            self.revision += 1;
        }
    }

    /// An answer on authentication methods said what share of the service's limit is in use, in hundredths
    /// (`x-ms-throttle-limit-percentage` as it is sent is 0.8 and more). Comes before that answer.
    pub fn handle_quota(&mut self, percent: u32, now: Now) {
        self.rate_limit.heed_share(percent, now.mono);
    }

    /// The next thing to do, if any.
    pub fn poll_effect(&mut self) -> Option<Task> {
        self.effects.pop()
    }

    /// When the desk next wants to be woken.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Mono> {
        let may_look = self.session.may_look();
        let visits = self
            .visits
            .values()
            .filter_map(|visit| visit.poll_timeout(may_look, &self.rate_limit));
        let access = self.visits.values().filter(|_| may_look);
        let access = access.filter_map(|visit| visit.access_due(&self.policy));
        let unreconciled = self.unreconciled.iter().filter_map(Reconcile::due);
        let session = self.session.due(&self.policy, &self.touches);
        let late = self.late_due().into_iter().chain(self.last_look_due());
        let late = late.chain(self.leaving_due()).chain(self.removed_due());
        let late = late.chain(self.notices_due());
        let late = late.chain(self.kept_due());
        let visits = visits.chain(access).chain(unreconciled).chain(session);
        visits.chain(late).chain(self.handed_over_until).min()
    }

    /// The machine's health was read.
    pub fn set_health(&mut self, health: HealthView) {
        if self.health != health {
            self.health = health;
            self.revision += 1;
        }
    }

    /// A second display came or went.
    pub fn set_person_pane(&mut self, person_pane: bool) {
        if self.person_pane != person_pane {
            // A pass in sight does not jump to a display nobody showed it on.
            for visit in self.visits.values_mut() {
                visit.on_locked(&mut self.effects);
            }
        }
        self.person_pane = person_pane;
        self.revision += 1;
    }

    /// Whether a visit would be cut off if the windows closed now.
    #[must_use]
    pub fn visit_open(&self) -> bool {
        self.visits.values().any(Visit::open)
    }

    /// Grows with everything a screen could show differently.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The visit the person's window belongs to now: the one in front, or the next one.
    #[must_use]
    pub fn person_window(&self) -> VisitId {
        self.foreground.unwrap_or_else(|| self.visit_ids.upcoming())
    }

    // --- inside --------------------------------------------------------------------------------

    fn with_visit<T>(
        &mut self,
        id: VisitId,
        now: Now,
        then: impl FnOnce(&mut Visit, &mut Context<'_>) -> T,
    ) -> Result<T, Trouble> {
        let mut visit = self
            .visits
            .remove(&id)
            .ok_or_else(|| Trouble::new(TroubleCode::VisitGone))?;
        let blocked = self.blocked(id);
        let mut cx = self.context((id, visit.route), now, &blocked);
        let result = then(&mut visit, &mut cx);
        self.visits.insert(id, visit);
        Ok(result)
    }

    /// Ends every visit as unfinished; passes that still work are taken back at the next sign-in.
    fn abandon_visits(&mut self, now: Now) {
        for id in self.visits.keys().copied().collect::<Vec<_>>() {
            self.while_kept_stays(id, |desk| {
                if let Ok(after) = desk.with_visit(id, now, Visit::abandon) {
                    desk.settle_aftermath(id, after, now);
                }
            });
        }
    }

    fn context<'a>(
        &'a mut self,
        of: (VisitId, Route),
        now: Now,
        blocked: &'a [Blocked],
    ) -> Context<'a> {
        Context {
            glance: glance(
                of,
                now,
                (&self.policy, &self.site, &self.packs),
                &self.session,
                blocked,
            ),
            effects: &mut self.effects,
            rate_limit: &mut self.rate_limit,
            ids: &mut self.ids,
        }
    }

    fn glance<'a>(&'a self, of: (VisitId, Route), now: Now, blocked: &'a [Blocked]) -> Glance<'a> {
        glance(
            of,
            now,
            (&self.policy, &self.site, &self.packs),
            &self.session,
            blocked,
        )
    }
}

/// What a visit may look at, from the desk's parts: the others may be changed meanwhile.
fn glance<'a>(
    (visit, route): (VisitId, Route),
    now: Now,
    (policy, site, packs): (&'a Policy, &'a Site, &'a Packs),
    session: &'a Session,
    blocked: &'a [Blocked],
) -> Glance<'a> {
    let signed_in = match session {
        Session::SignedIn(signed_in) => Some(signed_in),
        Session::SignedOut
        | Session::SigningIn { .. }
        | Session::Confirming(_)
        | Session::Lapsed(_) => None,
    };
    Glance {
        visit,
        now,
        policy,
        site,
        pack: packs.of(route),
        packs,
        operator: signed_in.map(|signed_in| &signed_in.operator),
        may_look: session.may_look(),
        names: session.lapsed().is_none_or(|lapsed| !lapsed.blanked),
        locked: session.locked(),
        passkeys: signed_in.and_then(|signed_in| signed_in.passkeys.as_ref()),
        granted: signed_in.and_then(|signed_in| signed_in.rules.passes),
        verified: signed_in.and_then(|signed_in| signed_in.rules.domains.as_deref()),
        blocked,
    }
}
