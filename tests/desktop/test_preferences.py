"""What is remembered between runs: whatever the settings file holds, values make sense."""

from acseg_desktop.preferences import Preferences


def test_a_size_out_of_range_is_kept_within(qapp):
    preferences = Preferences()
    preferences.store("text_size", 900)
    assert preferences.text_size == 200
    preferences.store("text_size", "large")
    assert preferences.text_size == 100
