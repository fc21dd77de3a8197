"""Memory that the process has freed or can read again, given back to the system."""

import ctypes
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_DONT_NEED = 4
"""`MADV_DONTNEED` of <sys/mman.h>: the pages of a file go, and are read from it again where they are needed."""


def give_back() -> None:
    """Give back what was freed: the C library keeps it for later, 160 MiB after 50,000 passages were read in.

    Does nothing where the C library has no such call.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def give_back_mapped(file: Path) -> None:
    """Give back the pages that were read of a file which a library keeps mapped, be it deleted meanwhile.

    They stay readable. Does nothing on a system that does not tell what is mapped.
    """
    advise = getattr(ctypes.CDLL(None), "madvise", None)
    if advise is None or not _MAPS.exists():
        return
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for line in _MAPS.read_text("utf-8", "surrogateescape").splitlines():
        # Source of the layout: proc_pid_maps(5). Of a path with spaces in it too the first five columns have none.
        place, _mode, _offset, _device, _inode, *path = line.split(maxsplit=5)
        if path and path[0].removesuffix(" (deleted)") == str(file):
            start, end = (int(address, 16) for address in place.split("-"))
            advise(start, end - start, _DONT_NEED)
