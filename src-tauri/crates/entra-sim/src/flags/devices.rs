//! The behaviour flags of the devices that are listed of a person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::after_millis;

/// When the directory begins to list a phone that registers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceListed {
    /// At the first "register", before the entry is complete.
    BeforeEntry,
    /// Together with the entry that names it.
    WithEntry,
    /// Ten seconds after that.
    AfterEntry,
    Never,
}

/// These flags with their present values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DeviceFlags {
    pub(crate) device_listed: DeviceListed,
    pub(crate) device_lag_ms: u32,
    pub(crate) second_device: bool,
}

impl Default for DeviceFlags {
    fn default() -> Self {
        Self {
            device_listed: DeviceListed::BeforeEntry,
            device_lag_ms: 0,
            second_device: false,
        }
    }
}

const AFTER_MS: i64 = 10_000;

impl DeviceFlags {
    /// Whether a phone that was registered then is listed; `completed` is when an entry came to name it.
    pub(crate) fn shows(
        &self,
        registered: Timestamp,
        completed: Option<Timestamp>,
        now: Timestamp,
    ) -> bool {
        let from = match self.device_listed {
            DeviceListed::BeforeEntry => Some(registered),
            DeviceListed::WithEntry => completed,
            DeviceListed::AfterEntry => completed.map(|at| after_millis(at, AFTER_MS)),
            DeviceListed::Never => None,
        };
        from.is_some_and(|from| self.has_arrived(from, now))
    }

    /// Whether what is there from then on is listed by now.
    pub(crate) fn has_arrived(&self, from: Timestamp, now: Timestamp) -> bool {
        after_millis(from, i64::from(self.device_lag_ms)) <= now
    }
}

/// What each of them means.
pub(crate) const MEANINGS: &[(&str, &str)] = &[
    (
        "device_listed",
        "When a phone that registers itself is listed among the person's devices: before_entry, with_entry, after_entry \
         (ten seconds later) or never.",
    ),
    (
        "device_lag_ms",
        "How late the lists of a person's devices are, in milliseconds.",
    ),
    (
        "second_device",
        "With every phone that registers itself a Windows computer of the person is registered, too.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_listed_from_the_moment_the_switch_names() {
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let first = |device_listed, completed| {
            let flags = DeviceFlags {
                device_listed,
                device_lag_ms: 2_000,
                second_device: false,
            };
            (0..60).find(|second| flags.shows(at(3), completed, at(*second)))
        };
        let completed = Some(at(9));
        assert_eq!(first(DeviceListed::BeforeEntry, None), Some(5));
        assert_eq!(first(DeviceListed::WithEntry, None), None);
        assert_eq!(first(DeviceListed::WithEntry, completed), Some(11));
        assert_eq!(first(DeviceListed::AfterEntry, completed), Some(21));
        assert_eq!(first(DeviceListed::Never, completed), None);
    }
}
