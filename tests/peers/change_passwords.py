"""What a script over Microsoft's Graph client does for a group: list its members, set a password for each.

Arguments: tenant, authority, Graph, CA file, client, group, certificate, key. Used by `cargo xtask bench passwords`.
"""

import asyncio
import secrets
import ssl
import string
import sys
from urllib.parse import urlsplit

import httpx
from azure.identity import CertificateCredential
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphServiceClient
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.user import User
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph_core import GraphClientFactory

CHARACTERS = string.ascii_letters + string.digits + "!#$%&()*+,-./:;=?@[]^_{}~"


def value():
    classes = (str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum())
    while True:
        drawn = "".join(secrets.choice(CHARACTERS) for _ in range(64))
        if all(any(held(c) for c in drawn) for held in classes):
            return drawn


async def change_all(graph, group):
    page = await graph.groups.by_group_id(group).members.get()
    while page:
        for member in page.value:
            profile = PasswordProfile(
                password=value(), force_change_password_next_sign_in=False
            )
            await graph.users.by_user_id(member.id).patch(User(password_profile=profile))
        if not page.odata_next_link:
            break
        members = graph.groups.by_group_id(group).members
        page = await members.with_url(page.odata_next_link).get()


def main(tenant, authority, address, ca_file, client, group, certificate, key):
    with open(certificate, "rb") as one, open(key, "rb") as other:
        data = one.read() + other.read()
    host = urlsplit(authority).netloc
    credential = CertificateCredential(
        tenant,
        client,
        certificate_data=data,
        authority=f"https://{host}",
        disable_instance_discovery=True,
        connection_verify=ca_file,
    )
    provider = AzureIdentityAuthenticationProvider(
        credential, allowed_hosts=[host.split(":")[0]]
    )
    trust = ssl.create_default_context(cafile=ca_file)
    http = GraphClientFactory.create_with_default_middleware(
        client=httpx.AsyncClient(verify=trust, timeout=30, http2=True), options=options
    )
    adapter = GraphRequestAdapter(provider, client=http)
    adapter.base_url = address
    asyncio.run(change_all(GraphServiceClient(request_adapter=adapter), group))


if __name__ == "__main__":
    main(*sys.argv[1:])
