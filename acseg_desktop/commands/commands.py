"""All commands of one window: what the handlers of the actions choose from, and how they are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.canvas.tools.tool import Tool
from acseg_desktop.commands.accepting import AcceptCommands
from acseg_desktop.commands.bands import BandCommands
from acseg_desktop.commands.batch import BatchCommands
from acseg_desktop.commands.browse import BrowseCommands
from acseg_desktop.commands.clusters import ClusterCommands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.cut import CutCommands
from acseg_desktop.commands.display import DisplayCommands
from acseg_desktop.commands.doubts import DoubtCommands
from acseg_desktop.commands.first_steps import FirstStepsCommands
from acseg_desktop.commands.importing import ImportCommands
from acseg_desktop.commands.keyboard import KeyboardCommands
from acseg_desktop.commands.labels import LabelCommands
from acseg_desktop.commands.last_place import LastPlace
from acseg_desktop.commands.look_alikes import LookAlikes
from acseg_desktop.commands.models import ModelCommands
from acseg_desktop.commands.project import ProjectCommands
from acseg_desktop.commands.propose import ProposeCommands
from acseg_desktop.commands.remarks import RemarkCommands
from acseg_desktop.commands.review import ReviewCommands
from acseg_desktop.commands.settings import SettingsCommands
from acseg_desktop.commands.shape import ShapeCommands
from acseg_desktop.commands.statistics import StatisticsCommands
from acseg_desktop.commands.suggest import SuggestCommands
from acseg_desktop.commands.tools import ToolCommands
from acseg_desktop.commands.training import TrainingCommands
from acseg_desktop.commands.undoing import UndoCommands
from acseg_desktop.commands.view import ViewCommands
from acseg_desktop.image_list.strip import ImageStrip
from acseg_desktop.panels.comment_bar import CommentBar
from acseg_desktop.panels.first_steps import FirstSteps
from acseg_desktop.panels.label_panel import LabelPanel
from acseg_desktop.panels.models_panel import ModelsPanel
from acseg_desktop.panels.start_page import StartPage
from acseg_desktop.panels.statistics_panel import StatisticsPanel
from acseg_desktop.panels.tone_bar import ToneBar
from acseg_desktop.panels.tool_options import ToolOptions


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands by what they are about."""

    accepting: AcceptCommands
    bands: BandCommands
    batch: BatchCommands
    browse: BrowseCommands
    clusters: ClusterCommands
    cut: CutCommands
    display: DisplayCommands
    doubts: DoubtCommands
    first_steps: FirstStepsCommands
    importing: ImportCommands
    keyboard: KeyboardCommands
    labels: LabelCommands
    models: ModelCommands
    project: ProjectCommands
    propose: ProposeCommands
    remarks: RemarkCommands
    review: ReviewCommands
    settings: SettingsCommands
    shape: ShapeCommands
    statistics: StatisticsCommands
    suggest: SuggestCommands
    tools: ToolCommands
    training: TrainingCommands
    undoing: UndoCommands
    view: ViewCommands

    def take(
        self,
        browser: ConceptBrowser,
        strip: ImageStrip,
        start: StartPage,
        labels: LabelPanel,
        *,
        bars: tuple[ToneBar, CommentBar, ToolOptions],
    ) -> None:
        """Fill these parts of the window, and do what they ask for."""
        tone, comment, tool_options = bars
        self.clusters.take(browser)
        self.batch.take(strip)
        self.project.take(start)
        self.display.take(tone)
        self.remarks.take(comment)
        self.tools.take(tool_options)
        self.labels.take(labels, strip.search)

    @property
    def checked(self) -> dict[str, bool]:
        """Which of the switches are on, by action."""
        parts = (self.tools, self.display, self.view, self.accepting, self.remarks)
        return {action_id: is_on for part in parts for action_id, is_on in part.checked.items()}


def make_commands(
    context: CommandContext,
    *,
    theme: Theme,
    keymap: Keymap,
    tools: Sequence[type[Tool]],
    first_steps: FirstSteps,
    statistics: StatisticsPanel,
    models: ModelsPanel,
    open_again: Callable[[], None],
) -> Commands:
    """Make the commands of a window.

    Args:
        context: The parts of the window.
        theme: Which the user may change.
        keymap: The keys of the actions, which the user may change, too.
        tools: The kinds of tools there are.
        first_steps: The line that shows somebody new what to do.
        statistics: The panel of statistics and notes.
        models: The panel of models and of the training that runs.
        open_again: Puts a new window in the place of this one.
    """
    # In this order they hear of what happens in the window.
    steps = FirstStepsCommands(context, first_steps)
    propose, view = ProposeCommands(context), ViewCommands(context)
    project = ProjectCommands(
        context,
        propose=propose.choose,
        welcome=steps.begin_once,
        export=lambda: batch.export(),  # noqa: PLW0108  # it is made below
        exporting=steps.note_export,
    )
    browse, cut = BrowseCommands(context), CutCommands(context)
    suggest, shape = SuggestCommands(context), ShapeCommands(context)
    chosen, display = ToolCommands(context, tools), DisplayCommands(context)
    review = ReviewCommands(context, name_shown=chosen.name_shown)
    batch = BatchCommands(context, propose=propose, suggest=suggest)
    clusters, accepting = ClusterCommands(context), AcceptCommands(context)
    clusters.shown.connect(accepting.forget)
    clusters.shown.connect(steps.note_browser)
    LookAlikes(context, clusters)
    LastPlace(context)
    importing = ImportCommands(context, open_folder=project.open_dropped, add_photos=project.add)
    labels = LabelCommands(context, review=review, clusters=clusters, import_labels=importing.choose)
    model_commands = ModelCommands(context, models)
    training = TrainingCommands(context, models, models=model_commands, selected=batch.selected)
    return Commands(
        accepting=accepting,
        bands=BandCommands(context),
        batch=batch,
        browse=browse,
        clusters=clusters,
        cut=cut,
        display=display,
        doubts=DoubtCommands(context, clusters),
        first_steps=steps,
        importing=importing,
        keyboard=KeyboardCommands(context, keymap),
        labels=labels,
        models=model_commands,
        project=project,
        propose=propose,
        remarks=RemarkCommands(context),
        review=review,
        settings=SettingsCommands(context, theme, open_again=open_again),
        shape=shape,
        statistics=StatisticsCommands(context, statistics),
        suggest=suggest,
        tools=chosen,
        training=training,
        undoing=UndoCommands(context),
        view=view,
    )
