//! When a colleague confirms a pass, and who may: a second person where the site wants one (N26).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::UserId;
use crate::local_limits::{Kept, Memberships};
use crate::trouble::TroubleCode;

/// How long a colleague's confirmation holds.
pub(crate) const CONFIRMED_S: u64 = 180;

/// From which renewal on, where the site wants that.
const THIRD: u8 = 3;

/// The site's rules. Where nothing is listed, no pass waits for a colleague.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FourEyes {
    /// What holds a pass.
    pub when: Vec<HeldBecause>,
    /// The checks in which a document is seen.
    pub documents: Vec<String>,
    /// Object ids of those who may confirm.
    pub confirmers: Vec<String>,
    /// Members of this group may confirm, too.
    pub confirmer_group: Option<String>,
}

/// Why a pass waits for a colleague. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HeldBecause {
    /// No document was among what was checked.
    NoDocument,
    /// The person is an administrator, or may be one.
    Protected,
    /// It would be the third renewal, or a later one.
    ThirdRenewal,
    /// The person calls, and a colleague's word is one of the ways they were proofed.
    Caller,
}

/// Who signed in to confirm, as the service and the directory vouch for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub oid: UserId,
    /// For display alone.
    pub name: String,
    pub tenant: String,
    pub standing: ColleagueStanding,
}

/// What the directory says of a colleague just now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColleagueStanding {
    /// None where that could not be read.
    pub guest: Option<bool>,
    /// Whether the account may sign in; none where that could not be read.
    pub enabled: Option<bool>,
    pub is_in: Memberships,
}

/// What is known of the next pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextPass<'a> {
    /// The names of the checks that were made.
    pub(crate) checks: &'a [String],
    /// The person's roles protect the person, or could not be read.
    pub(crate) protected: bool,
    /// Which renewal it is; none where it is none.
    pub(crate) renewal: Option<u8>,
    /// A colleague's word is one of the ways the person was proofed.
    pub(crate) promised: bool,
}

impl FourEyes {
    /// Whether it matters if the person's roles protect the person.
    pub(crate) fn ask_of_roles(&self) -> bool {
        self.when.contains(&HeldBecause::Protected)
    }

    /// Whether the directory has to say what a colleague is in.
    #[must_use]
    pub fn ask_of_colleague(&self) -> bool {
        self.confirmer_group.is_some()
    }

    /// Why this pass waits for a colleague.
    pub(crate) fn held(&self, pass: NextPass<'_>) -> Vec<HeldBecause> {
        let document = |check: &String| self.documents.contains(check);
        let holds = |because: &HeldBecause| match because {
            HeldBecause::NoDocument => !pass.checks.iter().any(document),
            HeldBecause::Protected => pass.protected,
            HeldBecause::ThirdRenewal => pass.renewal.is_some_and(|number| number >= THIRD),
            HeldBecause::Caller => false,
        };
        let promised = pass.promised.then_some(HeldBecause::Caller);
        let when = self.when.iter().copied().filter(holds);
        when.chain(promised).collect()
    }

    /// Why this colleague confirms nothing for this operator and this person; what cannot be told is a no.
    pub(crate) fn refusal(
        &self,
        colleague: &Colleague,
        operator: &UserId,
        person: &UserId,
        tenant: &str,
    ) -> Option<TroubleCode> {
        if !colleague.tenant.eq_ignore_ascii_case(tenant) {
            return Some(TroubleCode::ColleagueElsewhere);
        }
        if same(&colleague.oid, operator) {
            return Some(TroubleCode::ColleagueIsOperator);
        }
        if same(&colleague.oid, person) {
            return Some(TroubleCode::ColleagueIsPerson);
        }
        self.refusal_of(&colleague.oid, &colleague.standing)
    }

    /// The same by what the directory says of the colleague, which may be another thing when the pass is asked for.
    pub(crate) fn refusal_of(
        &self,
        oid: &UserId,
        standing: &ColleagueStanding,
    ) -> Option<TroubleCode> {
        if standing.guest == Some(true) {
            return Some(TroubleCode::ColleagueGuest);
        }
        // Whoever may not sign in any more is nobody's colleague.
        if standing.enabled == Some(false) {
            return Some(TroubleCode::ColleagueNotListed);
        }
        let untold = standing.guest.is_none() || standing.enabled.is_none();
        match self.may_confirm(oid, &standing.is_in) {
            Kept::No => Some(TroubleCode::ColleagueNotListed),
            Kept::CannotTell => Some(TroubleCode::ColleagueUnread),
            Kept::Yes => untold.then_some(TroubleCode::ColleagueUnread),
        }
    }

