//! The app on a phone that was registered: whether its version is known to be bad.

use crate::person::directory::Method;
use crate::policy::OldApp;

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
