"""Whatever a regulation's text says, reading its legal life is no crash, and every span stands on its page."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.relations import read_legal
from ingest.structure import outline
from kb.documents import Kind, Metadata
from kb.pages import Page, Reading, Verdict

PARTS = (
    "UNDANG-UNDANG NOMOR 5 TAHUN 2000 TENTANG ANAK",
    "Mengingat : 1. Pasal 20 Undang-Undang Dasar 1945; 2. UU No. 4 Tahun 200s;",
    "MEMUTUSKAN:",
    "Pasal I",
    "Pasal 1",
    "Pasal 2",
    "1. Ketentuan Pasal 7 diubah sehingga berbunyi sebagai berikut:",
    "2. Pasal 12 dihapus.",
    "3. Di antara Pasal 8 dan Pasal 9 disisipkan 2 (dua) pasal, yakni Pasal 8A",
    "Beberapa ketentuan dalam Undang-Undang Nomor 23 Tahun 2002 diubah sebagai berikut:",
    "sebagaimana telah diubah dengan Undang-Undang Nomor 35 Tahun 2014",
    "dicabut dan dinyatakan tidak berlaku",
    "dinyatakan tidak berlaku lagi Peraturan Pemerintah Nomor 41 Tahun 1980",
    "Mencabut Pasal 3 sampai dengan Pasal 999999 Peraturan Pemerintah Nomor 3/1983",
    "(1) ayat (1), huruf a sampai dengan huruf z; Pasal",
    "Undang-Undang ini mulai berlaku setelah 999 (sembilan) tahun terhitung sejak tanggal diundangkan.",
    "Diundangkan di Jakarta pada tanggal 31 Februari 2001",
    "PENJELASAN",
    "LAMPIRAN",
)
texts = st.lists(st.sampled_from(PARTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=20)


@given(texts.map("\n".join), st.sampled_from((Kind.UU, Kind.PERDA, Kind.LAINNYA)))
def test_any_text_is_read(text: str, kind: Kind) -> None:
    pages = (Page(1, text, Verdict.TEXT),)
    metadata = Metadata(kind, "Anak", "5", 2000, "Kota Semarang" if kind is Kind.PERDA else "")
    found = read_legal(outline(Reading("text/plain", pages, False), kind), pages, metadata)
    spans = [span for relation in found.relations for span in relation.spans]
    spans += [reference.span for reference in found.references]
    assert all(span.page == 1 and 0 <= span.start < span.end <= len(text) for span in spans)
