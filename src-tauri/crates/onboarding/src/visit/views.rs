//! What the two screens show of a visit.

use super::keeping::Waits;
use super::person_card::{brief, card, choice, live_pass, note, warnings};
use super::phone_access::PhoneAccess;
use super::{Board, Checking, Finding, Found, Glance, Prefs, Sight, Stage, Visit};
use crate::display::sanitize_for_display;
use crate::note::{notes_shown, notes_wanted};
use crate::pass::state::{HeldPass, PassState};
use crate::person::query::AccountClass;
use crate::policy::Site;
use crate::time::Now;
use crate::view::{
    CheckView, ClassView, PassStage, PassView, PersonPass, PersonRow, PersonScreen, Theirs,
    TroubleView, VisitScreen,
};
use crate::walkthrough::pack::{Route, RowNeed};

impl Visit {
    /// The operator's screen.
    pub(crate) fn operator_screen(&self, cx: &Sight<'_>) -> VisitScreen {
        match &self.stage {
            Stage::Finding(finding) => finding.screen(cx),
            Stage::Found(found) => found.screen(cx),
            Stage::Checking(checking) => checking
                .caller_screen(&self.access, &self.waits, cx)
                .unwrap_or_else(|| checking.screen(&self.access, cx)),
            Stage::HandingOver(board) => board.operator_screen(&self.prefs, &self.access, cx),
            Stage::Ending(_) => VisitScreen::Ending,
            Stage::Ended(receipt) => VisitScreen::Receipt {
                end: receipt.view(cx),
            },
        }
    }

    /// The person's screen; none while there is nothing of this person to show.
    pub(crate) fn person_screen(&self, site: &Site, cx: &Sight<'_>) -> Option<PersonScreen> {
        let mut screen = self.person_screen_with_names(site, cx)?;
        if !cx.names {
            screen.blank_names();
        }
        Some(screen)
    }

    fn person_screen_with_names(&self, site: &Site, cx: &Sight<'_>) -> Option<PersonScreen> {
        match &self.stage {
            Stage::Finding(_) | Stage::Found(_) => None,
            Stage::Checking(checking) => Some(PersonScreen::Checking {
                name: sanitize_for_display(&checking.person.name),
            }),
            Stage::HandingOver(board) => Some(board.person_screen(site, &self.prefs, cx)),
            Stage::Ending(_) => None,
            Stage::Ended(receipt) if receipt.end.password.is_some() => {
                receipt.end.card(site).map(PersonScreen::After)
            }
            Stage::Ended(receipt) => Some(PersonScreen::Goodbye {
                how: receipt.end.how,
                helps: site.helps.clone(),
                not_used: site.not_used.clone(),
                again: receipt.end.again,
            }),
        }
    }
}

impl Finding {
    fn screen(&self, cx: &Glance<'_>) -> VisitScreen {
        let class = |class, domain: &str| ClassView {
            class,
            domain: domain.to_owned(),
        };
        VisitScreen::Find {
            classes: vec![
                class(AccountClass::Organisation, &cx.policy.domains.organisation),
                class(AccountClass::Partner, &cx.policy.domains.partner),
            ],
            busy: self.busy(),
            note: self.note.map(note),
            choices: self.choices.iter().map(choice).collect(),
            more: self.more,
        }
    }
}

impl Found {
    fn screen(&self, cx: &Glance<'_>) -> VisitScreen {
        let person = card(&self.person, &self.baseline, cx.now);
        let blocked = cx.operator.and_then(|operator| self.refusal(operator, cx));
        VisitScreen::Found {
            person,
            warnings: warnings(self, cx),
            heeded: self.heeded,
            may_continue: blocked.is_none() && cx.operator.is_some(),
            blocked: blocked.as_ref().map(TroubleView::from),
        }
    }
}

