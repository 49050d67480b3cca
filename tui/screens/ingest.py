"""Adding documents: a path is asked for, and what becomes of its files is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, ProgressBar, Static

from tui.actions import Where, bindings_of
from tui.background import in_background
from tui.intake import Intake, outcome_row
from tui.notices import notice_of
from tui.printable import printable
from tui.screens.window import Window
from tui.typed_paths import Completion, completed, typed_paths
from tui.widgets.line_input import LineInput
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from assistant.service import Outcome
    from tui.collecting import Collecting

_MOST_NAMES = 40
_STEPS = 1000  # of the bar, which takes whole numbers better than shares


class IngestScreen(Window[None]):
    """Asks for a path; the files are taken in by the chat, so this can be left meanwhile."""

    PLACE: ClassVar[Where] = "ingest"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("ingest")]

    DEFAULT_CSS = """
    IngestScreen {
        ProgressBar { width: 1fr; padding: 0 1; display: none; }
        Bar { width: 1fr; }
        &.-running ProgressBar { display: block; }
        #whole {
            height: auto; max-height: 5; padding: 0 1; display: none;
            border-top: solid $surface-lighten-2;
        }
        &.-listed #whole { display: block; }
        &.-short #whole, &.-short ProgressBar { display: none; }
    }
    """

    class Completed(Message):
        """How a path goes on was looked up."""

        def __init__(self, typed: str, completion: Completion) -> None:
            super().__init__()
            self.typed = typed
            self.completion = completion

    def __init__(self, chat: Collecting) -> None:
        super().__init__()
        self._chat = chat
        self._path = LineInput("A file or a folder; Tab completes", id="path")
        self._line = Static(id="progress", classes="told", markup=False)
        self._bar = ProgressBar(total=None, show_eta=False)
        self._list: RowList[Outcome] = RowList(lambda outcome, _: outcome_row(outcome), id="list")
        self._whole = Static(id="whole", markup=False)
        self._shown: tuple[Intake, int] | None = None
        """Of which intake how many outcomes are listed."""
        self._given_back: Intake | None = None
        """Which intake's path was put back to be mended or added again."""

    def compose(self) -> ComposeResult:
        """The path, how far it is, and a line for each file; the highlighted one whole below them."""
        with Vertical(classes=self.WINDOW) as window:
            window.border_title = "Add documents"
            yield self._path
            yield self._bar
            yield self._line
            yield self._list
            yield self._whole
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what is under way, or ask."""
        self._path.focus()
        self.sync()

    def sync(self) -> None:
        """Show how far the work is."""
        intake = self._chat.intake
        is_running = intake is not None and intake.is_running
        if is_running != self.has_class("-running"):
            self._turn(is_running)
        if intake is None:
            self._line.update("PDF, Word, HTML and text files; a folder stands for all files below it.")
            return
        if intake.is_to_be_typed_again and self._given_back is not intake:
            self._given_back = intake
            self._path.value = self._path.value or intake.typed
        if self._shown != (intake, len(intake.outcomes)):
            at = self._list.at if self._list.has_focus else len(intake.outcomes)
            self._list.show(intake.outcomes, at)
            self._shown = (intake, len(intake.outcomes))
        error = notice_of(intake.error) if intake.error else None
        told = [error.title, error.text] if error else []
        self._line.update(Content(printable("\n".join(filter(None, [*told, intake.line])))))
        share = intake.share
        self._bar.update(total=None if share is None else _STEPS, progress=round((share or 0) * _STEPS))

    def _turn(self, is_running: bool) -> None:
        """Ask for no path while files are taken in."""
        self.set_class(is_running, "-running")
        self._path.display = not is_running
        (self._list if is_running else self._path).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a path can be done where one can be typed."""
        is_of_path = action in ("take_in", "complete", "to_list")
        return (
            False if is_of_path and self.has_class("-running") else super().check_action(action, parameters)
        )

    def on_row_list_highlighted(self) -> None:
        """Show a line whole that is cut in the list."""
        outcome = self._list.highlighted
        self._whole.update(Content(outcome_row(outcome) if outcome else ""))
        self.set_class(outcome is not None, "-listed")

    def on_row_list_left_above(self) -> None:
        """Go back to the path."""
        self._path.focus()

    # -- what can be done

    def action_take_in(self) -> None:
        """Take in what the path names."""
        typed = self._path.value
        if paths := typed_paths(typed):
            self._path.clear()
            self._chat.take_in(paths, typed)

    def action_to_list(self) -> None:
        """Go from the path to what became of the files."""
        if self._path.has_focus and self._list.rows:
            self._list.focus()

    def action_complete(self) -> None:
        """Complete the path as far as the names in its folder say how it goes on."""
        typed = self._path.value
        in_background(
            self,
            lambda: self.Completed(typed, completed(typed)),
            lambda _: self.Completed(typed, Completion(typed)),
        )

    def on_ingest_screen_completed(self, message: Completed) -> None:
        """Go on as far as it is clear, and name what there is to choose from."""
        if message.typed != self._path.value:
            return
        completion = message.completion
        self._path.value = completion.text
        self._path.cursor_position = len(completion.text)
        names = completion.names
        more = f"  … {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
        self._line.update(Content(printable("  ".join(names[:_MOST_NAMES]) + more)))

    def action_stop(self) -> None:
        """Stop what is under way; else close."""
        intake = self._chat.intake
        if intake is not None and intake.is_running:
            intake.stop()
            self.sync()
        else:
            self.dismiss(None)

    def action_meanwhile(self) -> None:
        """Back to the chat; what is under way goes on."""
        self.dismiss(None)
