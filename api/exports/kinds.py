"""The kinds of files that are exported, and what the web calls them."""

from enum import StrEnum

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKDOWN = "text/markdown; charset=utf-8"


class MatrixFormat(StrEnum):
    """The files that a matrix is exported as."""

    DOCX = "docx"
    XLSX = "xlsx"


class DossierFormat(StrEnum):
    """The files that a dossier is exported as."""

    DOCX = "docx"
    MARKDOWN = "md"
