"""A tenant for Microsoft's own clients, a guard that keeps them on this machine, and a short report.

The clients are used as they are: nothing of them is replaced. Only options they have for private
clouds are set (a known authority, the address of Graph, the file of the CA).
"""

import json
import os
import subprocess
import sys

import pytest
import requests

LOOPBACK = ("127.0.0.1", "::1", "localhost")

# A machine's own CA file or proxy goes before the option of a client that uses `requests`.
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
    os.environ.pop(name, None)
for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(name, None)
    os.environ.pop(name.lower(), None)


class ReachedOut(RuntimeError):
    """A client tried to leave this machine."""


def stay_here(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise ReachedOut(f"a client wanted to connect to {address[0]}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        if isinstance(host, bytes):
            host = host.decode()
        if host is not None and host not in LOOPBACK:
            raise ReachedOut(f"a client wanted to look up {host}")


sys.addaudithook(stay_here)


class Tenant:
    """A simulated tenant of one's own, with its control interface."""

    def __init__(self):
        self.process = subprocess.Popen(
            [os.environ["ENTRA_SIM"], "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.info = json.loads(self.process.stdout.readline())
        self.ca_file = self.info["ca_file"]
        self.authority = self.info["authority_https"]
        self.graph = self.info["graph_https"]
        self.client_id = self.info["client_id"]
        self.tenant_id = self.info["tenant_id"]
        #: `127.0.0.1:port` of the https listener.
        self.host = self.authority.split("/")[2]

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stdout.close()

    def operator(self, place=0):
        return self.info["operators"][place]

    def person(self, case="plain", place=0):
        return [user for user in self.info["users"] if user["case"] == case][place]

    def control(self, method, path, body=None):
        answer = requests.request(method, f"{self.info['control']}/{path}", json=body, timeout=30)
        assert answer.status_code == 200, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def switch(self, **changes):
        return self.control("POST", "switches", changes)

    def advance(self, seconds):
        return self.control("POST", "clock", {"advance_s": seconds})

    def fault(self, **order):
        return self.control("POST", "faults", order)

    def state(self):
        return self.control("GET", "state")


@pytest.fixture(scope="module")
def tenant():
    tenant = Tenant()
    yield tenant
    tenant.end()


class Report:
    """One line a check, the reason of a failure below it, and the sum at the end."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def pytest_runtest_logreport(self, report):
        name = report.nodeid.removeprefix("tests/peers/")
        if report.failed or report.skipped:
            self.failed += 1
            print(f"FAILED  {name} ({report.when})", flush=True)
            for line in report.longreprtext.splitlines():
                # What was being done and what came of it; the way through the libraries is long.
                if line.startswith((">", "E", "tests/", "FAILED")):
                    print(f"        {line}", flush=True)
        elif report.when == "call":
            self.passed += 1
            print(f"ok      {name}", flush=True)

    def pytest_collectreport(self, report):
        if report.failed:
            self.failed += 1
            print(f"FAILED  {report.nodeid} (collection)\n{report.longreprtext}", flush=True)

    def pytest_sessionfinish(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)


def pytest_configure(config):
    config.pluginmanager.register(Report(), "report")
