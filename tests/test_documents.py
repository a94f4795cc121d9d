"""Documents are true: links lead somewhere, and every path and module that they name exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PACKAGES = {
    "acseg_core": ROOT / "core",
    "acseg_desktop": ROOT,
    "acseg_training": ROOT / "training",
    "acseg_resources": ROOT / "resources",
}
TOP = r"(?:acseg_desktop|core|training|resources|tests|docs|\.ci)"

HISTORY = ROOT / "CHANGELOG.md"
"""Tells of what was: its links have to lead somewhere, the rest may be gone."""

DOCUMENTS = sorted(
    [ROOT / f"{name}.md" for name in ("ARCHITECTURE", "CONTRIBUTING", "README")]
    + [ROOT / "resources" / "acseg_resources" / "weights" / "MODEL_CARD.md", *(ROOT / "docs").rglob("*.md")]
)
SOURCES = sorted(path for package, folder in PACKAGES.items() for path in (folder / package).rglob("*.py"))

_LINK = re.compile(r"\[[^]]*\]\(([^)\s]+)\)")
_PATH = re.compile(rf"(?<![\w/.-]){TOP}/[\w./-]*[\w/]")
_MODULE = re.compile(rf"\b(?:{'|'.join(PACKAGES)})(?:\.[A-Za-z_]\w*)+")
_CODE = re.compile(r"`([^`\n]+)`")


def faults(text: str, folder: Path) -> Iterator[str]:
    """What a document in a folder says that is not so."""
    yield from dead_links(text, folder)
    yield from named_faults(_prose(text))


def dead_links(text: str, folder: Path) -> Iterator[str]:
    """Links to files and headings that are not there."""
    targets = _LINK.findall(_prose(text))
    yield from (f"dead link: {target}" for target in targets if not _leads_somewhere(target, folder))


def _prose(text: str) -> str:
    """A document without its pictures and programs."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def named_faults(text: str) -> Iterator[str]:
    """Paths and modules that a text names and that do not exist."""
    for code in _CODE.findall(text):
        yield from (f"no such path: {path}" for path in _PATH.findall(code) if not _is_there(path))
        yield from (f"no such module or name: {name}" for name in _MODULE.findall(code) if not _is_defined(name))


def _leads_somewhere(target: str, folder: Path) -> bool:
    if re.match(r"\w+:", target):
        return True  # of the web, which tests do not ask
    name, _, anchor = target.partition("#")
    file = folder / name if name else None
    if file is not None and not file.exists():
        return False
    return not anchor or file is None or anchor in _anchors(file.read_text(encoding="utf-8"))


def _anchors(text: str) -> set[str]:
    """The headings of a document, as links name them."""
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _is_there(path: str) -> bool:
    return "NNNN" in path or (ROOT / path).exists()


def _is_defined(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module defines (or a class, by two names)."""
    package, *parts = name.split(".")
    place = PACKAGES[package] / package
    while parts and ((place / parts[0]).is_dir() or (place / f"{parts[0]}.py").is_file()):
        place /= parts.pop(0)
    if not parts:
        return True
    module = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return module.is_file() and all(
        re.search(rf"\b{re.escape(part)}\b", module.read_text(encoding="utf-8")) for part in parts
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_only_what_there_is(document):
    assert not list(faults(document.read_text(encoding="utf-8"), document.parent))


def test_the_changelog_s_links_lead_somewhere():
    assert not list(dead_links(HISTORY.read_text(encoding="utf-8"), ROOT))


def test_the_picture_of_the_house_shows_every_package_and_no_other():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    (picture,) = re.findall(r"^```$(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    houses = [ROOT / "acseg_desktop", ROOT / "core" / "acseg_core"]
    packages = {path.parent.name for house in houses for path in house.glob("*/__init__.py")}
    drawn = set(re.findall(r"[a-z_]+", picture))
    assert packages - drawn == set(), "not drawn"
    inside = {path.name for house in houses for path in (house, *house.rglob("*")) if path.is_dir()}
    assert set(re.findall(r"(?<![\w/])(\w+)/(?=\s)", picture)) - inside == set(), "drawn, but not there"


def test_the_architecture_names_only_modules_that_there_are():
    """It leaves out what all paths of the core begin with."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    core = ROOT / "core" / "acseg_core"
    layers = "|".join(path.parent.name for path in core.glob("*/__init__.py"))
    named = set(re.findall(rf"`((?:{layers})/[\w/]*)`", text))
    assert "store/edits/partition" in named
    missing = {name for name in named if not (core / name).is_dir() and not (core / f"{name}.py").is_file()}
    assert not missing


def test_docstrings_name_only_documents_and_modules_that_there_are():
    mentions = re.compile(r"docs/[\w/.-]*[\w/]")
    found = []
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        missing = [path for path in mentions.findall(text) if not (ROOT / path).exists()]
        found += [f"{source.relative_to(ROOT)}: {fault}" for fault in (*missing, *named_faults(text))]
    assert not found


def test_every_section_of_the_record_says_whether_it_holds():
    for document in (ROOT / "docs" / "research").glob("*.md"):
        sections = re.split(r"^## (?=\d)", document.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        for section in sections:
            assert re.search(r"^> \*\*(Holds|Overturned|Overturned in part)\.\*\*", section, re.MULTILINE), section[:60]


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    written = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name for name in written if f"({name})" not in index] == []
    assert [name[:4] for name in written] == [f"{number:04d}" for number in range(1, len(written) + 1)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a](nowhere.md)", "dead link: nowhere.md"),
        ("[a](ARCHITECTURE.md#nowhere)", "dead link: ARCHITECTURE.md#nowhere"),
        ("see `core/acseg_core/nowhere.py`", "no such path: core/acseg_core/nowhere.py"),
        ("in `acseg_desktop/nowhere/`", "no such path: acseg_desktop/nowhere/"),
        ("`acseg_core.store.nowhere`", "no such module or name: acseg_core.store.nowhere"),
        ("`acseg_core.types.Missing`", "no such module or name: acseg_core.types.Missing"),
    ],
)
def test_what_is_not_so_is_found(text, fault):
    assert list(faults(text, ROOT)) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "[a](ARCHITECTURE.md), [b](https://example.org/x), [c](CONTRIBUTING.md#set-up)",
        "`core/acseg_core/types.py`, `tests/core/`, `acseg_core.types.Region`, `acseg_core.store.edits.review`",
    ],
)
def test_what_is_so_is_not_complained_about(text):
    assert not list(faults(text, ROOT))
