//! A stretch of network that can be cut: a relay between the app and the simulated tenant.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use workplace::{During, Failure, Outcome};

/// Passes bytes on until it is cut; then nobody listens at its address and every connection is gone.
pub(crate) struct Relay {
    address: SocketAddr,
    whole: watch::Sender<bool>,
    /// Whether the address is listened at.
    listening: watch::Receiver<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Relay {
    /// Listens on loopback and passes on to `upstream`.
    pub(crate) async fn start(upstream: SocketAddr) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.during("the relay")?;
        let address = listener.local_addr()?;
        let (whole, told) = watch::channel(true);
        let (tell, listening) = watch::channel(true);
        let task = tokio::spawn(serve(listener, address, upstream, told, tell));
        Ok(Self {
            address,
            whole,
            listening,
            task,
        })
    }

    /// Where the app connects.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Cuts the network; returns when it is cut.
    pub(crate) async fn cut(&mut self) -> Outcome<()> {
        self.set(false).await
    }

    /// Mends it; returns when the address listens again.
    pub(crate) async fn mend(&mut self) -> Outcome<()> {
        self.set(true).await
    }

    async fn set(&mut self, whole: bool) -> Outcome<()> {
        self.whole.send_replace(whole);
        let reached = self.listening.wait_for(|listening| *listening == whole);
        tokio::time::timeout(Duration::from_secs(10), reached)
            .await
            .map_err(|_| Failure::new("the relay did not follow"))??;
        Ok(())
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    first: TcpListener,
    address: SocketAddr,
    upstream: SocketAddr,
    mut whole: watch::Receiver<bool>,
    listening: watch::Sender<bool>,
) {
    let mut listener = Some(first);
    loop {
        if let Some(open) = listener.take() {
            listening.send_replace(true);
            pass_on(&open, upstream, &mut whole).await;
            drop(open);
            listening.send_replace(false);
        }
        if whole.wait_for(|whole| *whole).await.is_err() {
            return;
        }
        // The address may be held by a dying connection for a moment.
        match TcpListener::bind(address).await {
            Ok(open) => listener = Some(open),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Passes connections on until the network is cut. Dropping the set ends them all.
async fn pass_on(listener: &TcpListener, upstream: SocketAddr, whole: &mut watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = whole.wait_for(|whole| !*whole) => return,
            Ok((mut near, _)) = listener.accept() => {
                connections.spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(upstream).await {
                        // How a connection ends is its two ends' business.
                        copy_bidirectional(&mut near, &mut far).await.ok();
                    }
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    tokio::io::copy(&mut from, &mut to).await.ok();
                });
            }
        });
        address
    }

    async fn ask(stream: &mut TcpStream) -> std::io::Result<u8> {
        stream.write_all(b"?").await?;
        stream.read_u8().await
    }

    #[tokio::test]
    async fn cut_ends_connections_and_refuses_new_ones_until_mended() {
        let mut relay = Relay::start(echo().await).await.unwrap();
        let mut first = TcpStream::connect(relay.address()).await.unwrap();
        assert_eq!(ask(&mut first).await.unwrap(), b'?');
        relay.cut().await.unwrap();
        assert!(ask(&mut first).await.is_err());
        let refused = TcpStream::connect(relay.address()).await.unwrap_err();
        assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
        relay.mend().await.unwrap();
        let mut second = TcpStream::connect(relay.address()).await.unwrap();
        assert_eq!(ask(&mut second).await.unwrap(), b'?');
    }
}
