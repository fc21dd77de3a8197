"""What leads into a provision and what explains it, on outlines as they are made."""

import papers
from papers import addresses

from ingest.structure import outline
from kb.documents import Kind
from kb.pages import Reading
from kb.provisions import explained, explanations, leads_into

SOURCE = papers.reading(papers.REGULATION)


def paired(source: Reading) -> dict[str, str]:
    """The address of each provision and that of what explains it."""
    sections = outline(source, Kind.PERDA)
    return {sections[at].address: sections[by].address for at, by in explanations(sections).items()}


def leads(source: Reading, address: str) -> list[str]:
    """The words that lead into the section at an address."""
    sections = outline(source, Kind.PERDA)
    place = ["", *addresses(sections)].index(address)
    return [lead.text for lead in leads_into(sections, place, source.pages)]


def test_the_words_of_the_outer_provisions_lead_into_an_inner_one():
    assert leads(SOURCE, "pasal-2/ayat-2/huruf-b/angka-1") == [
        "(2) Taman sebagaimana dimaksud pada ayat\n(1) memuat:",
        "b. pagar yang:",
    ]


def test_a_bare_heading_leads_into_nothing():
    assert leads(SOURCE, "pasal-2/ayat-1") == []


def test_a_lead_in_goes_on_over_the_page():
    source = papers.reading("PERATURAN DAERAH\nMEMUTUSKAN:\nPasal 1\nTaman yang baik", "memuat:\na. ayunan;\nb. pagar.")
    assert leads(source, "pasal-1/huruf-b") == ["Pasal 1\nTaman yang baik\nmemuat:"]


def test_each_provision_has_its_explanation_or_that_of_the_one_around_it():
    assert paired(SOURCE) == {
        "pasal-1": "penjelasan/pasal-1",
        "pasal-1/angka-1": "penjelasan/pasal-1",
        "pasal-1/angka-2": "penjelasan/pasal-1",
        "pasal-2": "penjelasan/pasal-2",
        "pasal-2/ayat-1": "penjelasan/pasal-2/ayat-1",
        "pasal-2/ayat-2": "penjelasan/pasal-2/ayat-2",
        "pasal-2/ayat-2/huruf-a": "penjelasan/pasal-2/ayat-2/huruf-a",
        "pasal-2/ayat-2/huruf-b": "penjelasan/pasal-2/ayat-2",
        "pasal-2/ayat-2/huruf-b/angka-1": "penjelasan/pasal-2/ayat-2",
        "pasal-2/ayat-2/huruf-b/angka-2": "penjelasan/pasal-2/ayat-2",
    }


def test_an_explanation_knows_the_provision_it_explains():
    sections = outline(SOURCE, Kind.PERDA)
    back = {section.address: explained(sections, at) for at, section in enumerate(sections)}
    found = {address: sections[at].address for address, at in back.items() if at is not None}
    assert found == {
        "penjelasan/pasal-1": "pasal-1",
        "penjelasan/pasal-2": "pasal-2",
        "penjelasan/pasal-2/ayat-1": "pasal-2/ayat-1",
        "penjelasan/pasal-2/ayat-2": "pasal-2/ayat-2",
        "penjelasan/pasal-2/ayat-2/huruf-a": "pasal-2/ayat-2/huruf-a",
    }


def test_pasal_explained_together_share_their_explanation():
    law = ("PERATURAN DAERAH", "MEMUTUSKAN:", *(f"Pasal {n}\nIsi {n}." for n in range(1, 6)))
    source = papers.reading("\n".join((*law, "PENJELASAN", "II. PASAL DEMI PASAL", "Pasal 2 s/d 4", "Cukup jelas.")))
    assert paired(source) == {f"pasal-{n}": "penjelasan/pasal-2" for n in (2, 3, 4)}
