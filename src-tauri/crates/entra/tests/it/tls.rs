//! Certificates that must be refused even where their authority is trusted (T9).

use std::sync::Arc;

use entra::{Client, Endpoints, SignInErrorKind};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::fixture::{assert_clean, registration};

/// Serves TLS with a certificate for `name`, and says what a client that trusts its authority makes of it.
async fn outcome(name: &str, change: impl FnOnce(&mut CertificateParams)) -> SignInErrorKind {
    let ca_key = KeyPair::generate().unwrap();
    let mut ca = CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_pem = ca.self_signed(&ca_key).unwrap().pem();
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
    change(&mut leaf);
    let leaf = leaf.signed_by(&key, &Issuer::new(ca, ca_key)).unwrap();

    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let root = format!(
        "https://127.0.0.1:{}",
        listener.local_addr().unwrap().port()
    );
    let acceptor = TlsAcceptor::from(Arc::new(config));
    // Accepts and hangs up: whoever gets so far had no objection to the certificate.
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _hung_up = acceptor.accept(stream).await.map(drop);
        }
    });
    let endpoints = Endpoints {
        authority: root.parse().unwrap(),
        graph: format!("{root}/v1.0").parse().unwrap(),
        extra_root_pem: Some(ca_pem.into_bytes()),
    };
    let client = Client::new(endpoints, registration()).unwrap();
    let error = client.begin_sign_in(None).await.err().unwrap();
    server.abort();
    assert_clean(&error);
    error.kind
}

#[tokio::test]
async fn certificates() {
    let good = outcome("127.0.0.1", |_| ()).await;
    assert!(
        matches!(good, SignInErrorKind::Offline),
        "taken, then hung up on: {good:?}"
    );
    assert_eq!(
        outcome("login.example", |_| ()).await,
        SignInErrorKind::Tls,
        "wrong name"
    );
    let expired = |leaf: &mut CertificateParams| leaf.not_after = rcgen::date_time_ymd(2020, 1, 1);
    assert_eq!(
        outcome("127.0.0.1", expired).await,
        SignInErrorKind::Tls,
        "expired"
    );
    let not_yet = |leaf: &mut CertificateParams| leaf.not_before = rcgen::date_time_ymd(2090, 1, 1);
    assert_eq!(
        outcome("127.0.0.1", not_yet).await,
        SignInErrorKind::Tls,
        "not valid yet"
    );
}
