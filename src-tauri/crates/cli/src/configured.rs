//! What a station's configuration leads to, as the app would start with it.

use std::path::Path;

use station::config::{Config, Named, Setup};
use station::onboarding::QrPath;

/// What a station would work with and who else can change what its file names, or what keeps it from starting with this
/// file. Files and folders it names are read; nothing goes over the network.
pub(crate) fn read(file: &Path) -> Result<(Setup, Vec<String>), Vec<String>> {
    let read = host::config_file::read(file).map_err(|error| vec![error.to_string()])?;
    let (config, exposed) = Config::of_file(&read.text, read.exposed.as_deref(), &judged)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    // The drawings are not looked at here.
    let draw = |_: &str| QrPath {
        modules: 1,
        path: String::new(),
    };
    let setup = config
        .setup(&draw)
        .and_then(|setup| setup.tried().map(|()| setup))
        .map_err(|problem| vec![problem.to_string()])?;
    let exposed = exposed.iter().map(|exposed| format!("careful: {exposed}"));
    Ok((setup, exposed.collect()))
}

/// Who else can change what the configuration names.
fn judged(named: Named<'_>) -> Option<String> {
    match named {
        Named::Path(path) => host::named::exposed(path),
        Named::Program(program) => host::named::exposed_program(program),
    }
}
