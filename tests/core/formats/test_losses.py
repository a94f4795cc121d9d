"""What is lost, in words."""

from acseg_core.formats.dataset import Kept
from acseg_core.formats.losses import TITLES, loss_texts


def test_there_are_words_for_everything_that_can_be_lost():
    for count in (1, 1200):
        texts = loss_texts({feature.value: count for feature in Kept})
        assert len(texts) == len(Kept) == len(TITLES)
        assert all(("1,200" if count > 1 else "1 ") in text or "that 1" in text for text in texts), texts
    assert loss_texts({}) == []
