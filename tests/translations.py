"""Brings the translation files up to date with the sources; run it by hand: ``python tests/translations.py``.

The texts are read off the Python sources, `lupdate` merges them into the .ts files (what is new there is unfinished),
and the .qm files are made of them as a build makes them (`resources/build_translations.py`).
"""

from __future__ import annotations

import ast
import itertools
import json
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "resources"))

import build_translations  # noqa: E402

FOLDER = ROOT / build_translations.FOLDER
LANGUAGES = {"en": ["-pluralonly"], "de": []}
"""English is what the sources say; only its plurals have to be written."""

ACTIONS = "Actions"
"""The texts of menus; a tool says its own in its module."""

ERRORS = "Core"
CORE = FOLDER / "core.json"
"""What the core says when something is wrong, for the program to know it again."""

_FUNCTIONS = (
    *("storage_error", "os_reason", "_reason", "meant", "pages_left_out"),
    *("described", "compression_name", "refusal", "_oddity", "_problem", "_problem_of_samples", "_problem_of_coding"),
    *(
        "_problem_of_size",
        "_damage_remedy",
        "_stray_log",
        "_doubt",
        "_told_aside",
        "_told_full",
        "_told_crowd",
        "_nothing_found",
    ),
)
_CONSTANTS = (
    *("LABEL_MAP", "OTHER_KIND", "OTHER_FOLDER", "RULE", "FOLDER_RULE"),
    *("NEEDS_EXTRA", "MOSAIC", "TILE_NAME_TAKEN", "NOTHING_TO_SEE"),
    *("MISSING", "CHANGED", "_CHANGED", "OUTSIDE", "LABELLED_UPRIGHT", "LABELLED_AS_STORED", "_NO_PHOTO", "_NO_PHOTOS"),
    *("TOO_LITTLE", "STRADDLES", "UNKNOWN_SYSTEM", "NO_PICTURES"),
)
_REASONS = (*_FUNCTIONS, *_CONSTANTS)
"""Functions and constants of the core that say why something went wrong, beside the errors themselves."""


@dataclass(frozen=True, order=True)
class Text:
    """A text of the sources: where it belongs, what it says, whether a count decides its form."""

    context: str
    source: str
    is_plural: bool = False


class _Reader(ast.NodeVisitor):
    def __init__(self, path: Path, context: str) -> None:
        self.path, self.context = path, context
        self.found: set[Text] = set()
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name) and function.id == "tr":
            self._note(node, self.context)
        elif isinstance(function, ast.Name) and function.id in ("ActionSpec", "ToolSpec"):
            self._note(ast.Call(function, node.args[1:2], []), ACTIONS)
            for keyword in node.keywords:
                if keyword.arg == "tip" and isinstance(keyword.value, ast.Constant):
                    self._note(ast.Call(function, [keyword.value], []), ACTIONS)
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            owner = function.value.id
            if owner == "tr" and function.attr == "mark":
                self._note(node, self.context)
            elif owner == "self" and function.attr == "tr":
                self._note(node, self._classes[-1])

    def _note(self, node: ast.Call, context: str) -> None:
        if not node.args:
            return
        text = node.args[0]
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            self.found.add(Text(context, text.value, len(node.args) > 1))
        elif isinstance(text, ast.JoinedStr) or any(
            isinstance(part, ast.Constant) for part in ast.iter_child_nodes(text)
        ):
            if not isinstance(text, ast.JoinedStr) and not isinstance(text, ast.IfExp | ast.BinOp):
                return
            if context != "Actions" or isinstance(text, ast.IfExp | ast.BinOp):
                raise SystemExit(f"{self.path}:{text.lineno}: tr() needs one plain text, for the translators' files")


def texts_of(path: Path) -> set[Text]:
    """The texts of one module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    context = next(
        (
            node.value.args[0].value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            and node.value.func.id == "Words"
            and isinstance(node.value.args[0], ast.Constant)
        ),
        "",
    )
    reader = _Reader(path, str(context))
    reader.visit(tree)
    return reader.found


def texts() -> list[Text]:
    """All texts of the window, and what the core says when something is wrong."""
    found = set().union(*(texts_of(path) for path in sorted((ROOT / "acseg_desktop").rglob("*.py"))))
    return sorted(found | {Text(ERRORS, sentence) for sentence in error_sentences()})


def error_sentences() -> list[str]:
    """What the core's errors say, {0}, {1}... for what is filled in: `language.core_messages` knows them again."""
    core = ROOT / "core" / "acseg_core"
    tree = ast.parse((core / "errors.py").read_text(encoding="utf-8"))
    kinds = {node.name: 0 for node in tree.body if isinstance(node, ast.ClassDef)}
    kinds |= {"ImageError": 1, "SkippedFile": 1, "word.error": 0}
    kinds |= {"Format": 1, "SizeMismatchError": 0, "counts.leave_out": 1, "self._settle": 2}
    found: set[str] = set()
    for path in sorted(core.rglob("*.py")):
        if "evaluate" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                found |= set(_sentences(node, kinds))
    return sorted(found)


