//! The one way out: two reqwest clients with every limit set, and answers read with a cap.

mod answer;
mod fault;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use hyper_util::client::legacy::connect::HttpInfo;
use reqwest::{
    Certificate, Client, ClientBuilder, NoProxy, Request, Response, redirect, retry, tls,
};
use url::{Origin, Url};
use zeroize::{Zeroize, Zeroizing};

use crate::registration::{Proxy, SetupError, is_literal_loopback};
use crate::roots;
use crate::time::ServiceClock;

pub(crate) use answer::{Answer, Content, InBetween, safe_id};
pub(crate) use fault::{FaultKind, TransportFault};

const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// A connection that nothing is asked on is closed after this: the head of its last request, the token in it, stays in
/// its buffers as long as it is kept.
const KEPT: Duration = Duration::from_secs(15);
const IDLE_LIMIT: Duration = Duration::from_secs(10);
const TOTAL_LIMIT: Duration = Duration::from_secs(30);
/// What of a single request no machine has acknowledged for so long is thrown away by this one's kernel, with the
/// connection. With the limit on connecting it is shorter than the whole, so that nothing that is still here leaves
/// after it was given up. What a box on the way has taken is out of reach.
#[cfg(any(target_os = "linux", target_os = "android"))]
const UNACKNOWLEDGED_LIMIT: Duration = Duration::from_secs(20);
const BODY_CAP: usize = 1024 * 1024;
/// Small, and reserved at once, so that a pass never lies in a buffer left behind by growing.
const SINGLE_USE_BODY_CAP: usize = 64 * 1024;

/// Which connections a request may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionPolicy {
    /// Kept connections.
    Pooled,
    /// A connection of its own. "Could not connect" then truly means that nothing was sent, and
    /// nothing below us can send the request a second time on another connection.
    SingleUse,
}

/// What is logged of a request: never its query, body or headers.
pub(crate) struct Trace<'a> {
    pub(crate) path: &'static str,
    pub(crate) client_request_id: &'a str,
}

pub(crate) struct Http {
    pooled: Client,
    single_use: Client,
    clock: ServiceClock,
    /// The highest share of the limit on authentication methods an answer told since it was last asked for, plus
    /// one; 0 is none.
    methods_percent: AtomicU32,
    origins: [Origin; 2],
    /// The proxy is told who asks.
    told: bool,
}

impl Http {
    pub(crate) fn new(
        authority: &Url,
        graph: &Url,
        extra_root: Option<&[u8]>,
        proxy: &Proxy,
        clock: ServiceClock,
    ) -> Result<Self, SetupError> {
        let roots = extra_root.map(read_roots).transpose()?.unwrap_or_default();
        let plain = [authority, graph].map(|address| address.scheme() == "http");
        let local = [authority, graph].map(is_literal_loopback);
        let chosen = chosen(proxy)?;
        let builder = || {
            let builder = base_builder().https_only(!plain.contains(&true));
            // Where nothing is spoken over TLS nothing is trusted, so that a machine without roots will do.
            let builder = match plain {
                [true, true] => builder.tls_certs_only(Vec::new()),
                [_, _] => builder.tls_certs_merge(roots.clone()),
            };
            // A proxy could only take loopback traffic off the machine.
            match (local, &chosen) {
                ([true, true], _) | ([_, _], Way::Straight) => builder.no_proxy(),
                ([_, _], Way::AsTheSystemSays) => builder,
                ([_, _], Way::Through(proxy)) => builder.proxy((**proxy).clone()),
            }
        };
        let tls_failed = |error: reqwest::Error| SetupError::Tls(error.into());
        Ok(Self {
            pooled: builder()
                .read_timeout(IDLE_LIMIT)
                .pool_idle_timeout(KEPT)
                .build()
                .map_err(tls_failed)?,
            // No idle limit of its own: an answer that comes late is worth more than an uncertain one.
            single_use: dropped_when_unacknowledged(builder())
                .pool_max_idle_per_host(0)
                .build()
                .map_err(tls_failed)?,
            clock,
            methods_percent: AtomicU32::new(0),
            origins: [authority.origin(), graph.origin()],
            told: proxy.is_told(),
        })
    }

    pub(crate) fn clock(&self) -> &ServiceClock {
        &self.clock
    }

    /// Takes the highest share of the limit on authentication methods that was told, in hundredths.
    pub(crate) fn take_methods_percent(&self) -> Option<u32> {
        self.methods_percent
            .swap(0, Ordering::Relaxed)
            .checked_sub(1)
    }

