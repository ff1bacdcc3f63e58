//! What became of a sign-in, in the visit's words.

use entra::{SignInError, SignInErrorKind};
use onboarding::{Trouble, TroubleCode};

use super::{log, support};

pub(crate) fn sign_in_trouble(error: &SignInError) -> Trouble {
    log(error, &error.support);
    let code = match &error.kind {
        SignInErrorKind::Cancelled | SignInErrorKind::Declined => TroubleCode::SignInDeclined,
        SignInErrorKind::TimedOut => TroubleCode::SignInTimedOut,
        SignInErrorKind::Offline => TroubleCode::NoNetwork,
        SignInErrorKind::NetworkWantsSignIn => TroubleCode::NetworkWantsSignIn,
        SignInErrorKind::NetworkRefused => TroubleCode::NetworkRefused,
        SignInErrorKind::ProxyWantsSignIn => TroubleCode::ProxyWantsSignIn,
        SignInErrorKind::ProxyRejects => TroubleCode::ProxyRejects,
        SignInErrorKind::Tls => TroubleCode::Untrusted,
        SignInErrorKind::TenantNotFound => TroubleCode::TenantNotFound,
        SignInErrorKind::WrongTenant => TroubleCode::WrongTenant,
        SignInErrorKind::ClientMisconfigured { .. } => TroubleCode::AppMisconfigured,
        SignInErrorKind::ConsentNeeded { .. } => TroubleCode::ConsentNeeded,
        SignInErrorKind::NotAssigned { .. } => TroubleCode::NotAssigned,
        SignInErrorKind::BlockedByPolicy { .. } => TroubleCode::SignInBlocked,
        SignInErrorKind::Untrusted | SignInErrorKind::TokenInvalid(_) => TroubleCode::SignInInvalid,
        SignInErrorKind::PortUnavailable => TroubleCode::PortUnavailable,
        SignInErrorKind::Refused { .. } => TroubleCode::SignInRefused,
        SignInErrorKind::ServerTrouble => TroubleCode::ServiceDown,
        SignInErrorKind::Unexpected => TroubleCode::Unexpected,
    };
    Trouble::new(code).support(Some(support(&error.support)))
}
