import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import lxml.html
import pypdf
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image

from api.app import create_app
from api.dossiers import OLD_VERSION, DossierDesk
from api.exports.appendix import quoted_pages
from api.exports.dossier_docx import MISSING_STYLE, QUOTE_STYLE, dossier_docx
from api.exports.dossier_markdown import dossier_markdown, plain
from api.exports.draft import in_order
from api.library import Library
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document, DocumentId, VersionId
from kb.dossier import PARTS, Dossier, DossierId, Field, Form, ItemId, ItemKind, ItemState
from kb.errors import NotFoundError, QueryRefusedError
from kb.identity import Action
from kb.pages import Span
from kb.sections import Section
from kb.settings import Settings
from tests.api.conftest import NOTULEN, PERDA

LEGAL = Viewer("budi", audiences=frozenset({"bagian-hukum"}))
GUEST = Viewer("tamu")


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with a regulation (PDF) and minutes (no pages)."""
    home = tmp_path_factory.mktemp("dossiers")
    with Library.open(Settings(home=home, model="toy")) as library:
        library.ingestion.ingest(PERDA)
        library.ingestion.ingest(NOTULEN)
    return home


@pytest.fixture
def shelf(filled_home: Path, tmp_path: Path) -> Iterator[Library]:
    """The same as a library of a test's own."""
    shutil.copytree(filled_home, tmp_path / "kb")
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        yield library


def document_of(library: Library, file: Path) -> Document:
    return next(d for d in library.documents(LOCAL_ADMIN) if d.name == file.name)


def section_of(library: Library, document: Document, address: str) -> Section:
    return next(s for s in library.sections(LOCAL_ADMIN, document.id) if s.address == address)


def kept(
    library: Library, dossier: Dossier, file: Path, address: str, comment: str = "", part: Field | None = None
) -> ItemId:
    document = document_of(library, file)
    spans = section_of(library, document, address).spans
    kind = ItemKind.PROVISION
    return library.dossiers.add(
        LOCAL_ADMIN, dossier.id, kind, document.id, document.version_id, spans, comment, part
    ).id


@pytest.fixture
def dossier(shelf: Library) -> Dossier:
    """A dossier with two provisions and a decision, some words and comments."""
    made = shelf.dossiers.create(LOCAL_ADMIN, "Telaahan gugus tugas")
    kept(shelf, made, PERDA, "pasal-8/ayat-2", "Susunannya sudah diatur daerah lain.")
    kept(shelf, made, PERDA, "pasal-2", part=Field.ANALYSIS)
    minutes = document_of(shelf, NOTULEN)
    shelf.dossiers.add(LOCAL_ADMIN, made.id, ItemKind.DECISION, minutes.id, minutes.version_id, [Span(1, 40, 180)])
    words = {Field.TO: "Bupati", Field.PROBLEM: "Raperda belum mengatur gugus tugas.\n\nPerlu dibahas."}
    return shelf.dossiers.write(LOCAL_ADMIN, made.id, made.title, Form.STAFF_STUDY, words)


def paper(library: Library, dossier_id: DossierId, viewer: Viewer = LOCAL_ADMIN) -> bytes:
    checked = library.dossiers.read(viewer, dossier_id)
    return dossier_docx(checked, quoted_pages(library.pages, viewer, in_order(checked)))


def footnotes(document: docx.document.Document) -> dict[str, str]:
    [part] = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]
    notes = etree.fromstring(part.blob)
    return {n.get(qn("w:id")): "".join(n.itertext()).strip() for n in notes if n.get(qn("w:type")) is None}


def quoted(content: bytes) -> list[tuple[str, str]]:
    """Each quote of a paper with its footnote."""
    document = docx.Document(io.BytesIO(content))
    notes = footnotes(document)
    found = []
    for paragraph in document.paragraphs:
        if paragraph.style.name == QUOTE_STYLE:
            [mark] = paragraph._p.iter(qn("w:footnoteReference"))
            found.append((paragraph.text[1:-1], notes[mark.get(qn("w:id"))]))
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_quote_of_the_paper_is_found_in_its_source(shelf: Library, dossier: Dossier):
    found = quoted(paper(shelf, dossier.id))
    checked = in_order(shelf.dossiers.read(LOCAL_ADMIN, dossier.id))
    assert [note for _, note in found] == [each.footnote for each in checked]
    for (quote, note), each in zip(found, checked, strict=True):
        pages = {page.number: page.text for page in shelf.store.versions.pages(each.item.what.version_id)}
        at_spans = "".join(pages[span.page][span.start : span.end] for span in each.item.what.spans)
        assert squeezed(quote) == squeezed(at_spans)
        assert each.has_pages == (", hlm. " in note)


