//! Before the board: who it is, and whether that was checked.

use super::local_limits::{record_refusal, refusal_so_far};
use super::old_phone::{OldPhone, has_phone, record_said};
use super::passkeys::no_passkey_at_all;
use super::person_card::stands_in_the_way;
use super::proof::Proof;
use super::telephone::{self, Calling, Comes};
use super::{Board, Context, Glance, Stage, Visit, illegal_in_state, sign_in_again};
use crate::action::{OldPhoneAction, VisitAction};
use crate::earlier_phone::EarlierPhone;
use crate::effect::{Effect, EffectFailure, EffectId, PeopleFound};
use crate::ids::UserId;
use crate::local_limits::Belonging;
use crate::note::NoteKind;
use crate::person::directory::{AccountKind, MayIssue, MethodRead, Operator, Person, Target};
use crate::person::identity_check::{CheckList, IdentityCheck};
use crate::person::query::{FindBy, PersonQuery, QueryNote};
use crate::policy::Scopes;
use crate::record::{CallerChecked, Event};
use crate::trouble::{Trouble, TroubleCode};

/// Nobody is found yet.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    asked: Option<EffectId>,
    pub(crate) note: Option<QueryNote>,
    pub(crate) choices: Vec<Person>,
    pub(crate) more: bool,
}

/// Someone is found and shown; the operator has not said yes yet.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) person: Person,
    pub(crate) baseline: MethodRead,
    pub(crate) note: Option<QueryNote>,
    /// What operator and person are in, where the site's own limits ask for it.
    pub(crate) belonging: Option<Belonging>,
    /// The operator has read what stands in the way.
    pub(crate) heeded: bool,
    /// What the operator said of the phone that was registered before.
    pub(crate) earlier: Option<EarlierPhone>,
    comes: Comes,
}

/// The operator checks who the person is.
#[derive(Debug)]
pub(crate) struct Checking {
    pub(crate) person: Person,
    pub(crate) baseline: MethodRead,
    pub(crate) list: CheckList,
    /// As with [`Found`].
    pub(crate) earlier: Option<EarlierPhone>,
    /// Where the person calls: what takes the place of what a counter sees.
    pub(super) calling: Option<Calling>,
}

impl Finding {
    pub(crate) fn busy(&self) -> bool {
        self.asked.is_some()
    }

    fn find(&mut self, text: &str, by: FindBy, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let (query, note) = PersonQuery::parse(text, by, cx.domains())?;
        spend_for_person(cx);
        let asked = Some(cx.push(Effect::FindPerson { query }));
        *self = Self {
            asked,
            note,
            ..Self::default()
        };
        Ok(())
    }

    fn choose(&mut self, user: &UserId, cx: &mut Context<'_>) -> Result<(), Trouble> {
        if !self.choices.iter().any(|person| &person.id == user) {
            return Err(illegal_in_state());
        }
        self.read(user.clone(), cx);
        Ok(())
    }

    pub(super) fn read(&mut self, user: UserId, cx: &mut Context<'_>) {
        spend_for_person(cx);
        self.asked = Some(cx.push(Effect::ReadPerson { user }));
    }
}

impl Found {
    /// A refusal by the site's own limits is written down as soon as it is known.
    fn record_limits(&self, cx: &mut Context<'_>) {
        let (Some(operator), belonging) = (cx.operator, self.belonging.as_ref()) else {
            return;
        };
        let by_telephone = self.by_telephone();
        let refused = refusal_so_far(&self.person.id, operator, belonging, cx).or(by_telephone);
        if let Some(trouble) = refused {
            let oid = operator.oid.clone();
            record_refusal(&self.person.id, &oid, trouble.code, cx);
        }
    }

    /// Nothing else stands in the way, and yet nothing of what is registered may be read.
    fn unread(&self, cx: &Context<'_>) -> Option<Trouble> {
        let operator = cx.operator.filter(|_| self.baseline.unread)?;
        match self.refusal(operator, cx) {
            Some(_) => None,
            None => Some(Trouble::new(TroubleCode::ReadNotPermitted)),
        }
    }