    /// Sends once and reads the whole answer.
    pub(crate) async fn send(
        &self,
        request: Request,
        connection: ConnectionPolicy,
        trace: &Trace<'_>,
    ) -> Result<Answer, TransportFault> {
        if !self.origins.contains(&request.url().origin()) {
            return Err(TransportFault::foreign_origin());
        }
        let method = request.method().clone();
        let of_graph = request.url().origin() == self.origins[1];
        let started = Instant::now();
        let result = self.exchange(request, connection).await;
        // Graph says which request it answers.
        let result = result.and_then(|answer| match of_graph {
            true if answer.is_of_another(trace.client_request_id) => {
                Err(TransportFault::of_another())
            }
            true | false => Ok(answer),
        });
        let result = result.map_err(|fault| match self.told {
            true => fault.of_a_told_proxy(),
            false => fault,
        });
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (path, client_request_id) = (trace.path, trace.client_request_id);
        match &result {
            Ok(answer) => {
                if let Some(percent) = answer.limit_percent.filter(|_| is_on_methods(trace.path)) {
                    self.methods_percent
                        .fetch_max(percent.saturating_add(1), Ordering::Relaxed);
                }
                let request_id = answer.request_id.as_deref();
                tracing::info!(%method, path, status = answer.status, request_id, client_request_id, ms, "answer");
            }
            Err(fault) => {
                tracing::warn!(%method, path, fault = ?fault.kind, client_request_id, ms, "no answer")
            }
        }
        result
    }

    async fn exchange(
        &self,
        request: Request,
        connection: ConnectionPolicy,
    ) -> Result<Answer, TransportFault> {
        let sent = self.clock.uptime();
        let (client, cap) = match connection {
            ConnectionPolicy::Pooled => (&self.pooled, BODY_CAP),
            ConnectionPolicy::SingleUse => (&self.single_use, SINGLE_USE_BODY_CAP),
        };
        let response = client.execute(request).await?;
        let arrived = self.clock.uptime();
        let mut answer = Answer::from_head(response.status().as_u16(), response.headers());
        if answer.is_from_the_service()
            && let Some(date) = answer::header(response.headers(), "date")
        {
            let connection = response.extensions().get::<HttpInfo>();
            let connection = connection.map(HttpInfo::local_addr);
            answer.service_unix_ms = self.clock.observe(date, sent, arrived, connection);
        }
        let reserve = match connection {
            ConnectionPolicy::Pooled => 0,
            ConnectionPolicy::SingleUse => cap,
        };
        answer.body = read_body(response, cap, reserve).await?;
        Ok(answer)
    }
}

/// Whether the path counts against the limit on authentication methods.
fn is_on_methods(path: &str) -> bool {
    path.contains("/authentication/")
}

fn base_builder() -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("Madoguchi/", env!("CARGO_PKG_VERSION")))
        .tls_version_min(tls::Version::TLS_1_2)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(CONNECT_LIMIT)
        .timeout(TOTAL_LIMIT)
}

/// A [`Proxy`] as the library takes it.
enum Way {
    AsTheSystemSays,
    Straight,
    Through(Box<reqwest::Proxy>),
}

fn chosen(proxy: &Proxy) -> Result<Way, SetupError> {
    Ok(match proxy {
        Proxy::OfTheEnvironment => Way::AsTheSystemSays,
        Proxy::None => Way::Straight,
        Proxy::At {
            address,
            except,
            credentials,
        } => {
            let through = reqwest::Proxy::all(address.clone()).map_err(|_| SetupError::Proxy)?;
            let through = match credentials {
                Some(told) => through.basic_auth(told.user(), told.password()),
                None => through,
            };
            let except = NoProxy::from_string(&except.join(","));
            Way::Through(Box::new(through.no_proxy(except)))
        }
    })
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn dropped_when_unacknowledged(builder: ClientBuilder) -> ClientBuilder {
    builder.tcp_user_timeout(UNACKNOWLEDGED_LIMIT)
}

/// Elsewhere the system's own patience counts.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn dropped_when_unacknowledged(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn read_roots(file: &[u8]) -> Result<Vec<Certificate>, SetupError> {
    let roots = roots::read_roots(file).map_err(SetupError::ExtraRoot)?;
    let certificate = |der: &Vec<u8>| Certificate::from_der(der);
    let tls_failed = |error: reqwest::Error| SetupError::Tls(error.into());
    roots
        .iter()
        .map(certificate)
        .collect::<Result<_, _>>()
        .map_err(tls_failed)
}

async fn read_body(
    mut response: Response,
    cap: usize,
    reserve: usize,
) -> Result<Zeroizing<Vec<u8>>, TransportFault> {
    let mut body = Zeroizing::new(Vec::with_capacity(reserve));
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > cap {
            return Err(TransportFault::too_large());
        }
        body.extend_from_slice(&chunk);
        // What nobody else looks at; the rest is wiped when it is freed.
        if let Ok(mut chunk) = chunk.try_into_mut() {
            chunk.zeroize();
        }
    }
    Ok(body)
}
