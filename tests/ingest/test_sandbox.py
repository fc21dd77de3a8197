"""Strangers' files cost one clear error, and never the next file."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile
import psutil
import pytest

from bench import samples
from ingest.boxes import Box
from ingest.sandbox import Sandbox
from kb.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    FileTooLargeError,
    KbError,
    NotFoundError,
    ReaderCrashedError,
    ReadingTimeoutError,
    Text,
    UnknownFormatError,
)
from kb.pages import Span, Verdict
from kb.settings import Settings

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Write = Callable[[str, bytes], Path]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(Settings(home=tmp_path_factory.mktemp("home"), max_mib=10)) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return write


def newest_child() -> psutil.Process:
    return max(psutil.Process().children(), key=lambda child: (child.create_time(), child.pid))


OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED = {
    "empty": ("kosong.pdf", b"", EmptyFileError),
    "locked PDF": ("kunci.pdf", hostile.printed_pdf([["Rahasia"]], password="rahasia"), EncryptedFileError),
    "PDF of a header only": ("potong.pdf", b"%PDF-1.7\n", DamagedFileError),
    "cut-off Word": ("potong.docx", hostile.word("Isi")[:2000], DamagedFileError),
    "Word without its text": ("rusak.docx", hostile.word_with_part("word/document.xml", b"<w:x"), DamagedFileError),
    "Word that unpacks too far": ("bom.docx", hostile.zip_bomb_word(50 * 2**20), FileTooLargeError),
    "web page nested too deep": ("dalam.html", b"<html><body>" + b"<div>" * 50_000 + b"dasar", DamagedFileError),
    "10,000 pages": ("tebal.pdf", hostile.many_pages_pdf(10_000), FileTooLargeError),
    "too many bytes": ("besar.txt", b"a" * (10 * 2**20 + 1), FileTooLargeError),
    "spreadsheet without its parts": ("tabel.docx", hostile.other_zip(), DamagedFileError),
    "picture cut off": ("foto.jpg", samples.saved_picture("JPEG")[:40], DamagedFileError),
    "slides cut off": ("potong.pptx", samples.pptx()[:9000], DamagedFileError),
    "locked Word": ("kunci.docx", OFFICE + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError),
    "program": ("laporan.pdf", b"\x7fELF" + bytes(range(256)) * 20, UnknownFormatError),
    "old Office of no kind": ("lama.doc", OFFICE + bytes(600), UnknownFormatError),
}

READ = {
    "rich text": ("surat.pdf", b"{\\rtf1\\ansi Isi surat}", "application/rtf", "Isi surat"),
    "PDF that is Word": ("surat.pdf", hostile.word("Isi surat"), WORD, "Isi surat"),
    "Word that is a web page": ("surat.docx", b"<html><body><p>Isi surat</p></body></html>", "text/html", "Isi surat"),
    "5 MB on one line": ("panjang.txt", b"kata " * 2**20, "text/plain", "kata " * 2**20),
    "5 MB on one line of a web page": (
        "panjang.html",
        b"<html><body>" + b"kata " * 2**20,
        "text/html",
        ("kata " * 2**20).rstrip(),
    ),
    "5 MB on one line of Markdown": (
        "panjang.md",
        b"# Judul\n\n" + b"*kata " * 2**20,
        "text/markdown",
        "# Judul\n\n" + "*kata " * 2**20,
    ),
    "NUL bytes": (
        "nol.txt",
        b"Isi surat yang panjang\0dan biasa " * 20,
        "text/plain",
        "Isi surat yang panjang dan biasa " * 20,
    ),
    "lone surrogates": ("yatim.txt", "Isi é \ud800 surat".encode("utf-8", "surrogatepass"), "text/plain", None),
    "right to left": ("kanan.txt", "السلام عليكم".encode(), "text/plain", "السلام عليكم"),
    "emoji": ("emoji.txt", "Anak 👧🏽 hebat".encode(), "text/plain", "Anak 👧🏽 hebat"),
    "deep outline": ("dalam.pdf", hostile.deep_outline_pdf(10_000), PDF, "BAB I Ketentuan Umum"),
    "circular outline": ("lingkar.pdf", hostile.circular_outline_pdf(), PDF, "BAB I Ketentuan Umum"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_with_its_error(sandbox: Sandbox, write: Write, case: str) -> None:
    name, content, expected = REFUSED[case]
    with pytest.raises(KbError) as refusal:
        sandbox.read(write(name, content))
    assert type(refusal.value) is expected
    assert refusal.value.where == name
    assert all(part for text in (refusal.value.what, refusal.value.mend) for part in text)


@pytest.mark.parametrize("case", READ)
def test_an_odd_file_is_read_by_its_content(sandbox: Sandbox, write: Write, case: str) -> None:
    name, content, media_type, text = READ[case]
    reading = sandbox.read(write(name, content))
    assert reading.media_type == media_type
    assert text is None or [page.text for page in reading.pages] == [text]
    assert all(page.text.isprintable() or "\0" not in page.text for page in reading.pages)


def test_the_file_after_a_refused_one_is_read(sandbox: Sandbox, write: Write) -> None:
    with pytest.raises(EncryptedFileError):
        sandbox.read(write("kunci.pdf", hostile.printed_pdf([["Rahasia"]], password="rahasia")))
    assert sandbox.read(write("biasa.txt", b"Isi biasa")).pages[0].text == "Isi biasa"


def test_an_error_comes_back_with_its_words(sandbox: Sandbox, write: Write) -> None:
    with pytest.raises(EmptyFileError) as refusal:
        sandbox.read(write("kosong.md", b""))
    assert refusal.value.args == (
        "kosong.md",
        Text("berkas ini kosong", "the file is empty"),
        Text("ambil lagi berkas aslinya", "get the original file again"),
    )


def test_a_missing_file_is_not_found(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        sandbox.read(tmp_path / "tidak-ada.pdf")


def test_a_file_that_takes_too_long_is_stopped_within_its_limit(tmp_path: Path, write: Write) -> None:
    with Sandbox(Settings(home=tmp_path, reading_seconds=1)) as sandbox:
        sandbox.read(write("biasa.txt", b"Isi biasa"))
        before = psutil.Process().cpu_times().children_user
        with pytest.raises(ReadingTimeoutError) as refusal:
            sandbox.read(write("lama.pdf", hostile.endless_pdf()))
        assert psutil.Process().cpu_times().children_user - before < 3
        assert refusal.value.where == "lama.pdf"
        assert sandbox.read(write("lagi.txt", b"Isi lagi")).pages[0].text == "Isi lagi"


def test_a_child_that_needs_too_much_memory_is_reported(tmp_path: Path, write: Write) -> None:
    with Sandbox(Settings(home=tmp_path, reading_mib=400, max_mib=100)) as sandbox:
        with pytest.raises(ReaderCrashedError):
            sandbox.read(write("boros.html", b"<html><body>" + b"<b>a</b>" * 3_000_000))
        assert sandbox.read(write("lagi.txt", b"Isi lagi")).pages[0].text == "Isi lagi"


def test_a_child_that_dies_while_reading_is_reported(tmp_path: Path, write: Write) -> None:
    with Sandbox(Settings(home=tmp_path)) as sandbox:
        sandbox.read(write("biasa.txt", b"Isi biasa"))
        child = newest_child()
        failures: list[BaseException] = []

        def read() -> None:
            try:
                sandbox.read(write("lama.pdf", hostile.endless_pdf()))
            except KbError as failure:
                failures.append(failure)

        reading = threading.Thread(target=read)
        reading.start()
        while child.cpu_percent(interval=0.05) < 50:
            assert reading.is_alive()
        os.kill(child.pid, signal.SIGKILL)
        reading.join()
        assert [type(failure) for failure in failures] == [ReaderCrashedError]
        assert sandbox.read(write("lagi.txt", b"Isi lagi")).pages[0].text == "Isi lagi"


def test_an_answer_that_was_not_waited_for_is_never_the_next_files(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with Sandbox(Settings(home=tmp_path)) as sandbox:
        sandbox.read(write("biasa.txt", b"Isi biasa"))
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("ingest.sandbox.receive", interrupted)
            with pytest.raises(KeyboardInterrupt):
                sandbox.read(write("biasa.txt", b"Isi biasa"))
        assert sandbox.read(write("lain.txt", b"Isi lain")).pages[0].text == "Isi lain"


def test_a_child_that_died_between_files_is_replaced(tmp_path: Path, write: Write) -> None:
    with Sandbox(Settings(home=tmp_path)) as sandbox:
        file = write("biasa.txt", b"Isi biasa")
        sandbox.read(file)
        child = newest_child()
        child.kill()
        child.wait()
        assert sandbox.read(file).pages[0].text == "Isi biasa"


def test_what_a_reader_did_not_foresee_is_logged_without_the_words_of_the_file(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("ingest.sandbox.from_request", lambda request: ["rahasia", str(request.file)])
    with Sandbox(Settings(home=tmp_path)) as sandbox, pytest.raises(ReaderCrashedError):
        sandbox.read(write("rahasia.txt", b"Isi rahasia"))
    [logged] = caplog.messages
    assert logged.endswith("ingest.wire_values.GarbledMessageError")
    assert "rahasia" not in logged


def test_one_child_serves_many_files(sandbox: Sandbox, write: Write) -> None:
    sandbox.read(write("satu.txt", b"satu"))
    before = psutil.Process().children()
    sandbox.read(write("dua.txt", b"dua"))
    assert psutil.Process().children() == before


def test_threads_take_turns(sandbox: Sandbox, write: Write) -> None:
    files = [write(f"{i}.txt", f"Isi {i}".encode()) for i in range(20)]
    texts: dict[int, str] = {}

    def read(i: int) -> None:
        texts[i] = sandbox.read(files[i]).pages[0].text

    threads = [threading.Thread(target=read, args=(i,)) for i in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {i: f"Isi {i}" for i in range(20)}


def test_a_closed_sandbox_leaves_no_process(tmp_path: Path, write: Write) -> None:
    sandbox = Sandbox(Settings(home=tmp_path))
    sandbox.read(write("biasa.txt", b"Isi biasa"))
    child = newest_child()
    sandbox.close()
    assert not child.is_running()


def test_the_child_gets_no_secret_and_no_open_file(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_SECRET", "rahasia")
    with (tmp_path / "gudang").open("w") as kept, Sandbox(Settings(home=tmp_path)) as sandbox:
        os.set_inheritable(kept.fileno(), True)
        sandbox.read(write("biasa.txt", b"Isi biasa"))
        child = newest_child()
        assert "KB_SECRET" not in child.environ()
        assert child.open_files() == []


def test_a_page_is_read_rendered_and_marked_through_the_sandbox(sandbox: Sandbox, write: Write) -> None:
    file = write("satu.pdf", hostile.drawn_pdf(b"BT /F 20 Tf 20 40 Td (Pasal 7 ayat 2) Tj ET"))
    [page] = sandbox.read(file).pages
    assert (page.text, page.verdict, page.width, page.height) == ("Pasal 7 ayat 2", Verdict.TEXT, 200.0, 100.0)
    [[box]] = sandbox.rectangles(file, [Span(1, 0, 7)])
    assert isinstance(box, Box)
    assert box.left == pytest.approx(10, abs=1.5)
    assert box.bottom == pytest.approx(60, abs=1)
    assert sandbox.render(file, 1, 72).startswith(b"\x89PNG")


def test_a_page_beyond_the_end_is_not_found(sandbox: Sandbox, write: Write) -> None:
    file = write("satu.pdf", hostile.drawn_pdf(b""))
    with pytest.raises(NotFoundError) as refusal:
        sandbox.render(file, 2, 72)
    assert refusal.value.what == Text("tidak ada halaman 2", "there is no page 2")


def test_a_picture_of_no_size_is_the_callers_mistake(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="dpi must be 1 to"):
        sandbox.render(tmp_path / "satu.pdf", 1, 0)
