//! Graph's published limits at work: who used how much, and who is refused.

mod area;

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};

use crate::flags::time::TimeFlags;
use crate::graph::error::ODataError;
use crate::params::{bearer, header_text};
use crate::state::Tenant;
use crate::throttle::{LimitKind, Limiter, Priority};
use area::{Area, area};

/// What an admitted request's answer says of its cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Load {
    resource_units: Option<u32>,
    percentage: Option<f64>,
}

impl Load {
    /// Puts the cost and the share of the limit into an answer.
    pub(crate) fn tell(self, headers: &mut HeaderMap) {
        if let Some(units) = self.resource_units {
            headers.insert("x-ms-resource-unit", HeaderValue::from(units));
        }
        let share = self.percentage.map(|share| format!("{share:.2}"));
        if let Some(share) = share.and_then(|share| HeaderValue::from_str(&share).ok()) {
            headers.insert("x-ms-throttle-limit-percentage", share);
        }
    }
}

/// Counts a request, or a part of a batch, and refuses it where it is over a limit that is enforced.
///
/// `template` is the path's as of [`crate::graph::template`]. A request without a token that is known meets
/// no limit: whose it is nobody knows.
pub(crate) fn admit(
    tenant: &Tenant,
    method: &Method,
    template: Option<&str>,
    query: &str,
    headers: &HeaderMap,
) -> Result<Load, ODataError> {
    let area = area(method, template, query);
    let token = bearer(headers);
    let mut state = tenant.lock();
    let inner = &mut *state;
    let access = token.and_then(|token| inner.grants.access.get(token));
    let Some(access) = access else {
        return Ok(Load::default());
    };
    let request = Request {
        area,
        app: &access.client_id,
        tenant: &tenant.id,
        people: inner.directory.users.len(),
        now: tenant.clock.quota_time(),
        priority: header_text(headers, "x-ms-throttle-priority")
            .map_or(Priority::Normal, Priority::named),
    };
    inner.quota.admit(&request, &inner.flags.time)
}

/// A request as the limits see it.
struct Request<'a> {
    area: Area,
    app: &'a str,
    tenant: &'a str,
    people: usize,
    now: Duration,
    priority: Priority,
}

/// What is used up of every limit.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    /// By app; what counts for all of them together stands under no name.
    apps: Vec<(String, Vec<Counter>)>,
}

/// One limit in use.
#[derive(Debug)]
struct Counter {
    limit: Limit,
    limiter: Limiter,
    admitted: u64,
    refused: u64,
}

/// A limit as the switches have it now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limit {
    which: Which,
    units: u32,
    window_s: u16,
    kind: LimitKind,
    counts_refused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Which {
    RequestsApp,
    Methods,
    MethodsApp,
    Reports,
    ReportsApp,
    Protection,
    Mail,
    Units,
    UnitsApp,
    Writes,
    WritesApp,
    WritesTenant,
}

impl Quota {
    fn admit(&mut self, request: &Request<'_>, flags: &TimeFlags) -> Result<Load, ODataError> {
        let charges = charges(request, flags);
        let priority = if flags.quota_priority {
            request.priority
        } else {
            Priority::Normal
        };
        let mut worst: Option<(Duration, Which)> = None;
        for (limit, cost) in &charges {
            let counter = self.counter(request.app, limit);
            let wait = counter
                .limiter
                .wait(request.now, u64::from(*cost), priority);
            if let Some(wait) = wait.filter(|_| flags.quota_enforced)
                && worst.is_none_or(|(longest, _)| wait > longest)
            {
                worst = Some((wait, limit.which));
            }
        }
        match worst {
            None => Ok(self.take(request, &charges, priority, flags.quota_enforced)),
            Some((wait, which)) => {
                let retry_after_s = crate::throttle::whole_seconds(wait);
                for (limit, cost) in &charges {
                    let counter = self.counter(request.app, limit);
                    if limit.which == which {
                        counter.refused += 1;
                        counter
                            .limiter
                            .refuse(u64::from(*cost), priority, retry_after_s);
                    }
                }
                Err(refusal(which, retry_after_s, request))
            }
        }
    }

    fn take(
        &mut self,
        request: &Request<'_>,
        charges: &[(Limit, u32)],
        priority: Priority,
        enforced: bool,
    ) -> Load {
        let mut share = 0.0_f64;
        for (limit, cost) in charges {
            let counter = self.counter(request.app, limit);
            counter.admitted += u64::from(*cost);
            share = share.max(counter.limiter.take(u64::from(*cost), priority));
        }
        Load {
            resource_units: match request.area {
                Area::Directory { units, .. } => Some(units),
                Area::Methods | Area::Reports | Area::Protection | Area::Mail | Area::Batch => None,
            },
            percentage: (enforced && share >= 0.8).then_some(share.min(1.8)),
        }
    }

