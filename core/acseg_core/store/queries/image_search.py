"""What one types to find images: words, read into a checked `ImageSearch` and written back.

Words are separated by spaces, and an image is found when all of them hold:

    street            the path holds this text (case ignored)
    comment:dark      what people noted about it holds this text (case ignored)
    is:reviewed       a second person found it right; ``is:commented``, somebody noted something
    label:car         a region is named so; ``label:car,bus`` either; also ``suggested:``, ``status:``, ``queue:``
    conf<0.6          a number compared by < <= > >= = != ; see `NumberKey`
    -label:car        the opposite of any of these
    "two words"       quotes keep spaces, commas and colons in a text or a name; "" inside them is one quote

Signs as East Asian keyboards write them (`：`, `＜`) are the same after a key; anywhere else they are part of a path.

Nothing here touches a database; `acseg_core.store.queries.image_list` makes one statement of a search.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from acseg_core.errors import SearchError
from acseg_core.store.database import folded
from acseg_core.store.records import name_key
from acseg_core.types import ImageStatus


class Queue(StrEnum):
    """Images that wait for something."""

    OPEN = "open"
    """Not done yet, and the file can be used."""
    REVIEW = "review"
    """Proposed, and a person has not finished."""
    SUGGESTED = "suggested"
    """With names suggested, to accept or decline."""
    UNNAMED = "unnamed"
    """With regions that have no name and are not rejected."""
    PROBLEM = "problem"
    """The file is missing, has changed or cannot be read."""
    MISSING = "missing"
    """The file is gone."""
    CHANGED = "changed"
    """The file is another one now."""
    UNREADABLE = "unreadable"
    """The file has any other problem."""


class Mark(StrEnum):
    """What people said of an image beside its status."""

    REVIEWED = "reviewed"
    """A second person looked at it and found it right."""
    COMMENTED = "commented"
    """There is a comment."""


class NameKey(StrEnum):
    """What can be asked for by name."""

    LABEL = "label"
    """A region has this label."""
    SUGGESTED = "suggested"
    """This label is suggested for a region."""
    STATUS = "status"
    """One of `STATUSES`."""
    QUEUE = "queue"
    """One of `QUEUES`."""
    IS = "is"
    """One of `MARKS`."""
    COMMENT = "comment"
    """The comment holds this text."""


class NumberKey(StrEnum):
    """What can be compared with a number."""

    REGIONS = "regions"
    UNNAMED = "unnamed"
    """Regions without a name that are not rejected."""
    NAMED = "named"
    SUGGESTED = "suggested"
    """Regions with a name suggested."""
    REJECTED = "rejected"
    LABELS = "labels"
    """Different labels in the image."""
    CONFIDENCE = "conf"
    """How sure the machine is of the name it is least sure of, 0 to 1."""
    WIDTH = "width"
    """In pixels."""
    HEIGHT = "height"
    """In pixels."""


STATUSES = tuple(status.value for status in ImageStatus)
QUEUES = tuple(queue.value for queue in Queue)
MARKS = tuple(mark.value for mark in Mark)
KEYS = tuple(dict.fromkeys([*(key.value for key in NameKey), *(key.value for key in NumberKey)]))
_WIDE = str.maketrans("：＜＞＝！", ":<>=!")
_SPECIAL = frozenset(':<>=,"：＜＞＝')
_HALF = re.compile("[\ud800-\udfff]")
"""Of a character: an argument of a shell that is no UTF-8 arrives so, and no database takes it."""
_OPERATORS = ("<=", ">=", "!=", "==", "<", ">", "=", ":")
_WHOLE = re.compile(r"[0-9]{1,9}")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(%?)")


@dataclass(frozen=True, slots=True)
class PathTerm:
    """The path holds a text, or with ``negated`` does not."""

    text: str
    negated: bool = False

    def __str__(self) -> str:
        return _sign(self.negated) + quoted(self.text)


@dataclass(frozen=True, slots=True)
class NameTerm:
    """One of the names applies, or with ``negated`` none."""

    key: NameKey
    names: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        return f"{_sign(self.negated)}{self.key}:{','.join(quoted(name) for name in self.names)}"


@dataclass(frozen=True, slots=True)
class NumberTerm:
    """A number of the image compares so, or with ``negated`` does not.

    An image in which no name is suggested has no confidence, and no comparison of it holds.
    """

    key: NumberKey
    operator: str
    value: float
    negated: bool = False

    def __str__(self) -> str:
        number = f"{self.value:.9f}".rstrip("0").rstrip(".")
        return f"{_sign(self.negated)}{self.key}{self.operator}{number}"


Term = PathTerm | NameTerm | NumberTerm


@dataclass(frozen=True, slots=True)
class ImageSearch:
    """Terms that must all hold; without any, every image is found. ``str`` writes what `parse` reads."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def names(self, key: NameKey) -> frozenset[str]:
        """All names asked for under a key and not excluded."""
        return frozenset(
            name
            for term in self.terms
            if isinstance(term, NameTerm) and term.key is key and not term.negated
            for name in term.names
        )

    def switched(self, key: NameKey, name: str) -> ImageSearch:
        """The search with a name asked for beside others of its key, or without it where it is asked for."""
        asked = [term for term in self.terms if isinstance(term, NameTerm) and term.key is key and not term.negated]
        if not asked:
            return ImageSearch((*self.terms, NameTerm(key, (name,))))
        if name in self.names(key):
            changed = {term: tuple(other for other in term.names if other != name) for term in asked}
        else:
            changed = {asked[0]: (*asked[0].names, name)}
        terms: list[Term] = []
        for term in self.terms:
            if not isinstance(term, NameTerm) or term not in changed:
                terms.append(term)
            elif changed[term]:
                terms.append(replace(term, names=changed[term]))
        return ImageSearch(tuple(terms))


