//! Declares the whole IPC surface: a command that is not here cannot be called from a page.

const COMMANDS: [&str; 4] = ["operator_act", "operator_view", "person_act", "person_view"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(&COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
