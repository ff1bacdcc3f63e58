//! Refusals set by a switch: for everybody or for one person, each by its number.

use serde::{Deserialize, Serialize};

use crate::oauth::refusals::row::{Aadsts, RefusalStage};

/// `NUMBER` or `ACCOUNT:NUMBER`, several with spaces between; none when empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct SetRefusals(Vec<SetRefusal>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct SetRefusal {
    /// Sign-in name; everybody when absent.
    who: Option<String>,
    number: u32,
}

impl SetRefusals {
    /// The refusal somebody meets at one of these stages; before anybody is known only those for everybody count.
    pub(crate) fn at(&self, stages: &[RefusalStage], upn: Option<&str>) -> Option<&'static Aadsts> {
        let concerns = |set: &&SetRefusal| match (&set.who, upn) {
            (None, _) => true,
            (Some(who), Some(upn)) => who.eq_ignore_ascii_case(upn),
            (Some(_), None) => false,
        };
        self.0
            .iter()
            .filter(concerns)
            .filter_map(|set| Aadsts::of(set.number))
            .find(|entry| stages.contains(&entry.stage))
    }
}

impl TryFrom<String> for SetRefusals {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parsed = text.split_whitespace().map(|item| {
            let (who, number) = match item.rsplit_once(':') {
                Some((who, number)) => (Some(who.to_owned()), number),
                None => (None, item),
            };
            let known = number.parse().ok().and_then(Aadsts::of);
            let entry = known.ok_or_else(|| format!("{item}: there is no such refusal"))?;
            Ok(SetRefusal {
                who,
                number: entry.number,
            })
        });
        parsed.collect::<Result<_, String>>().map(Self)
    }
}

impl From<SetRefusals> for String {
    fn from(set: SetRefusals) -> Self {
        let items = set.0.iter().map(|item| match &item.who {
            Some(who) => format!("{who}:{}", item.number),
            None => item.number.to_string(),
        });
        items.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, stage: RefusalStage, upn: Option<&str>, expected: Option<u32>) {
        let set = SetRefusals::try_from(text.to_owned()).unwrap();
        let met = set.at(&[stage], upn).map(|entry| entry.number);
        assert_eq!(met, expected, "{text}");
    }

    #[test]
    fn a_refusal_meets_whom_it_names_where_it_belongs() {
        check("", RefusalStage::Policy, None, None);
        check("53003", RefusalStage::Policy, None, Some(53003));
        check("53003", RefusalStage::Secret, None, None);
        check(
            "a@b.example:50055 53003",
            RefusalStage::Secret,
            Some("A@b.example"),
            Some(50055),
        );
        check(
            "a@b.example:50055",
            RefusalStage::Secret,
            Some("c@b.example"),
            None,
        );
        check("a@b.example:50055", RefusalStage::Secret, None, None);
        assert!(SetRefusals::try_from("12".to_owned()).is_err());
        assert!(SetRefusals::try_from("a@b:x".to_owned()).is_err());
        let text = "a@b.example:50055 53003";
        assert_eq!(
            String::from(SetRefusals::try_from(text.to_owned()).unwrap()),
            text
        );
    }
}