def test_the_paper_holds_only_the_form_the_words_of_the_office_and_quotes(shelf: Library, dossier: Dossier):
    document = docx.Document(io.BytesIO(paper(shelf, dossier.id)))
    said = [p.text for p in document.paragraphs if p.text and p.style.name != QUOTE_STYLE]
    until = said.index("LAMPIRAN: HALAMAN YANG DIKUTIP")
    dots = "…………………"
    assert said[:until] == [
        "TELAAHAN STAF",
        "I. Persoalan",
        "Raperda belum mengatur gugus tugas.",
        "Perlu dibahas.",
        "II. Praanggapan",
        dots,
        "III. Fakta yang Mempengaruhi",
        "Susunannya sudah diatur daerah lain.",
        "IV. Analisis",
        "V. Kesimpulan",
        dots,
        "VI. Saran",
        dots,
        dots,
        dots,
    ]
    head = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[0] for row in head] == ["Kepada", "Dari", "Tanggal", "Nomor", "Sifat", "Lampiran", "Hal"]
    assert head[0][2] == "Bupati"


def test_a_memo_has_its_own_head_and_no_headings(shelf: Library, dossier: Dossier):
    shelf.dossiers.write(LOCAL_ADMIN, dossier.id, dossier.title, Form.MEMO, {Field.BODY: "Dengan ini disampaikan."})
    document = docx.Document(io.BytesIO(paper(shelf, dossier.id)))
    said = [p.text for p in document.paragraphs if p.text]
    assert said[:2] == ["NOTA DINAS", "Dengan ini disampaikan."]
    names = ["Kepada", "Dari", "Tembusan", "Tanggal", "Nomor", "Sifat", "Lampiran", "Hal"]
    assert [row.cells[0].text for row in document.tables[0].rows] == names
    assert len(quoted(paper(shelf, dossier.id))) == 3


def test_the_appendix_draws_each_quoted_page_once_with_its_quotes_marked(shelf: Library, dossier: Dossier):
    document = document_of(shelf, PERDA)
    kept(shelf, dossier, PERDA, "pasal-8/ayat-1")
    checked = shelf.dossiers.read(LOCAL_ADMIN, dossier.id)
    pages = quoted_pages(shelf.pages, LOCAL_ADMIN, in_order(checked))
    numbers = [page.page.number for page in pages if page.has_pages]
    assert len(numbers) == len(set(numbers))
    first = pages[0]
    plain_page = Image.open(io.BytesIO(shelf.pages.draw(LOCAL_ADMIN, document.id, first.page.number))).convert("RGB")
    marked = Image.open(io.BytesIO(first.image))
    assert marked.size == plain_page.size
    amber = sum(count for count, (r, g, b) in marked.getcolors(1 << 24) if r > 225 and g > 200 and b < 200)
    assert amber > 500


def test_a_format_without_pages_is_appended_as_text_with_the_quote_told(shelf: Library, dossier: Dossier):
    checked = shelf.dossiers.read(LOCAL_ADMIN, dossier.id)
    minutes = next(p for p in quoted_pages(shelf.pages, LOCAL_ADMIN, in_order(checked)) if not p.has_pages)
    assert minutes.image == b""
    [quote] = [piece.text for piece in minutes.text if piece.is_quoted]
    assert quote == minutes.page.text[40:180]


def test_markdown_shows_the_same_quotes_and_footnotes(shelf: Library, dossier: Dossier):
    checked = shelf.dossiers.read(LOCAL_ADMIN, dossier.id)
    text = dossier_markdown(checked, quoted_pages(shelf.pages, LOCAL_ADMIN, in_order(checked)))
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    assert [re.sub(r"\\(.)", r"\1", note) for note in notes.values()] == [each.footnote for each in in_order(checked)]
    inlines = [token for token in MarkdownIt().parse(text) if token.type == "inline"]
    shown = squeezed(" ".join("".join(c.content for c in t.children or ()) for t in inlines))
    assert all(squeezed(each.quote) in shown for each in checked.items)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=30))
def test_markdown_shows_a_quote_letter_for_letter(text: str):
    html = MarkdownIt().parse(f"> “{plain(text)}”")
    [inline] = [token for token in html if token.type == "inline"]
    shown = "".join(child.content for child in inline.children or () if child.type in ("text", "text_special"))
    assert shown == f"“{text}”"


