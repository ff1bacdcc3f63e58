//! Who may issue passes at this site, and for whom: rules of the site's own, narrower than the directory's (N26).

use std::collections::BTreeMap;

use crate::ids::UserId;
use crate::trouble::TroubleCode;

/// The site's rules. Where nothing is listed, nobody is kept out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalLimits {
    /// Object ids of those who may issue.
    pub operators: Vec<String>,
    /// Members of this group may issue, too.
    pub operator_group: Option<String>,
    /// Passes are for members of this group …
    pub people_group: Option<String>,
    /// … or of this administrative unit.
    pub people_unit: Option<String>,
    /// And for none of these people, groups and units.
    pub not_for: Vec<String>,
}

/// What somebody is in: the object ids of groups and units, also through others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memberships {
    pub of: Vec<String>,
    /// Nothing is left out.
    pub complete: bool,
}

/// What operator and person are in, as far as the rules ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// Whose memberships `operator` are: a colleague may have taken over since.
    pub of: Option<UserId>,
    pub operator: Memberships,
    pub person: Memberships,
}

impl Belonging {
    /// What is known of this operator.
    fn of_operator(&self, operator: &UserId) -> Memberships {
        let theirs = self.of.as_ref().filter(|of| is(&of.0, &operator.0));
        theirs.map(|_| self.operator.clone()).unwrap_or_default()
    }
}

/// What the directory says at the sign-in of what the site's limits name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitsSeen {
    /// What the operator is in, where it is asked for.
    pub operator: Memberships,
    /// By its id as it is configured: whether a group or unit is there. One that is not listed could not be read.
    pub there: BTreeMap<String, bool>,
}

/// Whether a rule is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Yes,
    No,
    CannotTell,
}

impl LocalLimits {
    /// Whether the directory has to say what the operator is in.
    #[must_use]
    pub fn ask_of_operator(&self) -> bool {
        self.operator_group.is_some()
    }

    /// The same of the person.
    #[must_use]
    pub fn ask_of_person(&self) -> bool {
        self.people_group.is_some() || self.people_unit.is_some() || !self.not_for.is_empty()
    }

    /// Why no pass is issued here by this operator for this person; what cannot be told is a no.
    pub(crate) fn refusal(
        &self,
        operator: &UserId,
        person: &UserId,
        belonging: &Belonging,
    ) -> Option<TroubleCode> {
        let rules = [
            (
                self.may_issue(operator, &belonging.of_operator(operator)),
                TroubleCode::OperatorNotListed,
            ),
            (
                self.is_served(&belonging.person),
                TroubleCode::PersonNotListed,
            ),
            (
                self.is_not_excepted(person, &belonging.person),
                TroubleCode::PersonExcepted,
            ),
        ];
        let broken = rules.iter().find(|(kept, _)| *kept == Kept::No);
        let unread = rules.iter().any(|(kept, _)| *kept == Kept::CannotTell);
        let broken = broken.map(|(_, code)| *code);
        broken.or(unread.then_some(TroubleCode::LimitsUnread))
    }

    pub(crate) fn may_issue(&self, operator: &UserId, belongs: &Memberships) -> Kept {
        if self.operators.is_empty() && self.operator_group.is_none() || self.lists(operator) {
            return Kept::Yes;
        }
        match &self.operator_group {
            Some(group) => belongs.to([group]),
            None => Kept::No,
        }
    }

    fn lists(&self, operator: &UserId) -> bool {
        self.operators.iter().any(|id| is(id, &operator.0))
    }

    fn is_served(&self, belongs: &Memberships) -> Kept {
        let wanted = self.people_group.iter().chain(&self.people_unit);
        match self.people_group.is_none() && self.people_unit.is_none() {
            true => Kept::Yes,
            false => belongs.to(wanted),
        }
    }

    fn is_not_excepted(&self, person: &UserId, belongs: &Memberships) -> Kept {
        if self.not_for.iter().any(|id| is(id, &person.0)) {
            return Kept::No;
        }
        match belongs.to(&self.not_for) {
            _ if self.not_for.is_empty() => Kept::Yes,
            Kept::Yes => Kept::No,
            Kept::No => Kept::Yes,
            Kept::CannotTell => Kept::CannotTell,
        }
    }
}

