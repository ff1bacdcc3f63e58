//! Hand-outs: a page of our own that nobody sees, a PDF from it, and where it goes.

mod output;
mod page;
pub(crate) mod pictures;
#[cfg(target_os = "linux")]
mod unseen;

use onboarding::{HandOut, HandOutDone};
use station::config::HandOutsTo;
use station::{HandOutError, HandOutWanted};
use tauri::{AppHandle, Runtime};
use tokio::sync::mpsc;

/// Makes one hand-out after the other, for as long as the station lives.
pub(crate) async fn serve<R: Runtime>(
    app: AppHandle<R>,
    mut wanted: mpsc::UnboundedReceiver<HandOutWanted>,
    to: HandOutsTo,
) {
    let mut number = 0;
    while let Some(HandOutWanted { hand_out, answer }) = wanted.recv().await {
        number += 1;
        let made = make(&app, number, &hand_out, &to).await;
        if let Err(error) = &made {
            tracing::error!(%error, "there is no hand-out");
        }
        // Nobody waits any more when the station has ended.
        let _ = answer.send(made);
    }
}

async fn make<R: Runtime>(
    app: &AppHandle<R>,
    number: u32,
    hand_out: &HandOut,
    to: &HandOutsTo,
) -> Result<HandOutDone, HandOutError> {
    // Its own user's alone, and gone with everything in it whatever happens below.
    let folder = host::private_folder::make(&host::left_behind::hand_out());
    let folder = folder.map_err(|error| output::not_made(&error))?;
    let pdf = folder.path().join("hand-out.pdf");
    page::print(app, number, hand_out, &pdf).await?;
    output::keep_private(&pdf).map_err(|error| output::not_made(&error))?;
    match to {
        HandOutsTo::Command(command) => output::send(command, &pdf).await,
        HandOutsTo::Folder(folder) => output::save(app, folder.as_deref(), hand_out, &pdf),
        HandOutsTo::Nowhere => Err(HandOutError::NotHere),
    }
}
