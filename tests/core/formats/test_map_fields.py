"""Which attribute says the labels of features, and what its values mean."""

import pytest

from acseg_core.errors import LabelFileError, UnclearFieldError
from acseg_core.formats.class_names import ClassNames
from acseg_core.formats.labelled import FileLabel
from acseg_core.formats.map_fields import Field, FieldKind, label_field, label_of

TEXT, WHOLE, NUMBER, OTHER = FieldKind.TEXT, FieldKind.WHOLE, FieldKind.NUMBER, FieldKind.OTHER


def fields(**kinds):
    return [Field(name, kind) for name, kind in kinds.items()]


@pytest.mark.parametrize(
    ("there", "options", "found"),
    [
        (fields(name=TEXT, Class=TEXT, kind=TEXT), {}, "Class"),
        (fields(name=TEXT, type=TEXT), {}, "type"),
        (fields(id=WHOLE, CLASS=NUMBER), {}, "CLASS"),
        (fields(id=WHOLE, species=TEXT), {}, "species"),
        (fields(label=OTHER, species=TEXT), {}, "species"),
        (fields(id=WHOLE), {}, None),
        (fields(id=WHOLE), {"has_names": True}, "id"),
        (fields(), {}, None),
        (fields(label=TEXT, Species=TEXT), {"wanted": "species"}, "Species"),
        (fields(a=TEXT, A=TEXT), {"wanted": "A"}, "A"),
    ],
)
def test_the_usual_name_comes_first_then_the_only_text(there, options, found):
    assert label_field("x.gpkg", there, **options) == found


def test_what_is_not_clear_is_asked():
    with pytest.raises(UnclearFieldError, match=r"x\.gpkg: several fields could say the labels \(a, b\)") as error:
        label_field("x.gpkg", fields(a=TEXT, b=TEXT, c=NUMBER))
    assert error.value.fields == ("a", "b")
    with pytest.raises(UnclearFieldError, match=r"\(c, d\)"):
        label_field("x.gpkg", fields(c=WHOLE, d=WHOLE), has_names=True)
    with pytest.raises(LabelFileError, match=r'no field "c" \(the fields: -\)'):
        label_field("x.gpkg", fields(c=OTHER), wanted="c")


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("  old \n forest", ("old forest", None)),
        ("", ("", None)),
        (None, ("", None)),
        (float("nan"), ("", None)),
        (7, ("class 7", 7)),
        (7.0, ("class 7", 7)),
        (0.5, ("0.5", None)),
        (True, ("True", None)),
        (1, ("car", 1)),
        (2, ("", None)),
        (3, ("", None)),
    ],
)
def test_values_are_names_or_numbers_with_names(value, label):
    names = ClassNames({1: "car", 2: "background", 3: "border"}, void=frozenset({3}))
    assert label_of(value, names) == label


def test_in_a_list_of_our_own_every_name_is_a_label():
    known = {2: FileLabel("background", is_void=True)}
    assert label_of(2, ClassNames({2: "background"}, known=known)) == ("background", 2)
