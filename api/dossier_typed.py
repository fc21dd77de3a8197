"""What people type into a dossier: made plain, bounded, and with the words put back that were hidden from them."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.hidden_words import HIDDEN_CHANGED, with_hidden_words
from kb.dossier import MAX_TITLE_CHARACTERS, MAX_WORDS_CHARACTERS, Dossier, DossierId, Field
from kb.errors import ChangedMeanwhileError, QueryRefusedError, Text
from kb.identity import MASK

_TITLE, _FORM = "judul", "bentuk"


def typed_title(typed: str) -> str:
    """A title as it was typed, on one line. Raises QueryRefusedError for one that is empty or too long."""
    title = _one_line(typed)
    if not title or len(title) > MAX_TITLE_CHARACTERS:
        raise refused(
            f"judulnya kosong atau lebih dari {MAX_TITLE_CHARACTERS} huruf",
            f"its title is empty or has more than {MAX_TITLE_CHARACTERS} characters",
            "tulis judul yang singkat",
            "write a short title",
        )
    return title


def typed_words(typed: str, where: str) -> str:
    """What was typed, made plain. where: as the refusal names it. Raises QueryRefusedError where it is too long."""
    text = _plain(typed)
    if len(text) > MAX_WORDS_CHARACTERS:
        raise refused(
            f"{where} lebih dari {MAX_WORDS_CHARACTERS} huruf",
            f"{where} has more than {MAX_WORDS_CHARACTERS} characters",
            "persingkat",
            "shorten it",
        )
    return text


def retyped_title(typed: str, shown: str, own: str) -> str:
    """The same of a title that was shown as `shown` and is `own` where nothing is hidden. Raises QueryRefusedError."""
    return _with_own(typed_title(typed), shown, own, "judul")


def retyped_words(typed: str, where: str, shown: str, own: str) -> str:
    """The same of words that were shown as `shown` and are `own` where nothing is hidden. Raises QueryRefusedError."""
    return _with_own(typed_words(typed, where), shown, own, where)


def state_of(dossier: Dossier) -> str:
    """What a form made from `dossier` carries along, so that what others changed meanwhile is seen: marks, no words."""
    words = (_mark(field, dossier.words.get(field, "")) for field in Field)
    return " ".join((_mark(_TITLE, dossier.title), _mark(_FORM, dossier.form), *words))


def typed_again(saved: Dossier, state: str, typed: Dossier) -> tuple[Dossier, Mapping[Field, str]]:
    """A dossier as its form is shown again where it was not saved, and what others saved meanwhile in the same fields.

    Only what was typed takes the place of what is saved; of a field left as it was, what others made of it is shown.
    state: as `state_of` gave it when the form was made; empty where the form did not say.
    """
    if state in ("", state_of(saved)):
        return typed, {}
    marks = state.split()
    mine, theirs = _changed(marks, typed.words), _changed(marks, saved.words)
    shown = replace(
        saved,
        title=saved.title if _mark(_TITLE, _one_line(typed.title)) in marks else typed.title,
        form=saved.form if _mark(_FORM, typed.form) in marks else typed.form,
        words={**saved.words, **mine},
    )
    return shown, {field: text for field, text in theirs.items() if text and mine.get(field, text) != text}


def refused(what: str, what_en: str, mend: str, mend_en: str) -> QueryRefusedError:
    """The error for what a dossier cannot take."""
    return QueryRefusedError("berkas", Text(what, what_en), Text(mend, mend_en))


def changed_since(dossier_id: DossierId) -> ChangedMeanwhileError:
    """The error for a dossier that others changed after the page was made on which it was written."""
    return ChangedMeanwhileError(
        f"berkas {dossier_id}",
        Text("sudah diubah orang lain sejak halaman ini Anda buka", "others changed it since you opened this page"),
        Text(
            "tulisan Anda belum tersimpan dan masih ada di bawah; cocokkan, lalu simpan lagi",
            "what you wrote is below and not saved yet; compare it, then save again",
        ),
    )


def _with_own(typed: str, shown: str, own: str, where: str) -> str:
    # Masks that come with a quote pasted in stand for nothing of the office's own; nor does a text that has none left.
    if MASK not in shown or MASK not in typed:
        return typed
    whole = with_hidden_words(shown, own, typed)
    if whole is None:
        raise refused(
            f"{where}: {HIDDEN_CHANGED.id}",
            f"{where}: {HIDDEN_CHANGED.en}",
            "biarkan bagian itu seperti semula, atau hapus semuanya",
            "leave that as it was, or take all of it out",
        )
    return whole


def _changed(marks: Sequence[str], words: Mapping[Field, str]) -> dict[Field, str]:
    """Those of `words`, made plain, that are not what a form with these marks was made from."""
    plain = {field: _plain(text) for field, text in words.items()}
    return {field: text for field, text in plain.items() if _mark(field, text) not in marks}


def _mark(name: str, text: str) -> str:
    return f"{name}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _plain(typed: str) -> str:
    """What was typed, with plain line breaks and nothing that cannot be printed."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_printable(line).rstrip() for line in lines).strip()


def _one_line(typed: str) -> str:
    return " ".join(_printable(typed).split())


def _printable(line: str) -> str:
    """`line` without control characters and half surrogate pairs; every kind of blank is a blank."""
    return "".join(
        " " if c.isspace() else c for c in line if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