def test_an_item_of_a_replaced_document_says_so_and_keeps_its_words(shelf: Library, tmp_path: Path):
    made = shelf.dossiers.create(LOCAL_ADMIN, "Rapat")
    file = tmp_path / "rapat.txt"
    file.write_text("Keputusan\nPagar diperbaiki sebelum Maret 2025.\nLampu dipasang.", "utf-8")
    document = shelf.ingestion.ingest(file).document
    spans = [Span(1, 10, 46), Span(1, 47, 62)]
    for span in spans:
        shelf.dossiers.add(LOCAL_ADMIN, made.id, ItemKind.DECISION, document.id, document.version_id, [span])
    file.write_text("Keputusan\nPagar diperbaiki\nsebelum Maret 2025. Selesai.", "utf-8")
    shelf.ingestion.ingest(file)
    items = shelf.dossiers.read(LOCAL_ADMIN, made.id).items
    assert [(each.state, each.quote, each.is_in_current) for each in items] == [
        (ItemState.REPLACED, "Pagar diperbaiki sebelum Maret 2025.", True),
        (ItemState.REPLACED, "Lampu dipasang.", False),
    ]
    assert all(OLD_VERSION in note for _, note in quoted(paper(shelf, made.id)))


def test_an_item_of_a_removed_document_is_named_and_never_quoted(shelf: Library, dossier: Dossier):
    document = document_of(shelf, PERDA)
    words = [each.quote for each in shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items]
    shelf.erase(document.id)
    items = shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items
    assert [each.state for each in items] == [ItemState.GONE, ItemState.GONE, ItemState.KEPT]
    content = paper(shelf, dossier.id)
    assert len(quoted(content)) == 1
    missing = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.style.name == MISSING_STYLE]
    assert len(missing) == 2
    assert not any(quote in text for quote in words for text in missing)


def test_no_words_of_a_document_are_stored_in_a_dossier(shelf: Library, dossier: Dossier):
    [quote, *_] = [each.quote for each in shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items]
    with shelf.store._database.reading() as connection:
        rows = connection.execute("SELECT * FROM dossier_items").fetchall()
    assert not any(quote[:30] in str(value) for row in rows for value in tuple(row))


def test_a_page_that_was_read_anew_is_not_quoted(shelf: Library, dossier: Dossier):
    document = document_of(shelf, PERDA)
    with shelf.store._database.writing() as connection:
        connection.execute("UPDATE pages SET text = upper(text) WHERE version_id = ?", (document.version_id,))
    states = [each.state for each in shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items]
    assert states == [ItemState.CHANGED, ItemState.CHANGED, ItemState.KEPT]


def test_items_of_documents_that_a_viewer_may_not_see_do_not_exist_for_them(shelf: Library, tmp_path: Path):
    made = shelf.dossiers.create(LOCAL_ADMIN, "Bersama")
    file = tmp_path / "rahasia.txt"
    file.write_text("Keputusan: korban dipindahkan ke rumah aman.", "utf-8")
    closed = shelf.ingestion.ingest(file, audience="bagian-hukum").document
    item = shelf.dossiers.add(LOCAL_ADMIN, made.id, ItemKind.DECISION, closed.id, closed.version_id, [Span(1, 0, 20)])
    assert [len(shelf.dossiers.read(viewer, made.id).items) for viewer in (LEGAL, GUEST)] == [1, 0]
    assert quoted(paper(shelf, made.id, GUEST)) == []
    with pytest.raises(NotFoundError):
        shelf.dossiers.take_out(GUEST, made.id, item.id)
    with pytest.raises(NotFoundError):
        shelf.dossiers.add(GUEST, made.id, ItemKind.DECISION, closed.id, closed.version_id, [Span(1, 0, 20)])
    shelf.erase(closed.id)
    assert [len(shelf.dossiers.read(viewer, made.id).items) for viewer in (LEGAL, GUEST)] == [1, 0]


def test_a_footnote_says_what_is_known_of_the_legal_life(shelf: Library, dossier: Dossier):
    desk = DossierDesk(shelf.store, lambda viewer, document, address: "dicabut" if address == "pasal-2" else "")
    notes = [each.footnote for each in in_order(desk.read(LOCAL_ADMIN, dossier.id))]
    assert [note.endswith(" (dicabut).") for note in notes] == [False, False, True]


