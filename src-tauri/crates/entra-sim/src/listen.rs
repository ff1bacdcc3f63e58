//! The two listeners. Both serve the same router; each request learns by which address it came.

use std::io;
use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::ingress::Ingress;
use crate::options::TenantStartError;

/// Scheme, host and port a request was sent to, as the start of every address in its answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base(pub(crate) String);

/// In an answer: close the connection instead of sending it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abort;

/// Binds a loopback address.
pub(crate) async fn bind(
    address: SocketAddr,
) -> Result<(TcpListener, SocketAddr), TenantStartError> {
    if !address.ip().is_loopback() {
        return Err(TenantStartError::NotLoopback(address));
    }
    let failed = |source| TenantStartError::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Serves plain http, or https when there is an acceptor, until `stop`.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    ingress: Ingress,
    stop: CancellationToken,
) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        // A failed accept concerns one caller only.
        let Ok((stream, _)) = accepted else { continue };
        let (ingress, tls, stop) = (ingress.clone(), tls.clone(), stop.clone());
        connections.spawn(async move {
            tokio::select! {
                () = connection(stream, tls, ingress) => {}
                () = stop.cancelled() => {}
            }
        });
        while connections.try_join_next().is_some() {}
    }
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, ingress: Ingress) {
    // Answers are small and waited for.
    let _ = stream.set_nodelay(true);
    match tls {
        None => speak(stream, "http", ingress).await,
        Some(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                speak(stream, "https", ingress).await;
            }
        }
    }
}

async fn speak<S>(stream: S, scheme: &'static str, ingress: Ingress)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service =
        service_fn(move |request: Request<Incoming>| answer(request, scheme, ingress.clone()));
    let builder = auto::Builder::new(TokioExecutor::new());
    // How a connection ends is the caller's business.
    let _ = builder
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    mut request: Request<Incoming>,
    scheme: &str,
    ingress: Ingress,
) -> Result<Response<Body>, io::Error> {
    let authority = match request.uri().authority() {
        Some(authority) => Some(authority.as_str().to_owned()),
        None => request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .map(str::to_owned),
    };
    // Another host name on a loopback address is DNS rebinding.
    let Some(authority) = authority.filter(|authority| is_loopback_name(authority)) else {
        let mut refusal = Response::new(Body::from("this tenant answers on loopback names only\n"));
        *refusal.status_mut() = StatusCode::MISDIRECTED_REQUEST;
        return Ok(refusal);
    };
    request
        .extensions_mut()
        .insert(Base(format!("{scheme}://{authority}")));
    let response = ingress.answer(request.map(Body::new)).await;
    if response.extensions().get::<Abort>().is_some() {
        return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
    }
    Ok(response)
}

fn is_loopback_name(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => authority,
    };
    ["127.0.0.1", "localhost", "[::1]"].contains(&host)
}
