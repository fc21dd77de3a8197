"""What people read of a regulation's legal life: one sentence for a standing, one name for a target."""

from collections.abc import Iterable

from api.dates import date_name
from api.language import Language, say
from kb.answers import Citation
from kb.legal import Act, Change, InForce, RelationKind, Standing
from kb.work_names import short_work_name

N_NAMED = 3
"""Works named in a sentence, before the rest is left to the page of relations."""


def standing_said(standing: Standing, language: Language) -> str:
    """The standing in a few words: "diubah dengan UU 35/2014", "dicabut dengan UU 11/2012"."""
    if standing.stated:
        key = "repealed" if standing.in_force is InForce.REPEALED else "in_force"
        return say(language, f"standing_stated_{key}", source=standing.stated)
    match standing.in_force:
        case InForce.REPEALED:
            acts = [act for act in standing.acts if act.kind is RelationKind.REPEALS or act.change is Change.DELETED]
            is_repeal = any(act.kind is RelationKind.REPEALS for act in acts)
            return say(language, "standing_repealed" if is_repeal else "standing_deleted", works=_named(acts))
        case InForce.AMENDED:
            return say(language, "standing_amended", works=_named(standing.acts))
        case InForce.NOT_YET if standing.since is not None:
            return say(language, "standing_not_yet", day=date_name(standing.since, language))
        case InForce.UNKNOWN if standing.acts:
            return say(language, "standing_perhaps", works=_named(standing.acts))
        case InForce.IN_FORCE:
            return say(language, "standing_in_force")
    return say(language, "standing_unknown")


def is_warning(standing: Standing | None) -> bool:
    """Whether a citation of what stands so must say it."""
    return standing is not None and standing.warns


def warning_of(citations: Iterable[Citation]) -> Standing | None:
    """The first standing of a statement's citations that must be said; None where there is none."""
    return next((citation.standing for citation in citations if is_warning(citation.standing)), None)


def _named(acts: Iterable[Act]) -> str:
    """The works that act, the latest first, each once."""
    names = list(dict.fromkeys(short_work_name(act.actor) for act in acts))
    return ", ".join(names[:N_NAMED]) + (", …" if len(names) > N_NAMED else "")