def test_items_move_within_their_part(shelf: Library, dossier: Dossier):
    def order() -> list[ItemId]:
        return [each.item.id for each in shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items_of(Field.FACTS)]

    first, second = order()
    shelf.dossiers.move(LOCAL_ADMIN, dossier.id, second, up=True)
    assert order() == [second, first]
    shelf.dossiers.move(LOCAL_ADMIN, dossier.id, second, up=True)
    assert order() == [second, first]
    shelf.dossiers.move(LOCAL_ADMIN, dossier.id, second, up=False)
    assert order() == [first, second]


@pytest.mark.parametrize("spans", [[], [Span(1, 5, 5)], [Span(1, 0, 10**7)], [Span(10**6, 0, 5)], [Span(1, -3, 5)]])
def test_a_place_without_words_is_refused(shelf: Library, dossier: Dossier, spans: list[Span]):
    document = document_of(shelf, PERDA)
    with pytest.raises(NotFoundError):
        shelf.dossiers.add(LOCAL_ADMIN, dossier.id, ItemKind.PASSAGE, document.id, document.version_id, spans)


def test_a_version_of_another_document_is_refused(shelf: Library, dossier: Dossier):
    perda, minutes = document_of(shelf, PERDA), document_of(shelf, NOTULEN)
    with pytest.raises(NotFoundError):
        shelf.dossiers.add(LOCAL_ADMIN, dossier.id, ItemKind.PASSAGE, perda.id, minutes.version_id, [Span(1, 0, 5)])
    with pytest.raises(NotFoundError):
        shelf.dossiers.add(LOCAL_ADMIN, dossier.id, ItemKind.PASSAGE, DocumentId(999), VersionId(1), [Span(1, 0, 5)])


@pytest.mark.parametrize("title", ["", " \n", "x" * 301])
def test_a_title_that_cannot_be_is_refused(shelf: Library, title: str):
    with pytest.raises(QueryRefusedError):
        shelf.dossiers.create(LOCAL_ADMIN, title)


def test_what_is_not_sent_stays(shelf: Library, dossier: Dossier):
    client = TestClient(create_app(shelf))
    out = client.patch(f"/api/v1/dossiers/{dossier.id}", json={"words": {"saran": "Dibahas."}}).json()
    assert out["dossier"]["words"] == {**dossier.words, "saran": "Dibahas."}
    assert out["dossier"]["title"] == dossier.title


def test_the_api_goes_the_whole_way(shelf: Library):
    client = TestClient(create_app(shelf))
    hit = client.get("/api/v1/search", params={"q": "forum anak"}).json()["hits"][0]
    number = client.post("/api/v1/dossiers", json={"title": "Forum anak", "form": "nota-dinas"}).json()["id"]
    new = {"document_id": hit["document"]["id"], "version_id": hit["document"]["version_id"], "spans": hit["spans"]}
    [item] = client.post(f"/api/v1/dossiers/{number}/items", json=new).json()["items"]
    assert (squeezed(item["quote"]), item["part"], item["state"]) == (squeezed(hit["text"]), "isi", "tetap")
    assert client.get(item["link"].partition("#")[0]).status_code == 200
    address = f"/api/v1/dossiers/{number}/items/{item['id']}"
    changed = client.patch(address, json={"comment": "Penting.", "up": True}).json()
    assert [each["comment"] for each in changed["items"]] == ["Penting."]
    for ending, start in (("docx", b"PK"), ("md", b"# NOTA")):
        assert client.get(f"/api/v1/dossiers/{number}/export/{ending}").content.startswith(start)
    assert client.delete(address).status_code == 204
    assert client.delete(f"/api/v1/dossiers/{number}").status_code == 204
    assert client.get("/api/v1/dossiers").json() == {"dossiers": []}