impl Checking {
    /// Where the person calls.
    fn caller_screen(
        &self,
        access: &PhoneAccess,
        waits: &Waits,
        cx: &Glance<'_>,
    ) -> Option<VisitScreen> {
        let then = waits.then(&self.person.id);
        let (calling, rules) = (self.calling.as_ref()?, cx.policy.telephone.as_ref()?);
        let numbers = calling.list.numbers();
        let met = rules.needs.met_by(&calling.list.taken());
        Some(VisitScreen::Caller {
            person: brief(&self.person),
            ways: calling.ways(then, cx),
            needs: rules.needs,
            met,
            reading: calling.reading(),
            read: numbers.is_some_and(|numbers| !numbers.partly),
            numbers_changed: waits.changed().then_some(true),
            phone_confirmed: self.list.phone_confirmed,
            complete: met && self.list.phone_confirmed,
            phone_access: access.view(cx),
        })
    }

    fn screen(&self, access: &PhoneAccess, cx: &Glance<'_>) -> VisitScreen {
        let check = |rule: &crate::CheckRule| CheckView {
            id: rule.id.clone(),
            words: rule.words.clone(),
            on: self.list.ticked.contains(&rule.id),
            wants: notes_wanted(&rule.notes),
        };
        let enough = self.list.ticked.len() >= usize::from(cx.policy.checks_required.max(1));
        let noted = self.list.missing_note(cx.policy).is_none();
        VisitScreen::Check {
            person: brief(&self.person),
            checks: cx.policy.checks.iter().map(check).collect(),
            required: cx.policy.checks_required.max(1),
            phone_confirmed: self.list.phone_confirmed,
            notes: notes_shown(&self.list.notes),
            complete: enough && noted && self.list.phone_confirmed,
            phone_access: access.view(cx),
        }
    }
}

impl Board {
    fn operator_screen(&self, prefs: &Prefs, access: &PhoneAccess, cx: &Sight<'_>) -> VisitScreen {
        if let Some(screen) = self.after_screen(cx) {
            return VisitScreen::After(screen);
        }
        if let Some(screen) = self.again_screen(cx) {
            return VisitScreen::Again(screen);
        }
        let row = cx.pack.rows.get(self.row);
        VisitScreen::Board {
            person: brief(&self.person),
            row: row.map(|row| row.id.clone()).unwrap_or_default(),
            row_number: row.and_then(|row| row.number),
            rows: cx.pack.numbered(),
            rail: self.rail(cx),
            pass: self.pass_view(cx),
            live: self.operator_live(prefs, access, cx),
            registered: self.evidence.registered,
            check_minutes_left: cx
                .now
                .mono
                .seconds_until(self.check.valid_until())
                .div_ceil(60),
            renewals_left: self.check.renewals_left(),
            other_screen: self.elsewhere(),
            said_done: self.said_done && self.evidence.registered.is_none(),
            waits_for_pass: self.waits_for_pass(cx),
            pace: self.pace(cx.pack),
            held_at: self.held_at(cx).map(str::to_owned),
            other_screen_is: self.other_screen().map(str::to_owned),
            other_screen_offers: self.other_route(prefs, cx),
            other_screen_ends: self.other_end(cx),
            sign_in_again: cx.operator.is_none(),
            route: cx.pack.route,
            routes: self.routes(prefs, cx),
            route_suggested: super::route::suggested(
                &self.baseline,
                self.answers,
                super::route::reachable(cx.policy.done, self.passkey_gate(prefs, cx)),
            ),
            answers: self.answers,
            phone_os: prefs.phone_os,
            phone_lang: prefs.phone_lang,
            person_lang: prefs.lang,
            theirs: Box::new(Theirs {
                row: self.person_row(prefs, cx),
                shows: self.phone_shows(prefs, cx),
                pass_in_sight: !self.by_telephone()
                    && matches!(self.person_pass(cx), PersonPass::Shown { .. }),
            }),
            hand_out: self.hand_out_view(cx).filter(|_| !self.by_telephone()),
            caller: self.caller_board(cx),
            may_need_password: self.again_offer(cx),
            colleague: self.colleague_view(cx),
            test_places: match self.evidence.registered {
                Some(_) => self.test_places(cx),
                None => Vec::new(),
            },
        }
    }

