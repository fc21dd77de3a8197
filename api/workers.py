"""The workers that a server starts beside itself, and starts anew when they die."""

import logging
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

LOOK_SECONDS = 0.5
SHORT_LIFE_SECONDS = 10.0
"""A worker that dies sooner would die again: the next is started later and later, up to `LONGEST_PAUSE`."""

LONGEST_PAUSE = 60.0

COMMAND = (sys.executable, "-m", "api", "worker", "--tied")

log = logging.getLogger("acuan.worker")


class Workers:
    """`n` processes of `kb worker`, spawned and never forked: a fork of a process that searched can hang.

    Each holds the other end of a pipe and ends when it closes, so that no worker outlives a server that was killed.
    """

    def __init__(self, n: int) -> None:
        self._is_over = threading.Event()
        self._watching = [threading.Thread(target=self._keep_one, name=f"worker-{i}", daemon=True) for i in range(n)]

    def __enter__(self) -> Self:
        for thread in self._watching:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        for thread in self._watching:
            thread.join()

    def _keep_one(self) -> None:
        pause = LOOK_SECONDS
        while not self._is_over.is_set():
            began = time.monotonic()
            # A group of its own: Ctrl+C is for the server, which ends its workers in order.
            with subprocess.Popen(
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, process_group=0
            ) as process:
                while process.poll() is None and not self._is_over.wait(LOOK_SECONDS):
                    pass
                if process.stdin is not None:
                    process.stdin.close()
                if self._is_over.is_set():
                    _end(process)
                    return
            log.warning("a worker ended with %d; the next takes over its job", process.returncode)
            lived = time.monotonic() - began
            pause = LOOK_SECONDS if lived > SHORT_LIFE_SECONDS else min(2 * pause, LONGEST_PAUSE)
            self._is_over.wait(pause)


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        # Its job goes on where it was, as after a power cut.
        process.kill()
