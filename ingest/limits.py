"""How much of one file is read before it is refused."""

from dataclasses import dataclass

from kb.errors import FileTooLargeError, Text
from kb.settings import Settings

MEBIBYTE = 2**20

MAX_DPI = 400
"""Of the picture of a page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file that is read.

    max_bytes: of the file. max_pages: of a PDF. max_characters: of all its text.
    max_unpacked_bytes: of a compressed format once unpacked.
    """

    max_bytes: int = 100 * MEBIBYTE
    max_pages: int = 5_000
    max_characters: int = 40_000_000
    max_unpacked_bytes: int = 400 * MEBIBYTE

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The limits that `settings` ask for.

        An office file unpacks to at most four times the largest file: text of a
        report compresses ten times, but its pictures, the bulk of it, hardly at all.
        """
        return cls(
            max_bytes=settings.max_mib * MEBIBYTE,
            max_pages=settings.max_pages,
            max_unpacked_bytes=4 * settings.max_mib * MEBIBYTE,
        )

    def check_bytes(self, where: str, n_bytes: int) -> None:
        """Raise FileTooLargeError if a file of `n_bytes` is over the limit."""
        if n_bytes > self.max_bytes:
            most = self.max_bytes // MEBIBYTE
            raise FileTooLargeError(
                where,
                Text(
                    f"berkas lebih besar dari batas {most} MiB",
                    f"the file is larger than the limit of {most} MiB",
                ),
                Text("bagi berkasnya atau naikkan KB_MAX_MIB", "split the file or raise KB_MAX_MIB"),
            )

    def check_pages(self, where: str, n_pages: int) -> None:
        """Raise FileTooLargeError if `n_pages` are over the limit."""
        if n_pages > self.max_pages:
            raise FileTooLargeError(
                where,
                Text(
                    f"dokumen memuat {n_pages} halaman, batasnya {self.max_pages}",
                    f"the document has {n_pages} pages, the limit is {self.max_pages}",
                ),
                Text("bagi dokumennya atau naikkan KB_MAX_PAGES", "split the document or raise KB_MAX_PAGES"),
            )

    def check_characters(self, where: str, n_characters: int) -> None:
        """Raise FileTooLargeError if `n_characters` of text are over the limit."""
        if n_characters > self.max_characters:
            raise FileTooLargeError(
                where,
                Text(
                    f"teksnya lebih dari {self.max_characters} karakter",
                    f"its text is longer than {self.max_characters} characters",
                ),
                Text("bagi berkasnya", "split the file"),
            )

    def check_unpacked(self, where: str, n_bytes: int) -> None:
        """Raise FileTooLargeError if content of `n_bytes` once unpacked is over the limit."""
        if n_bytes > self.max_unpacked_bytes:
            most = self.max_unpacked_bytes // MEBIBYTE
            raise FileTooLargeError(
                where,
                Text(
                    f"isinya mengembang melebihi batas {most} MiB",
                    f"its content unpacks to more than the limit of {most} MiB",
                ),
                Text(
                    "periksa asal berkas ini; simpan ulang tanpa gambar besar",
                    "check where this file comes from; save it again without large pictures",
                ),
            )
