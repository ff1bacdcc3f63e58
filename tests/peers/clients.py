"""Microsoft's Graph client for one operator, and the loop it runs on."""

import asyncio
import ssl
import threading
import webbrowser
from datetime import datetime, timezone

import httpx
from azure.identity import DeviceCodeCredential, InteractiveBrowserCredential
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphServiceClient
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph_core import GraphClientFactory

from browser import Browser


class FormFiller(webbrowser.BaseBrowser):
    """The machine's browser, for clients that open one."""

    def __init__(self, ca_file, answers):
        super().__init__("form-filler")
        self.ca_file = ca_file
        self.answers = answers

    def open(self, url, new=0, autoraise=True):
        # The client's listener answers only after this function has returned.
        walk = Browser(self.ca_file).walk
        threading.Thread(target=walk, args=(url, self.answers), daemon=True).start()
        return True


def answers(account):
    return {"loginfmt": account["upn"], "passwd": account["password"]}


def open_with(tenant, account):
    """Makes the form filler the browser of this process."""
    webbrowser.register(
        "form-filler", None, FormFiller(tenant.ca_file, answers(account)), preferred=True
    )


def private_cloud(tenant):
    """What azure-identity is told about a cloud of one's own."""
    return {
        "client_id": tenant.client_id,
        "authority": f"https://{tenant.host}",
        "tenant_id": tenant.tenant_id,
        "disable_instance_discovery": True,
        "connection_verify": tenant.ca_file,
    }


def by_browser(tenant, account):
    open_with(tenant, account)
    return InteractiveBrowserCredential(
        redirect_uri="http://localhost:51237", timeout=60, **private_cloud(tenant)
    )


def by_device_code(tenant, account):
    def prompt(verification_uri, user_code, expires_on):
        assert expires_on > datetime.now(timezone.utc)
        fields = {"otc": user_code, **answers(account)}
        page = Browser(tenant.ca_file).walk(verification_uri, fields)
        assert not page.complaint, page.text

    return DeviceCodeCredential(prompt_callback=prompt, timeout=60, **private_cloud(tenant))


class Client:
    """Graph as the operator with that credential sees it."""

    def __init__(self, tenant, credential):
        host = tenant.host.split(":")[0]
        provider = AzureIdentityAuthenticationProvider(credential, allowed_hosts=[host])
        trust = ssl.create_default_context(cafile=tenant.ca_file)
        http = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(verify=trust, timeout=30, http2=True), options=options
        )
        self.adapter = GraphRequestAdapter(provider, client=http)
        self.adapter.base_url = tenant.graph
        self.graph = GraphServiceClient(request_adapter=self.adapter)
        self.loop = asyncio.new_event_loop()

    def run(self, call):
        return self.loop.run_until_complete(call)