def parse(text: str) -> ImageSearch:
    """Read a search.

    Raises:
        SearchError: A word makes no sense; the message says what to write instead.
    """
    half = _HALF.search(text)
    if half is not None:
        raise SearchError("it contains half of a character: type it again", start=half.start(), end=half.end())
    return ImageSearch(tuple(_term(word) for word in _words(text)))


def check_labels(search: ImageSearch, labels: Collection[str]) -> None:
    """Check that the labels asked for exist.

    Raises:
        SearchError: One does not.
    """
    known = {name_key(label): label for label in labels}
    for term in search.terms:
        if not isinstance(term, NameTerm) or term.key not in (NameKey.LABEL, NameKey.SUGGESTED):
            continue
        for name in term.names:
            if name_key(name) not in known:
                alike = difflib.get_close_matches(name_key(name), known, n=1, cutoff=0.5)
                meant = f"; did you mean {term.key}:{quoted(known[alike[0]])}?" if alike else ""
                if not known:
                    meant = "; the project has no labels yet"
                raise SearchError(f"there is no label “{name}”{meant}")


@dataclass(frozen=True, slots=True)
class _Word:
    """Characters of one word without its quotes; those that were inside them mean themselves."""

    chars: str
    literal: tuple[bool, ...]
    start: int
    end: int

    def error(self, message: str) -> SearchError:
        return SearchError(message, start=self.start, end=self.end)

    def cut(self, first: int, last: int | None = None) -> _Word:
        return replace(self, chars=self.chars[first:last], literal=self.literal[first:last])

    def operator(self) -> tuple[int, str] | None:
        """The first comparison outside of quotes, and where it is."""
        for place in range(len(self.chars)):
            for operator in _OPERATORS:
                if self.chars.startswith(operator, place) and not any(self.literal[place : place + len(operator)]):
                    return place, operator
        return None

    def parts(self) -> list[_Word]:
        """What is between the commas outside of quotes."""
        commas = [i for i, char in enumerate(self.chars) if char == "," and not self.literal[i]]
        starts, ends = [0, *(i + 1 for i in commas)], [*commas, len(self.chars)]
        return [self.cut(start, end) for start, end in zip(starts, ends, strict=True)]


def _words(text: str) -> list[_Word]:
    words, place = [], 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        word = _read_word(text, place)
        words.append(word)
        place = word.end
    return words


def _read_word(text: str, start: int) -> _Word:
    chars: list[str] = []
    literal: list[bool] = []
    place, quoted = start, False
    while place < len(text) and (quoted or not text[place].isspace()):
        char = text[place]
        place += 1
        if char == '"' and quoted and text[place : place + 1] == '"':
            place += 1
        elif char == '"':
            quoted = not quoted
            continue
        chars.append(char)
        literal.append(quoted)
    if quoted:
        raise SearchError(
            f'{text[start:place]} has an opening quote but no closing one: add a "', start=start, end=place
        )
    return _Word("".join(chars), tuple(literal), start, place)


