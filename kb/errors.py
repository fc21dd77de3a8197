"""Everything that can go wrong in the world, as one tree.

KbError
├── FileRefusedError            a file cannot be taken in
│   ├── UnknownFormatError      its content is of no kind we read
│   ├── EmptyFileError          it has no bytes
│   ├── EncryptedFileError      it asks for a password
│   ├── DamagedFileError        it is cut off or broken
│   ├── FileChangedError        it was written while it was read (passes)
│   ├── FileTooLargeError       bytes, pages, characters or unpacked size over the limit
│   ├── ReadingTimeoutError     reading took longer than allowed
│   └── ReaderCrashedError      the reading process died or ran out of memory
├── NotFoundError               no such document, version, page, job or folder
├── JobStoppedError             a job may not go on: cancelled, or another worker has it
├── SourceError                 a watched folder cannot be followed now (passes)
├── IdentityHiddenError         it would show whom the law hides, to someone without the right
├── QueryRefusedError           a question that cannot be asked
├── CorrectionRefusedError      a page's text that cannot be corrected by hand
├── ChangedMeanwhileError       what is saved was changed by others since it was opened
├── StoreError                  the store cannot do what was asked
│   ├── StoreBusyError          another process holds it (passes)
│   ├── StoreFullError          the disk is full (passes)
│   ├── StoreReadOnlyError      it may not be written (passes)
│   ├── StoreDamagedError       it is not a store, or is broken
│   ├── StoreTooNewError        a newer version of the program made it
│   ├── HomeOccupiedError       something is in the folder that would be restored over
│   └── ArchiveError            a backup or export cannot be written or read
├── ModelError                  the embedding model cannot serve
│   ├── ModelMissingError       its weights are not there
│   └── ModelMismatchError      the store was embedded by another model
├── RewritingError              the language model that was configured does not answer
└── SettingError                a setting has a value that cannot be used

Each message has three parts, in Indonesian and English: where, what, and what to do. What passes by itself is
`is_transient`: a job that meets it is tried again later; everything else would fail the same way every time.
"""

from typing import ClassVar, NamedTuple


class Text(NamedTuple):
    """One sentence in the two languages of the product."""

    id: str
    en: str


class KbError(Exception):
    """The world is not as it should be. `where`, `what` and `mend` are the parts of the message.

    code: stable, for programs. exit_code: of the command line. is_transient: whether it may pass by itself.
    """

    code: ClassVar[str] = "galat"
    exit_code: ClassVar[int] = 1
    is_transient: ClassVar[bool] = False

    def __init__(self, where: str, what: Text, mend: Text) -> None:
        self.where, self.what, self.mend = where, what, mend
        super().__init__(where, what, mend)

    def say(self, language: str = "id") -> str:
        """The whole message in `language` ("id" or "en")."""
        if language == "en":
            return f"{self.where}: {self.what.en}; {self.mend.en}"
        return f"{self.where}: {self.what.id}; {self.mend.id}"

    def __str__(self) -> str:
        return self.say()


class FileRefusedError(KbError):
    """A file cannot be taken in; the others go on."""

    code = "berkas-ditolak"
    exit_code = 3


class UnknownFormatError(FileRefusedError):
    """The content is of no kind we read, whatever the name says."""

    code = "format-tidak-dikenal"


class EmptyFileError(FileRefusedError):
    """The file has no bytes."""

    code = "berkas-kosong"


class EncryptedFileError(FileRefusedError):
    """The file asks for a password."""

    code = "berkas-terkunci"


class DamagedFileError(FileRefusedError):
    """The file is cut off or broken."""

    code = "berkas-rusak"


class FileChangedError(FileRefusedError):
    """The file was written while it was read."""

    code = "berkas-berubah"
    is_transient = True


class FileTooLargeError(FileRefusedError):
    """Bytes, pages, characters or unpacked size are over the limit."""

    code = "berkas-terlalu-besar"


class ReadingTimeoutError(FileRefusedError):
    """Reading took longer than allowed and was stopped."""

    code = "baca-terlalu-lama"


class ReaderCrashedError(FileRefusedError):
    """The reading process died or ran out of memory."""

    code = "pembaca-berhenti"


class NotFoundError(KbError):
    """There is no such document, version, page, job or folder."""

    code = "tidak-ada"
    exit_code = 4


class JobStoppedError(KbError):
    """A job may not go on: someone cancelled it, or its lease ran out and another worker has it."""

    code = "pekerjaan-berhenti"


class SourceError(KbError):
    """A watched folder cannot be followed now; nothing of it is taken out."""

    code = "sumber-gagal"
    exit_code = 4
    is_transient = True


class IdentityHiddenError(KbError):
    """It would show a child's, victim's or witness's identity to someone without the right."""

    code = "identitas-ditutup"
    exit_code = 7


class QueryRefusedError(KbError):
    """A question that cannot be asked: empty, too long, with broken characters, or for no hits or too many."""

    code = "pertanyaan-ditolak"
    exit_code = 2


class CorrectionRefusedError(KbError):
    """The text of a page cannot be corrected by hand: it is no scan, or what was typed is empty or too long."""

    code = "koreksi-ditolak"
    exit_code = 2


class ChangedMeanwhileError(KbError):
    """What is saved was changed by others since it was opened; nothing of theirs was overwritten."""

    code = "sudah-diubah"
    exit_code = 2


class StoreError(KbError):
    """The store cannot do what was asked. What was in it is still there."""

    code = "gudang-gagal"
    exit_code = 5


class StoreBusyError(StoreError):
    """Another process holds the store for longer than we wait."""

    code = "gudang-sibuk"
    is_transient = True


class StoreFullError(StoreError):
    """The disk is full; the change was rolled back."""

    code = "disk-penuh"
    is_transient = True


class StoreReadOnlyError(StoreError):
    """The store or its folder may not be written."""

    code = "gudang-hanya-baca"
    is_transient = True


class StoreDamagedError(StoreError):
    """The file is not a store, or SQLite finds it broken."""

    code = "gudang-rusak"


class StoreTooNewError(StoreError):
    """A newer version of the program made this store."""

    code = "gudang-lebih-baru"


class HomeOccupiedError(StoreError):
    """There is something in the folder that a backup would be restored into, or an export written to."""

    code = "folder-terisi"


class ArchiveError(StoreError):
    """A backup or export is damaged, of a newer program, or not one at all."""

    code = "cadangan-gagal"


class ModelError(KbError):
    """The embedding model cannot serve."""

    code = "model-gagal"
    exit_code = 6


class ModelMissingError(ModelError):
    """The model's weights are not where they should be."""

    code = "model-tidak-ada"


class ModelMismatchError(ModelError):
    """The store was embedded by another model than the one loaded."""

    code = "model-berbeda"

    def __init__(self, where: str, stored: str, loaded: str) -> None:
        super().__init__(
            where,
            Text(
                f"gudang dibuat dengan model {stored!r}, tetapi yang dimuat {loaded!r}",
                f"the store was embedded with {stored!r}, but {loaded!r} is loaded",
            ),
            Text("jalankan `kb reindex`", "run `kb reindex`"),
        )
        self.stored, self.loaded = stored, loaded


class SettingError(KbError):
    """A setting has a value that cannot be used."""

    code = "pengaturan-salah"
    exit_code = 2


class RewritingError(KbError):
    """The language model that was configured cannot be reached, or does not speak the protocol."""

    code = "model-bahasa-gagal"
