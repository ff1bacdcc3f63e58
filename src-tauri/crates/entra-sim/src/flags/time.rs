//! Flags for the clock, the replicas and the limits.

use serde::{Deserialize, Serialize};

use crate::throttle::LimitKind;

/// Which replica a read hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReplicaPick {
    /// Any one: consecutive reads may differ.
    Any,
    /// Always the same one for an app.
    Sticky,
}

/// The switches of this file with their present values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TimeFlags {
    pub(crate) clock_skew_s: i64,
    pub(crate) replicas: u32,
    pub(crate) replica_lag_ms: u32,
    pub(crate) replica_lag_writes: bool,
    pub(crate) new_person_lag_ms: u32,
    pub(crate) replica_pick: ReplicaPick,
    pub(crate) quota_enforced: bool,
    pub(crate) quota_priority: bool,
    pub(crate) quota_counts_refused: bool,
    pub(crate) quota_methods_kind: LimitKind,
    pub(crate) quota_methods: u32,
    pub(crate) quota_methods_app: u32,
    pub(crate) quota_directory_kind: LimitKind,
    pub(crate) quota_units: u32,
    pub(crate) quota_units_app: u32,
    pub(crate) quota_writes: u32,
    pub(crate) quota_writes_app: u32,
    pub(crate) quota_writes_tenant: u32,
    pub(crate) quota_requests_app: u32,
}

impl Default for TimeFlags {
    fn default() -> Self {
        Self {
            clock_skew_s: 0,
            replicas: 3,
            replica_lag_ms: 0,
            replica_lag_writes: false,
            new_person_lag_ms: 0,
            replica_pick: ReplicaPick::Any,
            quota_enforced: false,
            quota_priority: true,
            quota_counts_refused: false,
            quota_methods_kind: LimitKind::SlidingWindow,
            quota_methods: 5,
            quota_methods_app: 122,
            quota_directory_kind: LimitKind::TokenBucket,
            quota_units: 0,
            quota_units_app: 150_000,
            quota_writes: 3_000,
            quota_writes_app: 35_000,
            quota_writes_tenant: 18_000,
            quota_requests_app: 130_000,
        }
    }
}

/// What each of them means.
pub(super) const MEANINGS: &[(&str, &str)] = &[
    (
        "clock_skew_s",
        "Seconds by which the tenant's clock is ahead of the machine's, besides what was advanced.",
    ),
    (
        "replicas",
        "How many replicas reads are spread over (1 to 16).",
    ),
    (
        "replica_lag_ms",
        "A change of a person or of their methods reaches each replica after 0 to this many milliseconds (up to an hour).",
    ),
    (
        "replica_lag_writes",
        "True: a DELETE meets a replica as well; where that one does not know what is to go, 404, and nothing changes.",
    ),
    (
        "new_person_lag_ms",
        "Somebody made less than this many milliseconds ago (up to an hour) is found, and every read of their methods is 404.",
    ),
    (
        "replica_pick",
        "\"any\": each read hits any replica, so that reads may flap. \"sticky\": an app always hits the same one.",
    ),
    (
        "quota_enforced",
        "True: requests over a limit are refused with 429. False: they are counted only.",
    ),
    (
        "quota_priority",
        "x-ms-throttle-priority is honoured: the next room is for whom was refused with the higher priority.",
    ),
    (
        "quota_counts_refused",
        "Refused requests use up the limit as well.",
    ),
    (
        "quota_methods_kind",
        "How authentication methods, reports and audit logs are counted: sliding_window or token_bucket.",
    ),
    (
        "quota_methods",
        "Requests per app and tenant in 10 s, on authentication methods, and as many on reports and audit logs.",
    ),
    ("quota_methods_app", "The same per app over all tenants."),
    (
        "quota_directory_kind",
        "How everything else is counted: token_bucket (documented) or sliding_window.",
    ),
    (
        "quota_units",
        "Resource units per app and tenant in 10 s; 0 is by the tenant's size: 3500, 5000 from 50 people, 8000 above 500.",
    ),
    (
        "quota_units_app",
        "Resource units per app in 20 s over all tenants.",
    ),
    ("quota_writes", "Writes per app and tenant in 150 s."),
    (
        "quota_writes_app",
        "Writes per app in 300 s over all tenants.",
    ),
    ("quota_writes_tenant", "Writes of all apps in 300 s."),
    (
        "quota_requests_app",
        "Requests of any kind per app in 10 s over all tenants.",
    ),
];

impl TimeFlags {
    /// Why these values cannot be, where they cannot.
    pub(super) fn refused(&self) -> Option<String> {
        if !(1..=16).contains(&self.replicas) {
            return Some("replicas lies between 1 and 16".to_owned());
        }
        if self.replica_lag_ms > 3_600_000 {
            return Some("replica_lag_ms is at most an hour".to_owned());
        }
        if self.new_person_lag_ms > 3_600_000 {
            return Some("new_person_lag_ms is at most an hour".to_owned());
        }
        let decades = 10 * 366 * 86_400;
        if !(-decades..=decades).contains(&self.clock_skew_s) {
            return Some("clock_skew_s is at most ten years".to_owned());
        }
        None
    }
}
