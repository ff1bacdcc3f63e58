//! The tenant's certificate authority, made at start and gone with the process.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;

use crate::options::TenantStartError;

/// What https needs, and the CA file for those who shall trust it.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    pub(crate) ca_file: PathBuf,
    /// Holds the CA file; removed when dropped.
    pub(crate) folder: TempDir,
}

impl Tls {
    /// Makes a CA and a leaf for 127.0.0.1, ::1 and localhost, and writes the CA into a folder of its own.
    pub(crate) fn generate() -> Result<Self, TenantStartError> {
        let (ca_pem, config) = certified().map_err(|source| failed("certificate", source))?;
        let folder = tempfile::Builder::new()
            .prefix("entra-sim-")
            .tempdir()
            .map_err(|e| failed("folder for the CA file", e.into()))?;
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, ca_pem).map_err(|e| failed("CA file", e.into()))?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            ca_file,
            folder,
        })
    }
}

type Fault = Box<dyn std::error::Error + Send + Sync>;

fn failed(what: &'static str, source: Fault) -> TenantStartError {
    TenantStartError::Keys { what, source }
}

fn certified() -> Result<(String, ServerConfig), Fault> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::new(Vec::<String>::new())?;
    ca.distinguished_name
        .push(DnType::CommonName, "Simulated tenant CA (training only)");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let ca_certificate = ca.self_signed(&ca_key)?;

    let leaf_key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(vec!["localhost".to_owned()])?;
    leaf.distinguished_name
        .push(DnType::CommonName, "Simulated tenant");
    leaf.subject_alt_names
        .push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    leaf.subject_alt_names
        .push(SanType::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)));
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.use_authority_key_identifier_extension = true;
    let leaf_certificate = leaf.signed_by(&leaf_key, &Issuer::from_params(&ca, &ca_key))?;

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf_certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((ca_certificate.pem(), config))
}
