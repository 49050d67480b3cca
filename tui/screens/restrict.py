"""What the conversation is restricted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Static

from tui.actions import Where, bindings_of
from tui.background import in_background
from tui.library import folded
from tui.notices import notice_of
from tui.printable import printable
from tui.restriction import Choice, choices_of, chosen_of, filters_of, named
from tui.screens.window import Window
from tui.widgets.line_input import LineInput
from tui.widgets.row_list import RowList
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.answer import Coverage, Filters
    from assistant.service import Assistant


@dataclass(frozen=True)
class Restricted:
    """What was chosen; None is nothing."""

    filters: Filters | None


class RestrictScreen(Window[Restricted | None]):
    """One list of all that a conversation can be restricted to, what is chosen at its top."""

    PLACE: ClassVar[Where] = "restriction"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("restriction")]

    class Offered(Message):
        """What there is to choose was read."""

        def __init__(self, choices: list[Choice]) -> None:
            super().__init__()
            self.choices = choices

    class Weighed(Message):
        """How much a choice leaves was found out."""

        def __init__(self, filters: Filters | None, coverage: Coverage) -> None:
            super().__init__()
            self.filters = filters
            self.coverage = coverage

    class Failed(Message):
        """Something could not be read."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, assistant: Assistant, filters: Filters | None) -> None:
        super().__init__()
        self._assistant = assistant
        self._roles = filters.roles if filters else ()
        self._choices: list[tuple[Choice, str]] = []
        """All choices, each with its searchable text."""
        self._chosen = {choice.key: choice for choice in chosen_of(filters)}
        self._filters = filters
        self._is_too_much = self._has_failed = False
        self._filter = LineInput("Filter: Kenya, CRPD, 2015 …", id="filter")
        self._list: RowList[Choice] = RowList(self._row, empty="Reading…", id="list")
        self._leaves = Static(id="leaves", classes="told", markup=False)
        self._window = Vertical(classes=self.WINDOW)

    def compose(self) -> ComposeResult:
        """The filter, what the choice leaves, and the list."""
        with self._window:
            self._window.border_title = "Restrict the conversation"
            yield self._filter
            yield self._leaves
            yield self._list
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read what there is."""
        self._filter.focus()
        assistant = self._assistant
        in_background(
            self, lambda: self.Offered(choices_of(assistant.facets(), assistant.documents())), self.Failed
        )
        self._weigh()

    def on_restrict_screen_offered(self, message: Offered) -> None:
        """List it; what is chosen and not offered any more can still be taken back."""
        offered = {choice.key: choice for choice in message.choices}
        self._chosen = {key: offered.get(key, choice) for key, choice in self._chosen.items()}
        beside = [choice for key, choice in self._chosen.items() if key not in offered]
        self._choices = [(choice, choice.found_by) for choice in (*beside, *message.choices)]
        self._find()

    def on_restrict_screen_failed(self, message: Failed) -> None:
        """Say why there is nothing to choose."""
        self._has_failed = True
        self._leaves.update(Content(printable(notice_of(message.error).text)))

    # -- the list

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        self._find()

    def _find(self, at: Choice | None = None) -> None:
        wanted = folded(self._filter.value).split()
        found = [choice for choice, text in self._choices if all(word in text for word in wanted)]
        if not wanted:  # what was looked for is kept in its place, so that it does not run from the eyes
            found.sort(key=lambda choice: choice.key not in self._chosen)
        keys = [choice.key for choice in found]
        self._list.show(
            found, keys.index(at.key) if at and at.key in keys else 0, empty="Nothing is called so."
        )

    def _row(self, choice: Choice, width: int) -> str:
        return printable(choice.row(choice.key in self._chosen), lines=False)

    def on_row_list_left_above(self) -> None:
        """Go back to the filter."""
        self._filter.focus()

    def on_row_list_chosen(self) -> None:
        """Choose what is clicked."""
        self.action_choose()

    # -- what can be done

    def action_to_list(self) -> None:
        """Leave the filter for the list."""
        self._list.focus()

    def action_choose(self) -> None:
        """Choose the highlighted one, or take it back."""
        choice = self._list.highlighted
        if choice is not None:
            if self._chosen.pop(choice.key, None) is None:
                self._chosen[choice.key] = choice
            self._list.redraw()
            self._weigh()

    def action_clear(self) -> None:
        """Choose nothing."""
        self._chosen.clear()
        self._find()
        self._weigh()

    def action_apply(self) -> None:
        """Restrict the conversation."""
        if self._is_too_much:
            self.app.bell()
            return
        self.dismiss(Restricted(self._filters))

    def action_close(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)

    # -- what it leaves

    def _weigh(self) -> None:
        """Find out how much is left, by the same scope that binds a question."""
        try:
            self._filters = filters_of(self._chosen.values())
        except ValueError:
            self._is_too_much = True
            self._leaves.update("▲ These are more than a restriction takes; choose fewer.")
            return
        self._is_too_much = False
        if self._roles and self._filters is not None:
            self._filters = self._filters.model_copy(update={"roles": self._roles})
        filters, assistant = self._filters, self._assistant
        self._window.border_subtitle = Content(named(filters) if filters else "")  # the list may not show it

        def weigh() -> Message:
            from assistant.answer import Filters

            return self.Weighed(filters, assistant.coverage(filters or Filters()))

        in_background(self, weigh, self.Failed)

    def on_restrict_screen_weighed(self, message: Weighed) -> None:
        """Say how much is left, unless something else is chosen meanwhile."""
        if message.filters is not self._filters or self._has_failed:
            return
        left, held = message.coverage.matching_documents, counted(message.coverage.documents, "document")
        if message.filters is None:
            text = f"Nothing is chosen: questions are put to all {held}."
        elif not left:
            text = f"▲ Leaves none of {held}: no document is of all that is chosen."
        else:
            text = f"Leaves {left:,} of {held}."
        self._leaves.update(Content(text))
