"""The commands of the legal life: `kb relations`, `kb standing` and `kb relate`."""

import datetime

import click

from api.commands.door import Door, WithExamples, as_json
from api.dates import date_name
from api.law_out import relations_out
from api.law_words import standing_said
from api.printing import print_json, print_line
from api.schemas_law import EditOut
from api.schemas_standing import StandingOut
from api.typed_law import read_provision, read_work
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId
from kb.legal import PASSIVE, SOME, Change, EditVerdict, Relation, RelationKind, work_of
from kb.work_names import provision_name, short_work_name

_NAMES = tuple(name for kind in RelationKind for name in (kind.value, PASSIVE[kind]))


@click.command(
    cls=WithExamples,
    epilog="""kb relations 3
kb relations 3 --json""",
)
@click.argument("document", type=int, metavar="DOKUMEN")
@as_json
@click.pass_obj
def relations(door: Door, document: int, as_json: bool) -> None:
    """Sebut apa yang dilakukan sebuah peraturan terhadap yang lain, dan sebaliknya, menurut teksnya."""
    number = DocumentId(document)
    with door.library() as library:
        links = library.relations.links(LOCAL_ADMIN, number)
        standing = library.standings.of(LOCAL_ADMIN, number)
        out = relations_out(library, LOCAL_ADMIN, number, links)
    if as_json:
        print_json(out)
        return
    if standing is not None:
        print_line(f"{door.say('law_status')}: {standing_said(standing, door.language)}")
    if not links:
        print_line(door.say("law_none"))
    for link in links:
        provision = link.relation.provision
        what = door.say("law_part") if provision == SOME else provision_name(provision)
        page = door.say("page_short", number=link.relation.spans[0].page) if link.relation.spans else ""
        here = f"[{link.document_id}]" if link.document_id is not None else ""
        change = "" if link.relation.change is Change.WHOLE else door.say(f"change_{link.relation.change}")
        parts = (door.say(f"relation_{link.name}"), short_work_name(link.other), here, what, change, page)
        print_line("  ".join(part for part in parts if part))


@click.command(
    cls=WithExamples,
    epilog="""kb standing 3
kb standing 3 "Pasal 7 ayat (2)" --as-of 2019-01-31""",
)
@click.argument("document", type=int, metavar="DOKUMEN")
@click.argument("provision", default="", metavar="[BAGIAN]")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="TANGGAL", help="Keadaan pada hari ini (YYYY-MM-DD)."
)
@as_json
@click.pass_obj
def standing(door: Door, document: int, provision: str, as_of: datetime.datetime | None, as_json: bool) -> None:
    """Katakan apakah sebuah peraturan, atau bagiannya, berlaku menurut dokumen yang ada."""
    day = as_of.date() if as_of else None
    with door.library() as library:
        found = library.standings.of(LOCAL_ADMIN, DocumentId(document), read_provision(provision), day)
    if found is None:
        print_line(door.say("standing_unknown"))
    elif as_json:
        print_json(StandingOut.model_validate(found))
    else:
        print_line(standing_said(found, door.language))
        print_line(door.say("standing_as_of", day=date_name(found.as_of, door.language)))


@click.command(
    cls=WithExamples,
    epilog="""kb relate 3 dicabut-dengan "Perda Kota Surabaya Nomor 3 Tahun 2018"
kb relate 3 mengubah "UU 23/2002" --provision "Pasal 7\"""",
)
@click.argument("document", type=int, metavar="DOKUMEN")
@click.argument("name", type=click.Choice(_NAMES), metavar="HUBUNGAN")
@click.argument("target", metavar="PERATURAN")
@click.option("--provision", default="", metavar="BAGIAN", help="Bagian yang terkena, bila bukan seluruhnya.")
@click.option("--note", default="", metavar="CATATAN", help="Keterangan untuk rekan.")
@as_json
@click.pass_obj
def relate(door: Door, document: int, name: str, target: str, provision: str, note: str, as_json: bool) -> None:
    """Tambah hubungan hukum dengan tangan; tetap dipakai bila dokumennya dibaca ulang."""
    number = DocumentId(document)
    work, address = read_work(target), read_provision(provision)
    passive = {word: kind for kind, word in PASSIVE.items()}
    kind = passive.get(name) or RelationKind(name)
    change = {RelationKind.AMENDS: Change.ALTERED, RelationKind.REPEALS: Change.DELETED}.get(kind, Change.WHOLE)
    with door.library() as library:
        own = work_of(library.document(LOCAL_ADMIN, number).metadata)
        relation = Relation(
            kind,
            (own or work) if name in passive else work,
            work if name in passive else None,
            address,
            change if address else Change.WHOLE,
        )
        now = datetime.datetime.now(datetime.UTC)
        edit = library.relations.add(LOCAL_ADMIN, number, relation, note, now)
    assert edit.verdict is EditVerdict.ADDED
    if as_json:
        print_json(EditOut.model_validate(edit))
    else:
        print_line(door.say("law_saved"))
