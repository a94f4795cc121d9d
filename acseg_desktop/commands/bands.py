"""Command of bands and contrast: a form with a preview of the image that is shown, then one step for many images."""

from __future__ import annotations

from acseg_core.errors import AcsegError
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.rendering import Rendering, from_text
from acseg_core.types import ImageRecord
from acseg_core.workflows.renderings import Preview, Previews, RenderingReport
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.faults import sentence, show_error
from acseg_desktop.dialogs.bands_form import PICTURE, BandsForm, BandsRequest
from acseg_desktop.language.words import Words
from acseg_desktop.operations import images

tr = Words("Bands")


class BandCommands:
    """Shows images by other bands."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._previewing: _Dialogue | None = None  # signals keep no object alive

    def choose(self) -> None:
        """Ask which bands are shown, and how."""
        record = self._context.viewer.record
        if record is None or not self._context.session.can_edit:
            return
        form = BandsForm(self._context.window, is_tile=record.info.tile is not None)
        self._previewing = _Dialogue(self._context, record, form)
        form.submitted.connect(lambda request: self._change(record, request))
        form.open()

    def _change(self, record: ImageRecord, request: BandsRequest) -> None:
        ids = None if request.is_for_all else [record.id]
        job = images.change_bands(self._context.session, request.choice, ids, is_default=request.is_default)
        job.on_error(lambda error: self._context.say(sentence(error)), of=AcsegError)
        job.succeeded.connect(self._say)

    def _say(self, report: RenderingReport) -> None:
        text = tr("%Ln image(s) shown otherwise", len(report.changes.image_ids))
        if report.left_out:
            text = f"{text}; {tr('%Ln left as they were, as they have no such bands', len(report.left_out))}"
        self._context.say(text)


class _Dialogue:
    """Makes the previews that a form wants, one at a time, the newest wish first."""

    def __init__(self, context: CommandContext, record: ImageRecord, form: BandsForm) -> None:
        self._context, self._record, self._form = context, record, form
        self._previews: Previews | None = None
        self._busy, self._waiting = False, False
        self._wanted: BandChoice | None = None
        self._is_over = False
        form.finished.connect(self._end)
        form.preview_wanted.connect(self._want)
        job = context.session.read(lambda project: Previews(project, record))
        job.on_error(self._fail, of=AcsegError)
        job.succeeded.connect(self._begin)

    def _begin(self, previews: Previews) -> None:
        self._previews = previews
        if not self._is_over:
            text = self._record.info.rendering
            self._form.show_bands(previews.source.names, previews.source.shown, is_as_added=not text)

    def _want(self, choice: BandChoice | None) -> None:
        self._wanted, self._waiting = choice, True
        self._make()

    def _make(self) -> None:
        previews, choice = self._previews, self._wanted
        if self._busy or not self._waiting or self._is_over or previews is None or not self._context.session.is_open:
            return
        self._busy, self._waiting = True, False
        side = 2 * max(PICTURE.width(), PICTURE.height())
        job = self._context.session.read(lambda _project: previews.of(choice, side=side))
        job.on_error(self._form_problem, of=AcsegError)
        job.succeeded.connect(self._show)
        job.finished.connect(self._on_made)

    def _show(self, preview: Preview) -> None:
        if not self._is_over and not self._waiting:
            shown = from_text(preview.rendering)
            self._form.show_picture(preview.rgb, () if shown is None else shown.bands, _values(shown))

    def _form_problem(self, error: Exception) -> None:
        if not self._is_over and not self._waiting:
            self._form.show_problem(error)

    def _on_made(self) -> None:
        self._busy = False
        self._make()

    def _fail(self, error: Exception) -> None:
        if not self._is_over:
            self._form.reject()
            show_error(self._context.window, error)

    def _end(self) -> None:
        self._is_over = True


def _values(shown: Rendering | None) -> str:
    """Which values are black and white, band by band."""
    if shown is None:
        return ""
    spans = (
        tr("band {band}: {black} to {white}").format(band=band, black=f"{each.black:.6g}", white=f"{each.white:.6g}")
        for band, each in zip(shown.bands, shown.stretches, strict=True)
    )
    return "\n".join(spans)
