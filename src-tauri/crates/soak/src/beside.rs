//! Lanes of a trial, each with its own tenant and stations, beside each other.

use tokio::runtime::Handle;

use crate::failure::Failure;

/// Holds `lane` for each number below `lanes` at once. A lane may block its thread.
pub(crate) async fn beside<T, F>(
    lanes: u64,
    lane: impl Fn(u64) -> F + Clone + Send + 'static,
) -> Result<Vec<T>, Failure>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Failure>>,
{
    let begun: Vec<_> = (0..lanes)
        .map(|number| {
            let (lane, handle) = (lane.clone(), Handle::current());
            tokio::task::spawn_blocking(move || handle.block_on(lane(number)))
        })
        .collect();
    let mut held = Vec::new();
    for lane in begun {
        held.push(lane.await.map_err(|_| Failure::new("a lane broke"))??);
    }
    Ok(held)
}