    /// The operator says that this is the person.
    fn confirm(&mut self, operator: &Operator, cx: &mut Context<'_>) -> Result<Checking, Trouble> {
        if let Some(trouble) = self.refusal(operator, cx) {
            return Err(trouble);
        }
        if !self.heeded && (stands_in_the_way(&self.baseline) || no_passkey_at_all(self, cx)) {
            return Err(Trouble::new(TroubleCode::WarningNotHeeded));
        }
        let (person, baseline) = (self.person.clone(), std::mem::take(&mut self.baseline));
        cx.record(Event::PersonChosen {
            user: person.id.clone(),
            upn: person.upn.to_string(),
            name: person.name.clone(),
        });
        record_said(self.earlier, cx);
        let calling = match self.comes {
            Comes::ToTheCounter => None,
            Comes::ByTelephone => Some(Calling::begin(&person.id, cx)),
        };
        Ok(Checking {
            person,
            baseline,
            list: CheckList::default(),
            earlier: self.earlier,
            calling,
        })
    }

    /// Why this operator issues no pass for this person in this visit.
    pub(super) fn refusal(&self, operator: &Operator, cx: &Glance<'_>) -> Option<Trouble> {
        let refused = refusal(&self.person, self.belonging.as_ref(), operator, cx);
        refused.or_else(|| self.by_telephone())
    }

    /// Whether it is asked what becomes of the phone that was registered before. Over the telephone nothing is tested, and
    /// the call may come from that very phone.
    pub(super) fn asks_of_phone(&self) -> bool {
        match self.comes {
            Comes::ToTheCounter => has_phone(&self.baseline),
            Comes::ByTelephone => false,
        }
    }

    /// Why the person is not served by telephone, where they call.
    fn by_telephone(&self) -> Option<Trouble> {
        match self.comes {
            Comes::ToTheCounter => None,
            Comes::ByTelephone => telephone::refusal(&self.person),
        }
    }
}

impl Checking {
    /// The operator says that the person is who they say.
    fn confirm(&mut self, operator: &Operator, cx: &mut Context<'_>) -> Result<Board, Trouble> {
        let (check, caller) = self.checked(operator, cx)?;
        let list = &self.list;
        let entry = Event::IdentityChecked {
            operator: operator.oid.clone(),
            user: self.person.id.clone(),
            checks: check.checks().to_vec(),
            phone_confirmed: list.phone_confirmed,
            voucher: list.wanted_notes(cx.policy).remove(&NoteKind::Voucher),
            caller,
        };
        let proof = Proof::write(entry, cx);
        let baseline = std::mem::take(&mut self.baseline);
        let old_phone = OldPhone::said(self.earlier);
        let board = Board::open(self.person.clone(), baseline, check, proof);
        Ok(Board { old_phone, ..board })
    }

    /// Somebody who calls is proofed as a caller, and in no other way.
    fn checked(
        &self,
        operator: &Operator,
        cx: &Context<'_>,
    ) -> Result<(IdentityCheck, Option<Box<CallerChecked>>), Trouble> {
        let (subject, oid) = (cx.subject(&self.person.id), &operator.oid);
        let Some(calling) = &self.calling else {
            let check = self.list.complete(subject, oid, cx.policy, cx.now.mono)?;
            return Ok((check, None));
        };
        let proofed = calling.list.complete(subject, oid, cx.policy, cx.now.mono);
        let (check, recorded) = proofed?;
        if !self.list.phone_confirmed {
            return Err(Trouble::new(TroubleCode::PhoneNotConfirmed));
        }
        Ok((check, Some(Box::new(recorded))))
    }
}

