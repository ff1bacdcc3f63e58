//! Somebody who calls instead of coming: the site's ways to proof them, how strong each is, and what has to come
//! together before a pass (N28).

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::UserId;

/// One way to proof a caller. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallerWay {
    /// Called back at a number that the directory holds.
    CallBack,
    /// The supervisor whom the directory names, called at a number that it holds.
    Supervisor,
    /// A colleague of the operator's confirms each pass.
    Colleague,
}

/// How much a way says of who calls. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallerStrength {
    /// Whoever lies has to hold somebody else's telephone.
    Strong,
    /// It only counts beside another one: it says nothing of the caller.
    Supporting,
}

/// What has to come together. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallerNeeds {
    CallBack,
    AnyTwo,
    CallBackAndOne,
    All,
}

/// The site's rules for callers; without them nobody is served by telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone {
    pub ways: Vec<CallerWay>,
    pub needs: CallerNeeds,
}

/// Where a number is held. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// `businessPhones`
    Business,
    /// `mobilePhone`
    Mobile,
    /// Registered as a method to sign in with.
    Method,
}

/// A number that can be called. It is for the operator's screen alone.
#[derive(Clone, PartialEq, Eq)]
pub struct CallNumber {
    pub kind: NumberKind,
    pub number: String,
}

impl fmt::Debug for CallNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallNumber")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Whom the directory names as somebody's supervisor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervisor {
    pub id: UserId,
    pub name: String,
    pub numbers: Vec<CallNumber>,
}

/// Whom to call, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallNumbers {
    pub person: Vec<CallNumber>,
    pub supervisor: Option<Supervisor>,
    /// Something could not be read: there may be more.
    pub partly: bool,
}

impl CallerWay {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::CallBack, Self::Supervisor, Self::Colleague];

    /// How much it says.
    #[must_use]
    pub fn strength(self) -> CallerStrength {
        match self {
            Self::CallBack | Self::Supervisor => CallerStrength::Strong,
            Self::Colleague => CallerStrength::Supporting,
        }
    }
}

impl CallerNeeds {
    /// Whether these ways, each counted once, are enough.
    #[must_use]
    pub fn met_by(self, ways: &[CallerWay]) -> bool {
        let has = |way: &CallerWay| ways.contains(way);
        let different = CallerWay::ALL.iter().filter(|way| has(way)).count();
        match self {
            Self::CallBack => has(&CallerWay::CallBack),
            Self::AnyTwo => different >= 2,
            Self::CallBackAndOne => has(&CallerWay::CallBack) && different >= 2,
            Self::All => different == CallerWay::ALL.len(),
        }
    }
}

impl CallNumber {
    /// Whether both ring the same telephone, however they are written: two calls to it would be one proof. Where that
    /// cannot be told, they do.
    pub(crate) fn is_same_line(&self, other: &Self) -> bool {
        let (one, other) = (self.end(), other.end());
        one.is_empty() || one == other
    }

    /// The last digits, in which a number is the same with and without its country.
    fn end(&self) -> Vec<u32> {
        let digits = self.number.chars().filter_map(digit);
        let digits: Vec<_> = digits.collect();
        digits[digits.len().saturating_sub(8)..].to_vec()
    }
}

/// A digit as it is typed, also with the wide signs.
fn digit(c: char) -> Option<u32> {
    let wide = u32::from(c).checked_sub(u32::from('０'));
    c.to_digit(10).or_else(|| wide.filter(|digit| *digit < 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n28_what_has_to_come_together_is_met_by_different_ways_alone() {
        use CallerWay::{CallBack, Colleague, Supervisor};
        let all = CallerWay::ALL;
        for (ways, met) in [
            (vec![], [false, false, false, false]),
            (vec![CallBack], [true, false, false, false]),
            (vec![CallBack, CallBack], [true, false, false, false]),
            (vec![Supervisor], [false; 4]),
            (vec![Colleague], [false; 4]),
            (vec![CallBack, Supervisor], [true, true, true, false]),
            (vec![Colleague, CallBack], [true, true, true, false]),
            (vec![Supervisor, Colleague], [false, true, false, false]),
            (all.to_vec(), [true; 4]),
        ] {
            use CallerNeeds::{All, AnyTwo, CallBack, CallBackAndOne};
            let needs = [CallBack, AnyTwo, CallBackAndOne, All];
            let seen = needs.map(|needs| needs.met_by(&ways));
            assert_eq!(seen, met, "{ways:?}");
        }
    }

    #[test]
    fn n28_one_telephone_under_two_spellings_is_one() {
        let number = |number: &str| CallNumber {
            kind: NumberKind::Business,
            number: number.to_owned(),
        };
        for (one, other, same) in [
            ("0776-20-3660", "+81 776 20 3660", true),
            ("０７７６－２０－３６６０", "0776203660", true),
            ("0776-20-3660", "0776-20-3661", false),
            ("", "0776-20-3660", true),
        ] {
            assert_eq!(number(one).is_same_line(&number(other)), same, "{one}");
        }
    }

    #[test]
    fn n28_a_number_is_in_no_log() {
        let number = CallNumber {
            kind: NumberKind::Mobile,
            number: "090-1234-5678".into(),
        };
        assert!(!format!("{number:?}").contains("1234"));
    }
}
