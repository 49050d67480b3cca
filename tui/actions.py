"""Everything that can be done in the chat, in one table: keys, footer, help and command palette read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding
from textual.dom import DOMNode
from textual.widget import Widget

Where = Literal[
    "app", "chat", "prompt", "source", "contents", "go_to", "documents", "restriction", "ingest", "find",
    "conversations", "rename", "confirm", "export", "dialog"
]  # fmt: skip

PLACES: dict[Where, tuple[str, str]] = {
    "prompt": (
        "The prompt",
        "Ask in your own words; a follow-up may lean on what was said before. A symbol or a paragraph "
        "number looks it up, “all paragraphs on …” lists every one.",
    ),
    "source": (
        "The source",
        "The whole document, at the paragraph that was cited. Letters are keys here; Esc goes back to "
        "the prompt.",
    ),
    "find": (
        "Finding",
        "Finds what you type in the questions and answers of this conversation, whether they are in sight "
        "or not. Case and accents do not matter; where nobody said the phrase, its words are found.",
    ),
    "conversations": (
        "The conversations",
        "Type to find those in which every word was said; a word counts most in a title. ● is the one "
        "that is open. Deleting one is in the commands only, and asks before.",
    ),
    "contents": (
        "The contents",
        "The headings with the paragraphs below them. What you type leaves those that have it.",
    ),
    "go_to": (
        "Going to a paragraph",
        "A number such as 34, 22 (c) or 33–34, or a symbol with one for another document.",
    ),
    "documents": (
        "The documents",
        "What is held. Type words of title, symbol, State, committee or year to find some; ↓ goes to the "
        "list, where letters are keys.",
    ),
    "restriction": (
        "Restricting the conversation",
        "Questions are put to documents of all the kinds that are chosen; several of one kind are "
        "alternatives. Type to find what to choose.",
    ),
    "ingest": (
        "Adding documents",
        "Type, paste or drop the path of a file or folder. It goes on if you leave this window.",
    ),
    "rename": ("Another title", "The title by which the conversation is listed."),
    "confirm": (
        "A last question",
        "What is confirmed here cannot be taken back; Enter alone changes nothing.",
    ),
    "export": (
        "Writing to a file",
        "A path that ends in .md or .json; a file that is there is replaced when its name is sent twice.",
    ),
    "dialog": ("This window", "It lies over the chat, which goes on below it."),
    "chat": ("The conversation", "These keys work while you type; the letters once the prompt is left."),
    "app": ("Everywhere", "These keys work on every screen."),
}
"""Where keys work: what the place is called, and what its help says of it."""


@dataclass(frozen=True)
class Action:
    """Something that can be done: `call` is run by the part of the window that `where` names."""

    id: str
    """Names it in the settings of keys."""

    where: Where
    call: str
    keys: str
    """Separated by commas; empty where only the palette has it."""

    title: str
    """What the palette calls it."""

    does: str
    """A sentence, for help and palette."""

    label: str = ""
    """What the footer calls it; empty where the footer has no room for it."""

    group: Binding.Group | None = None
    priority: bool = False
    """Whether its keys are taken before the focused part sees them."""

    in_palette: bool = True


CITATIONS = Binding.Group("Citations")

ACTIONS: tuple[Action, ...] = (
    # the prompt
    Action("send", "prompt", "send", "enter", "Ask", "Ask the question that is typed.", label="Ask",
           in_palette=False),
    Action("new_line", "prompt", "new_line", "ctrl+j,shift+enter,alt+enter", "New line",
           "Begin a new line of the question.", in_palette=False),
    Action("recall_previous", "prompt", "recall(-1)", "up", "Recall the question before",
           "In the first line: the question asked before; what is typed is kept.", in_palette=False),
    Action("recall_next", "prompt", "recall(1)", "down", "Recall the question after",
           "In the last line: the question asked after that.", in_palette=False),
    # conversation and source
    Action("back", "chat", "back", "escape", "Back", "Stop the answer that is being made; else go back "
           "to the prompt; else close the source.", in_palette=False),
    Action("previous_citation", "chat", "step(-1)", "p,f7", "Previous citation",
           "Read the citation before, of the same answer.", label="Back", group=CITATIONS, priority=True),
    Action("next_citation", "chat", "step(1)", "n,f8", "Next citation",
           "Read the citation after, of the same answer.", label="On", group=CITATIONS, priority=True),
    Action("read_source", "chat", "read_source", "ctrl+o", "Read the source",
           "Read what the answer cites, in its document.", label="Source", priority=True),
    Action("previous_answer", "chat", "answer(-1)", "left_square_bracket", "Earlier answer",
           "Read what the answer before this one cites."),
    Action("next_answer", "chat", "answer(1)", "right_square_bracket", "Later answer",
           "Read what the answer after this one cites."),
    Action("edit_search", "chat", "edit_search", "e,f5", "Edit the search",
           "Change what was searched for, and search again.", priority=True),
    Action("other_pane", "chat", "other_pane", "f6", "Other side",
           "Go from the prompt to the conversation, the source, and back.", priority=True),
    Action("copy_citation", "chat", "copy_citation", "c", "Copy the citation",
           "Copy a full reference to the place that is read, in the style that is chosen.", label="Cite"),
    Action("copy_quotation", "chat", "copy_quotation", "y", "Copy the quotation",
           "Copy the quoted words with a full reference.", label="Quote"),
    Action("copy_answer", "chat", "copy_answer", "a", "Copy the answer",
           "Copy the answer with its sources, as Markdown."),
    Action("copy_all_citations", "chat", "copy_all_citations", "", "Copy all citations",
           "Copy full references to all that the answer cites, one a line."),
    Action("copy_label", "chat", "copy_label", "", "Copy symbol and paragraph",
           "Copy the short form of the citation that is read."),
    Action("choose_style", "chat", "choose_style", "", "Style of references",
           "Choose how references are copied: UN, OSCOLA, AGLC, Bluebook, McGill or Chicago."),
    Action("export", "chat", "export", "ctrl+s", "Write to a file",
           "Write the conversation to a file, with all its sources.", priority=True),
    Action("new_conversation", "chat", "new_conversation", "ctrl+n", "New conversation",
           "Begin a new conversation; this one stays in the list.", priority=True),
    Action("conversations", "chat", "conversations", "f2", "Conversations",
           "Search in all conversations, and go on with one.", label="List", priority=True),
    Action("find", "chat", "find", "ctrl+f", "Find in this conversation",
           "Find words in the questions and answers of this conversation.", priority=True),
    # not one action with the one above: where keys are taken before the focused part sees them, Textual takes
    # this one from what is typed
    Action("find_by_slash", "chat", "find", "slash", "Find in this conversation",
           "The same, where nothing is typed.", in_palette=False),
    Action("rename_conversation", "chat", "rename_conversation", "", "Rename this conversation",
           "Give this conversation another title."),
    Action("delete_conversation", "chat", "delete_conversation", "", "Delete this conversation",
           "Delete this conversation for good, if you confirm it."),
    Action("page_up", "chat", "scroll_page(-1)", "pageup", "A page back", "A page back.",
           priority=True, in_palette=False),
    Action("page_down", "chat", "scroll_page(1)", "pagedown", "A page on", "A page on.",
           priority=True, in_palette=False),
    Action("first_question", "chat", "scroll_to_edge(-1)", "ctrl+home", "First question",
           "To the first question.", priority=True),
    Action("last_answer", "chat", "scroll_to_edge(1)", "ctrl+end", "Last answer",
           "To the last answer.", priority=True),
    # finding in the conversation
    Action("find_next", "find", "find(1)", "enter,down", "Next match", "Go to the next match.",
           label="Next", in_palette=False),
    Action("find_previous", "find", "find(-1)", "up,shift+enter", "Previous match",
           "Go to the match before.", label="Previous", in_palette=False),
    Action("close_find", "find", "close_find", "escape", "Close", "Go back to the prompt.",
           label="Close", in_palette=False),
    # the list of conversations
    Action("go_on", "conversations", "go_on", "enter", "Go on with this conversation",
           "Go on with it, at the turn where the words were said that you searched for.",
           label="Go on"),
    Action("into_list", "conversations", "into_list", "down", "Into the list",
           "Go from the box into the list; typing goes back to the box.", in_palette=False),
    Action("rename_listed", "conversations", "rename", "ctrl+r", "Rename this conversation",
           "Give the chosen conversation another title.", label="Rename"),
    Action("delete_listed", "conversations", "delete", "", "Delete this conversation",
           "Delete the chosen conversation for good, if you confirm it."),
    Action("close_conversations", "conversations", "dismiss(None)", "escape,f2", "Close",
           "Go back to the conversation.", label="Close", in_palette=False),
    # the source
    Action("go_to", "source", "go_to", "g", "Go to a paragraph",
           "Go to a paragraph by its number, of this document or another.", label="Go to"),
    Action("contents", "source", "contents", "t", "Table of contents",
           "Go to a heading of this document.", label="Contents"),
    Action("next_place", "source", "place(1)", "j", "Next paragraph",
           "Mark the next paragraph or item, to be copied; a click marks one, too."),
    Action("previous_place", "source", "place(-1)", "k", "Previous paragraph",
           "Mark the paragraph or item before."),
    Action("address", "source", "address", "o", "Copy the address",
           "Copy the address at which the UN publishes this document."),
    # its contents, and going to a paragraph
    Action("contents_up", "contents", "choose('cursor_up')", "up", "Up", "The heading before.",
           in_palette=False, priority=True),
    Action("contents_down", "contents", "choose('cursor_down')", "down", "Down", "The heading after.",
           in_palette=False, priority=True),
    Action("contents_page_up", "contents", "choose('page_up')", "pageup", "A page back", "A page back.",
           in_palette=False, priority=True),
    Action("contents_page_down", "contents", "choose('page_down')", "pagedown", "A page on", "A page on.",
           in_palette=False, priority=True),
    Action("contents_close", "contents", "dismiss", "escape", "Close", "Back to the text.", label="Close",
           in_palette=False),
    Action("go_to_close", "go_to", "dismiss", "escape", "Close", "Stay where you are.", label="Close",
           in_palette=False),
    # what is held
    Action("documents", "chat", "documents", "f3", "Documents",
           "Look at the documents that are held; open, add, remove or restrict the conversation to some.",
           priority=True),
    Action("restrict", "chat", "restrict", "f4", "Restrict the conversation",
           "Choose the States, committees, instruments, years or documents that questions are put to.",
           priority=True),
    Action("clear_restriction", "chat", "clear_restriction", "", "Lift the restriction",
           "Put questions to all documents again."),
    Action("ingest", "chat", "ingest", "f9", "Add documents",
           "Add files or a folder, or see how far that is.", priority=True),
    # the browser of documents
    Action("open_document", "documents", "open", "enter", "Open", "Read the highlighted document.",
           label="Open"),
    Action("document_go_to", "documents", "go_to", "g", "Open at a paragraph",
           "Read the highlighted document at a paragraph, such as 22 (c).", label="Paragraph"),
    Action("mark_document", "documents", "mark", "space", "Mark", "Mark the highlighted document, or take "
           "the mark off.", label="Mark"),
    Action("restrict_to_documents", "documents", "restrict('symbols')", "r", "Ask these documents only",
           "Restrict the conversation to the marked documents, or else the highlighted one.",
           label="Restrict"),
    Action("restrict_to_states", "documents", "restrict('states')", "s", "Ask their State only",
           "Restrict the conversation to the States of the marked documents, or of the highlighted one."),
    Action("restrict_to_committees", "documents", "restrict('committees')", "c", "Ask their committee only",
           "Restrict the conversation to committees of the marked documents, or of the highlighted one."),
    Action("restrict_to_instruments", "documents", "restrict('instruments')", "", "Ask their instrument only",
           "Restrict the conversation to instruments of the marked documents, or of the highlighted one."),
    Action("restrict_to_years", "documents", "restrict('years')", "y", "Ask their year only",
           "Restrict the conversation to the years of the marked documents, or of the highlighted one."),
    Action("document_contents", "documents", "contents", "t", "Contents of the document",
           "Read what the highlighted document is: title, dates, headings with their paragraphs.",
           label="Contents"),
    Action("document_order", "documents", "order", "o", "Sort by State or date",
           "Sort the list by State, or by date with the latest first.", label="Sort"),
    Action("add_documents", "documents", "add", "a", "Add documents",
           "Add files or a folder.", label="Add"),
    Action("remove_document", "documents", "remove", "", "Remove the document",
           "Remove the highlighted document, if you confirm it."),
    Action("filter_documents", "documents", "to_filter", "slash", "Filter", "Go to the filter.",
           in_palette=False),
    Action("to_documents", "documents", "to_list", "down", "To the list", "From the filter to the list.",
           label="List", in_palette=False),
    Action("close_documents", "documents", "close", "escape", "Close", "Back to the conversation.",
           in_palette=False),
    # the restriction
    Action("choose", "restriction", "choose", "enter,space", "Choose",
           "Choose the highlighted one, or take it back; Space does it in the list.", label="Choose",
           in_palette=False),
    Action("apply_restriction", "restriction", "apply", "ctrl+s", "Apply",
           "Restrict the conversation to what is chosen.", label="Apply", priority=True),
    Action("clear_choice", "restriction", "clear", "ctrl+r", "Choose nothing",
           "Take back all that is chosen.",
           label="Clear", priority=True),
    Action("to_choices", "restriction", "to_list", "down", "To the list", "From the filter to the list.",
           label="List", in_palette=False),
    Action("close_restriction", "restriction", "close", "escape", "Leave it", "Leave the restriction as it "
           "was.", label="Leave", in_palette=False),
    # adding documents
    Action("take_in", "ingest", "take_in", "enter", "Add", "Add what the path names.", label="Add",
           in_palette=False),
    Action("complete_path", "ingest", "complete", "tab", "Complete", "Complete the path as far as it is "
           "clear how it goes on.", label="Complete", priority=True, in_palette=False),
    Action("to_outcomes", "ingest", "to_list", "down", "To the list", "From the path to what became of the "
           "files; the highlighted one is whole below.", label="List", in_palette=False),
    Action("stop_ingest", "ingest", "stop", "escape", "Stop", "Stop what is under way, of which all that is "
           "listed is held; else close.", label="Stop, close", in_palette=False),
    Action("meanwhile", "ingest", "meanwhile", "f9", "Go on chatting", "Back to the chat; what is under way "
           "goes on.", label="Chat meanwhile", priority=True),
    # small windows
    Action("give_title", "rename", "rename", "enter", "Rename", "Give it this title.", label="Rename",
           in_palette=False),
    Action("keep_title", "rename", "dismiss", "escape", "Cancel", "Leave the title as it is.", label="Cancel",
           in_palette=False),
    Action("cancel", "confirm", "dismiss", "escape", "Cancel", "Leave everything as it is.", label="Cancel",
           in_palette=False),
    Action("answer_before", "confirm", "app.focus_previous", "left,up", "The answer before",
           "Go to the answer before.", in_palette=False),
    Action("answer_after", "confirm", "app.focus_next", "right,down", "The answer after",
           "Go to the answer after.", in_palette=False),
    Action("write_file", "export", "write", "enter", "Write", "Write the file.", label="Write", priority=True,
           in_palette=False),
    Action("write_nothing", "export", "dismiss", "escape", "Close", "Write nothing.", label="Close",
           in_palette=False),
    Action("close_dialog", "dialog", "dismiss", "escape", "Close", "Back to where you were.", label="Close",
           in_palette=False),
    # everywhere
    Action("theme", "app", "change_theme", "", "Theme",
           "Choose the colours of the window; it is remembered."),
    Action("quit", "app", "quit", "ctrl+q", "Quit", "Leave the chat.", priority=True),
    Action("commands", "app", "command_palette", "ctrl+p", "Commands",
           "Find anything that can be done by its name.", label="Commands", priority=True, in_palette=False),
    Action("help", "app", "help", "f1", "Help", "Tell what can be done here.", label="Help", priority=True),
)  # fmt: skip
"""In the order in which footer and help tell of them."""


def bindings_of(where: Where) -> list[Binding]:
    """The keys of a part of the window."""
    return [
        Binding(
            action.keys,
            action.call,
            action.label or action.title,
            show=bool(action.label),
            priority=action.priority,
            tooltip=action.does,
            id=action.id,
            group=action.group,
        )
        for action in ACTIONS
        if action.where == where and action.keys
    ]


def keys_of(where: Where) -> set[str]:
    """The keys of a part of the window, as they are when nobody changes them."""
    return {key for action in ACTIONS if action.where == where for key in action.keys.split(",") if key}


def place_of(node: DOMNode) -> Where | None:
    """Which place a part of the window is, if any: it says so in its `PLACE`."""
    return getattr(node, "PLACE", None)


def reachable(screen: Widget) -> Iterator[tuple[Action, DOMNode]]:
    """What can be done now on a screen, each with the part of the window that does it."""
    nodes = _places_of([screen.app, screen, *screen.query("*")])
    for action in ACTIONS:
        node = nodes.get(action.where)
        if node is not None and action.in_palette and _is_enabled(node, action):
            yield action, node


def _places_of(nodes: Iterable[DOMNode]) -> dict[Where, DOMNode]:
    places: dict[Where, DOMNode] = {}
    for node in nodes:
        place = place_of(node)
        if place is not None and getattr(node, "display", True):
            places.setdefault(place, node)
    return places


def _is_enabled(node: DOMNode, action: Action) -> bool:
    name = action.call.partition("(")[0]
    return node.check_action(name, ()) is True


def key_display(key: str) -> str:
    """A key as people write it: `ctrl+o` is Ctrl+O, `left_square_bracket` is [."""
    # imported here, because Textual's names of keys are large
    from textual.keys import format_key

    *modifiers, last = key.split("+")
    shown = _NAMES.get(last) or format_key(last)
    if modifiers or re.fullmatch(r"f\d+", last):
        shown = _NAMES.get(last) or shown.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "tab": "Tab",
    "delete": "Del",
}