impl Visit {
    pub(super) fn act_before_board(
        &mut self,
        action: &VisitAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        match (action, &mut self.stage) {
            (VisitAction::Find { text, by }, Stage::Finding(finding)) => {
                finding.find(text, *by, cx)?;
            }
            (VisitAction::Choose { user }, Stage::Finding(finding)) => finding.choose(user, cx)?,
            (
                VisitAction::SearchAgain,
                Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_),
            ) => {
                self.forget_person();
                self.stage = Stage::Finding(Finding::default());
            }
            // What was there before has to be known before anything can be new: a role may have come since.
            (VisitAction::ConfirmPerson, Stage::Found(found)) if found.baseline.unread => {
                if let Some(trouble) = found.refusal(operator, cx) {
                    return Err(trouble);
                }
                let mut finding = Finding::default();
                finding.read(found.person.id.clone(), cx);
                self.stage = Stage::Finding(finding);
            }
            (VisitAction::ConfirmPerson, Stage::Found(found)) => {
                let checking = found.confirm(operator, cx)?;
                let os = self.prefs.phone_chosen.then_some(self.prefs.phone_os);
                self.access.begin(&checking.person.id, os, cx);
                let user = checking.person.id.clone();
                self.stage = Stage::Checking(checking);
                self.person_is_known(&user, cx);
            }
            (VisitAction::HeedWarnings { on }, Stage::Found(found)) => found.heeded = *on,
            (
                VisitAction::OldPhone(OldPhoneAction::SayEarlierPhone { earlier }),
                Stage::Found(found),
            ) if found.asks_of_phone() => found.earlier = *earlier,
            (VisitAction::Caller(action), Stage::Checking(checking)) => {
                let calling = checking.calling.as_mut().ok_or_else(illegal_in_state)?;
                let then = self.waits.then(&checking.person.id);
                calling.act(action, (&checking.person.id, then), cx)?;
            }
            // What a counter sees says nothing of a caller.
            (VisitAction::Tick { .. } | VisitAction::Note(_), Stage::Checking(checking))
                if checking.calling.is_some() =>
            {
                return Err(illegal_in_state());
            }
            (VisitAction::Tick { check, on }, Stage::Checking(checking)) => {
                checking.list.tick(check, *on, cx.policy)?;
            }
            (VisitAction::Note(note), Stage::Checking(checking)) => {
                let (kind, text) = note.note();
                checking.list.notes.insert(kind, text);
            }
            (VisitAction::ConfirmPhone { on }, Stage::Checking(checking)) => {
                checking.list.phone_confirmed = *on;
            }
            (VisitAction::ConfirmCheck, Stage::Checking(checking)) => {
                self.stage = Stage::HandingOver(Box::new(checking.confirm(operator, cx)?));
            }
            _ => return Err(illegal_in_state()),
        }
        Ok(())
    }

    /// Somebody was looked for.
    pub(crate) fn on_found(
        &mut self,
        id: EffectId,
        answer: Result<PeopleFound, EffectFailure>,
        cx: &mut Context<'_>,
    ) {
        let Stage::Finding(finding) = &mut self.stage else {
            return;
        };
        if finding.asked.take_if(|asked| *asked == id).is_none() {
            return;
        }
        let mut found = match answer {
            Ok(found) => found,
            Err(failure) => {
                // Where there is no network nothing arrived that could be counted.
                let code = failure.trouble.code;
                if code.is_of_the_way() && code != TroubleCode::NoNetwork {
                    spend_otherwise(cx);
                }
                finding.choices.clear();
                self.trouble = Some(failure.trouble);
                return;
            }
        };
        self.trouble = None;
        match (found.people.len(), found.methods) {
            (0, _) => self.trouble = Some(Trouble::new(TroubleCode::NotFound)),
            (1, Some(baseline)) => {
                if baseline.partial && cx.policy.scopes == Scopes::Wide {
                    spend_otherwise(cx);
                }
                let found = Found {
                    person: found.people.remove(0),
                    baseline,
                    note: finding.note,
                    belonging: found.belonging,
                    heeded: false,
                    earlier: None,
                    comes: self.comes,
                };
                found.record_limits(cx);
                self.trouble = found.unread(cx);
                self.stage = Stage::Found(found);
            }
            _ => {
                finding.choices = found.people;
                finding.more = found.more;
                if found.more {
                    self.trouble = Some(Trouble::new(TroubleCode::TooMany));
                }
            }
        }
    }
}

fn spend_for_person(cx: &mut Context<'_>) {
    let requests = cx.policy.requests_for_person();
    cx.rate_limit.spend_many(requests, cx.glance.now.mono);
}

/// The way that is taken did not answer, and the other one was asked as well.
fn spend_otherwise(cx: &mut Context<'_>) {
    let requests = cx.policy.requests_for_person_otherwise();
    cx.rate_limit.spend_many(requests, cx.glance.now.mono);
}

/// Why this operator cannot issue a pass for this person; Graph's own refusal still has the last word.
fn refusal(
    person: &Person,
    belonging: Option<&Belonging>,
    operator: &Operator,
    cx: &Glance<'_>,
) -> Option<Trouble> {
    if let Some(trouble) = cx.refusal(&person.id) {
        return Some(trouble);
    }
    if person.id == operator.oid {
        return Some(Trouble::new(TroubleCode::PersonIsOperator));
    }
    if person.enabled == Some(false) {
        return Some(Trouble::new(TroubleCode::PersonDisabled));
    }
    if person.kind == AccountKind::ExternalGuest {
        return Some(Trouble::new(TroubleCode::PersonExternalGuest));
    }
    if let Target::Protected { role } = &person.target
        && operator.may_issue != MayIssue::YesForAdmins
    {
        return Some(Trouble::new(TroubleCode::PersonProtected).text("role", role.as_str()));
    }
    if cx.granted.is_some_and(|granted| !granted.enabled) {
        return Some(Trouble::new(TroubleCode::PassPolicyDisabled));
    }
    refusal_so_far(&person.id, operator, belonging, cx)
}
