//! The way of a request from a listener to what answers it, and past whom it goes.
//!
//! Called one after the other by hand: as layers around a router each would cost every request a copy of
//! the whole way and a future on the heap.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use tower::ServiceExt;

use crate::graph::{self, batch};
use crate::oauth::challenge;
use crate::observe::{self, Observer};
use crate::state::Tenant;
use crate::traffic;

/// Everything the tenant serves.
#[derive(Clone)]
pub(crate) struct Ingress {
    pub(crate) tenant: Arc<Tenant>,
    observer: Option<Observer>,
    /// All that is not one operation of Graph.
    others: Router,
}

impl Ingress {
    /// The way into that tenant; `others` answers what is not one operation of Graph.
    pub(crate) fn new(tenant: Arc<Tenant>, observer: Option<Observer>, others: Router) -> Self {
        Self {
            tenant,
            observer,
            others,
        }
    }

    /// Whether somebody looks at what is asked and answered.
    pub(crate) fn is_observed(&self) -> bool {
        self.observer.is_some()
    }

    /// Answers a request from outside.
    pub(crate) async fn answer(&self, mut request: Request<Body>) -> Response<Body> {
        if batch::is_batch(request.uri().path()) {
            request.extensions_mut().insert(batch::Whole(self.clone()));
        }
        self.answer_part(request).await
    }

    /// Answers a request, or a part of a batch: it goes through everything a request from outside goes through.
    pub(crate) async fn answer_part(&self, request: Request<Body>) -> Response<Body> {
        match &self.observer {
            Some(observer) => observe::observe(observer, self, request).await,
            None => traffic::middleware(self, request).await,
        }
    }

    /// What becomes of a request that was counted and that no fault keeps back.
    pub(crate) async fn perform(&self, request: Request<Body>) -> Response<Body> {
        let path = request.uri().path();
        if !graph::is_below_version(path) {
            return self.perform_other(request).await;
        }
        if let Some(refusal) = challenge::refusal(&self.tenant, request.headers()) {
            return refusal;
        }
        if batch::is_batch(path) {
            return self.perform_other(request).await;
        }
        graph::serve(&self.tenant, request).await
    }

    async fn perform_other(&self, request: Request<Body>) -> Response<Body> {
        match self.others.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}
