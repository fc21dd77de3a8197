"""How the knowledge base, its model and its server are, over the wire."""

from typing import Literal

from api.schemas import Out


class TuningOut(Out):
    """What adapting the model came to: nDCG@10 of the vectors on held-back questions and on the bundled sample."""

    n_pairs: int
    n_questions: int
    own_before: float
    own_after: float
    sample_before: float
    sample_after: float
    is_better: bool


class StatusOut(Out):
    """How much is in the store. change: rises with every change. store_bytes: size of its file."""

    n_documents: int
    n_passages: int
    n_pages: int
    n_pages_unread: int
    change: int
    model: str
    store_bytes: int


class DefectOut(Out):
    """Something that `kb verify` found broken."""

    code: str
    where: str
    message: str
    message_en: str


class VerifyOut(Out):
    """What is broken; empty when nothing is."""

    defects: list[DefectOut]


class ServingOut(Out):
    """Where the server listens."""

    address: str


class HealthOut(Out):
    """The process answers (`hidup`), or can serve questions (`siap`)."""

    status: Literal["hidup", "siap"]