    /// The limit's counter; a limit that was changed begins anew.
    fn counter(&mut self, app: &str, limit: &Limit) -> &mut Counter {
        // Some limits are the tenant's, whichever app asks.
        let owner = if matches!(limit.which, Which::WritesTenant | Which::Protection) {
            ""
        } else {
            app
        };
        let app = self.apps.iter().position(|(app, _)| app == owner);
        let app = app.unwrap_or_else(|| {
            self.apps.push((owner.to_owned(), Vec::new()));
            self.apps.len() - 1
        });
        let counters = &mut self.apps[app].1;
        let known = counters
            .iter()
            .position(|counter| counter.limit.which == limit.which);
        let index = known.unwrap_or_else(|| {
            counters.push(Counter::new(*limit));
            counters.len() - 1
        });
        let counter = &mut counters[index];
        if counter.limit != *limit {
            *counter = Counter::new(*limit);
        }
        counter
    }

    /// For the control interface.
    pub(crate) fn listed(&self) -> Vec<Value> {
        let mut listed = Vec::new();
        for (app, counters) in &self.apps {
            for counter in counters {
                listed.push(json!({
                    "app": app,
                    "limit": counter.limit.which,
                    "units": counter.limit.units,
                    "window_s": counter.limit.window_s,
                    "admitted": counter.admitted,
                    "refused": counter.refused,
                }));
            }
        }
        listed.sort_by_key(Value::to_string);
        listed
    }
}

impl Counter {
    fn new(limit: Limit) -> Self {
        let window = Duration::from_secs(u64::from(limit.window_s));
        Self {
            limit,
            limiter: Limiter::new(limit.units, window, limit.kind)
                .counting_refused(limit.counts_refused),
            admitted: 0,
            refused: 0,
        }
    }
}

/// The limits a request meets, each with what it costs there.
fn charges(request: &Request<'_>, flags: &TimeFlags) -> Vec<(Limit, u32)> {
    let limit = |which, units, window_s| {
        let methods_kind = matches!(
            which,
            Which::Methods
                | Which::MethodsApp
                | Which::Reports
                | Which::ReportsApp
                | Which::Protection
                | Which::Mail
        );
        Limit {
            which,
            units,
            window_s,
            kind: if methods_kind {
                flags.quota_methods_kind
            } else {
                flags.quota_directory_kind
            },
            counts_refused: flags.quota_counts_refused,
        }
    };
    let (own, over_all) = (flags.quota_methods, flags.quota_methods_app);
    let mut charges = Vec::with_capacity(6);
    if request.area != Area::Batch {
        charges.push((limit(Which::RequestsApp, flags.quota_requests_app, 10), 1));
    }
    match request.area {
        Area::Methods => {
            charges.push((limit(Which::Methods, own, 10), 1));
            charges.push((limit(Which::MethodsApp, over_all, 10), 1));
        }
        Area::Reports => {
            charges.push((limit(Which::Reports, own, 10), 1));
            charges.push((limit(Which::ReportsApp, over_all, 10), 1));
        }
        Area::Protection => charges.push((limit(Which::Protection, 1, 1), 1)),
        Area::Mail => charges.push((limit(Which::Mail, 10_000, 600), 1)),
        Area::Directory { units, writes } => {
            let by_size = match (flags.quota_units, request.people) {
                (0, 0..50) => 3_500,
                (0, 50..=500) => 5_000,
                (0, _) => 8_000,
                (set, _) => set,
            };
            charges.push((limit(Which::Units, by_size, 10), units));
            charges.push((limit(Which::UnitsApp, flags.quota_units_app, 20), units));
            if writes > 0 {
                charges.push((limit(Which::Writes, flags.quota_writes, 150), writes));
                charges.push((limit(Which::WritesApp, flags.quota_writes_app, 300), writes));
                charges.push((
                    limit(Which::WritesTenant, flags.quota_writes_tenant, 300),
                    writes,
                ));
            }
        }
        Area::Batch => {}
    }
    charges
}

/// 429 as Graph says it.
fn refusal(which: Which, retry_after_s: u64, request: &Request<'_>) -> ODataError {
    let (scope, reason) = match which {
        Which::Methods | Which::Reports => ("Tenant_Application/ReadWrite", "RequestLimitExceeded"),
        Which::Protection => ("Tenant/ReadWrite", "RequestLimitExceeded"),
        Which::RequestsApp | Which::MethodsApp | Which::ReportsApp => {
            ("Application/ReadWrite", "RequestLimitExceeded")
        }
        Which::Mail => ("Tenant_Application/Write", "RequestLimitExceeded"),
        Which::Units => ("Tenant_Application/ReadWrite", "ResourceUnitLimitExceeded"),
        Which::UnitsApp => ("Application/ReadWrite", "ResourceUnitLimitExceeded"),
        Which::Writes => ("Tenant_Application/Write", "WriteLimitExceeded"),
        Which::WritesApp => ("Application/Write", "WriteLimitExceeded"),
        Which::WritesTenant => ("Tenant/Write", "WriteLimitExceeded"),
    };
    let mut problem = ODataError::new(429, "TooManyRequests", "Too many requests");
    let scope = format!("{scope}/{}/{}", request.app, request.tenant);
    problem.headers.push(("x-ms-throttle-scope", scope));
    problem
        .headers
        .push(("x-ms-throttle-information", reason.to_owned()));
    // Conditional Access and Identity Protection are documented to leave it out.
    if which != Which::Protection {
        problem
            .headers
            .push(("retry-after", retry_after_s.to_string()));
    }
    problem
}