def listed(sentences: list[str]) -> str:
    """The file of them."""
    return json.dumps(sentences, indent=1, ensure_ascii=False) + "\n"


_COUNTED = ("left_out.add", "left_out.add_all", "other_comments.add", "notes.add", "notes.append")
"""What a reader could not use, and what a writer, a split or a list of labels has to say."""


def _sentences(node: ast.AST, kinds: dict[str, int]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        place = 0 if called.endswith(_COUNTED) else kinds.get(called)
        if place is not None:
            yield from (each for argument in node.args[place:][:1] for each in _templates(argument))
    elif isinstance(node, ast.FunctionDef) and node.name in _REASONS:
        for part in ast.walk(node):
            if isinstance(part, ast.Return) and part.value is not None:
                yield from _templates(part.value)
            elif isinstance(part, ast.Dict):
                yield from (each for value in part.values for each in _templates(value))
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in _REASONS:
        yield from _templates(node.value)


def _templates(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_templates(node.body), *_templates(node.orelse))
        return
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    if not all(isinstance(part, ast.Constant | ast.FormattedValue) for part in parts):
        return
    numbers = itertools.count()
    text = "".join(str(part.value) if isinstance(part, ast.Constant) else f"{{{next(numbers)}}}" for part in parts)
    if re.search(r"[A-Za-z]{3}", text):
        yield text


def entries(path: Path) -> Iterator[tuple[Text, list[str], bool]]:
    """The entries of a .ts file: text, its translations (one per form), whether it is finished."""
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            plural = message.get("numerus") == "yes"
            forms = (
                [form.text or "" for form in translation.iter("numerusform")] if plural else [translation.text or ""]
            )
            yield Text(name, message.findtext("source", ""), plural), forms, translation.get("type") is None


def write_plurals(path: Path) -> None:
    """Fill in the English plurals that follow the rule: "(s)" is left out or written, "(y,ies)" is one or the other."""
    tree = ET.parse(path)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") is None:
            continue
        source = re.sub(r"\((\w+)\)", r"(,\1)", message.findtext("source", ""))
        for number, form in enumerate(translation.iter("numerusform")):
            form.text = re.sub(r"\((\w*),(\w+)\)", lambda found, number=number: found.group(1 + number), source)
        del translation.attrib["type"]
    tree.write(path, encoding="utf-8", xml_declaration=True)


def update(language: str, folder: Path = FOLDER) -> None:
    """Merge the texts into a language's .ts file; translations that are there stay."""
    with tempfile.TemporaryDirectory() as temporary:
        stub = Path(temporary) / "texts.cpp"
        lines = [
            f"QCoreApplication::translate({_c(text.context)}, {_c(text.source)}{', nullptr, 2' * text.is_plural});"
            for text in texts()
        ]
        stub.write_text("void texts() {\n" + "\n".join(lines) + "\n}\n", encoding="utf-8")
        options = [*LANGUAGES[language], "-no-obsolete", "-sort-messages", "-locations", "none", "-silent"]
        named = ["-source-language", "en", "-target-language", language]
        target = folder / f"acseg_{language}.ts"
        build_translations.run_tool("lupdate", *options, *named, str(stub), "-ts", str(target))


def _c(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> int:
    """Update and release all languages; tells what is not translated yet."""
    missing = 0
    CORE.write_text(listed(error_sentences()), encoding="utf-8")
    for language in LANGUAGES:
        update(language)
        if language == "en":
            write_plurals(FOLDER / "acseg_en.ts")
            update(language)  # in lupdate's own layout
        source = FOLDER / f"acseg_{language}.ts"
        build_translations.release(source)
        for text, _, finished in entries(source):
            if not finished:
                missing += 1
                print(f"{language}: not translated: {text.context}: {text.source!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
