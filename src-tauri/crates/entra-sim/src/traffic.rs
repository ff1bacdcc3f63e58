//! Every request on the sign-in service and Graph passes here: counted, and struck by faults.

mod spoil;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, header};
use axum::middleware::Next;
use serde_json::{Value, json};

use crate::clock::http_date;
use crate::graph;
use crate::listen::Abort;
use crate::oauth;
use crate::state::Tenant;

/// Requests so far.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// By method, path template and status; status 0 where the connection was ended instead.
    counts: BTreeMap<(String, String, u16), u64>,
    /// Asked for and not known, by method and path.
    unknown: BTreeMap<(String, String), u64>,
}

impl Traffic {
    fn count(&mut self, method: &str, path: &str, template: Option<String>, status: u16) {
        let method = method.to_owned();
        if let Some(template) = template {
            *self.counts.entry((method, template, status)).or_default() += 1;
        } else {
            *self.unknown.entry((method, path.to_owned())).or_default() += 1;
        }
    }

    /// For the control interface.
    pub(crate) fn listed(&self) -> (Vec<Value>, Vec<Value>) {
        let counts = self.counts.iter().map(|((method, path, status), count)| {
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
pub(crate) struct Struck {
    /// A read of a person answers with another one.
    pub(crate) other_user: bool,
    /// A read answers as it was so long ago.
    pub(crate) past: Option<Duration>,
}

/// In a request: the template its path is counted under.
#[derive(Clone, Debug)]
pub(crate) struct Template(pub(crate) String);

/// Counts the request and lets a fault strike it.
pub(crate) async fn watch(
    State(tenant): State<Arc<Tenant>>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let path = request.uri().path().to_owned();
    if !is_service(&tenant, &path) {
        return dated(&tenant, next.run(request).await);
    }
    let method = request.method().clone();
    let template = graph::template(&method, &path).or_else(|| oauth::template(&path));
    if let Some(template) = &template {
        request.extensions_mut().insert(Template(template.clone()));
    }
    let struck = tenant
        .lock()
        .faults
        .strike(method.as_str(), &path, template.as_deref());
    let response = match struck {
        None => next.run(request).await,
        Some((kind, order)) => spoil::suffer(&tenant, &kind, &order, request, next).await,
    };
    let aborted = response.extensions().get::<Abort>().is_some();
    let status = if aborted {
        0
    } else {
        response.status().as_u16()
    };
    tenant
        .lock()
        .traffic
        .count(method.as_str(), &path, template, status);
    dated(&tenant, response)
}

fn is_service(tenant: &Tenant, path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    first != tenant.control && !["phone", "pwdless", "favicon.ico"].contains(&first)
}

fn dated(tenant: &Tenant, mut response: Response<Body>) -> Response<Body> {
    // A fault may have set another one.
    if !response.headers().contains_key(header::DATE)
        && let Ok(date) = HeaderValue::from_str(&http_date(tenant.now()))
    {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
