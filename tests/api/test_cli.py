import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.cli_reference import FILE, reference
from api.commands.door import KIND_NAMES
from api.intake import Intake
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.settings import Settings
from tests.api.conftest import NOTULEN, SCAN


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "kb"


def kb(home: Path, *args: str) -> Result:
    """What `kb` says and its exit code, with the toy model."""
    return CliRunner().invoke(
        main, args, env={"KB_HOME": str(home), "KB_MODEL": "toy", "KB_OCR": "off", "KB_LANGUAGE": None}
    )


def test_a_folder_goes_in_and_a_question_is_answered(home: Path, tmp_path: Path):
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "a.txt").write_text("Keputusan rapat: rumah aman dibangun di Sangatta.")
    (folder / "b.txt").write_text("Puspaga melayani konseling keluarga.")
    came = kb(home, "ingest", str(folder))
    assert (came.exit_code, came.stdout) == (0, "2 dokumen masuk, 0 diganti, 0 sama, 0 ditolak\n")
    assert "rumah aman" in kb(home, "ask", "di mana rumah aman dibangun").stdout


def test_a_refused_file_is_told_and_the_others_go_in(home: Path, tmp_path: Path):
    (tmp_path / "kosong.pdf").write_bytes(b"")
    came = kb(home, "ingest", str(tmp_path / "kosong.pdf"), str(NOTULEN))
    assert came.exit_code == 3
    assert "kosong.pdf" in came.stderr
    assert came.stdout == "1 dokumen masuk, 0 diganti, 0 sama, 1 ditolak\n"


def test_a_path_that_is_not_there_has_its_own_exit_code(home: Path):
    came = kb(home, "ingest", "/tidak/ada", str(NOTULEN))
    assert (came.exit_code, came.stdout) == (4, "1 dokumen masuk, 0 diganti, 0 sama, 1 ditolak\n")


def test_json_names_every_document_and_every_refusal(home: Path, tmp_path: Path):
    (tmp_path / "kosong.pdf").write_bytes(b"")
    out = json.loads(kb(home, "ingest", str(tmp_path / "kosong.pdf"), str(NOTULEN), "--json").stdout)
    assert [one["outcome"] for one in out["ingested"]] == ["baru"]
    assert [one["code"] for one in out["refused"]] == ["berkas-kosong"]


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kb")
    assert kb(home, "ingest", str(NOTULEN), str(SCAN)).exit_code == 0
    return home


JSON_KEYS = {
    ("search", "raperda"): {"query", "hits"},
    ("ask", "raperda"): {"question", "abstained", "confidence", "statements", "hits", "searched_as", "differences"},
    ("documents",): {"documents"},
    ("verify",): {"defects"},
    ("status",): {
        "n_documents",
        "n_passages",
        "n_pages",
        "n_pages_unread",
        "change",
        "model",
        "store_bytes",
    },
}


@pytest.mark.parametrize(("command", "keys"), JSON_KEYS.items(), ids=[command[0] for command in JSON_KEYS])
def test_json_has_the_fields_of_the_api(filled_home: Path, command: tuple[str, ...], keys: set[str]):
    came = kb(filled_home, *command, "--json")
    assert (came.exit_code, set(json.loads(came.stdout))) == (0, keys)


def test_search_shows_the_document_and_its_number(filled_home: Path):
    assert f"[1] {NOTULEN.name}" in kb(filled_home, "search", "raperda").stdout


def test_documents_tell_plainly_what_needs_ocr(filled_home: Path):
    [line] = [line for line in kb(filled_home, "documents").stdout.splitlines() if SCAN.name in line]
    assert "2 halaman perlu OCR" in line


def test_a_question_that_cannot_be_asked_exits_with_2(filled_home: Path):
    came = kb(filled_home, "search", "raperda", "-k", "0")
    assert (came.exit_code, came.stdout) == (2, "")
    assert came.stderr