    fn may_confirm(&self, oid: &UserId, is_in: &Memberships) -> Kept {
        let listed = |it: &String| it.eq_ignore_ascii_case(&oid.0);
        if self.confirmers.iter().any(listed) {
            return Kept::Yes;
        }
        match &self.confirmer_group {
            Some(group) => is_in.to([group]),
            None => Kept::No,
        }
    }
}

fn same(one: &UserId, other: &UserId) -> bool {
    one.0.eq_ignore_ascii_case(&other.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> FourEyes {
        FourEyes {
            when: vec![
                HeldBecause::NoDocument,
                HeldBecause::Protected,
                HeldBecause::ThirdRenewal,
            ],
            documents: vec!["photo-id".into()],
            confirmers: vec!["C".into()],
            confirmer_group: Some("g".into()),
        }
    }

    fn colleague(oid: &str, is_in: &[&str], complete: bool) -> Colleague {
        Colleague {
            oid: UserId(oid.into()),
            name: "C".into(),
            tenant: "T".into(),
            standing: ColleagueStanding {
                guest: Some(false),
                enabled: Some(true),
                is_in: Memberships {
                    of: is_in.iter().map(|&id| id.to_owned()).collect(),
                    complete,
                },
            },
        }
    }

    #[test]
    fn n26_a_pass_waits_for_what_the_site_lists_and_for_nothing_else() {
        use HeldBecause::{NoDocument, Protected, ThirdRenewal};
        let seen = ["photo-id".to_owned(), "vouching".to_owned()];
        let vouched = ["vouching".to_owned()];
        for (checks, protected, renewal, held) in [
            (&seen[..], false, None, &[][..]),
            (&seen, false, Some(2), &[]),
            (&vouched, false, None, &[NoDocument]),
            (&seen, true, None, &[Protected]),
            (&seen, false, Some(3), &[ThirdRenewal]),
            (
                &vouched,
                true,
                Some(4),
                &[NoDocument, Protected, ThirdRenewal],
            ),
        ] {
            let pass = NextPass {
                checks,
                protected,
                renewal,
                promised: false,
            };
            assert_eq!(rules().held(pass), held, "{pass:?}");
            assert_eq!(FourEyes::default().held(pass), []);
            let promised = NextPass {
                promised: true,
                ..pass
            };
            let caller = [HeldBecause::Caller];
            assert_eq!(FourEyes::default().held(promised), caller);
        }
    }

    #[test]
    fn n26_who_confirms_is_another_member_who_is_listed_and_nobody_else() {
        use TroubleCode::{
            ColleagueElsewhere, ColleagueGuest, ColleagueIsOperator, ColleagueIsPerson,
            ColleagueNotListed, ColleagueUnread,
        };
        let in_group = || colleague("d", &["G"], false);
        let with = |guest, enabled| Colleague {
            standing: ColleagueStanding {
                guest,
                enabled,
                ..in_group().standing
            },
            ..in_group()
        };
        let elsewhere = Colleague {
            tenant: "U".into(),
            ..in_group()
        };
        for (who, told) in [
            (colleague("c", &[], false), None),
            (in_group(), None),
            (elsewhere, Some(ColleagueElsewhere)),
            (colleague("o", &["g"], true), Some(ColleagueIsOperator)),
            (colleague("P", &["g"], true), Some(ColleagueIsPerson)),
            (with(Some(true), Some(true)), Some(ColleagueGuest)),
            (with(None, Some(true)), Some(ColleagueUnread)),
            (with(Some(false), Some(false)), Some(ColleagueNotListed)),
            (with(Some(false), None), Some(ColleagueUnread)),
            (colleague("d", &["h"], true), Some(ColleagueNotListed)),
            (colleague("d", &["h"], false), Some(ColleagueUnread)),
        ] {
            let (operator, person) = (UserId("O".into()), UserId("p".into()));
            let refused = rules().refusal(&who, &operator, &person, "t");
            assert_eq!(refused, told, "{who:?}");
        }
        let listed = FourEyes {
            confirmer_group: None,
            ..rules()
        };
        let (operator, person) = (UserId("O".into()), UserId("p".into()));
        let refused = listed.refusal(&in_group(), &operator, &person, "t");
        assert_eq!(refused, Some(ColleagueNotListed));
    }
}
