"""How the server stands on its machine: one thread a product, and answers that leave at once."""

import os
import socket
import subprocess
import sys

from api.commands.serving import _listen
from tests.conftest import ROOT

COUNTED = """
import api.cli, os, numpy
from index.dense import FlatIndex
FlatIndex(384).add(numpy.arange(600), numpy.ones((600, 384), numpy.float32))
numpy.ones((600, 600), numpy.float32) @ numpy.ones((600, 600), numpy.float32)
print(len(os.listdir("/proc/self/task")))
"""


def test_a_product_of_matrices_waits_for_no_second_thread() -> None:
    # As the program is started: without what these tests themselves have set by importing it.
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    counted = subprocess.run(
        [sys.executable, "-c", COUNTED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert counted.stdout == "1\n"


def test_an_answer_does_not_wait_until_its_beginning_is_acknowledged() -> None:
    with _listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