@pytest.mark.parametrize("command", ["search", "ask"])
def test_an_argument_that_is_no_text_is_refused_with_a_sentence(filled_home: Path, command: str):
    came = kb(filled_home, command, "\udcff")
    assert (came.exit_code, came.stdout) == (2, "")
    assert came.stderr == (
        "pertanyaan: ada huruf yang rusak di dalamnya; ketik ulang pertanyaan, dengan terminal yang memakai UTF-8\n"
    )


def test_a_missing_document_exits_with_4_in_the_language_asked(filled_home: Path):
    came = kb(filled_home, "--lang", "en", "remove", "99", "--yes")
    assert (came.exit_code, came.stdout) == (4, "")
    assert "kb documents" in came.stderr


def test_a_sound_store_verifies(filled_home: Path):
    assert (kb(filled_home, "verify").exit_code, kb(filled_home, "verify").stdout) == (0, "Tidak ada yang rusak.\n")


def test_a_lost_original_fails_verification(home: Path):
    kb(home, "ingest", str(NOTULEN))
    for file in (home / "originals").rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.unlink()
    came = kb(home, "verify")
    assert came.exit_code == 5
    assert "1 kerusakan" in came.stdout


def test_reindex_gives_the_same_answers(home: Path):
    kb(home, "ingest", str(NOTULEN))
    before = json.loads(kb(home, "search", "raperda", "--json").stdout)["hits"]
    assert kb(home, "reindex").exit_code == 0
    after = json.loads(kb(home, "search", "raperda", "--json").stdout)["hits"]
    assert [(hit["text"], hit["score"]) for hit in after] == [(hit["text"], hit["score"]) for hit in before]


def test_a_correction_is_kept(home: Path):
    kb(home, "ingest", str(NOTULEN))
    out = json.loads(kb(home, "correct", "1", "--kind", "sk", "--number", "7", "--date", "2025-03-01", "--json").stdout)
    assert out["corrected"] == ["date", "kind", "number"]
    assert (out["metadata"]["kind"], out["metadata"]["number"], out["metadata"]["date"]) == ("sk", "7", "2025-03-01")


def test_a_correction_of_nothing_is_refused(home: Path):
    assert kb(home, "correct", "1").exit_code == 2


def test_removing_asks_first(home: Path):
    kb(home, "ingest", str(NOTULEN))
    assert kb(home, "remove", "1").exit_code == 1
    assert len(json.loads(kb(home, "documents", "--json").stdout)["documents"]) == 1
    assert kb(home, "remove", "1", "--yes").stdout == f"{NOTULEN.name} sudah dihapus\n"
    assert json.loads(kb(home, "documents", "--json").stdout) == {"documents": []}


def test_a_wrong_setting_exits_with_2(home: Path):
    came = CliRunner().invoke(main, ["status"], env={"KB_HOME": str(home), "KB_THREADS": "banyak"})
    assert came.exit_code == 2
    assert "KB_THREADS" in came.stderr


