"""Pairs that a Menimbang teaches: a reason and what carries it out, and what is carried out and who asked for it."""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from index.training.pairs import Pair
from index.training.phrasing import is_query, telling, tidy, topic, unlabelled
from index.training.regulation import Body
from kb.legal import Relation, RelationKind, Work
from kb.sections import SectionKind

CARRIED_OUT, DELEGATED = "menimbang", "pelaksanaan"
"""The sources of the two kinds."""

LEAST_COVERED, LEAST_OF_AIM = 0.55, 0.33
"""The share of a reason's word weight (idf in the regulation) that a provision holds; of one on aims less will do."""

MAY_COVER = 0.6
"""What covers a reason by this share of the best one may carry it out as well, and is no negative."""

MOST_ALIKE = 5
"""So many others may cover a reason; where more do, it tells nothing of any."""

FEWEST_TELLING, FEWEST_HELD = 5, 4
"""Words of a reason that the title does not hold, and those of them that the provision does."""

LEAST_NAMED = 0.6
"""The share of a regulation's matter that a provision names which asks for it."""

MOST_DELEGATING = 2
"""The most provisions that one regulation is paired with as what it carries out."""

_FEWEST_PASSAGES = 5
_FEWEST_WORDS, _MOST_WORDS = 8, 30
_LEAD = re.compile(r"^(?:.{0,60}?\b[Bb]ahwa\b|Menimbang\s*:)[\s,]*")
_NO_REASON = re.compile(
    r"pertimbangan\s+(?:sebagaimana|tersebut|yang|huruf|pada|dalam)|\bhuruf [a-z]\b|\b(?:Nomor|No\.?)\s*\d|\bPasal \d|"
    r"(?:tidak|belum) (?:lagi )?(?:sesuai|memadai|lengkap)|perlu (?:disesuaikan|disempurnakan|diganti|ditinjau)|"
    r"sampai (?:saat ini|sekarang)|peraturan perundang-undangan|Pancasila dan Undang|dalam rangka pelaksanaan|"
    r"Anggaran Pendapatan dan Belanja",
    re.I,
)
_CLAUSE = re.compile(
    r";\s*|[,.]?\s+(?:sehingga|oleh (?:karena|sebab) itu|karena itu|maka|untuk itu|dengan demikian|sebagaimana "
    r"(?:di)?amanat\w*)\b[\s,]*|(?<=\w{3})\. "
)
_MADE_FOR_IT = re.compile(
    r"[\s,]*(?:maka\s+|dan\s+)?(?:di\s?pandang\s+)?perlu\s+(?:untuk\s+|segera\s+|adanya\s+)*"
    r"(?:menetapkan|ditetapkan|membentuk|dibentuk|mengatur|diatur|disusun|menyusun|mengadakan|diadakan|mengubah|mengganti"
    r"|undang-undang|peraturan)\b.*$",
    re.I,
)
_DEFINES = re.compile(r"\byang dimaksud(?:kan)?\b.{0,60}?\bdengan\b|\bistilah\b|\bsumpah\b|\bbersumpah\b", re.I)
_CLOSES = re.compile(r"penutup|peralihan|lain-lain|lampiran", re.I)
_ENDS = re.compile(
    r"mulai berlaku|tidak berlaku|masih berlaku|tetap berlaku|berlaku selama|dicabut|pada saat .{0,40}ini berlaku|"
    r"diundangkan|lembaran negara",
    re.I,
)
_OF_AIM = re.compile(r"\b(?:bertujuan|tujuan|ditujukan|dimaksudkan|ruang lingkup|asas)\b", re.I)
_HANDS_ON = re.compile(
    r"\b(?:diatur|ditetapkan|ditentukan)\b[^.;]{0,80}\b(?:peraturan|undang-undang|keputusan)\b", re.I
)
_OF_A_WHOLE = re.compile(r"undang-undang|peraturan pemerintah", re.I)
_NAMED = re.compile(
    r"^berdasarkan pertimbangan .*?(?=\b(?:untuk|dalam rangka)\b)|"
    r"(?:\bketentuan\s+)?\bPasal\s+\d.*?(?=\b(?:Undang-|Peraturan))|"
    r"\s*\bNomor\s+\S+\s+Tahun\s+[^\s,;]+|\s*\([^)]*\)|"
    r",?\s*sebagaimana telah .*?(?=,?\s+perlu\b)",
    re.S,
)


