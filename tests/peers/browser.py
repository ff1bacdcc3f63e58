"""A browser without a person: fills the tenant's sign-in forms as they stand, without script."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, parse_qsl, urljoin, urlsplit

import requests

#: More pages than any sign-in has.
PAGES = 14


class Form:
    def __init__(self, action, method):
        self.action = action
        self.method = method.upper()
        self.fields = {}
        self.buttons = []


class Page(HTMLParser):
    """The forms of a page, the kind it says it is, and the number of its complaint."""

    def __init__(self, html):
        super().__init__()
        self.forms = []
        self.kind = ""
        self.complaint = 0
        self.text = html
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "body":
            self.kind = has.get("data-page", "")
        if "data-error-code" in has:
            self.complaint = int(has["data-error-code"])
        if tag == "form":
            self.forms.append(Form(has.get("action", ""), has.get("method", "get")))
        if not self.forms:
            return
        form = self.forms[-1]
        name = has.get("name")
        if tag == "button" and name:
            form.buttons.append((name, has.get("value", "")))
        elif tag == "input" and has.get("type") == "submit":
            if name:
                form.buttons.append((name, has.get("value", "")))
        elif tag == "input" and name:
            if has.get("type") in ("checkbox", "radio") and "checked" not in has:
                return
            form.fields[name] = has.get("value") or ""


class Browser:
    """Cookies kept, redirects followed, and a form filled wherever one is met."""

    def __init__(self, ca_file, approve=None):
        self.session = requests.Session()
        self.session.verify = ca_file
        self.approve = approve

    def get(self, url):
        return self.session.get(url, allow_redirects=False, timeout=30)

    def press(self, answer, answers, button=None):
        """Fills the page's first form with a field we know, and presses a button of it."""
        page = Page(answer.text)
        assert page.forms, f"the page asks nothing: {answer.status_code} {answer.text[:2000]}"
        known = [form for form in page.forms if set(form.fields) & set(answers)]
        form = (known or page.forms)[0]
        fields = dict(form.fields)
        fields.update({name: answers[name] for name in form.fields if name in answers})
        wanted = [pair for pair in form.buttons if pair[1] == button] or form.buttons
        if wanted:
            fields[wanted[0][0]] = wanted[0][1]
        target = urljoin(answer.url, form.action) if form.action else answer.url
        if form.method == "GET":
            return self.session.get(target, params=fields, allow_redirects=False, timeout=30)
        return self.session.post(target, data=fields, allow_redirects=False, timeout=30)

    def sign_in(self, url, answers, redirect_uri, button=None):
        """Opens a page and goes on until the answer for the redirect address is there."""
        answer = self.get(url)
        seen = []
        for _ in range(PAGES):
            if answer.is_redirect:
                target = urljoin(answer.url, answer.headers["location"])
                if target.startswith(redirect_uri):
                    return landed(target)
                answer = self.get(target)
                continue
            page = Page(answer.text)
            for form in page.forms:
                if form.action.startswith(redirect_uri):
                    return dict(form.fields)
            seen.append(f"{page.kind}:{page.complaint}")
            assert not page.complaint, f"the sign-in was refused: {seen} {page.text[:2000]}"
            if page.kind == "approve" and self.approve:
                self.approve()
            answer = self.press(answer, answers, button if answers_all(page, button) else None)
        raise AssertionError(f"the sign-in came to no end: {seen}")

    def walk(self, url, answers, button=None):
        """Opens a page and goes on until one asks nothing more, or complains; gives that page."""
        answer = self.get(url)
        for _ in range(PAGES):
            if answer.is_redirect:
                answer = self.get(urljoin(answer.url, answer.headers["location"]))
                continue
            page = Page(answer.text)
            if not page.forms or page.complaint:
                return page
            answer = self.press(answer, answers, button if answers_all(page, button) else None)
        raise AssertionError("the pages came to no end")


def answers_all(page, button):
    """Whether the page has that button."""
    return any(value == button for form in page.forms for _, value in form.buttons)


def landed(url):
    """What an address carries in its query, or in its fragment."""
    parts = urlsplit(url)
    if parts.query:
        return {name: values[0] for name, values in parse_qs(parts.query).items()}
    return dict(parse_qsl(parts.fragment))
