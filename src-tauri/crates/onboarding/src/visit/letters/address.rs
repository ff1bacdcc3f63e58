//! What the directory says of a declared address.

use crate::notice::{AddressWarning, DeclaredAddress};
use crate::person::directory::Person;
use crate::visit::Glance;

/// What speaks against it. An address that the directory only keeps beside the mailbox is opened elsewhere, unless its
/// domain is the site's own.
pub(super) fn warning(
    address: &DeclaredAddress,
    person: &Person,
    cx: &Glance<'_>,
) -> Option<AddressWarning> {
    if address.is(person.upn.as_str()) {
        return Some(AddressWarning::IsSignInName);
    }
    let is_own = person.mail.iter().any(|mail| address.is(mail));
    let site = &cx.policy.domains;
    let of_site = address.lies_in(&[site.organisation.clone(), site.partner.clone()]);
    let of_tenant = cx.verified.is_some_and(|all| address.lies_in(all));
    (is_own || of_site || of_tenant).then_some(AddressWarning::OpenedBySignIn)
}

/// Whether the directory holds it as one of the person's.
pub(super) fn is_known(address: &DeclaredAddress, person: &Person) -> bool {
    let mut held = person.mail.iter().chain(&person.other_mails);
    held.any(|held| address.is(held))
}
