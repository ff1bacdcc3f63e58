//! The simulated tenant: OAuth, the Graph subset with its rules and refusals, and a phone.
//!
//! Everything is reached over HTTP on loopback; [`start`] binds both listeners and tells their addresses.

mod clock;
mod conditional_access;
mod control;
mod directory;
mod faults;
mod flags;
mod graph;
mod info;
mod ingress;
mod listen;
mod oauth;
mod observe;
mod options;
mod params;
mod passkey_policy;
mod phone;
mod quota;
mod records;
mod replicas;
mod state;
pub mod throttle;
mod tls;
mod traffic;
mod typeface;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::ingress::Ingress;
use crate::state::Tenant;

pub use directory::{Case, NewMethod, NewUser, Os};
pub use info::{Info, OperatorInfo, UserInfo};
pub use oauth::clients::NewClient;
pub use observe::{Exchange, Observer};
pub use options::{Profile, TenantOptions, TenantStartError};
pub use phone::screen::{PhoneScreenKind, ScreenDescription, phone_screens};

/// A tenant that serves until it is shut down or dropped.
pub struct Running {
    /// Where it is reached and who is in it.
    pub info: Info,
    listeners: Vec<JoinHandle<()>>,
    stop: DropGuard,
    /// The CA file's folder, removed at the end.
    folder: TempDir,
}

impl Running {
    /// Closes every connection and both listeners, and removes the CA file.
    pub async fn shutdown(self) {
        drop(self.stop);
        for listener in self.listeners {
            // A listener that panicked has stopped as well.
            let _ = listener.await;
        }
        drop(self.folder);
    }
}

/// Starts a tenant on loopback.
///
/// Fails when an address is not loopback or taken, a key cannot be made, or the profile is refused.
pub async fn start(options: TenantOptions) -> Result<Running, TenantStartError> {
    let (http, http_address) = listen::bind(options.http).await?;
    let (https, https_address) = listen::bind(options.https).await?;
    let tenant = Arc::new(Tenant::new(&options)?);
    let tls = tls::Tls::generate()?;
    let ingress = Ingress::new(tenant.clone(), options.observer.clone(), router(&tenant));
    let stop = CancellationToken::new();
    let listeners = vec![
        tokio::spawn(listen::serve(http, None, ingress.clone(), stop.clone())),
        tokio::spawn(listen::serve(
            https,
            Some(tls.acceptor),
            ingress,
            stop.clone(),
        )),
    ];
    let info = Info::of(&tenant, http_address, https_address, &tls.ca_file);
    Ok(Running {
        info,
        listeners,
        stop: stop.drop_guard(),
        folder: tls.folder,
    })
}

/// All that is not one operation of Graph.
fn router(tenant: &Arc<Tenant>) -> Router {
    Router::new()
        .merge(oauth::router(tenant.clone()))
        .merge(graph::batch::router(tenant.clone()))
        .merge(phone::services::router(tenant.clone()))
        .merge(phone::page::router(tenant.clone()))
        .merge(phone::site::router(tenant.clone()))
        .merge(control::router(tenant))
        .merge(typeface::router())
        .fallback(unknown)
}

/// Whatever else is asked for gets Graph's envelope.
async fn unknown() -> Response<Body> {
    graph::error::ODataError::new(
        404,
        "ResourceNotFound",
        "The simulated tenant does not serve this path.",
    )
    .into_plain_response()
}
