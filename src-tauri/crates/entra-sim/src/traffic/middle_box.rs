//! A box on the way that keeps a request: it arrives late, or twice, and whoever sent it may have gone.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{Request, Response};
use tokio::sync::oneshot;

use super::fault_injection::aborted;
use super::{Traffic, template};
use crate::faults::FaultSpec;
use crate::graph::MOST_BODY;
use crate::ingress::Ingress;
use crate::params::whole;

/// The request is handed on after `delay_ms` (45,000) by the tenant's clock; its answer goes to whom still waits.
pub(super) async fn held_up(
    ingress: &Ingress,
    spec: &FaultSpec,
    request: Request<Body>,
) -> Response<Body> {
    let Some(kept) = Kept::of(request).await else {
        return aborted();
    };
    let due = due(ingress, spec.delay_ms.unwrap_or(45_000));
    let (told, answer) = oneshot::channel();
    let ingress = ingress.clone();
    // Of its own, so that it goes on when the connection it came by is closed.
    tokio::spawn(async move {
        ingress.tenant.clock.reaches(due).await;
        let counted = kept.counted();
        let response = ingress.perform(kept.request()).await;
        if let Err(nobody) = told.send(response) {
            counted(&mut ingress.tenant.lock().traffic, nobody.status().as_u16());
        }
    });
    answer.await.unwrap_or_else(|_| aborted())
}

/// The request is handed on at once and, after `delay_ms` (0) by the tenant's clock, again; nobody hears the
/// second answer.
pub(super) async fn twice(
    ingress: &Ingress,
    spec: &FaultSpec,
    request: Request<Body>,
) -> Response<Body> {
    let Some(kept) = Kept::of(request).await else {
        return aborted();
    };
    let delay_ms = spec.delay_ms.unwrap_or_default();
    let due = due(ingress, delay_ms);
    let response = ingress.perform(kept.request()).await;
    let ingress = ingress.clone();
    let again = tokio::spawn(async move {
        ingress.tenant.clock.reaches(due).await;
        let counted = kept.counted();
        let again = ingress.perform(kept.request()).await;
        counted(&mut ingress.tenant.lock().traffic, again.status().as_u16());
    });
    if delay_ms == 0 {
        // A panic of the second one is no concern of the first one's sender.
        let _ = again.await;
    }
    response
}

fn due(ingress: &Ingress, delay_ms: u64) -> Duration {
    ingress.tenant.clock.quota_time() + Duration::from_millis(delay_ms)
}

/// A request that arrived whole.
struct Kept {
    parts: Parts,
    body: Bytes,
}

impl Kept {
    /// Nothing where the sender went before all of it had come: half a request is not handed on.
    async fn of(request: Request<Body>) -> Option<Self> {
        let (parts, body) = request.into_parts();
        let body = whole(body, MOST_BODY).await.ok()?;
        Some(Self { parts, body })
    }

    fn request(&self) -> Request<Body> {
        Request::from_parts(self.parts.clone(), Body::from(self.body.clone()))
    }

    /// Writes down a delivery that no answer stands for.
    fn counted(&self) -> impl FnOnce(&mut Traffic, u16) + use<> {
        let (method, path) = (self.parts.method.clone(), self.parts.uri.path().to_owned());
        let template = template(&self.parts.extensions, &path);
        move |traffic, status| traffic.count(&method, &path, template.as_deref(), status)
    }
}
