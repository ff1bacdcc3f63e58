//! Before the board: who it is, and whether that was checked.

use super::board::Proof;
use super::{Board, Context, Glance, Stage, Visit, illegal_in_state, sign_in_again};
use crate::action::VisitAction;
use crate::effect::{Effect, EffectId, Failure, PeopleFound};
use crate::person::directory::{AccountKind, MayIssue, MethodRead, Operator, Person, Target};
use crate::person::identity_check::CheckList;
use crate::person::query::{PersonQuery, QueryNote};
use crate::record::Event;
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
}

/// The operator checks who the person is.
#[derive(Debug)]
pub(crate) struct Checking {
    pub(crate) person: Person,
    pub(crate) baseline: MethodRead,
    pub(crate) list: CheckList,
}

impl Finding {
    pub(crate) fn busy(&self) -> bool {
        self.asked.is_some()
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
                let (query, note) = PersonQuery::parse(text, *by, &cx.policy.domains)?;
                spend_for_person(cx);
                let asked = Some(cx.push(Effect::FindPerson { query }));
                *finding = Finding {
                    asked,
                    note,
                    ..Finding::default()
                };
            }
            (VisitAction::Choose { user }, Stage::Finding(finding)) => {
                if !finding.choices.iter().any(|person| &person.id == user) {
                    return Err(illegal_in_state());
                }
                spend_for_person(cx);
                let user = user.clone();
                finding.asked = Some(cx.push(Effect::ReadPerson { user }));
            }
            (
                VisitAction::SearchAgain,
                Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_),
            ) => {
                self.stage = Stage::Finding(Finding::default());
            }
            (VisitAction::ConfirmPerson, Stage::Found(found)) => {
                if let Some(trouble) = refusal(&found.person, operator, cx) {
                    return Err(trouble);
                }
                let (person, baseline) =
                    (found.person.clone(), std::mem::take(&mut found.baseline));
                cx.record(Event::PersonChosen {
                    user: person.id.clone(),
                    upn: person.upn.to_string(),
                    name: person.name.clone(),
                });
                self.stage = Stage::Checking(Checking {
                    person,
                    baseline,
                    list: CheckList::default(),
                });
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
                let (id, person, list) = (self.id, &checking.person, &checking.list);
                let check = list.complete(id, &person.id, &operator.oid, cx.policy, cx.now.mono)?;
                let entry = Event::IdentityChecked {
                    user: person.id.clone(),
                    checks: list.ticked.clone(),
                    notes: list.wanted_notes(cx.policy),
                };
                let proof = Proof::write(entry, cx);
                let board = Board::open(
                    person.clone(),
                    std::mem::take(&mut checking.baseline),
                    check,
                    proof,
                );
                self.stage = Stage::HandingOver(Box::new(board));
            }
            _ => return Err(illegal_in_state()),
        }
        Ok(())
    }

    /// Somebody was looked for.
    pub(crate) fn on_found(&mut self, id: EffectId, answer: Result<PeopleFound, Failure>) {
        let Stage::Finding(finding) = &mut self.stage else {
            return;
        };
        if finding.asked.take_if(|asked| *asked == id).is_none() {
            return;
        }
        let mut found = match answer {
            Ok(found) => found,
            Err(failure) => {
                finding.choices.clear();
                self.trouble = Some(failure.trouble);
                return;
            }
        };
        self.trouble = None;
        match (found.people.len(), found.methods) {
            (0, _) => self.trouble = Some(Trouble::new(TroubleCode::NotFound)),
            (1, Some(baseline)) => {
                self.stage = Stage::Found(Found {
                    person: found.people.remove(0),
                    baseline,
                    note: finding.note,
                });
            }
            _ => {
                finding.choices = found.people;
                finding.more = found.more;
            }
        }
    }
}

fn spend_for_person(cx: &mut Context<'_>) {
    let requests = cx.policy.requests_for_person();
    cx.rate_limit.spend_many(requests, cx.glance.now.mono);
}

/// Why this operator cannot issue a pass for this person; Graph's own refusal still has the last word.
pub(super) fn refusal(person: &Person, operator: &Operator, cx: &Glance<'_>) -> Option<Trouble> {
    if let Some(trouble) = cx.refusal(&person.id) {
        return Some(trouble);
    }
    if person.id == operator.oid {
        return Some(Trouble::new(TroubleCode::PersonIsOperator));
    }
    if !person.enabled {
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
    None
}