def test_the_page_keeps_a_hit_in_a_new_dossier_and_shows_it(shelf: Library):
    client = TestClient(create_app(shelf))
    found = client.get("/", params={"q": "forum anak"}).text
    link = re.findall(r'href="(/berkas/simpan\?[^"]+)"', found)[0].replace("&amp;", "&")
    asked = dict(part.split("=") for part in link.partition("?")[2].split("&"))
    assert client.get(link).status_code == 200
    told = client.post("/berkas/simpan", data=asked)
    assert (told.status_code, "Pilih berkas" in told.text) == (422, True)
    shown = client.post("/berkas/simpan", data={**asked, "judul": "Forum <b>anak</b>", "catatan": "Catat."})
    assert "Kutipan tersimpan." in shown.text
    assert "Forum &lt;b&gt;anak&lt;/b&gt;" in shown.text
    number = re.findall(r"/berkas/(\d+)", str(shown.url))[0]
    item = re.findall(r'id="butir-(\d+)"', shown.text)[0]
    change = {"bagian": "analisis", "catatan": "Lain.", "geser": "turun"}
    assert "Lain." in client.post(f"/berkas/{number}/butir/{item}", data=change).text
    saved = client.post(f"/berkas/{number}", data={"judul": "Baru", "bentuk": "nota-dinas", "isi": "Isinya."})
    assert "Isinya." in saved.text
    assert client.get(f"/berkas/{number}/naskah.docx").headers["content-disposition"].endswith('"nota-dinas-1.docx"')
    assert "Belum ada kutipan" in client.post(f"/berkas/{number}/butir/{item}/keluarkan").text
    assert "Belum ada berkas" in client.post(f"/berkas/{number}/hapus").text


NAME = "Siti Aminah"
NAMED = f"Keluarga {NAME} ditemui.\nHasilnya dilaporkan."


@pytest.fixture
def naming(shelf: Library, dossier: Dossier) -> Dossier:
    """A dossier whose own words name someone whom the office then hides, as it is shown."""
    client = TestClient(create_app(shelf))
    [item, *_] = shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items
    client.post(f"/berkas/{dossier.id}/butir/{item.item.id}", data={"bagian": "fakta", "catatan": NAMED})
    words = {Field.PROBLEM: NAMED, Field.TO: "Bupati"}
    shelf.dossiers.write(LOCAL_ADMIN, dossier.id, f"Tentang {NAME}", Form.STAFF_STUDY, words)
    shelf.identities.rule(LOCAL_ADMIN, None, Action.HIDE, NAME)
    shown = shelf.dossiers.read(LOCAL_ADMIN, dossier.id).dossier
    assert shown.words[Field.PROBLEM] == "Keluarga ████ ██████ ditemui.\nHasilnya dilaporkan."
    return shown


def sent(text: str) -> str:
    """Text as browsers send it from a form."""
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("ending", ["", " Segera."])
def test_words_saved_from_the_page_keep_who_is_hidden_in_them(shelf: Library, naming: Dossier, ending: str):
    form = {"judul": naming.title, "persoalan": sent(naming.words[Field.PROBLEM] + ending)}
    assert TestClient(create_app(shelf)).post(f"/berkas/{naming.id}", data=form).status_code == 200
    stored = shelf.store.dossiers.read(LOCAL_ADMIN, naming.id)
    assert (stored.title, stored.words[Field.PROBLEM]) == (f"Tentang {NAME}", NAMED + ending)


@pytest.mark.parametrize("ending", ["", " Segera."])
def test_a_comment_saved_from_the_page_keeps_who_is_hidden_in_it(shelf: Library, naming: Dossier, ending: str):
    [item, *_] = shelf.dossiers.read(LOCAL_ADMIN, naming.id).items
    form = {"bagian": "fakta", "catatan": sent(item.item.what.comment + ending)}
    TestClient(create_app(shelf)).post(f"/berkas/{naming.id}/butir/{item.item.id}", data=form)
    assert shelf.store.dossiers.items(naming.id)[0].what.comment == NAMED + ending


def test_a_mask_that_was_changed_is_refused_and_what_was_typed_is_shown_again(shelf: Library, naming: Dossier):
    client = TestClient(create_app(shelf))
    told = client.post(f"/berkas/{naming.id}", data={"judul": "Baru", "persoalan": "Keluarga ███ ██████ pindah."})
    assert (told.status_code, "Keluarga ███ ██████ pindah.</textarea>" in told.text) == (422, True)
    assert shelf.store.dossiers.read(LOCAL_ADMIN, naming.id).words[Field.PROBLEM] == NAMED
    assert NAME not in told.text
    [item, *_] = shelf.dossiers.read(LOCAL_ADMIN, naming.id).items
    address = f"/berkas/{naming.id}/butir/{item.item.id}"
    told = client.post(address, data={"bagian": "fakta", "catatan": "Hanya ███ saja."})
    assert (told.status_code, "Hanya ███ saja.</textarea>" in told.text) == (422, True)


def test_words_may_lose_who_is_hidden_and_take_in_quotes_with_masks(shelf: Library, naming: Dossier):
    words = {Field.PROBLEM: "Keluarga itu pindah.", Field.ADVICE: "Menurut ████ cukup."}
    shelf.dossiers.write(LOCAL_ADMIN, naming.id, naming.title, Form.STAFF_STUDY, words)
    stored = shelf.store.dossiers.read(LOCAL_ADMIN, naming.id)
    assert {field: stored.words[field] for field in words} == words


