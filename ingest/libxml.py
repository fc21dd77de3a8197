"""What libxml2 means when it stops."""

from lxml import etree

from kb.errors import KbError


def out_of_memory_or(refusal: KbError, log: etree._ListErrorLog) -> KbError | MemoryError:
    """MemoryError if libxml2 stopped for that, which it reports like a mistake in the file; else `refusal`."""
    is_out = bool(log.filter_types(etree.ErrorTypes.ERR_NO_MEMORY))
    return MemoryError("libxml2") if is_out else refusal
