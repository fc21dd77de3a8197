"""What `kb verify` holds against a store: every law that its rows can break."""

from collections.abc import Iterator

from kb.errors import StoreDamagedError
from kb.pages import Span, text_of
from kb.status import Defect
from kb.store.database import Database
from kb.store.rows import load_spans


def check_store(database: Database) -> Iterator[Defect]:
    """Everything in the store that is not as it must be; nothing when all is well."""
    with database.snapshot() as connection:
        for [line] in connection.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield Defect(
                    "berkas-rusak", str(database.file), f"SQLite melaporkan: {line}", f"SQLite reports: {line}"
                )
        for row in connection.execute("PRAGMA foreign_key_check"):
            yield Defect(
                "rujukan-putus",
                f"{row[0]} {row[1]}",
                f"merujuk baris yang tidak ada di {row[2]}",
                f"refers to a row that is not in {row[2]}",
            )
        for row in connection.execute(
            """SELECT id FROM passages WHERE id NOT IN (SELECT passage_id FROM vectors)
               UNION SELECT passage_id FROM vectors WHERE passage_id NOT IN (SELECT id FROM passages)"""
        ):
            yield Defect(
                "vektor-tidak-cocok",
                f"bagian {row['id']}",
                "vektor dan bagian tidak berpasangan",
                "a vector and a passage do not pair up",
            )
        if connection.execute("SELECT 1 FROM token_vectors LIMIT 1").fetchone() is not None:
            for row in connection.execute(
                "SELECT id FROM passages WHERE id NOT IN (SELECT passage_id FROM token_vectors)"
            ):
                yield Defect(
                    "vektor-token-tidak-ada",
                    f"bagian {row['id']}",
                    "vektor tokennya tidak ada; jalankan `kb reindex`",
                    "its token vectors are missing; run `kb reindex`",
                )
        for row in connection.execute(
            """SELECT p.id FROM passages p JOIN versions v ON v.id = p.version_id
               JOIN documents d ON d.id = v.document_id WHERE d.version_id IS NOT v.id"""
        ):
            yield Defect(
                "versi-lama-tercari",
                f"bagian {row['id']}",
                "bagian dari versi lama masih di indeks",
                "a passage of an old version is still indexed",
            )
        for row in connection.execute(
            """SELECT DISTINCT d.id FROM documents d JOIN passages p ON p.version_id = d.version_id
               WHERE d.removed_at IS NOT NULL"""
        ):
            yield Defect(
                "dokumen-terhapus-tercari",
                f"dokumen {row['id']}",
                "sudah dihapus tetapi masih di indeks",
                "is removed but still indexed",
            )
        for row in connection.execute("SELECT id FROM documents WHERE version_id IS NULL"):
            yield Defect("dokumen-tanpa-versi", f"dokumen {row['id']}", "tidak punya versi", "has no version")
        lengths = {row[0] for row in connection.execute("SELECT DISTINCT length(vector) FROM vectors")}
        if len(lengths) > 1:
            yield Defect(
                "panjang-vektor-berbeda",
                "vectors",
                f"panjang vektor berbeda-beda: {sorted(lengths)}",
                f"vectors of several lengths: {sorted(lengths)}",
            )
        yield from _check_passages(database)


def _check_passages(database: Database) -> Iterator[Defect]:
    with database.reading() as connection:
        versions = [row[0] for row in connection.execute("SELECT DISTINCT version_id FROM passages ORDER BY 1")]
        for version_id in versions:
            pages = dict(
                connection.execute("SELECT number, text FROM pages WHERE version_id = ?", (version_id,)).fetchall()
            )
            for row in connection.execute("SELECT id, text, spans FROM passages WHERE version_id = ?", (version_id,)):
                if quote(pages, load_spans(row["spans"])) != row["text"]:
                    yield Defect(
                        "kutipan-tidak-cocok",
                        f"bagian {row['id']}",
                        "teks bagian tidak sama dengan teks halamannya",
                        "the passage's text is not its pages' text",
                    )


def quote(pages: dict[int, str], spans: tuple[Span, ...]) -> str | None:
    """The text under `spans`, joined by line breaks; None where a page is missing or too short."""
    is_there = all(span.page in pages and 0 <= span.start <= span.end <= len(pages[span.page]) for span in spans)
    return text_of(spans, pages) if is_there else None


def check_words(database: Database) -> Iterator[Defect]:
    """Whether the word index still equals the passages that it was made from."""
    try:
        # Written as an insert, this is FTS5's own comparison with its content table; it changes nothing.
        with database.reading() as connection:
            connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
    except StoreDamagedError:
        yield Defect(
            "indeks-kata-tidak-cocok",
            "passage_words",
            "indeks kata berbeda dari bagian-bagiannya; jalankan `kb reindex`",
            "the word index differs from its passages; run `kb reindex`",
        )
