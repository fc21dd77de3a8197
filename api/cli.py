"""The command line `kb`: every door's work without a server."""

import logging
from dataclasses import replace

import click

from api.commands import (
    asking,
    dossiers,
    evaluating,
    folders,
    identity,
    jdihn,
    keeping,
    law,
    moving,
    precedents,
    provisions,
    queueing,
    recording,
    serving,
    tuning,
)
from api.commands.door import Door, WithExamples
from api.language import Language, say
from api.printing import print_line
from api.usage import explain
from api.veil import told
from kb.errors import KbError
from kb.settings import Settings

INTERRUPTED = 130
"""The exit code of a command that Ctrl+C stopped, as shells know it."""


class KbGroup(WithExamples, click.Group):
    """Commands whose errors are one sentence on stderr and an exit code that says what kind it was."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what ends it early is told in the reader's language."""
        try:
            return super().invoke(ctx)
        except (KbError, click.UsageError, KeyboardInterrupt) as error:
            sentence, exit_code = _told(error, ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID)
            print_line(sentence, to_stderr=True)
            ctx.exit(exit_code)


def _told(error: KbError | click.UsageError | KeyboardInterrupt, language: Language) -> tuple[str, int]:
    """What a reader is told of `error`, and the exit code that says what kind it was."""
    match error:
        case KbError():
            return told(error, language), error.exit_code
        case click.UsageError():
            return explain(error, language), error.exit_code
        case _:
            return say(language, "cli_interrupted"), INTERRUPTED


@click.group(
    cls=KbGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='''kb ingest documents/
kb ask "Siapa yang membentuk gugus tugas?"''',
)
@click.option("--lang", type=click.Choice([language.value for language in Language]), help="Bahasa pesan: id atau en.")
@click.version_option(None, "-V", "--version", package_name="acuan", prog_name="kb")
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """Acuan: peraturan dan laporan, dijawab dengan kutipannya.

    KB_HOME menunjuk folder data (bawaan: .kb di folder ini); KB_LANGUAGE memilih bahasa pesan.

    Kode keluar: 0 berhasil, 1 galat lain, 2 permintaan atau pengaturan salah, 3 ada berkas yang ditolak,
    4 tidak ada, 5 gudang gagal atau rusak, 6 model gagal.
    """
    # What is logged says when: of an opened identity nothing else does.
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z")
    settings = Settings.from_environment()
    if lang is not None:
        settings = replace(settings, language=lang)
    ctx.obj = Door(settings, Language(settings.language))


COMMANDS = (
    keeping.ingest,
    asking.search,
    asking.ask,
    precedents.precedent,
    provisions.provision,
    dossiers.dossier,
    law.relations,
    law.standing,
    law.relate,
    jdihn.jdihn,
    keeping.documents,
    keeping.correct,
    keeping.remove,
    keeping.status,
    keeping.verify,
    keeping.reindex,
    evaluating.evaluate,
    recording.findings,
    recording.meetings,
    recording.follow_ups,
    recording.correct_record,
    queueing.jobs,
    folders.source,
    folders.sync,
    folders.undo,
    queueing.worker,
    identity.identity,
    tuning.tune,
    moving.backup,
    moving.restore,
    moving.export,
    moving.import_folder,
    serving.serve,
)
for command in COMMANDS:
    main.add_command(command)