def test_a_port_in_use_is_told_before_anything_is_loaded(home: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        came = kb(home, "serve", "--port", str(port))
    assert came.exit_code == 2
    assert f"127.0.0.1:{port}" in came.stderr
    assert not home.exists()


def commands() -> list[click.Command]:
    """Every command, those below a name with their group."""
    below = [part for command in main.commands.values() for part in getattr(command, "commands", {}).values()]
    return [main, *main.commands.values(), *below]


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_has_help_with_an_example(command: click.Command):
    assert command.help
    assert command.epilog
    for example in command.epilog.splitlines():
        assert re.search(r"\bkb ([a-z]+)", example)
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize(
    "command", [one for one in commands() if not isinstance(one, click.Group)], ids=lambda command: command.name
)
def test_every_command_speaks_json(command: click.Command):
    assert any(parameter.name == "as_json" for parameter in command.params)


def test_the_reference_is_not_stale():
    assert FILE.read_text(encoding="utf-8") == reference(), "run `python -m api.cli_reference`"


def test_help_names_every_kind():
    assert "laporan-studi-tiru" in KIND_NAMES


def test_a_cold_shell_answers_without_loading_what_only_other_commands_need(filled_home: Path):
    code = (
        "import sys, api.cli; print(sorted(set(sys.modules) & "
        "{'fastapi', 'starlette', 'uvicorn', 'jinja2', 'torch', 'scipy', 'langchain_text_splitters'}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded == "[]\n"


def test_a_cold_process_answers(filled_home: Path):
    environment = {**os.environ, "KB_HOME": str(filled_home), "KB_MODEL": "toy"}
    command = [str(Path(sys.executable).with_name("kb")), "search", "raperda", "-k", "1", "--json"]
    came = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert [hit["document"]["name"] for hit in json.loads(came.stdout)["hits"]] == [NOTULEN.name]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["tampilkan"], "perintah tampilkan tidak ada; lihat `main --help`"),
        (["ask"], "TEKS... belum ditulis; lihat `main ask --help`"),
        (["search", "anak", "-k", "abc"], "-k: tulis bilangan bulat; lihat `main search --help`"),
        (
            ["search", "anak", "--kind", "puisi"],
            f"--kind: pilih salah satu dari {KIND_NAMES}; lihat `main search --help`",
        ),
        (["ask", "anak", "--warna"], "opsi --warna tidak ada; lihat `main ask --help`"),
        (["serve", "--port", "99999"], "--port: tulis bilangan dari 0 sampai 65535; lihat `main serve --help`"),
    ],
)
def test_a_mistyped_command_is_told_in_indonesian(home: Path, args: list[str], said: str):
    came = kb(home, *args)
    assert (came.exit_code, came.stdout, came.stderr) == (2, "", f"{said}\n")


def test_a_server_ends_quietly_on_ctrl_c(home: Path):
    command = [str(Path(sys.executable).with_name("kb")), "serve", "--port", "0"]
    environment = {**os.environ, "KB_HOME": str(home), "KB_MODEL": "toy"}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell without job control starts what runs in the background deaf to Ctrl+C, and this test with it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as server:
        assert server.stdout
        server.stdout.readline()
        server.send_signal(signal.SIGINT)
        out, err = server.communicate()
    assert (server.returncode, out, err) == (0, "", "")


def test_a_queue_is_worked_off_and_told(home: Path, tmp_path: Path):
    with Library.open(Settings(home=home, model="toy")) as library:
        intake = Intake(library)
        intake.receive(LOCAL_ADMIN, "rapat.txt", io.BytesIO(b"Keputusan rapat: rumah aman dibangun di Sangatta."))
        intake.receive(LOCAL_ADMIN, "kosong.pdf", io.BytesIO(b""))
    assert kb(home, "jobs").stdout.endswith("2 antre, 0 dikerjakan, 0 selesai, 0 gagal, 0 dibatalkan\n")
    assert kb(home, "worker", "--once").stdout == "2 pekerjaan dikerjakan\n"
    failed = kb(home, "jobs", "--failed").stdout
    assert "kosong.pdf" in failed
    assert "rapat.txt" not in failed
    retried = json.loads(kb(home, "jobs", "--failed", "--retry", "--json").stdout)["jobs"]
    assert [(job["name"], job["state"]) for job in retried] == [("kosong.pdf", "antre")]
    assert json.loads(kb(home, "worker", "--once", "--json").stdout) == {"n_worked": 1}
    assert kb(home, "jobs", "--failed", "--forget").exit_code == 0
    assert kb(home, "jobs", "--follow").stdout.endswith("0 antre, 0 dikerjakan, 1 selesai, 0 gagal, 0 dibatalkan\n")
    assert kb(home, "jobs", "99", "--cancel").exit_code == 4
