"""What a screen reader is told: the accessible things in the windows of one program, a line each.

A line is the role, the name in quotation marks, the text, the description in brackets, what is said by itself when it
changes, the language where it is another than around it, and the states. NAMELESS is what can be pressed, typed in or
looked at without anything to call it by.
"""

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

STATES = ["focused", "checked", "pressed", "expanded", "required", "invalid_entry"]
NAMED = ["push button", "toggle button", "check box", "radio button", "entry", "image", "link", "heading", "dialog"]
DEPTH = 60


def text_of(thing):
    try:
        held = thing.get_text_iface()
        text = Atspi.Text.get_text(held, 0, -1) if held else ""
    except GLib.Error:
        return ""
    return " ".join(text.replace("\ufffc", " ").split())


def words(thing, depth=0):
    """Everything it holds that can be said."""
    if thing is None or depth > DEPTH:
        return ""
    held = [thing.get_child_at_index(at) for at in range(thing.get_child_count())]
    said = [thing.get_name() or "", text_of(thing), *(words(each, depth + 1) for each in held)]
    return " ".join(part for part in said if part)


def line(thing, around):
    role = thing.get_role_name()
    name = " ".join((thing.get_name() or "").split())
    text = text_of(thing)
    about = " ".join((thing.get_description() or "").split())
    told = thing.get_attributes() or {}
    held = thing.get_state_set()
    lang = thing.get_object_locale() or ""
    parts = [role]
    parts += [f'"{name}"'] if name else []
    parts += [f"= {text}"] if text and text != name else []
    parts += [f"({about})"] if about and about != name else []
    parts += [told["live"]] if told.get("live", "off") != "off" else []
    parts += [f"current: {told['current']}"] if told.get("current", "false") != "false" else []
    parts += [f"[{lang}]"] if lang != around else []
    parts += [state for state in STATES if held.contains(getattr(Atspi.StateType, state.upper()))]
    parts += [] if held.contains(Atspi.StateType.SENSITIVE) else ["off"]
    if role in NAMED and held.contains(Atspi.StateType.SHOWING) and not words(thing):
        parts.append("NAMELESS")
    return " ".join(parts), lang


def show(thing, depth, around):
    if thing is None or depth > DEPTH:
        return
    try:
        said, lang = line(thing, around)
        print("  " * depth + said)
        for at in range(thing.get_child_count()):
            show(thing.get_child_at_index(at), depth + 1, lang)
    except GLib.Error as error:
        print("  " * depth + f"? {error.message}")


def pages(thing):
    """The web pages in a window; what the toolkit puts round them says nothing."""
    if thing is None:
        return
    if thing.get_role_name() == "document web":
        yield thing
        return
    for at in range(thing.get_child_count()):
        yield from pages(thing.get_child_at_index(at))


desk = Atspi.get_desktop(0)
for at in range(desk.get_child_count()):
    program = desk.get_child_at_index(at)
    if program is not None and sys.argv[1] in (program.get_name() or "").lower():
        for page in pages(program):
            show(page, 0, "")
