"""`pilcrow engine …`: where passages are searched, built anew, or moved."""

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli import options
from assistant.cli.exit_codes import FAILED
from assistant.cli.opening import open_assistant

engine_app = typer.Typer(name="engine", help="Keep the search index.", no_args_is_help=True)


class Kind(StrEnum):
    """The engines there are."""

    embedded = "embedded"
    milvus = "milvus"


@engine_app.command()
def status(as_json: options.Json = False) -> None:
    """Say which engine searches, what answers there, and whether it has what the catalog says."""
    from assistant.cli.printing import show_checks
    from assistant.health import examine_index
    from assistant.settings import load_settings

    if not show_checks(examine_index(load_settings()), as_json=as_json):
        raise typer.Exit(FAILED)


@engine_app.command()
def rebuild() -> None:
    """Build the index anew with the model that is set; what is known is not encoded again."""
    from assistant.cli.printing import Narrator

    record = open_assistant().rebuild(Narrator())
    typer.echo(
        f"rebuilt    {record.passages:,} passages with {record.encoder.model} in {record.encoder.precision}"
    )


@engine_app.command()
def switch(
    engine: Annotated[Kind, typer.Argument(help="Where passages shall be searched from now on.")],
) -> None:
    """Move the index to another engine and set that; nothing is encoded again."""
    from assistant.cli.printing import Narrator
    from assistant.settings import load_settings
    from assistant.switching import switch_engine

    settings = load_settings()
    done = switch_engine(settings, engine.value, Narrator())
    typer.echo(f"switched   {done.record.passages:,} passages to {engine.value}; set in {done.config}")
    if load_settings().engine != engine.value:
        typer.echo(f"PILCROW_ENGINE says otherwise: set it to {engine.value}, or unset it.", err=True)
    for left in done.left:
        typer.echo(left, err=True)
