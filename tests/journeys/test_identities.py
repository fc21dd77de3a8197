"""Names planted in files come out nowhere: not by any address, page, command, log, nor from the store's words."""

import io
import itertools
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from api.cli import main
from api.library import Library
from api.routes.given import viewer_of
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document
from kb.errors import IdentityHiddenError
from kb.identity import MASK, Action
from kb.questions import Query
from kb.settings import Settings
from tests.journeys.identities import FILE_NAME, LINES, SHOWN, leaks, leaks_in_store, write_files

STAFF = Viewer("staf")
QUESTIONS = ("siapa korban yang dirujuk ke puskesmas", "rekening bantuan", "laporan polisi", "saksi memberi keterangan")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identitas")
    write_files(folder / "masuk")
    came = kb(folder / "kb", "ingest", str(folder / "masuk"))
    assert came.exit_code == 3
    assert leaks(came.output) == []
    return folder / "kb"


@pytest.fixture(scope="module")
def library(home: Path) -> Iterator[Library]:
    with Library.open(Settings(home=home, model="toy", threads=1)) as opened:
        yield opened


@pytest.fixture(scope="module")
def staff(library: Library) -> TestClient:
    """The doors as someone without the right comes through them."""
    app = create_app(library)
    app.dependency_overrides[viewer_of] = lambda: STAFF
    return TestClient(app)


def kb(home: Path, *args: str) -> object:
    return CliRunner().invoke(main, args, env={"KB_HOME": str(home), "KB_MODEL": "toy", "KB_LANGUAGE": None})


def pdf_of(library: Library) -> Document:
    return next(document for document in library.documents(LOCAL_ADMIN) if document.name == "pendampingan.pdf")


def said(content: bytes) -> str:
    """What a response says: of an Office file the texts of its parts."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(
                re.sub("<[^>]+>", "", parts.read(name).decode("utf-8", "replace")) for name in parts.namelist()
            )
    return content.decode("utf-8").encode("utf-8").decode("unicode_escape", "ignore") + content.decode("utf-8")


def test_the_store_holds_no_name_where_texts_are_read(home: Path, library: Library) -> None:
    assert leaks_in_store(library.store.passages._database.file) == []


def test_every_address_of_the_api_shows_nobody(staff: TestClient, library: Library) -> None:
    paths = staff.get("/api/v1/openapi.json").json()["paths"]
    seen = 0
    for document, number in itertools.product(library.documents(STAFF), (1, 2)):
        for path, operations in paths.items():
            for method in operations.keys() & {"get", "post"}:
                named = {"document_id": document.id, "number": number, "format": "docx"}
                address = path.format_map({name: named.get(name, 1) for name in re.findall(r"{(\w+)}", path)})
                if method == "get":
                    params = {"spans": "0-60"} if path.endswith("highlight") else {}
                    answer = staff.get(address, params=params or {"q": QUESTIONS[0]})
                elif "search" in path or path.endswith("/ask"):
                    continue
                elif "reveal" in path:
                    answer = staff.post(address)
                    assert answer.status_code in (403, 404), path
                else:
                    continue
                if not answer.headers["content-type"].startswith("image/"):
                    assert leaks(said(answer.content)) == [], path
                assert leaks(str(answer.headers)) == []
                seen += 1
    assert seen > 50


@pytest.mark.parametrize("door", ["search", "ask"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_hit_and_no_answer_names_anybody(staff: TestClient, door: str, question: str) -> None:
    answer = staff.post(f"/api/v1/{door}", json={"query": question})
    assert answer.status_code == 200
    assert answer.json()["hits"]
    assert leaks(answer.text) == []


def test_a_search_for_a_name_finds_no_word_of_it(library: Library) -> None:
    hits = library.search(Query("Nainggolan Sukmawati Wirawan", LOCAL_ADMIN))
    assert [hit for hit in hits if hit.lexical is not None] == []


def test_every_page_shows_nobody(staff: TestClient, library: Library) -> None:
    addresses = ["/", "/dokumen", *(f"/?q={question}" for question in QUESTIONS)]
    for document in library.documents(STAFF):
        addresses += [f"/dokumen/{document.id}", f"/dokumen/{document.id}/identitas"]
        addresses += [f"/dokumen/{document.id}/halaman/{n}?spans=10-80" for n in range(1, document.n_pages + 1)]
    for address in addresses:
        answer = staff.get(address)
        assert answer.status_code == 200, address
        assert leaks(answer.text) == [], address


def test_every_command_shows_nobody(home: Path, library: Library) -> None:
    number = str(pdf_of(library).id)
    commands = (
        ("documents",),
        ("status",),
        ("verify",),
        ("identity", "list"),
        ("identity", "list", number),
        ("identity", "rulings"),
        *(("search", question) for question in QUESTIONS),
        *(("ask", question) for question in QUESTIONS),
    )
    for command in commands:
        for shape in ((), ("--json",)):
            came = kb(home, *command, *shape)
            assert came.exit_code == 0, (command, came.output)
            assert leaks(came.output) == [], command


def test_officials_and_places_stay(library: Library) -> None:
    page = library.pages.read(STAFF, pdf_of(library).id, 1)
    assert [words for words in SHOWN if words not in page.text] == []


def test_the_picture_of_a_page_is_black_where_someone_is_named(library: Library) -> None:
    document = pdf_of(library)
    picture = Image.open(io.BytesIO(library.pages.draw(STAFF, document.id, 1, 100))).convert("L")
    places = library.store.identities.places(document.version_id, 1)
    assert len(places) >= 9
    for span, _ in places:
        for box in library.pages.highlight(STAFF, document.id, [span]):
            left, top = box.left * picture.width / 100, box.top * picture.height / 100
            right, bottom = box.right * picture.width / 100, box.bottom * picture.height / 100
            darkest_and_lightest = picture.crop((int(left), int(top), int(right), int(bottom))).getextrema()
            assert darkest_and_lightest == (0, 0)


def test_the_original_is_handed_only_to_whom_may_see_it(staff: TestClient, library: Library) -> None:
    document = pdf_of(library)
    refused = staff.get(f"/api/v1/documents/{document.id}/file")
    assert (refused.status_code, refused.json()["code"]) == (403, "identitas-ditutup")
    file, _ = library.pages.original(LOCAL_ADMIN, document.id)
    assert file.exists()


def test_who_may_see_reads_the_page_as_it_was_and_the_log_names_nobody(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    document = pdf_of(library)
    with caplog.at_level(logging.DEBUG):
        page = library.identities.reveal(LOCAL_ADMIN, document.id, 1)
    assert [line for line in LINES if line not in page.text] == []
    assert f"identities revealed: document {document.id} version {document.version_id} page 1 to admin" in caplog.text
    assert leaks(caplog.text) == []
    with pytest.raises(IdentityHiddenError):
        library.identities.reveal(STAFF, document.id, 1)


def test_every_quote_equals_its_masked_page(library: Library) -> None:
    for question in QUESTIONS:
        for statement in library.ask(Query(question, STAFF)).statements:
            for citation in statement.citations:
                page = library.pages.read(STAFF, citation.document_id, citation.span.page)
                assert page.text[citation.span.start : citation.span.end] == citation.quote
    assert library.verify() == ()


def test_a_name_in_a_file_name_is_masked_and_the_download_bears_the_mask(library: Library) -> None:
    names = [document.name for document in library.documents(STAFF)]
    assert f"laporan korban an. {MASK * 7} {MASK * 5}.md" in names
    assert FILE_NAME not in names


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Library, Path]]:
    """A library of a test's own, with one document in it."""
    file = tmp_path / "catatan.txt"
    file.write_text("Korban Mawar Harum melapor. Bunda Wening menjemput anak itu. Korban Mawar Harum pulih.", "utf-8")
    with Library.open(Settings(home=tmp_path / "kb", model="toy", threads=1)) as opened:
        opened.identities.rule(LOCAL_ADMIN, None, Action.HIDE, "Bunda Wening")
        opened.ingestion.ingest(file)
        yield opened, file


