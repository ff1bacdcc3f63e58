//! What a person has registered: phones of Authenticator entries, and computers.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::clock::{directory_time, graph_time};
use crate::directory::User;
use crate::directory::methods::{Authenticator, Computer, Device};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::odata::{kept, members};
use crate::graph::users;
use crate::graph::{GraphCall, GraphReply};
use crate::state::{Inner, Tenant};

/// Scopes that show more of a device than its id.
const READ_DEVICES: &[&str] = &[
    "Device.Read.All",
    "Device.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

/// Every device the person registered, which is every one they own. Without a right to read devices each comes with its
/// id alone.
pub(crate) fn of_person(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    (key, list): (&str, &str),
) -> Result<GraphReply, ODataError> {
    let user = users::readable(state, caller, key)?;
    let (flags, now) = (&state.flags.devices, tenant.now());
    let phones = state.directory.devices.values();
    let phones = phones.filter(|phone| phone.owner == user.id);
    let shown = phones.filter(|phone| flags.shows(phone.registered, completed(user, phone), now));
    let computers = user.computers.iter();
    let computers = computers.filter(|one| flags.has_arrived(one.registered, now));
    let mut all: Vec<_> = shown
        .map(|phone| (phone.registered, phone_object(phone)))
        .chain(computers.map(|one| (one.registered, computer_object(one))))
        .collect();
    all.sort_by_key(|(registered, _)| *registered);
    let limited = !caller.holds(READ_DEVICES);
    let select = call.query.select.as_deref();
    let all = all.into_iter().map(|(_, object)| match limited {
        true => object
            .into_iter()
            .filter(|(name, _)| name == "id")
            .collect(),
        false => kept(object, select, "device"),
    });
    let all = all.map(|object| Value::Object(typed(object))).collect();
    let path = format!("/users/{}/{list}", user.id);
    Ok(GraphReply::Ok(call.query.page(
        &call.root,
        &path,
        "directoryObjects",
        all,
    )))
}

/// Since when an Authenticator entry of the person names this device.
fn completed(user: &User, phone: &Device) -> Option<Timestamp> {
    let ready = user
        .authenticators()
        .filter_map(|entry| entry.phone_sign_in.as_ref());
    let mut ready = ready.filter(|ready| ready.device_id == phone.id);
    ready.next().map(|ready| ready.created)
}

pub(crate) fn device_of<'a>(state: &'a Inner, entry: &Authenticator) -> Option<&'a Device> {
    let device_id = &entry.phone_sign_in.as_ref()?.device_id;
    state.directory.devices.get(device_id)
}

fn typed(mut object: Map<String, Value>) -> Map<String, Value> {
    object.insert("@odata.type".to_owned(), json!("#microsoft.graph.device"));
    object
}

pub(crate) fn phone_object(phone: &Device) -> Map<String, Value> {
    let (system, version) = phone.system.in_directory();
    let ids = [phone.id.as_str(), &phone.device_id];
    let own = json!({
        "operatingSystem": system,
        "operatingSystemVersion": version,
        "trustType": "Workplace",
    });
    device_object(ids, &phone.display_name, phone.registered, own)
}

fn computer_object(computer: &Computer) -> Map<String, Value> {
    let ids = [computer.id.as_str(), &computer.device_id];
    let own = json!({
        "isCompliant": true,
        "isManaged": true,
        "isRooted": false,
        "operatingSystem": "Windows",
        "operatingSystemVersion": "10.0.26100.1",
        "trustType": "AzureAd",
    });
    device_object(ids, &computer.display_name, computer.registered, own)
}

fn device_object(
    [id, device_id]: [&str; 2],
    name: &str,
    registered: Timestamp,
    own: Value,
) -> Map<String, Value> {
    let every = members(json!({
        "id": id,
        "deletedDateTime": null,
        "accountEnabled": true,
        "alternativeSecurityIds": [],
        "approximateLastSignInDateTime": directory_time(registered),
        "deviceId": device_id,
        "displayName": name,
        "isCompliant": null,
        "isManaged": null,
        "isRooted": null,
        "manufacturer": null,
        "model": null,
        "onPremisesSyncEnabled": null,
        "operatingSystem": null,
        "operatingSystemVersion": null,
        "physicalIds": [],
        "profileType": "RegisteredDevice",
        "registrationDateTime": graph_time(registered),
        "trustType": null,
    }));
    every.into_iter().chain(members(own)).collect()
}
