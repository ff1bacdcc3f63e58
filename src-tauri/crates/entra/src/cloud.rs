//! Microsoft's clouds, and where each of them is: the one place these addresses stand.

use url::Url;

/// A cloud whose addresses everybody knows. Any other is data ([`Endpoints`](crate::Endpoints)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownCloud {
    Global,
    UsGovernment,
    UsDefense,
}

impl KnownCloud {
    /// Every one of them.
    pub const ALL: [Self; 3] = [Self::Global, Self::UsGovernment, Self::UsDefense];

    /// The authority's host root.
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernment | Self::UsDefense => "https://login.microsoftonline.us",
        }
    }

    /// Graph's versioned root.
    pub const fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com/v1.0",
            Self::UsGovernment => "https://graph.microsoft.us/v1.0",
            Self::UsDefense => "https://dod-graph.microsoft.us/v1.0",
        }
    }

    /// Whether an address is at the authority or the Graph of one of them.
    pub fn any_is_at(url: &Url) -> bool {
        let known = Self::ALL.map(|cloud| [cloud.authority(), cloud.graph()]);
        let at = |known: &str| {
            known
                .parse::<Url>()
                .is_ok_and(|known| known.host_str() == url.host_str())
        };
        url.scheme() == "https" && known.as_flattened().iter().any(|known| at(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_clouds_addresses_are_its_own_and_nobody_elses_n11() {
        for cloud in KnownCloud::ALL {
            for address in [cloud.authority(), cloud.graph()] {
                let url: Url = address.parse().unwrap();
                assert!(KnownCloud::any_is_at(&url), "{address}");
                let mut plain = url.clone();
                plain.set_scheme("http").unwrap();
                assert!(!KnownCloud::any_is_at(&plain), "{plain}");
            }
        }
        for other in ["https://graph.microsoft.com.example", "https://localhost"] {
            assert!(!KnownCloud::any_is_at(&other.parse().unwrap()), "{other}");
        }
    }
}