def test_a_missed_name_stays_hidden_when_the_file_changes_and_when_all_is_indexed_anew(
    own: tuple[Library, Path],
) -> None:
    library, file = own
    [document] = library.documents(LOCAL_ADMIN)
    assert "Wening" not in library.pages.read(LOCAL_ADMIN, document.id, 1).text
    file.write_text(file.read_text("utf-8") + " Bunda Wening datang lagi.", "utf-8")
    library.ingestion.ingest(file)
    library.reindex(lambda n_done, n_all: None)
    assert "Wening" not in library.pages.read(LOCAL_ADMIN, document.id, 1).text
    assert library.verify() == ()


def test_what_is_released_is_shown_and_found_and_stays_so(own: tuple[Library, Path]) -> None:
    library, file = own
    [document] = library.documents(LOCAL_ADMIN)
    [first, *_] = library.identities.listed(LOCAL_ADMIN, document.id, reveal=True)
    assert first.words == "Mawar Harum"
    assert library.identities.release(LOCAL_ADMIN, document.id, (first.part,)) == 1
    assert library.pages.read(STAFF, document.id, 1).text.count("Mawar Harum") == 2
    assert library.search(Query("mawar harum", STAFF))[0].lexical is not None
    file.write_text(file.read_text("utf-8") + " Selesai.", "utf-8")
    library.ingestion.ingest(file)
    library.reindex(lambda n_done, n_all: None)
    assert library.pages.read(STAFF, document.id, 1).text.count("Mawar Harum") == 2
    assert "Wening" not in library.pages.read(STAFF, document.id, 1).text
    assert library.verify() == ()


def test_a_ruling_taken_back_lets_the_rules_decide_again(own: tuple[Library, Path]) -> None:
    library, _ = own
    [document] = library.documents(LOCAL_ADMIN)
    [ruling] = library.identities.rulings(LOCAL_ADMIN)
    assert library.identities.revoke(LOCAL_ADMIN, ruling.id) == 1
    assert "Bunda Wening" in library.pages.read(STAFF, document.id, 1).text


def test_old_versions_are_guarded_as_well(own: tuple[Library, Path]) -> None:
    library, file = own
    [document] = library.documents(LOCAL_ADMIN)
    file.write_text("Isinya lain.", "utf-8")
    library.ingestion.ingest(file)
    library.identities.rule(LOCAL_ADMIN, document.id, Action.HIDE, "menjemput anak")
    old = library.pages.read(STAFF, document.id, 1, document.version_id)
    assert "menjemput" not in old.text
    assert library.verify() == ()