def fields_of(page: str) -> dict[str, str]:
    """What the form of a dossier's page would send."""
    [form] = lxml.html.fromstring(page).xpath("//form[@id='naskah']")
    return {name: sent(value or "") for name, value in form.form_values()}


def test_what_others_saved_meanwhile_is_not_overwritten_in_silence(shelf: Library, dossier: Dossier):
    client = TestClient(create_app(shelf))
    address = f"/berkas/{dossier.id}"
    opened = fields_of(client.get(address).text)
    client.post(address, data={**opened, "persoalan": "Dari A.", "saran": "Saran A."})
    late = client.post(address, data={**opened, "fakta": "Dari B.\r\nDua.", "saran": "Saran B."})
    assert (late.status_code, "sudah diubah orang lain" in late.text, "Saran A." in late.text) == (409, True, True)
    saved = shelf.store.dossiers.read(LOCAL_ADMIN, dossier.id).words
    assert (saved[Field.PROBLEM], saved[Field.ADVICE], saved.get(Field.FACTS)) == ("Dari A.", "Saran A.", None)
    again = fields_of(late.text)
    assert (again["persoalan"], again["fakta"], again["saran"]) == ("Dari A.", "Dari B.\r\nDua.", "Saran B.")
    assert client.post(address, data=again).status_code == 200
    saved = shelf.store.dossiers.read(LOCAL_ADMIN, dossier.id).words
    assert (saved[Field.PROBLEM], saved[Field.FACTS], saved[Field.ADVICE]) == ("Dari A.", "Dari B.\nDua.", "Saran B.")
    assert "others changed it" in client.post(f"{address}?lang=en", data=opened).text


def test_a_quote_added_meanwhile_does_not_hold_up_who_writes(shelf: Library, dossier: Dossier):
    client = TestClient(create_app(shelf))
    opened = fields_of(client.get(f"/berkas/{dossier.id}").text)
    kept(shelf, dossier, PERDA, "pasal-8/ayat-1")
    assert client.post(f"/berkas/{dossier.id}", data={**opened, "saran": "Dibahas."}).status_code == 200


def test_a_comment_that_is_too_long_makes_no_dossier_and_is_shown_again(shelf: Library):
    client = TestClient(create_app(shelf))
    document = document_of(shelf, PERDA)
    asked = {"dokumen": document.id, "versi": document.version_id, "letak": "1:0-40"}
    long = "x" * 20_001
    told = client.post("/berkas/simpan", data={**asked, "judul": "Baru", "catatan": long})
    assert (told.status_code, long in told.text, 'value="Baru"' in told.text) == (422, True, True)
    assert shelf.dossiers.all(LOCAL_ADMIN) == ()
    lines = sent("x\n" * 9_999 + "xx")
    assert client.post("/berkas/simpan", data={**asked, "judul": "Baru", "catatan": lines}).status_code == 200


@pytest.mark.parametrize(("file", "kind"), [(PERDA, "ketentuan"), (NOTULEN, "kutipan")])
def test_a_quote_kept_from_its_page_is_filed_as_what_its_document_is(shelf: Library, file: Path, kind: str):
    document = document_of(shelf, file)
    page = TestClient(create_app(shelf)).get(f"/dokumen/{document.id}/halaman/1?spans=0-40").text
    assert re.findall(r'/berkas/simpan\?[^"]+jenis=(\w+)"', page) == [kind]


def test_every_part_has_a_place_in_its_paper(shelf: Library, dossier: Dossier):
    for form in Form:
        shelf.dossiers.write(LOCAL_ADMIN, dossier.id, dossier.title, form, {})
        checked = shelf.dossiers.read(LOCAL_ADMIN, dossier.id)
        assert sum(len(checked.items_of(part)) for part in PARTS[form]) == len(checked.items) == 3


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_paper_opens_in_libreoffice_with_its_footnotes_and_pictures(
    shelf: Library, dossier: Dossier, tmp_path: Path
):
    file = tmp_path / "naskah.docx"
    file.write_bytes(paper(shelf, dossier.id))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    reader = pypdf.PdfReader(tmp_path / "naskah.pdf")
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for each in shelf.dossiers.read(LOCAL_ADMIN, dossier.id).items:
        assert squeezed(each.footnote) in text
    assert sum(len(page.images) for page in reader.pages) >= 2
