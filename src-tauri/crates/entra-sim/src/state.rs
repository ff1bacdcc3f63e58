//! The tenant's state, shared by every door into it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::clock::TenantClock;
use crate::conditional_access::AccessPolicy;
use crate::directory::{self, DOMAINS, Directory, Limit, NewUser, guid, people};
use crate::faults::Faults;
use crate::flags::Flags;
use crate::oauth::clients::{NewClient, RegisteredClient};
use crate::oauth::grants::Grants;
use crate::oauth::keys::Keys;
use crate::options::{TenantOptions, TenantStartError};
use crate::passkey_policy::PasskeyPolicy;
use crate::phone::Phones;
use crate::quota::Quota;
use crate::records::Records;
use crate::replicas::History;
use crate::traffic::Traffic;

/// One simulated tenant.
pub(crate) struct Tenant {
    pub(crate) id: String,
    pub(crate) display_name: &'static str,
    pub(crate) clock: Arc<TenantClock>,
    pub(crate) keys: Keys,
    /// The random part of the control address.
    pub(crate) control: String,
    /// The client id of the station's app registration.
    pub(crate) station_client: String,
    /// The client id of the sign-in test site.
    pub(crate) site_client: String,
    /// The client id of the registration a station tries people's sign-ins with.
    pub(crate) test_client: String,
    /// The group of those whose passwords are changed for them, where the profile names one.
    pub(crate) roll: Option<String>,
    inner: Mutex<Inner>,
}

/// What changes while the tenant runs.
pub(crate) struct Inner {
    pub(crate) rng: StdRng,
    pub(crate) directory: Directory,
    pub(crate) clients: Vec<RegisteredClient>,
    pub(crate) flags: Flags,
    pub(crate) grants: Grants,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    pub(crate) phones: Phones,
    pub(crate) quota: Quota,
    pub(crate) records: Records,
    /// What Conditional Access may be asked about.
    pub(crate) access_policies: Vec<AccessPolicy>,
    /// Who may register which passkeys.
    pub(crate) passkeys: PasskeyPolicy,
}

/// What the station's client needs for it besides the others.
const ROLL_SCOPES: &str = " GroupMember.ReadWrite.All Domain.Read.All";

impl Tenant {
    /// A fresh tenant. Fails when no key can be made or the profile is refused.
    pub(crate) fn new(options: &TenantOptions) -> Result<Self, TenantStartError> {
        let mut rng = StdRng::seed_from_u64(options.seed);
        let clock = Arc::new(TenantClock::default());
        let now = clock.now();
        let (id, station_client, site_client) = (guid(&mut rng), guid(&mut rng), guid(&mut rng));
        let mut directory = people::built_in(&mut rng, now);
        let mut faults = Faults::default();
        for new in &options.profile.users {
            let id = directory.add(new.clone(), &mut rng, now);
            let id = id.map_err(TenantStartError::Refused)?;
            faults
                .learn(&id, &new.upn)
                .map_err(TenantStartError::Refused)?;
        }
        let mut flags = Flags::default()
            .changed(&options.profile.switches)
            .map_err(TenantStartError::Refused)?;
        let roll = options.profile.roll.as_ref().map(|name| {
            flags.consented_scopes.push_str(ROLL_SCOPES);
            directory.roll_named(name, &mut rng, now)
        });
        directory.history = History::beginning(clock.clone(), options.seed);
        clock.skew(flags.time.clock_skew_s);
        let phones = Phones::new(&directory);
        let test_client = RegisteredClient::sign_in_test_id(&station_client);
        let mut clients = vec![
            RegisteredClient::station(&station_client, &options.profile.redirect_uris),
            RegisteredClient::sign_in_test(&test_client),
            RegisteredClient::authenticator(),
            RegisteredClient::test_site(&site_client),
        ];
        clients.extend(RegisteredClient::microsoft());
        for new in &options.profile.clients {
            let id = new.client_id.clone().unwrap_or_else(|| guid(&mut rng));
            add_client(&mut clients, new.clone(), id).map_err(TenantStartError::Refused)?;
        }
        Ok(Self {
            id,
            display_name: "福井ケーブルちゃんねる(訓練用)",
            clock,
            keys: Keys::generate()?,
            control: format!("control-{}", random_token()),
            station_client,
            site_client,
            test_client,
            roll,
            inner: Mutex::new(Inner {
                rng,
                directory,
                clients,
                flags,
                grants: Grants::default(),
                faults,
                traffic: Traffic::default(),
                phones,
                quota: Quota::default(),
                records: Records::default(),
                access_policies: Vec::new(),
                passkeys: PasskeyPolicy::default(),
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

    /// The same as the phones see it: requests that none of them answered in time are gone.
    pub(crate) fn lock_for_phones(&self) -> MutexGuard<'_, Inner> {
        let mut state = self.lock();
        let life_s = state.flags.sign_in.phone_request_life_s;
        let now = self.now();
        let approvals = &mut state.grants.approvals;
        approvals.retain(|one| one.approved.is_some() || one.waits(now, life_s));
        state
    }

    /// Whether a path's tenant part means this tenant.
    pub(crate) fn is_named(&self, segment: &str) -> bool {
        segment.eq_ignore_ascii_case(&self.id)
            || DOMAINS
                .iter()
                .any(|domain| segment.eq_ignore_ascii_case(domain))
    }
}

impl Inner {
    /// Whether that person has as many as the switches allow.
    pub(crate) fn has_reached(&self, user_id: &str, limit: Limit) -> bool {
        let Some(user) = self.directory.user(user_id) else {
            return false;
        };
        match limit {
            Limit::Authenticators => {
                user.authenticators().count() >= self.flags.authenticator_limit as usize
            }
            Limit::Devices => self.directory.device_count(user) >= self.flags.device_quota,
        }
    }

    /// A GUID drawn from the seed.
    pub(crate) fn guid(&mut self) -> String {
        directory::guid(&mut self.rng)
    }

    /// Adds a person, or says why not; the answer is the object id.
    pub(crate) fn add_person(&mut self, new: NewUser, now: Timestamp) -> Result<String, String> {
        let upn = new.upn.clone();
        Faults::check(&upn)?;
        let id = self.directory.add(new, &mut self.rng, now)?;
        self.faults.learn(&id, &upn)?;
        Ok(id)
    }

    /// Adds an app registration, or says why not; the answer is its client id.
    pub(crate) fn add_client(&mut self, new: NewClient) -> Result<String, String> {
        let id = new.client_id.clone().unwrap_or_else(|| self.guid());
        add_client(&mut self.clients, new, id)
    }
}

fn add_client(
    clients: &mut Vec<RegisteredClient>,
    new: NewClient,
    id: String,
) -> Result<String, String> {
    if clients
        .iter()
        .any(|client| client.id.eq_ignore_ascii_case(&id))
    {
        return Err(format!("there is a client {id} already"));
    }
    let client = RegisteredClient::further(new, id)?;
    let id = client.id.clone();
    clients.push(client);
    Ok(id)
}

/// 256 random bits that no seed gives away, as unpadded base64url.
pub(crate) fn random_token() -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let bytes: [u8; 32] = rand::rng().random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// 256 bits drawn from the seed, as unpadded base64url: looks like a credential's id.
pub(crate) fn seeded_token(rng: &mut StdRng) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let bytes: [u8; 32] = rng.random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A GUID for a trace or request, from the system's randomness.
pub(crate) fn random_guid() -> String {
    // Not `new_v4`: that asks the system for every one.
    let bits: [u8; 16] = rand::rng().random();
    uuid::Builder::from_random_bytes(bits)
        .into_uuid()
        .to_string()
}