    fn person_screen(&self, site: &Site, prefs: &Prefs, cx: &Sight<'_>) -> PersonScreen {
        if let Some(screen) = self.person_after_screen(site, cx) {
            return PersonScreen::After(screen);
        }
        if let Some(screen) = self.person_again_screen(cx) {
            return screen;
        }
        let row = self.person_row(prefs, cx);
        let held = self.waits_for_pass(cx);
        let may_next = self.row + 1 < cx.pack.rows.len() && !held;
        let may_back = self.row > 0;
        // Another screen than the row's is looked up as before, also among the last rows.
        if let Some(kind) = self.evidence.registered.filter(|_| !self.elsewhere()) {
            return PersonScreen::Registered {
                name: sanitize_for_display(&self.person.name),
                upn_local: sanitize_for_display(self.person.upn.local()),
                upn_domain: sanitize_for_display(self.person.upn.domain()),
                kind,
                device_name: self
                    .evidence
                    .device_name
                    .as_deref()
                    .map(sanitize_for_display),
                row,
                may_next,
                may_back,
            };
        }
        let upn = self.person.upn.as_str();
        let installing = row.needs.contains(&RowNeed::StoreCodes);
        PersonScreen::Walk {
            name: sanitize_for_display(&self.person.name),
            upn_local: sanitize_for_display(self.person.upn.local()),
            upn_domain: sanitize_for_display(self.person.upn.domain()),
            mail: self
                .person
                .mail
                .as_deref()
                .map(sanitize_for_display)
                .filter(|mail| !mail.eq_ignore_ascii_case(upn)),
            row: Box::new(row),
            rail: self.rail(cx),
            stores: site.stores.clone(),
            phone_chosen: prefs.phone_chosen,
            wifi: site.wifi.clone().filter(|_| installing),
            pass: self.person_pass(cx),
            live: self.person_live(cx),
            may_next,
            may_back,
            held,
            said_done: self.said_done,
            phone_shows: Box::new(self.phone_shows(prefs, cx)),
        }
    }

    fn person_row(&self, prefs: &Prefs, cx: &Glance<'_>) -> PersonRow {
        let row = &cx.pack.rows[self.row.min(cx.pack.rows.len() - 1)];
        let (phone, tap) = row.on(prefs.phone_os);
        let mut phone = phone.clone();
        if self.waits_for_pass(cx) {
            phone.elements.iter_mut().for_each(|it| it.target = false);
        }
        PersonRow {
            pack: cx.pack.id.clone(),
            id: row.id.clone(),
            demand: row.demand.clone(),
            number: row.number,
            of: cx.pack.numbered(),
            first_start: self.first_start(cx.pack),
            kind: row.kind,
            needs: row.needs.clone(),
            condition: row.condition.clone(),
            tap: tap.map(str::to_owned),
            phone,
            phone_os: prefs.phone_os,
            phone_lang: prefs.phone_lang.of_phone(),
        }
    }

    pub(super) fn stage(&self, now: Now) -> PassStage {
        match &self.pass {
            PassState::None => PassStage::None,
            PassState::Issuing(issuing) if issuing.before.is_some() => PassStage::Renewing,
            PassState::Issuing(_) => PassStage::Issuing,
            PassState::Uncertain(_) => PassStage::Uncertain,
            PassState::Held(held) if held.entered_at.is_some() => PassStage::Entered,
            PassState::Held(_) if self.evidence.pass.replaced() => PassStage::Replaced,
            PassState::Held(held) if held.ended(now) => PassStage::Expired,
            PassState::Held(held) if held.settling(now) => PassStage::Settling,
            PassState::Held(_) => PassStage::Live,
        }
    }

