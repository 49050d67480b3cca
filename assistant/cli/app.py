"""The commands. Each imports what it needs when it runs, so that help is instant."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import conversing, options
from assistant.cli.chat_command import chat
from assistant.cli.checking import check
from assistant.cli.citation_export import export
from assistant.cli.citing import cite
from assistant.cli.engine import engine_app
from assistant.cli.exit_codes import FAILED, NOT_FOUND, PARTLY_REFUSED
from assistant.cli.opening import open_assistant
from assistant.cli.quoting import quote

if TYPE_CHECKING:
    from assistant.answer import Filters

app = typer.Typer(
    name="pilcrow",
    help="Ask paragraph-numbered documents; every statement of an answer cites its paragraph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(engine_app)
app.add_typer(conversing.conversations_app)


def _version(wanted: bool) -> None:
    if wanted:
        from corpus import __version__

        typer.echo(f"pilcrow {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command()
@options.filtered
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know; - reads it from stdin.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many paragraphs to look at.")] = 8,
    conversation: conversing.ConversationOption = None,
    go_on: conversing.ContinueOption = False,
    *,
    filters: "Filters",
    export: options.Export = None,
    as_json: options.Json = False,
) -> None:
    """Answer a question from the documents, with the paragraph of every statement."""
    from assistant.answer import AskRequest
    from assistant.cli.exporting import export_told
    from assistant.cli.printing import Narrator, answer_text, as_data, print_json
    from assistant.export import check_table_target

    if export is not None:
        check_table_target(export)
    text = sys.stdin.read() if question == "-" else question
    assistant = open_assistant()
    known, kept = conversing.chosen(assistant, conversation, go_on)
    request = AskRequest(question=text, conversation_id=known, filters=filters, k=k, store=kept)
    answer = assistant.ask(request, Narrator())
    if kept:
        conversing.tell(answer, known)
    if as_json:
        print_json(as_data(answer))
    else:
        typer.echo(answer_text(answer))
    if export is not None:
        export_told(assistant, answer, export)
    if answer.refused:
        raise typer.Exit(NOT_FOUND)


@app.command()
@options.filtered
def search(
    query: Annotated[str, typer.Argument(help="What to look for; - reads it from stdin.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many paragraphs.")] = 10,
    *,
    filters: "Filters",
    export: options.Export = None,
    as_json: options.Json = False,
) -> None:
    """Find paragraphs, with their scores and without an answer."""
    from assistant.answer import SearchRequest
    from assistant.cli.exporting import export_told
    from assistant.cli.printing import Narrator, as_data, print_json, search_text
    from assistant.export import check_table_target

    if export is not None:
        check_table_target(export)
    text = sys.stdin.read() if query == "-" else query
    assistant = open_assistant()
    result = assistant.search(SearchRequest(query=text, filters=filters, k=k), Narrator())
    if as_json:
        print_json(as_data(result))
    else:
        typer.echo(search_text(result))
    if export is not None:
        export_told(assistant, result, export)
    if not result.passages:
        raise typer.Exit(NOT_FOUND)


@app.command()
def documents(all_editions: options.AllEditions = False, as_json: options.Json = False) -> None:
    """List what is held."""
    from assistant.cli.printing import documents_text, header_data, print_json

    headers = open_assistant().documents(all_editions=all_editions)
    if as_json:
        print_json([header_data(header) for header in headers])
    else:
        typer.echo(documents_text(headers))


@app.command()
def show(
    symbol: Annotated[str, typer.Argument(help="The document's symbol or slug.")],
    pinpoint: Annotated[str | None, typer.Argument(help='A place, such as "22 (c)".')] = None,
    as_json: options.Json = False,
) -> None:
    """Print a held document, or one place of it."""
    from assistant.cli.printing import as_data, document_text, place_text, print_json

    assistant = open_assistant()
    if pinpoint is None:
        document = assistant.document(symbol)
        if as_json:
            print_json(as_data(document))
        else:
            typer.echo(document_text(document))
        return
    places = assistant.show(symbol, pinpoint)
    if as_json:
        print_json([as_data(found.place) for found in places])
    else:
        typer.echo("\n\n".join(place_text(found) for found in places))


@app.command()
def parse(
    file: options.SourcePath,
    symbol: options.GivenSymbol = None,
    state: options.GivenState = None,
    date: options.GivenDate = None,
    as_json: options.Json = False,
) -> None:
    """Print a file as Pilcrow reads it; nothing is stored."""
    from assistant.cli.printing import as_data, document_text, print_json
    from assistant.file_loading import parse_file
    from assistant.settings import load_settings

    document = parse_file(file, options.metadata_of(symbol, state, date), load_settings())
    if as_json:
        print_json(as_data(document))
    else:
        typer.echo(document_text(document))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    symbol: options.GivenSymbol = None,
    state: options.GivenState = None,
    date: options.GivenDate = None,
    as_json: options.Json = False,
) -> None:
    """Read and index files and folders: one line for each file."""
    from contextlib import closing

    from assistant.cli.ingesting import Bar, Tally, outcome_data, outcome_text
    from assistant.cli.printing import print_json

    given = options.metadata_of(symbol, state, date)
    if symbol and (len(paths) > 1 or paths[0].is_dir()):
        raise typer.BadParameter("names one document; give one file with it.", param_hint="--symbol")
    tally, told = Tally(), []
    try:
        with Bar() as bar, closing(open_assistant().ingest(paths, given, bar)) as outcomes:
            for outcome in outcomes:
                tally.count(outcome)
                if as_json:
                    told.append(outcome_data(outcome))
                bar.tell(None if as_json else outcome_text(outcome))
    except KeyboardInterrupt:
        typer.echo("pilcrow: Stopped. What is listed is held; the same command goes on from there.", err=True)
        raise
    finally:
        if told:
            print_json({"files": told, "summary": tally.data()})
        if tally.files > 1:
            typer.echo(tally.text(), err=True)
    if tally["refused"]:
        raise typer.Exit(FAILED if tally["refused"] == tally.files else PARTLY_REFUSED)
    if not tally.files:
        typer.echo("pilcrow: There are no files there.", err=True)
        raise typer.Exit(FAILED)


@app.command()
def remove(
    symbol: Annotated[str, typer.Argument(help="The document's symbol or slug.")],
    all_editions: options.AllEditions = False,
) -> None:
    """Remove a document."""
    for header in open_assistant().remove(symbol, all_editions=all_editions):
        typer.echo(f"removed    {header.symbol} ({header.edition}, {header.language})")


app.command()(cite)
app.command()(quote)
app.command()(check)
app.command()(export)
app.command()(chat)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Without a key a loopback address.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535)] = None,
) -> None:
    """Serve the HTTP API: on this machine, or with PILCROW_API_KEY or PILCROW_API_KEYS_FILE anywhere."""
    from assistant.api.server import serve as run_server
    from assistant.settings import load_settings

    settings = load_settings(**{k: v for k, v in (("host", host), ("port", port)) if v is not None})
    run_server(partial(open_assistant, encode_apart=True), settings)


@app.command()
def key(
    name: Annotated[str | None, typer.Argument(help="Whose it is, for a file of keys.")] = None,
    as_json: options.Json = False,
) -> None:
    """Make a key for the HTTP API, and its line for the file of PILCROW_API_KEYS_FILE."""
    from assistant.cli.printing import print_json
    from assistant.keys import line_of, new_key

    made = new_key()
    line = line_of(name, made) if name is not None else None
    if as_json:
        print_json({"key": made, "line": line})
        return
    typer.echo(made)
    if line is not None:
        typer.echo(line)
        typer.echo("The first line is the key, which is not kept; the second goes into the file.", err=True)


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Labelled questions, a JSON object a line.")],
    failures: Annotated[bool, typer.Option("--failures", help="List what went wrong, and why.")] = False,
    as_json: options.Json = False,
) -> None:
    """Measure retrieval, citations, follow-ups and refusals on labelled questions."""
    from assistant import evaluation_text
    from assistant.cli.printing import Narrator, as_data, print_json
    from assistant.evaluation import evaluate as measure
    from assistant.gold import read_gold

    report = measure(open_assistant(), read_gold(gold), Narrator("questions"))
    if as_json:
        parts = evaluation_text.as_parts(report, failures=failures)
        print_json({name: as_data(part) for name, part in parts.items()})
        return
    typer.echo(evaluation_text.report_text(report))
    if failures:
        typer.echo("\n" + evaluation_text.failures_text(report))


@app.command()
def doctor(as_json: options.Json = False) -> None:
    """Say where things are, what is wrong, and what to run."""
    from assistant.cli.printing import show_checks
    from assistant.health import examine
    from assistant.settings import load_settings

    if not show_checks(examine(load_settings()), as_json=as_json):
        raise typer.Exit(FAILED)
