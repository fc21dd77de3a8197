"""The command that serves the page and the API: `kb serve`."""

import errno
import socket
from contextlib import suppress

import click

from api.commands.door import Door, WithExamples, as_json
from api.printing import print_json, print_line
from api.schemas_status import ServingOut
from kb.errors import SettingError, Text


@click.command(
    cls=WithExamples,
    epilog="""kb serve
KB_HOST=acuan.kantor.lan kb serve --host 0.0.0.0 --port 8080""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat yang didengarkan.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Porta; 0 memilih yang kosong."
)
@click.option(
    "--name", "names", multiple=True, envvar="KB_HOST", help="Nama lain server ini di peramban; boleh berulang."
)
@as_json
@click.pass_obj
def serve(door: Door, host: str, port: int, names: tuple[str, ...], as_json: bool) -> None:
    """Jalankan halaman dan API sampai dihentikan dengan Ctrl+C."""
    # Only here: the web server costs `kb search` a third of a second that it has no use for
    import uvicorn

    from api.app import create_app
    from api.workers import Workers

    listening = _listen(host, port)
    # Ctrl+C is how a server is ended, and uvicorn passes it on once it has stopped: no failure
    with suppress(KeyboardInterrupt), listening, door.library() as library:
        library.ready()
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}"
        n_workers = door.settings.workers

        def is_ending() -> bool:
            return server.should_exit

        def told() -> None:
            if as_json:
                print_json(ServingOut(address=address))
            else:
                print_line(door.say("cli_serving", address=address))

        class Server(uvicorn.Server):
            """A server that is told of only once Ctrl+C ends it quietly: before, it would break off its start."""

            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets=sockets)
                told()

        app = create_app(library, (*names, name), is_queueing=n_workers > 0, is_ending=is_ending)
        server = Server(uvicorn.Config(app, log_config=None, log_level="warning", workers=1))
        with Workers(n_workers):
            server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound before the model is loaded, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
        # What it accepts inherits this. asyncio sets it only on sockets that name their protocol, which these do not;
        # without it the end of an answer waits 40 ms until the browser has acknowledged its beginning.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as cause:
        in_use = cause.errno == errno.EADDRINUSE
        why = Text("sudah dipakai; mungkin Acuan sudah berjalan", "is in use; Acuan may be running already")
        reason = (
            why if in_use else Text(f"tidak dapat dipakai ({cause.strerror})", f"cannot be used ({cause.strerror})")
        )
        raise SettingError(
            f"{host}:{port}",
            reason,
            Text("pilih porta lain dengan --port", "choose another port with --port"),
        ) from cause
    return listening