impl Memberships {
    /// Whether one of these is among them.
    pub(crate) fn to<'a>(&self, wanted: impl IntoIterator<Item = &'a String>) -> Kept {
        let found = |wanted: &String| self.of.iter().any(|id| is(id, wanted));
        match wanted.into_iter().any(found) {
            true => Kept::Yes,
            false if self.complete => Kept::No,
            false => Kept::CannotTell,
        }
    }
}

/// One object has one id, whoever spells it.
fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[&str], complete: bool) -> Memberships {
        Memberships {
            of: ids.iter().map(|&id| id.to_owned()).collect(),
            complete,
        }
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    /// What is said where an operator who is in one thing serves a person who is in another.
    fn said(
        rules: &LocalLimits,
        (operator, operator_in): (&str, &Memberships),
        (person, person_in): (&str, &Memberships),
    ) -> Option<TroubleCode> {
        let (by, whom) = (UserId(operator.into()), UserId(person.into()));
        let belonging = Belonging {
            of: Some(by.clone()),
            operator: operator_in.clone(),
            person: person_in.clone(),
        };
        rules.refusal(&by, &whom, &belonging)
    }

    #[test]
    fn n26_who_may_issue_is_listed_or_in_the_group_and_unread_is_a_no() {
        use TroubleCode::{LimitsUnread, OperatorNotListed};
        let none = LocalLimits::default;
        let operators = || LocalLimits {
            operators: ids(&["A", "b"]),
            ..none()
        };
        let by_group = || LocalLimits {
            operator_group: Some("g".into()),
            ..none()
        };
        let either = || LocalLimits {
            operator_group: Some("g".into()),
            ..operators()
        };
        let (nobody, unread) = (of(&[], true), of(&[], false));
        for (rules, operator, is_in, expected) in [
            (none(), "z", &unread, None),
            (operators(), "a", &unread, None),
            (operators(), "z", &unread, Some(OperatorNotListed)),
            (by_group(), "z", &of(&["G"], false), None),
            (by_group(), "z", &nobody, Some(OperatorNotListed)),
            (by_group(), "z", &unread, Some(LimitsUnread)),
            (either(), "b", &unread, None),
            (either(), "z", &of(&["g"], true), None),
        ] {
            let told = said(&rules, (operator, is_in), ("p", &unread));
            assert_eq!(told, expected, "{rules:?} {operator} {is_in:?}");
        }
    }

    #[test]
    fn n26_for_whom_is_in_the_group_or_unit_and_not_excepted_and_unread_is_a_no() {
        use TroubleCode::{LimitsUnread, PersonExcepted, PersonNotListed};
        let none = LocalLimits::default;
        let people = || LocalLimits {
            people_group: Some("g".into()),
            ..none()
        };
        let unit = || LocalLimits {
            people_unit: Some("U".into()),
            ..people()
        };
        let except = || LocalLimits {
            not_for: ids(&["P", "x"]),
            ..none()
        };
        let (nobody, unread) = (of(&[], true), of(&[], false));
        for (rules, person, is_in, expected) in [
            (people(), "p", &of(&["g"], false), None),
            (people(), "p", &of(&["h"], true), Some(PersonNotListed)),
            (people(), "p", &of(&["h"], false), Some(LimitsUnread)),
            (unit(), "p", &of(&["u"], true), None),
            (unit(), "p", &nobody, Some(PersonNotListed)),
            (except(), "p", &nobody, Some(PersonExcepted)),
            (except(), "q", &of(&["X"], false), Some(PersonExcepted)),
            (except(), "q", &nobody, None),
            (except(), "q", &unread, Some(LimitsUnread)),
        ] {
            let told = said(&rules, ("z", &unread), (person, is_in));
            assert_eq!(told, expected, "{rules:?} {person} {is_in:?}");
        }
    }

    #[test]
    fn n26_what_one_operator_is_in_says_nothing_of_the_next_one() {
        let rules = LocalLimits {
            operator_group: Some("g".into()),
            ..LocalLimits::default()
        };
        let id = |id: &str| UserId(id.into());
        for (group, told) in [("g", None), ("h", Some(TroubleCode::OperatorNotListed))] {
            let belonging = Belonging {
                of: Some(id("A")),
                operator: of(&[group], true),
                ..Belonging::default()
            };
            assert_eq!(rules.refusal(&id("a"), &id("p"), &belonging), told);
            let next = rules.refusal(&id("b"), &id("p"), &belonging);
            assert_eq!(next, Some(TroubleCode::LimitsUnread));
        }
    }
}
