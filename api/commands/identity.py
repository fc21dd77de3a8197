"""The commands on hidden identities: list, rule, take back, and guard anew."""

import click

from api import schemas_identities as schemas
from api.commands.door import Door, WithExamples, as_json, progress
from api.printing import print_json, print_line
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId
from kb.identity import Action

_REVEAL = click.option("--reveal", is_flag=True, help="Tampilkan kata yang ditutup; pembukaannya dicatat.")


class _Group(WithExamples, click.Group):
    """Commands below one name, with examples as they stand."""


@click.group(
    cls=_Group,
    epilog="""kb identity list 3
kb identity allow 3 7.2.140-153
kb identity hide "Siti Aminah" --document 3""",
)
def identity() -> None:
    """Identitas yang ditutup: nama anak, korban, saksi, NIK, telepon, rekening, nomor perkara."""


@identity.command(
    "list",
    cls=WithExamples,
    epilog="""kb identity list
kb identity list 3 --reveal""",
)
@click.argument("document_id", required=False, type=int, metavar="[NOMOR]")
@_REVEAL
@as_json
@click.pass_obj
def list_hidden(door: Door, document_id: int | None, reveal: bool, as_json: bool) -> None:
    """Dokumen yang memuat identitas; dengan NOMOR, tiap bagian yang ditutup di dalamnya."""
    with door.library() as library:
        if document_id is None:
            counts = library.identities.counts(LOCAL_ADMIN)
            names = {document.id: document.name for document in library.documents(LOCAL_ADMIN)}
            if as_json:
                print_json(schemas.SensitiveOut.of(counts))
                return
            for number, kinds in counts.items():
                print_line(f"{number:>5}  {names[number]}: " + ", ".join(f"{kind} {n}" for kind, n in kinds.items()))
            if not counts:
                print_line(door.say("cli_identity_none"))
            return
        hidden = library.identities.listed(LOCAL_ADMIN, DocumentId(document_id), reveal=reveal)
    if as_json:
        print_json(schemas.IdentitiesOut.model_validate({"hidden": hidden}, from_attributes=True))
        return
    for one in hidden:
        where = door.say("page_short", number=one.page)
        shown = f"… {one.before} [{one.words or '█'}] {one.after} …"
        print_line(f"{one.part:<16}  {one.kind.value:<9} {where:<9} {shown}")
    if not hidden:
        print_line(door.say("cli_identity_none"))


@identity.command(
    cls=WithExamples,
    epilog="""kb identity allow 3 7.2.140-153
kb identity allow --phrase 'Rumah Harapan'""",
)
@click.argument("document_id", required=False, type=int, metavar="[NOMOR]")
@click.argument("parts", nargs=-1, metavar="[BAGIAN]...")
@click.option("--phrase", help="Frasa yang bukan identitas; tanpa NOMOR berlaku di semua dokumen.")
@as_json
@click.pass_obj
def allow(door: Door, document_id: int | None, parts: tuple[str, ...], phrase: str | None, as_json: bool) -> None:
    """Buka yang keliru ditutup: BAGIAN seperti ditulis `kb identity list NOMOR`, atau sebuah frasa."""
    if (phrase is None) == (not parts) or (parts and document_id is None):
        raise click.UsageError("sebutkan NOMOR dan BAGIAN, atau --phrase")
    which = None if document_id is None else DocumentId(document_id)
    with door.library() as library:
        if phrase is not None:
            n_changed = library.identities.rule(LOCAL_ADMIN, which, Action.RELEASE, phrase)
        else:
            assert which is not None
            n_changed = library.identities.release(LOCAL_ADMIN, which, parts)
    _say_changed(door, n_changed, as_json)


@identity.command(
    cls=WithExamples,
    epilog="""kb identity hide "Siti Aminah"
kb identity hide 081234567890 --document 3 --json""",
)
@click.argument("phrase", metavar="FRASA")
@click.option("--document", "document_id", type=int, help="Hanya dalam dokumen ini; jika tidak, dalam semua.")
@as_json
@click.pass_obj
def hide(door: Door, phrase: str, document_id: int | None, as_json: bool) -> None:
    """Tutup nama atau nomor yang terlewat, sekarang dan di versi berikutnya."""
    which = None if document_id is None else DocumentId(document_id)
    with door.library() as library:
        n_changed = library.identities.rule(LOCAL_ADMIN, which, Action.HIDE, phrase)
    _say_changed(door, n_changed, as_json)


@identity.command(
    cls=WithExamples,
    epilog="""kb identity rulings
kb identity rulings --reveal --json""",
)
@_REVEAL
@as_json
@click.pass_obj
def rulings(door: Door, reveal: bool, as_json: bool) -> None:
    """Keputusan kantor: apa yang dibuka dan apa yang ditutup di luar aturan."""
    with door.library() as library:
        out = schemas.RulingsOut.of(library.identities.rulings(LOCAL_ADMIN), show_hidden=reveal)
    if as_json:
        print_json(out)
        return
    for one in out.rulings:
        scope = "" if one.document is None else f"[{one.document}]"
        print_line(f"{one.id:>4}  {one.action.value:<6} {scope:<6} {one.phrase}")


@identity.command(cls=WithExamples, epilog="kb identity revoke 2")
@click.argument("ruling_id", type=int, metavar="KEPUTUSAN")
@as_json
@click.pass_obj
def revoke(door: Door, ruling_id: int, as_json: bool) -> None:
    """Batalkan satu keputusan; aturan yang menentukan lagi."""
    with door.library() as library:
        n_changed = library.identities.revoke(LOCAL_ADMIN, ruling_id)
    _say_changed(door, n_changed, as_json)


@identity.command(
    cls=WithExamples,
    epilog="""kb identity settle
kb identity settle --json""",
)
@as_json
@click.pass_obj
def settle(door: Door, as_json: bool) -> None:
    """Periksa ulang dokumen yang belum dilihat oleh aturan dan keputusan terbaru, misalnya setelah pembaruan."""
    with door.library() as library, progress(door.say("cli_settling")) as advance:
        n_changed = library.identities.settle(advance)
    _say_changed(door, n_changed, as_json)


def _say_changed(door: Door, n_changed: int, as_json: bool) -> None:
    if as_json:
        print_json(schemas.SettledOut(n_changed=n_changed))
    else:
        print_line(door.say("cli_identity_changed", n=n_changed))
