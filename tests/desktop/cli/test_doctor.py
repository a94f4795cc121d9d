"""`acseg doctor`, in a process of its own."""

from shell import acseg_process


def test_doctor_finds_this_installation_in_order() -> None:
    report = acseg_process("doctor").stdout
    assert "FAIL" not in report
    assert all(f"ok   {file} " in report for file in ("backbone", "generator", "projection"))
    assert "offscreen" in report