def carried_out(body: Body) -> Iterator[Pair]:
    """Each reason that a Menimbang gives, with the passage whose words carry it out; no definition and no closing.

    What a regulation that amends gives as its reasons is carried out in another one, and is passed over.
    """
    regulation = body.regulation
    provisions = {i: telling(_whole(body, i)) for i in range(len(regulation.passages)) if _may_carry_out(body, i)}
    if regulation.versions or len(provisions) < _FEWEST_PASSAGES:
        return
    n_holding = Counter(stem for stems in provisions.values() for stem in stems)
    title = telling(regulation.title)
    for clause in (clause for _, recital in _recitals(body) for clause in _clauses(recital)):
        reason = telling(clause) - title
        if len(reason) < FEWEST_TELLING:
            continue
        weights = {stem: math.log(1 + len(provisions) / (0.5 + n_holding[stem])) for stem in reason}
        covered = {i: sum(weights[stem] for stem in reason & stems) for i, stems in provisions.items()}
        best = max(covered, key=lambda i: covered[i])
        least = LEAST_OF_AIM if _OF_AIM.search(_whole(body, best)) else LEAST_COVERED
        if covered[best] >= least * sum(weights.values()) and len(reason & provisions[best]) >= FEWEST_HELD:
            also = [i for i in covered if i != best and covered[i] >= MAY_COVER * covered[best]]
            # What half the regulation says is carried out by no one provision of it.
            if len(also) <= MOST_ALIKE:
                yield _pair(clause, body, best, also, CARRIED_OUT)


def delegated(
    body: Body, relations: Sequence[Relation], find: Callable[[Work], Body | None], rng: random.Random
) -> Iterator[Pair]:
    """What a Menimbang says the regulation is made for, with the passages of another one that ask for it.

    relations: what the regulation's own text says of others. find: the regulation that a work is, where it is there.
    Of many provisions that are carried out those are paired that name its matter.
    """
    about = topic(body.regulation.title)
    for work, of_work in groupby((one for one in relations if _carries_out(one)), key=lambda one: one.target):
        named = list(of_work)
        target = find(work)
        recital = _holding(body, named[0])
        if target is None or recital is None or _OF_A_WHOLE.search(about):
            continue
        matter = telling(about) - telling(target.regulation.title)
        asking = {i: held for one in named for i, held in _asking(target, one.provision, matter)}
        best = max(asking.values(), default=0)
        nearest = [i for i, held in asking.items() if held == best and held >= LEAST_NAMED * len(matter)]
        for i in nearest[:MOST_DELEGATING]:
            said = tidy(_NAMED.sub("", recital)) if rng.random() < 0.5 else f"peraturan tentang {about}"
            if is_query(said):
                yield _pair(said, target, i, [j for j in asking if j != i], DELEGATED)


def _carries_out(relation: Relation) -> bool:
    return (
        relation.kind is RelationKind.IMPLEMENTS
        and relation.actor is None
        and relation.provision.startswith("pasal-")
        and relation.source_address.startswith("menimbang")
    )


def _holding(body: Body, relation: Relation) -> str | None:
    """The recital that says a relation."""
    held = (
        recital
        for i, recital in _recitals(body)
        for span in body.regulation.sections[i].spans
        if relation.spans and span.page == relation.spans[0].page and span.start <= relation.spans[0].start < span.end
    )
    return next(held, None)


def _asking(target: Body, provision: str, matter: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The passage of a provision that hands its matter on, with how many words of `matter` the provision names."""
    section = target.section_at(provision)
    i = target.passage_at(provision)
    if section is None or i is None or target.pasal[i] is None:
        return
    said = target.text(section)
    n_named = len(matter & telling(said))
    if n_named and _HANDS_ON.search(said):
        yield i, n_named


def _pair(query: str, body: Body, i: int, also: Sequence[int], source: str) -> Pair:
    """The pair of a passage, guarded against those that may answer as well."""
    guards = dict.fromkeys(guard for j in (i, *also) for guard in body.guards(j))
    return Pair(query, body.embedded(i), source, body.regulation.id, tuple(guards))


def _whole(body: Body, i: int) -> str:
    passage = body.regulation.passages[i]
    return " ".join((*passage.heading_path, passage.text))


def _may_carry_out(body: Body, i: int) -> bool:
    passage = body.regulation.passages[i]
    is_other = any(_DEFINES.search(part) or _CLOSES.search(part) for part in (*passage.heading_path, ""))
    return (
        body.pasal[i] is not None
        and not is_other
        and not _DEFINES.search(passage.text)
        and not _ENDS.search(passage.text)
    )


def _recitals(body: Body) -> Iterator[tuple[int, str]]:
    """The recitals of the Menimbang without what leads into them, each with its section."""
    sections = body.regulation.sections
    whole = [i for i, section in enumerate(sections) if section.kind is SectionKind.CONSIDERING]
    parts = [i for i, section in enumerate(sections) if section.parent in whole and section.kind is SectionKind.HURUF]
    for i in parts or whole:
        yield i, _LEAD.sub("", unlabelled(" ".join(body.text(i, own=bool(parts)).split())))


def _clauses(recital: str) -> Iterator[str]:
    """The reasons that a recital gives, without what was made for them."""
    for piece in _CLAUSE.split(recital):
        said = tidy(_MADE_FOR_IT.sub("", _LEAD.sub("", piece)))
        clause = " ".join(said.split()[:_MOST_WORDS])
        if len(clause.split()) >= _FEWEST_WORDS and not _NO_REASON.search(said) and is_query(clause):
            yield clause
