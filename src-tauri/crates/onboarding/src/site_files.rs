//! The site's own words on their way to the pages.

use serde::Serialize;
use ts_rs::TS;

/// One Fluent file of the site, where the page would have it among its own: `packs/<pack>/messages.<lang>.ftl`,
/// `packs/<pack>/labels.<lang>.ftl`, `locales/<lang>/<name>.ftl` or `locales/<lang>/packs/<pack>.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SiteFile {
    pub path: String,
    pub text: String,
}

/// The site's own words; cheap to clone, for every view carries them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFiles(pub std::sync::Arc<Vec<SiteFile>>);

impl Serialize for SiteFiles {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
