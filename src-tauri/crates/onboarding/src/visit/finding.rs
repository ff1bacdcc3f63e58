//! Before the board: who it is, and whether that was checked.

use super::board::Proof;
use super::{Board, Context, Stage, Visit, illegal_in_state, sign_in_again};
use crate::action::VisitAction;
use crate::effect::{Effect, EffectId, Outcome};
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
    pub(crate) fn waits_for(&self, id: EffectId) -> bool {
        self.asked == Some(id)
    }

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
                cx.rate_limit
                    .spend_many(cx.policy.requests_for_person(), cx.now.mono);
                let asked = Some(cx.effects.push(Effect::FindPerson {
                    visit: self.id,
                    query,
                }));
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
                cx.rate_limit
                    .spend_many(cx.policy.requests_for_person(), cx.now.mono);
                let effect = Effect::ReadPerson {
                    visit: self.id,
                    user: user.clone(),
                };
                finding.asked = Some(cx.effects.push(effect));
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
                let entry = Event::PersonChosen {
                    user: person.id.clone(),
                    upn: person.upn.to_string(),
                    name: person.name.clone(),
                };
                cx.effects.push(Effect::Record {
                    visit: Some(self.id),
                    entry,
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
            (VisitAction::SetVoucher { name }, Stage::Checking(checking)) => {
                checking.list.voucher = name.chars().filter(|c| !c.is_control()).take(80).collect();
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
                    voucher: list
                        .wants_voucher(cx.policy)
                        .then(|| list.voucher.trim().to_owned()),
                };
                let proof = Proof::write(id, entry, cx.effects);
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

    pub(super) fn on_found(&mut self, outcome: Outcome) {
        let Stage::Finding(finding) = &mut self.stage else {
            return;
        };
        finding.asked = None;
        match outcome {
            Outcome::Found {
                mut people,
                methods,
                more,
            } => match (people.len(), methods) {
                (0, _) => self.trouble = Some(Trouble::new(TroubleCode::NotFound)),
                (1, Some(baseline)) => {
                    let person = people.remove(0);
                    let note = finding.note;
                    self.trouble = None;
                    self.stage = Stage::Found(Found {
                        person,
                        baseline,
                        note,
                    });
                }
                _ => {
                    finding.choices = people;
                    finding.more = more;
                    self.trouble = None;
                }
            },
            Outcome::FindFailed { trouble } | Outcome::Failed { trouble, .. } => {
                finding.choices.clear();
                self.trouble = Some(trouble);
            }
            Outcome::SignedIn { .. }
            | Outcome::SignInFailed { .. }
            | Outcome::Policies { .. }
            | Outcome::Methods { .. }
            | Outcome::Devices { .. }
            | Outcome::Recorded
            | Outcome::RecordFailed
            | Outcome::Issued { .. }
            | Outcome::IssueRefused { .. }
            | Outcome::IssueNotSent { .. }
            | Outcome::IssueUncertain { .. }
            | Outcome::PassRemoved
            | Outcome::HandOutMade { .. } => {}
        }
    }
}

/// Why this operator cannot issue a pass for this person; Graph's own refusal still has the last word.
pub(super) fn refusal(person: &Person, operator: &Operator, cx: &Context<'_>) -> Option<Trouble> {
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
