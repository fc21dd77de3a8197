"""The command line `kb`: every door's work without a server."""

from dataclasses import replace

import click

from api.commands import asking, keeping, serving
from api.commands.door import Door, WithExamples
from api.language import Language, say
from api.printing import print_line
from api.usage import explain
from kb.errors import KbError
from kb.settings import Settings

INTERRUPTED = 130
"""The exit code of a command that Ctrl+C stopped, as shells know it."""


class KbGroup(WithExamples, click.Group):
    """Commands whose errors are one sentence on stderr and an exit code that says what kind it was."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a KbError ends it with its own exit code."""
        try:
            return super().invoke(ctx)
        except KbError as error:
            language = ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID
            print_line(error.say(language), to_stderr=True)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            language = ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID
            print_line(explain(error, language), to_stderr=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            language = ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID
            print_line(say(language, "cli_interrupted"), to_stderr=True)
            ctx.exit(INTERRUPTED)


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
    settings = Settings.from_environment()
    if lang is not None:
        settings = replace(settings, language=lang)
    ctx.obj = Door(settings, Language(settings.language))


COMMANDS = (
    keeping.ingest,
    asking.search,
    asking.ask,
    keeping.documents,
    keeping.correct,
    keeping.remove,
    keeping.status,
    keeping.verify,
    keeping.reindex,
    asking.evaluate,
    serving.serve,
)
for command in COMMANDS:
    main.add_command(command)
