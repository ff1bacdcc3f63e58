//! A client that speaks HTTP/1.1 by hand: no library stands between the tests and what is really sent.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct HttpAnswer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl HttpAnswer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The cookie it sets, without its attributes.
    pub(crate) fn cookie(&self) -> String {
        let set = self.header("set-cookie");
        set.split(';').next().unwrap().to_owned()
    }

    /// The fields an answer carries to the redirect address.
    pub(crate) fn landed(&self) -> HashMap<String, String> {
        let location =
            Url::parse(self.header("location")).unwrap_or_else(|_| panic!("no redirect: {self:?}"));
        location.query_pairs().into_owned().collect()
    }
}

/// A request to send.
pub(crate) struct HttpRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'a str, String)>,
    pub(crate) body: Option<String>,
    pub(crate) ca_file: Option<&'a str>,
}

impl<'a> HttpRequest<'a> {
    pub(crate) fn new(method: &'a str, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: Vec::new(),
            body: None,
            ca_file: None,
        }
    }

    pub(crate) fn header(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut ask = self.header("content-type", "application/x-www-form-urlencoded");
        ask.body = Some(body);
        ask
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        let mut ask = self.header("content-type", "application/json");
        ask.body = Some(body.to_string());
        ask
    }

    pub(crate) fn trusting(mut self, ca_file: &'a str) -> Self {
        self.ca_file = Some(ca_file);
        self
    }

    /// Sends it; fails when the connection ends before the whole answer is there.
    pub(crate) async fn try_send(self) -> io::Result<HttpAnswer> {
        let url = Url::parse(&self.url).expect("a test asks for an address");
        let (host, port) = (url.host_str().unwrap().to_owned(), url.port().unwrap());
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        if url.scheme() == "http" {
            return self.exchange(stream, &url).await;
        }
        let mut roots = RootCertStore::empty();
        let ca = CertificateDer::from_pem_file(self.ca_file.expect("https needs a CA"))
            .expect("the CA file is PEM");
        roots.add(ca).expect("the CA is a certificate");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host).unwrap();
        let stream = TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await?;
        self.exchange(stream, &url).await
    }

    pub(crate) async fn send(self) -> HttpAnswer {
        let shown = format!("{} {}", self.method, self.url);
        self.try_send()
            .await
            .unwrap_or_else(|problem| panic!("{shown}: {problem}"))
    }

    /// Sends it over plain http and reads so many bytes of what comes, whatever comes behind them.
    pub(crate) async fn first_bytes(self, many: usize) -> io::Result<Vec<u8>> {
        let url = Url::parse(&self.url).expect("a test asks for an address");
        let mut stream = TcpStream::connect(url.authority()).await?;
        stream.write_all(self.request(&url).as_bytes()).await?;
        let mut got = vec![0; many];
        stream.read_exact(&mut got).await?;
        Ok(got)
    }

    async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut stream: S,
        url: &Url,
    ) -> io::Result<HttpAnswer> {
        stream.write_all(self.request(url).as_bytes()).await?;
        let mut raw = Vec::new();
        match stream.read_to_end(&mut raw).await {
            Ok(_) => {}
            // A TLS peer that closes without a goodbye has said all the same.
            Err(problem) if problem.kind() == io::ErrorKind::UnexpectedEof && !raw.is_empty() => {}
            Err(problem) => return Err(problem),
        }
        parsed(&raw)
    }

    fn request(&self, url: &Url) -> String {
        let mut head = format!("{} {}", self.method, url.path());
        if let Some(query) = url.query() {
            head.push_str(&format!("?{query}"));
        }
        head.push_str(" HTTP/1.1\r\nconnection: close\r\n");
        if !self.headers.iter().any(|(name, _)| *name == "host") {
            head.push_str(&format!("host: {}\r\n", url.authority()));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let body = self.body.clone().unwrap_or_default();
        head.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        head
    }
}

fn parsed(raw: &[u8]) -> io::Result<HttpAnswer> {
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let end = raw
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&raw[..end]);
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|code| code.parse().ok())
        .ok_or_else(cut)?;
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut body = raw[end + 4..].to_vec();
    if headers
        .get("transfer-encoding")
        .is_some_and(|coding| coding == "chunked")
    {
        body = unchunked(&body).ok_or_else(cut)?;
    } else if headers
        .get("content-length")
        .is_some_and(|length| length.parse() != Ok(body.len()))
    {
        return Err(cut());
    }
    Ok(HttpAnswer {
        status,
        headers,
        body,
    })
}

fn unchunked(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = raw.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(str::from_utf8(&raw[..end]).ok()?, 16).ok()?;
        raw = raw.get(end + 2..)?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(raw.get(..length)?);
        raw = raw.get(length + 2..)?;
    }
}