def _term(word: _Word) -> Term:
    negated = word.chars.startswith("-") and not word.literal[0]
    body = word.cut(1) if negated else word
    if not body.chars:
        raise word.error("a minus or empty quotes find nothing on their own: add part of a path")
    found = _narrowed(body).operator()
    if found is None:
        return PathTerm(body.chars, negated)
    place, operator = found
    return _keyed(word, folded(body.chars[:place]), operator, body.cut(place + len(operator)), negated)


def _narrowed(word: _Word) -> _Word:
    """The word with the wide comparison that follows a key written narrow."""
    first = next((place for place, char in enumerate(word.chars) if ord(char) in _WIDE), None)
    if first is None or word.literal[first] or folded(word.chars[:first]) not in KEYS:
        return word
    after = first + (1 if any(word.literal[first : first + 2]) else 2)
    return replace(word, chars=word.chars[:first] + word.chars[first:after].translate(_WIDE) + word.chars[after:])


def with_narrow_colon(text: str) -> str:
    """What is typed so far, with the wide colon that follows a key written narrow."""
    key, colon, value = text.partition("：")
    return f"{key}:{value}" if colon and folded(key) in KEYS else text


def _keyed(word: _Word, key: str, operator: str, value: _Word, negated: bool) -> Term:
    is_name, is_number = key in tuple(NameKey), key in tuple(NumberKey)
    if not is_name and not is_number:
        alike = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.6)
        meant = f"did you mean {alike[0]}?" if alike else f"there are {', '.join(KEYS)};"
        raise word.error(f"there is no search key “{key}”: {meant} Put a path that contains {operator} in quotes")
    if is_name and is_number:  # of what is suggested, there are names and a number
        is_name = operator == ":" or (operator in ("=", "!=") and not value.chars[:1].isdigit())
    if not is_name:
        number = NumberKey(key)
        comparison = "=" if operator in (":", "==") else operator
        return NumberTerm(number, comparison, _number(word, number, value), negated)
    if operator not in (":", "=", "==", "!="):
        raise word.error(f"{key} is a name, not a number: write {key}:{_example(NameKey(key))}")
    return NameTerm(NameKey(key), _names(word, NameKey(key), value), negated != (operator == "!="))


def _names(word: _Word, key: NameKey, value: _Word) -> tuple[str, ...]:
    names = []
    for part in value.parts():
        name = " ".join(part.chars.split())
        if not name:
            raise word.error(f"{key}: needs a name: write {key}:{_example(key)}")
        names.append(_known(word, key, name))
    return tuple(dict.fromkeys(names))


def _known(word: _Word, key: NameKey, name: str) -> str:
    """A status or queue as it is written; labels are checked against those of a project, see `check_labels`."""
    choices = {NameKey.STATUS: STATUSES, NameKey.QUEUE: QUEUES, NameKey.IS: MARKS}.get(key)
    if choices is None:
        return name
    written = folded(name).replace(" ", "_").replace("-", "_")
    if written not in choices and key is NameKey.IS:
        raise word.error(f"no image is “{name}”: write is:reviewed or is:commented")
    if written not in choices:
        raise word.error(f"there is no {key} “{name}”: write {', '.join(choices[:-1])} or {choices[-1]}")
    return written


def _number(word: _Word, key: NumberKey, value: _Word) -> float:
    chars = unicodedata.normalize("NFKC", value.chars)
    if key is NumberKey.CONFIDENCE:
        share = _SHARE.fullmatch(chars)
        number = float(share[1]) / (100 if share[2] else 1) if share else 2.0
        if number > 1:
            raise word.error("conf needs a number from 0 to 1: write conf<0.6, or conf<60%")
        return round(number, 9)
    if not _WHOLE.fullmatch(chars):
        raise word.error(f"{key} needs a whole number: write {key}>10")
    return float(chars)


def _example(key: NameKey) -> str:
    examples = {NameKey.STATUS: "done", NameKey.QUEUE: "open", NameKey.IS: "reviewed", NameKey.COMMENT: "dark"}
    return examples.get(key, "car")


def _sign(negated: bool) -> str:
    return "-" if negated else ""


def quoted(text: str) -> str:
    """A name as one writes it in a search: in quotes where it needs them."""
    plain = text and not text.startswith("-") and not any(char in _SPECIAL or char.isspace() for char in text)
    return text if plain else '"{}"'.format(text.replace('"', '""'))