    pub(super) fn pass_view(&self, cx: &Glance<'_>) -> PassView {
        let stage = self.stage(cx.now);
        let (mut remaining_s, mut until, mut revealed_s, mut finish_s, mut once) =
            (None, None, None, None, false);
        match &self.pass {
            PassState::Held(held) => {
                remaining_s = Some(remaining(held, stage, cx.now));
                until = Some(held.ends());
                revealed_s = held
                    .shown_until
                    .map(|until| cx.now.mono.seconds_until(until));
                // On the way to a passkey one clock is enough.
                finish_s = finish(held, cx.now).filter(|_| {
                    self.passkey_clock.is_none() || cx.pack.route != Route::CreatePasskey
                });
                once = held.once;
            }
            PassState::Uncertain(uncertain) => until = Some(uncertain.reconcile.until()),
            PassState::None | PassState::Issuing(_) => {}
        }
        // Once the registration is there, nothing of the pass runs out on anybody.
        if self.evidence.registered.is_some() {
            (remaining_s, finish_s) = (None, None);
        }
        let may_issue = self.may_issue() && cx.operator.is_some();
        PassView {
            stage,
            remaining_s,
            until,
            revealed_s,
            may_issue,
            due: self.pass_due(cx.pack),
            may_renew: self.may_renew() && cx.operator.is_some(),
            replaces: may_issue
                .then(|| live_pass(&self.baseline, cx.now))
                .flatten(),
            finish_s,
            once,
            passkey_s: self.passkey_left(cx),
        }
    }

    pub(super) fn person_pass(&self, cx: &Glance<'_>) -> PersonPass {
        match &self.pass {
            PassState::None => PersonPass::NotYet,
            PassState::Issuing(_) => PersonPass::Coming,
            PassState::Uncertain(_) => PersonPass::Uncertain,
            PassState::Held(held) => held_pass(held, self.stage(cx.now), cx),
        }
    }
}

fn remaining(held: &HeldPass, stage: PassStage, now: Now) -> u32 {
    match stage {
        PassStage::Settling => now.mono.seconds_until(held.usable_at),
        PassStage::None
        | PassStage::Issuing
        | PassStage::Live
        | PassStage::Entered
        | PassStage::Expired
        | PassStage::Replaced
        | PassStage::Renewing
        | PassStage::Uncertain => now.mono.seconds_until(held.ends_at),
    }
}

fn finish(held: &HeldPass, now: Now) -> Option<u32> {
    let entered = held.entered_at.filter(|_| held.once)?;
    Some(
        now.mono
            .seconds_until(entered.after_s(crate::registration::poll_schedule::FINISH_S)),
    )
}

fn held_pass(held: &HeldPass, stage: PassStage, cx: &Glance<'_>) -> PersonPass {
    let remaining_s = remaining(held, stage, cx.now);
    let shown_until = held.shown_until.filter(|until| *until > cx.now.mono);
    match (stage, shown_until, &held.secret) {
        (PassStage::Entered, ..) => PersonPass::Entered {
            // Nobody is hurried to a passkey; how long the pass gives is more than it takes.
            finish_s: finish(held, cx.now).filter(|_| cx.pack.route != Route::CreatePasskey),
        },
        (PassStage::Expired, ..) => PersonPass::Expired,
        (PassStage::Replaced, ..) => PersonPass::Replaced,
        (PassStage::Settling, ..) => PersonPass::Settling { remaining_s },
        (_, Some(until), Some(secret)) => PersonPass::Shown {
            glyphs: secret.glyphs(),
            remaining_s,
            hides_in_s: cx.now.mono.seconds_until(until),
            may_longer: cx.operator.is_some(),
        },
        _ => PersonPass::Hidden {
            remaining_s,
            may_reveal: cx.policy.pass.reveal_by_person,
            locked: cx.locked,
        },
    }
}
