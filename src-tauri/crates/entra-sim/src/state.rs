//! The tenant's state, shared by every door into it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::clock::Clock;
use crate::directory::{self, DOMAIN, Directory, INITIAL_DOMAIN, PARTNER_DOMAIN, guid, people};
use crate::faults::Faults;
use crate::oauth::clients::Client;
use crate::oauth::grants::Grants;
use crate::oauth::keys::Keys;
use crate::options::{Options, StartError};
use crate::phone::Phones;
use crate::switches::Switches;
use crate::traffic::Traffic;

/// One simulated tenant.
pub(crate) struct Tenant {
    pub(crate) id: String,
    pub(crate) display_name: &'static str,
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    /// The random part of the control address.
    pub(crate) control: String,
    /// The client id of the station's app registration.
    pub(crate) station_client: String,
    /// The client id of the sign-in test site.
    pub(crate) site_client: String,
    inner: Mutex<Inner>,
}

/// What changes while the tenant runs.
pub(crate) struct Inner {
    pub(crate) rng: StdRng,
    pub(crate) directory: Directory,
    pub(crate) clients: Vec<Client>,
    pub(crate) switches: Switches,
    pub(crate) grants: Grants,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    pub(crate) phones: Phones,
}

impl Tenant {
    /// A fresh tenant. Fails when no key can be made or the profile is refused.
    pub(crate) fn new(options: &Options) -> Result<Self, StartError> {
        let mut rng = StdRng::seed_from_u64(options.seed);
        let clock = Clock::default();
        let now = clock.now();
        let (id, station_client, site_client) = (guid(&mut rng), guid(&mut rng), guid(&mut rng));
        let mut directory = people::built_in(&mut rng, now);
        for new in &options.profile.users {
            directory
                .add(new.clone(), &mut rng, now)
                .map_err(StartError::Refused)?;
        }
        let switches = Switches::default()
            .changed(&options.profile.switches)
            .map_err(StartError::Refused)?;
        let phones = Phones::new(&directory);
        let clients = vec![
            Client::station(&station_client, &options.profile.redirect_uris),
            Client::authenticator(),
            Client::test_site(&site_client),
        ];
        Ok(Self {
            id,
            display_name: "福井ケーブルちゃんねる(訓練用)",
            clock,
            keys: Keys::generate()?,
            control: format!("control-{}", random_token()),
            station_client,
            site_client,
            inner: Mutex::new(Inner {
                rng,
                directory,
                clients,
                switches,
                grants: Grants::default(),
                faults: Faults::default(),
                traffic: Traffic::default(),
                phones,
            }),
        })
    }

    /// The tenant's present instant.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The changing part. Never held across an await.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a path's tenant part means this tenant.
    pub(crate) fn is_named(&self, segment: &str) -> bool {
        segment.eq_ignore_ascii_case(&self.id)
            || [DOMAIN, PARTNER_DOMAIN, INITIAL_DOMAIN]
                .iter()
                .any(|domain| segment.eq_ignore_ascii_case(domain))
    }
}

impl Inner {
    /// A GUID drawn from the seed.
    pub(crate) fn guid(&mut self) -> String {
        directory::guid(&mut self.rng)
    }
}

/// 256 random bits that no seed gives away, as unpadded base64url.
pub(crate) fn random_token() -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let bytes: [u8; 32] = rand::rng().random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A GUID for a trace or request, from the system's randomness.
pub(crate) fn random_guid() -> String {
    uuid::Uuid::new_v4().to_string()
}
