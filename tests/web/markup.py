"""A page taken apart: its links, its forms, its elements and its words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
SILENT = frozenset({"script", "style", "template"})
BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "dt", "dd", "td", "th", "div", "section", "legend", "label", "button"})

Attributes = dict[str, str]


@dataclass
class Field:
    """One control of a form as a browser would send it."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    required: bool = False
    most: int | None = None

    @property
    def writable(self) -> bool:
        """Return whether somebody may type anything into it."""
        return self.kind in {"text", "textarea", "search", "email", "tel", "url", "password", "number", "date", "time"}


@dataclass
class Form:
    """A form: where it goes and what it asks."""

    action: str
    method: str
    multipart: bool
    fields: list[Field] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, ...]:
        """Return the names it asks for."""
        return tuple(sorted({each.name for each in self.fields}))


@dataclass
class Element:
    """One element with its attributes."""

    tag: str
    attributes: Attributes

    @property
    def mark(self) -> str:
        """Return what tells this kind of element from others, whatever its words and addresses are."""
        kept = {"class", "type", "role", "scope", "open", "disabled", "hidden", "required", "multiple"}
        said = [f"{name}={value}" for name, value in sorted(self.attributes.items()) if name in kept]
        named = [name for name in sorted(self.attributes) if name.startswith(("aria-", "data-", "hx-"))]
        return " ".join([self.tag, *said, *named])


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        elements: every element in order.
        links: every ``href`` of an ``<a>``.
        forms: every form with its controls, those bound by ``form=`` included.
        words: the words a reader sees, and ``main``: those of the main part alone.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.words = self.main = ""
        self._open: list[str] = []
        self._form: Form | None = None
        self._named: dict[str, Form] = {}
        self._select: Field | None = None
        self._loose: list[tuple[str, Field]] = []
        self.feed(html)
        self.close()
        for owner, control in self._loose:
            if owner in self._named:
                self._named[owner].fields.append(control)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "form":
            self._begin(attributes)
        elif tag in {"input", "textarea", "select", "button"} and attributes.get("name"):
            self._control(tag, attributes)
        elif tag == "option" and self._select is not None:
            self._select.options.append(attributes.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        if tag in BLOCKS:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        """Note words, and what a text box holds."""
        if self._open and self._open[-1] == "textarea" and self._form and self._form.fields:
            self._form.fields[-1].value += data
        if not SILENT.intersection(self._open):
            self._say(data)

    def _say(self, words: str) -> None:
        self.words += words
        if "main" in self._open:
            self.main += words

    def _begin(self, attributes: Attributes) -> None:
        multipart = attributes.get("enctype", "") == "multipart/form-data"
        self._form = Form(attributes.get("action", ""), attributes.get("method", "get").lower(), multipart)
        self.forms.append(self._form)
        if "id" in attributes:
            self._named[attributes["id"]] = self._form

    def _control(self, tag: str, attributes: Attributes) -> None:
        kind = attributes.get("type", "text") if tag == "input" else "button" if tag == "button" else tag
        most = attributes.get("maxlength", "")
        control = Field(
            attributes["name"],
            kind,
            attributes.get("value", "on" if kind in {"checkbox", "radio"} else ""),
            required="required" in attributes,
            most=int(most) if most.isdigit() else None,
        )
        if tag == "select":
            self._select = control
        if "form" in attributes:
            self._loose.append((attributes["form"], control))
        elif self._form is not None:
            self._form.fields.append(control)


def typed(form: Form) -> dict[str, list[str]]:
    """Return what somebody in a hurry would send: the first of each choice and something in every box."""
    given: dict[str, list[str]] = {}
    for each in form.fields:
        if each.kind == "file" or (each.kind in {"button", "submit", "radio"} and each.name in given):
            continue
        value = each.value or plausible(each)
        if value or each.required:
            given.setdefault(each.name, []).append(value)
    return given


def plausible(control: Field) -> str:
    """Return a value that suits a control."""
    if control.options:
        return next((option for option in control.options if option), "")
    samples = {
        "email": "someone@example.org",
        "tel": "13800138000",
        "url": "https://example.org/",
        "number": "3",
        "date": "2026-05-01",
        "time": "19:00",
        "datetime-local": "2026-05-06T19:00",
        "password": "a long enough pass phrase",
    }
    return samples.get(control.kind, "一句平常的话，写得够长也够清楚。" if control.writable else "")


def strange(page: Page, known: Iterable[str]) -> list[str]:
    """Return elements and attributes that no template writes: they came from what somebody typed."""
    tags = set(known)
    found = [f"<{each.tag}>" for each in page.elements if each.tag not in tags]
    for each in page.elements:
        found += [f"<{each.tag} {name}>" for name in each.attributes if name.startswith("on") or name == "style"]
        found += [
            f"<{each.tag} {name}={value[:60]}>"
            for name, value in each.attributes.items()
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post", "data"} and not _harmless(value)
        ]
        if each.tag == "script" and "src" not in each.attributes:
            found.append("<script> without src")
    return found


def _harmless(address: str) -> bool:
    return address == "" or address.startswith(
        ("/", "#", "?", "tel:", "mailto:", "http://", "https://", "data:image/", "otpauth://totp/")
    )
