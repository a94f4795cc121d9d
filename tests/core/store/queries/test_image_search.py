"""The words of a search: what they are read as, what they are written as, and what is said of bad ones.

Covers: store.queries.search_completion.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.errors import SearchError
from acseg_core.store.queries.image_search import (
    QUEUES,
    STATUSES,
    ImageSearch,
    NameKey,
    NameTerm,
    NumberKey,
    NumberTerm,
    PathTerm,
    check_labels,
    parse,
)
from acseg_core.store.queries.search_completion import complete


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("  \t ", ()),
        ("street", (PathTerm("street"),)),
        ("street -night", (PathTerm("street"), PathTerm("night", negated=True))),
        ('"my photos"/a', (PathTerm("my photos/a"),)),
        ('"a:b" x!y c,d', (PathTerm("a:b"), PathTerm("x!y"), PathTerm("c,d"))),
        ('"5"" pipe"', (PathTerm('5" pipe'),)),
        ('"-a"', (PathTerm("-a"),)),
        ("--a", (PathTerm("-a", negated=True),)),
        ("label:car", (NameTerm(NameKey.LABEL, ("car",)),)),
        ("LABEL=Car", (NameTerm(NameKey.LABEL, ("Car",)),)),
        ("label!=car", (NameTerm(NameKey.LABEL, ("car",), negated=True),)),
        ("-label!=car", (NameTerm(NameKey.LABEL, ("car",)),)),
        ('-label:"traffic  light",bus', (NameTerm(NameKey.LABEL, ("traffic light", "bus"), negated=True),)),
        ('label:"a,b"', (NameTerm(NameKey.LABEL, ("a,b",)),)),
        ("status:done", (NameTerm(NameKey.STATUS, ("done",)),)),
        ('status:In-Review,"in review",new', (NameTerm(NameKey.STATUS, ("in_review", "new")),)),
        ("queue:open", (NameTerm(NameKey.QUEUE, ("open",)),)),
        ("is:Reviewed,commented", (NameTerm(NameKey.IS, ("reviewed", "commented")),)),
        ('-comment:"too dark"', (NameTerm(NameKey.COMMENT, ("too dark",), negated=True),)),
        ("conf<0.6", (NumberTerm(NumberKey.CONFIDENCE, "<", 0.6),)),
        ("conf>=60%", (NumberTerm(NumberKey.CONFIDENCE, ">=", 0.6),)),
        ("conf<.5", (NumberTerm(NumberKey.CONFIDENCE, "<", 0.5),)),
        ("regions>10 unnamed==0", (NumberTerm(NumberKey.REGIONS, ">", 10), NumberTerm(NumberKey.UNNAMED, "=", 0))),
        ("-regions:3", (NumberTerm(NumberKey.REGIONS, "=", 3, negated=True),)),
        ("suggested:3", (NameTerm(NameKey.SUGGESTED, ("3",)),)),
        ("suggested=3", (NumberTerm(NumberKey.SUGGESTED, "=", 3),)),
        ("suggested>3", (NumberTerm(NumberKey.SUGGESTED, ">", 3),)),
        ("suggested=car", (NameTerm(NameKey.SUGGESTED, ("car",)),)),
        ("label：car", (NameTerm(NameKey.LABEL, ("car",)),)),
        ("-LABEL：红,蓝", (NameTerm(NameKey.LABEL, ("红", "蓝"), negated=True),)),
        ("label！＝car", (NameTerm(NameKey.LABEL, ("car",), negated=True),)),
        ("conf＜０.6", (NumberTerm(NumberKey.CONFIDENCE, "<", 0.6),)),
        ("regions＞＝１０", (NumberTerm(NumberKey.REGIONS, ">=", 10),)),
        ("第一章：开始.jpg a＝b", (PathTerm("第一章：开始.jpg"), PathTerm("a＝b"))),
        ('"label：car"', (PathTerm("label：car"),)),
        ("label:a：b", (NameTerm(NameKey.LABEL, ("a：b",)),)),
    ],
)
def test_words_are_read(text, terms):
    search = parse(text)
    assert search == ImageSearch(terms)
    assert bool(search) == bool(terms)
    assert parse(str(search)) == search


@pytest.mark.parametrize(
    ("text", "word", "message"),
    [
        ("a lable:car", "lable:car", "did you mean label?"),
        ("C:/photos", "C:/photos", "there is no search key “c”"),
        ("foo<3", "foo<3", "in quotes"),
        ("a status:dnoe b", "status:dnoe", "write new, proposed, in_review or done"),
        ("queue:all", "queue:all", "write open, review, suggested, unnamed, problem, missing, changed or unreadable"),
        ("is:fine", "is:fine", "write is:reviewed or is:commented"),
        ("is:", "is:", "write is:reviewed"),
        ("comment:", "comment:", "write comment:dark"),
        ("comment>3", "comment>3", "write comment:dark"),
        ("conf<6", "conf<6", "conf<0.6"),
        ("conf<", "conf<", "conf<0.6"),
        ("conf<-1", "conf<-1", "conf<0.6"),
        ("conf<0,6", "conf<0,6", "conf<0.6"),
        ("regions>many", "regions>many", "regions>10"),
        ("regions>2.5", "regions>2.5", "whole number"),
        ("label：", "label：", "write label:car"),
        ("status：dnoe", "status：dnoe", "write new, proposed, in_review or done"),
        ("a b\udcffc", "\udcff", "half of a character"),
        ("regions>٣", "regions>٣", "whole number"),
        ("regions>9999999999", "regions>9999999999", "whole number"),
        ("label:", "label:", "write label:car"),
        ("label:a,,b", "label:a,,b", "needs a name"),
        ("label<3", "label<3", "write label:car"),
        ("suggested<car", "suggested<car", "suggested>10"),
        ("-", "-", "find nothing on their own"),
        ('x ""', '""', "find nothing on their own"),
        ('label:"traffic light', 'label:"traffic light', 'add a "'),
        (":car", ":car", "there is no search key “”"),
    ],
)
def test_bad_words_are_shown_with_a_remedy(text, word, message):
    with pytest.raises(SearchError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert text[caught.value.start : caught.value.end] == word


@given(st.text() | st.text(alphabet='abclel:<>=!,"- 0.%'))
def test_any_text_is_read_or_refused_and_reads_the_same_when_written(text):
    fault = None
    try:
        search = parse(text)
    except SearchError as error:
        fault = error
    if fault is None:
        assert parse(str(search)) == search
    else:
        assert 0 <= fault.start < fault.end <= len(text)


names = st.text(min_size=1).map(lambda name: " ".join(name.split())).filter(bool)
terms = st.one_of(
    st.builds(PathTerm, st.text(min_size=1), st.booleans()),
    st.builds(
        NameTerm,
        st.sampled_from([NameKey.LABEL, NameKey.SUGGESTED]),
        st.lists(names, min_size=1, unique=True).map(tuple),
        st.booleans(),
    ),
    st.builds(
        NameTerm, st.just(NameKey.STATUS), st.lists(st.sampled_from(STATUSES), min_size=1, unique=True).map(tuple)
    ),
    st.builds(NameTerm, st.just(NameKey.QUEUE), st.sampled_from(QUEUES).map(lambda queue: (queue,)), st.booleans()),
    st.builds(
        NumberTerm,
        st.sampled_from([key for key in NumberKey if key is not NumberKey.CONFIDENCE]),
        st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
        st.integers(0, 999_999_999).map(float),
        st.booleans(),
    ),
    st.builds(
        NumberTerm,
        st.just(NumberKey.CONFIDENCE),
        st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
        st.integers(0, 10**9).map(lambda number: round(number / 10**9, 9)),
        st.booleans(),
    ),
)


@given(st.lists(terms).map(tuple))
def test_every_search_is_written_so_that_it_is_read_again(made):
    search = ImageSearch(made)
    assert parse(str(search)) == search


def test_names_are_switched_on_and_off():
    search = parse("street -status:new")
    done = search.switched(NameKey.STATUS, "done")
    assert str(done) == "street -status:new status:done"
    both = done.switched(NameKey.STATUS, "proposed")
    assert str(both) == "street -status:new status:done,proposed"
    assert both.names(NameKey.STATUS) == {"done", "proposed"}
    assert str(both.switched(NameKey.STATUS, "done")) == "street -status:new status:proposed"
    assert done.switched(NameKey.STATUS, "done") == search


def test_labels_asked_for_must_exist():
    labels = ["Car", "traffic light"]
    check_labels(parse('label:cAR suggested:"Traffic Light" status:done -label:car'), labels)
    with pytest.raises(SearchError, match=r"no label “bus”$"):
        check_labels(parse("label:bus"), labels)
    with pytest.raises(SearchError, match='did you mean label:"traffic light"'):
        check_labels(parse("-label:traffic_light"), labels)
    with pytest.raises(SearchError, match="no labels yet"):
        check_labels(parse("suggested:car"), [])


@pytest.mark.parametrize(
    ("text", "start", "first"),
    [
        ("la", 0, "label:"),
        ("street -la", 8, "label:"),
        ("label:", 6, "car "),
        ("label:li", 6, '"traffic light" '),
        ('label:"traffic l', 6, '"traffic light" '),
        ("label:car,b", 10, "bus "),
        ("a status:do", 9, "done "),
        ("queue:", 6, "open "),
        ("a is:re", 5, "reviewed "),
        ("com", 0, "comment:"),
        ("regi", 0, "regions>"),
        ("con", 0, "conf<"),
    ],
)
def test_what_may_be_typed_on(text, start, first):
    completion = complete(text + " rest", len(text), labels=["car", "bus", "traffic light"])
    assert completion.start == start
    assert completion.choices[0] == first


def test_nothing_is_offered_where_nothing_fits():
    assert complete("", 0, labels=["car"]).choices == ()
    assert complete("street ", 7, labels=["car"]).choices == ()
    assert complete("label:xyz", 9, labels=["car"]).choices == ()
    assert complete("foo:", 4, labels=["car"]).choices == ()
    assert complete("foo：", 4, labels=["car"]).choices == ()
    assert complete("label：ca", 8, labels=["car", "bus"]) == (6, ("car ",))
    assert complete("regions>", 8, labels=["car"]).choices == ()


@given(st.text(alphabet='lab:us ,"-c'), st.data())
def test_what_is_offered_can_be_read(text, data):
    cursor = data.draw(st.integers(0, len(text)))
    completion = complete(text, cursor, labels=["car", "traffic light", 'a "b", c'])
    assert 0 <= completion.start <= cursor
    for choice in completion.choices:
        if choice.endswith(" ") and '"' not in text[: completion.start]:
            written = text[: completion.start].rpartition(" ")[2] + choice
            if not written.startswith(tuple('-"')) and written.count(":") == 1 and ",," not in written:
                parse(written.replace(":,", ":car,"))
