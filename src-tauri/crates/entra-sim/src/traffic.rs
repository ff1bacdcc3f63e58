//! Every request on the sign-in service and Graph passes here: counted, and struck by faults.

mod fault_injection;
mod middle_box;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Extensions, HeaderValue, Method, Request, Response, header};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::http_date;
use crate::graph;
use crate::graph::route::GraphOperation;
use crate::ingress::Ingress;
use crate::listen::Abort;
use crate::oauth;
use crate::observe::Served;
use crate::state::Tenant;

/// Requests so far.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// By path template; status 0 where the connection was ended instead.
    counts: HashMap<String, Vec<Count>>,
    /// Asked for and not known, by method and path.
    unknown: BTreeMap<(String, String), u64>,
    /// The `Date` header of that second.
    date: Option<(i64, HeaderValue)>,
}

#[derive(Debug)]
struct Count {
    method: Method,
    status: u16,
    count: u64,
}

impl Traffic {
    fn count(&mut self, method: &Method, path: &str, template: Option<&str>, status: u16) {
        let Some(template) = template else {
            let key = (method.to_string(), path.to_owned());
            *self.unknown.entry(key).or_default() += 1;
            return;
        };
        if !self.counts.contains_key(template) {
            self.counts.insert(template.to_owned(), Vec::new());
        }
        let counts = self.counts.get_mut(template).into_iter().flatten();
        let mut same = counts.filter(|count| count.status == status && count.method == *method);
        if let Some(same) = same.next() {
            same.count += 1;
        } else if let Some(counts) = self.counts.get_mut(template) {
            counts.push(Count {
                method: method.clone(),
                status,
                count: 1,
            });
        }
    }

    /// The `Date` header at `now`, written once a second.
    fn date(&mut self, now: Timestamp) -> Option<HeaderValue> {
        let second = now.as_second();
        if self.date.as_ref().is_none_or(|(known, _)| *known != second) {
            let date = HeaderValue::from_str(&http_date(now)).ok()?;
            self.date = Some((second, date));
        }
        self.date.as_ref().map(|(_, date)| date.clone())
    }

    /// For the control interface, by method, path and status.
    pub(crate) fn listed(&self) -> (Vec<Value>, Vec<Value>) {
        let rows = self.counts.iter().flat_map(|(path, counts)| {
            counts
                .iter()
                .map(move |row| (row.method.as_str(), path, row.status, row.count))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable();
        let counts = rows.into_iter().map(|(method, path, status, count)| {
            json!({"method": method, "path": path, "status": status, "count": count})
        });
        let unknown = self
            .unknown
            .iter()
            .map(|((method, path), count)| json!({"method": method, "path": path, "count": count}));
        (counts.collect(), unknown.collect())
    }
}

/// In a request: what a fault does to the state it meets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct InjectedFault {
    /// A read of a person answers with another one.
    pub(crate) other_user: bool,
    /// A read answers as it was so long ago.
    pub(crate) past: Option<Duration>,
}

/// In a request to Graph: what its path means, and the template it is counted under.
#[derive(Clone, Debug)]
pub(crate) struct RouteMatch {
    pub(crate) operation: Option<GraphOperation>,
    pub(crate) template: String,
}

/// Counts the request and lets a fault strike it.
pub(crate) async fn middleware(ingress: &Ingress, mut request: Request<Body>) -> Response<Body> {
    let tenant = &ingress.tenant;
    let path = request.uri().path().to_owned();
    if !is_service(tenant, &path) {
        return dated(tenant, ingress.perform(request).await);
    }
    let method = request.method().clone();
    let matched = graph::route_match(&method, &path);
    if let Some(matched) = matched {
        request.extensions_mut().insert(matched);
    }
    let template = template(request.extensions(), &path);
    let struck = tenant
        .lock()
        .faults
        .strike(method.as_str(), &path, template.as_deref());
    let served = Served {
        struck: struck.is_some(),
    };
    let mut response = match struck {
        None => ingress.perform(request).await,
        Some((kind, spec)) => fault_injection::inject(ingress, &kind, &spec, request).await,
    };
    let aborted = response.extensions().get::<Abort>().is_some();
    let status = if aborted {
        0
    } else {
        response.status().as_u16()
    };
    let template = template.as_deref();
    tenant
        .lock()
        .traffic
        .count(&method, &path, template, status);
    if ingress.is_observed() {
        response.extensions_mut().insert(served);
    }
    dated(tenant, response)
}

/// What a request is counted under, where its path is known.
fn template(extensions: &Extensions, path: &str) -> Option<String> {
    extensions
        .get::<RouteMatch>()
        .map(|matched| matched.template.clone())
        .or_else(|| oauth::template(path))
}

fn is_service(tenant: &Tenant, path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    first != tenant.control && !["phone", "pwdless", "typeface", "favicon.ico"].contains(&first)
}

fn dated(tenant: &Tenant, mut response: Response<Body>) -> Response<Body> {
    // A fault may have set another one.
    if !response.headers().contains_key(header::DATE)
        && let Some(date) = tenant.lock().traffic.date(tenant.now())
    {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
