//! What a person has registered: phones of Authenticator entries, and computers.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::clock::{directory_time, graph_time};
use crate::directory::methods::{Authenticator, Computer, Device};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::odata::{kept, members};
use crate::graph::users;
use crate::graph::{GraphCall, GraphReply};
use crate::state::Inner;

/// Every device the person registered.
pub(crate) fn registered(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = users::readable(state, caller, key)?;
    let phones = user.authenticators();
    let phones = phones.filter_map(|entry| device_of(state, entry));
    let computers = user.computers.iter().map(computer_object);
    let select = call.query.select.as_deref();
    let all = phones.map(phone_object).chain(computers).map(typed);
    let all = all
        .map(|object| Value::Object(kept(object, select, "device")))
        .collect();
    let path = format!("/users/{}/registeredDevices", user.id);
    Ok(GraphReply::Ok(call.query.page(
        &call.root,
        &path,
        "directoryObjects",
        all,
    )))
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
