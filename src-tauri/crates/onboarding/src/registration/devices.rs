//! How this tenant says whether an Authenticator entry has a device, which proves phone sign-in: found out once,
//! known until the station stops.

use crate::person::directory::Method;
use crate::policy::OldApp;
use crate::reading::MethodQuery;

/// Which question about devices the tenant answers. The first that works is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Way {
    /// All entries at once.
    #[default]
    Expanded,
    /// One entry after the other.
    EachEntry,
    Neither,
}

/// What was learned of the tenant.
#[derive(Debug, Default)]
pub(crate) struct Devices {
    way: Way,
    /// An entry had a date and no device: here a date proves nothing.
    dates_lie: bool,
}

impl Devices {
    /// How to ask for the device of this entry, if the tenant tells at all.
    pub(crate) fn question(&self, entry: &str) -> Option<MethodQuery> {
        match self.way {
            Way::Expanded => Some(MethodQuery::Devices),
            Way::EachEntry => Some(MethodQuery::DeviceOf(entry.to_owned())),
            Way::Neither => None,
        }
    }

    /// The tenant does not answer this question: the next one is tried, and an answer to an older question changes
    /// nothing.
    pub(crate) fn not_offered(&mut self, asked: &MethodQuery) {
        self.way = match (self.way, asked) {
            (Way::Expanded, MethodQuery::Devices) => Way::EachEntry,
            (Way::EachEntry, MethodQuery::DeviceOf(_)) => Way::Neither,
            (way, _) => way,
        };
    }

    /// An entry with a date and without a device was seen.
    pub(crate) fn date_without_device(&mut self) {
        self.dates_lie = true;
    }

    /// Whether a date alone says that an entry is probably ready. Where devices can be asked for, they are.
    pub(crate) fn dates_count(&self) -> bool {
        self.way == Way::Neither && !self.dates_lie
    }

    /// Whether a date was seen to prove nothing here.
    pub(crate) fn dates_lie(&self) -> bool {
        self.dates_lie
    }
}

/// The app's version, if it is one of those that are known to be vulnerable or too old.
pub(crate) fn old_app<'a>(method: &'a Method, old: &[OldApp]) -> Option<&'a str> {
    let Method::Authenticator {
        app_version: Some(version),
        ..
    } = method
    else {
        return None;
    };
    let numbers = numbers(version)?;
    let within = |old: &OldApp| {
        let from = self::numbers(&old.from);
        let before = self::numbers(&old.before);
        from.zip(before)
            .is_some_and(|(from, before)| from <= numbers && numbers < before)
    };
    old.iter().any(within).then_some(version)
}

/// `6.2606.4246` by its numbers. What is written in another way cannot be compared.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version
        .trim()
        .split('.')
        .map(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_question_that_works_is_kept_and_late_answers_change_nothing() {
        let mut devices = Devices::default();
        let of = MethodQuery::DeviceOf("e".to_owned());
        assert_eq!(devices.question("e"), Some(MethodQuery::Devices));
        devices.not_offered(&of);
        assert_eq!(
            devices.question("e"),
            Some(MethodQuery::Devices),
            "never asked"
        );
        devices.not_offered(&MethodQuery::Devices);
        devices.not_offered(&MethodQuery::Devices);
        assert_eq!(devices.question("e"), Some(of.clone()));
        assert!(!devices.dates_count(), "what can be asked for is asked for");
        devices.not_offered(&of);
        assert_eq!(devices.question("e"), None);
        assert!(devices.dates_count());
        devices.date_without_device();
        assert!(!devices.dates_count() && devices.dates_lie());
    }

    #[test]
    fn versions_are_compared_by_their_numbers_and_each_system_by_its_own() {
        let old = |from: &str, before: &str| OldApp {
            from: from.to_owned(),
            before: before.to_owned(),
        };
        let rules = [old("6.1000", "6.2606.4246"), old("6.0", "6.8.47")];
        for (version, is_old) in [
            ("6.2606.4245", true),
            ("6.2606.4246", false),
            ("6.2512.1", true),
            ("6.2607", false),
            ("6.8.46", true),
            ("6.8.47", false),
            ("6.8.100", false),
            ("6.9", false),
            ("7.0", false),
            ("5.9", false),
            ("6.8.x", false),
            ("", false),
        ] {
            let method = Method::Authenticator {
                id: "e".to_owned(),
                device_name: None,
                app_version: Some(version.to_owned()),
                created: None,
                device_id: None,
            };
            assert_eq!(old_app(&method, &rules).is_some(), is_old, "{version}");
        }
    }
}
