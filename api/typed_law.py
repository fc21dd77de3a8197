"""Regulations and provisions as people type them at a door: "UU 23/2002", "Pasal 7 ayat (2)"."""

from kb.errors import QueryRefusedError, Text
from kb.legal import Work
from kb.mentions import mentions
from kb.provision_grammar import provisions, spelled_out


def read_work(typed: str) -> Work:
    """The regulation that is named. Raises QueryRefusedError where none can be read."""
    found = mentions(" ".join(typed.split()))
    if not found:
        raise QueryRefusedError(
            typed[:60],
            Text("tidak terbaca sebagai peraturan", "does not read as a regulation"),
            Text("tulis jenis, nomor, dan tahunnya", "write its kind, number and year"),
        )
    return found[0].work


def read_provision(typed: str) -> str:
    """The address of the provision that is named, "" of nothing. Raises QueryRefusedError where none can be read."""
    text = spelled_out(typed)
    if not text:
        return ""
    for run in provisions(text):
        address = run.parts[0].address()
        if address:
            return address
    raise QueryRefusedError(
        typed[:60],
        Text("tidak terbaca sebagai pasal", "does not read as a provision"),
        Text("tulis misalnya Pasal 7 ayat (2)", "write Pasal 7 ayat (2) for example"),
    )
