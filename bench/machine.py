"""The machine that a figure was measured on, and what a process of it holds in memory."""

import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path

PACKAGES = ("openvino", "faiss-cpu", "pypdfium2", "numpy", "torch", "sentence-transformers", "pypdf")
INSTRUCTIONS = ("amx_bf16", "avx512_bf16", "avx512_vnni", "avx512f", "avx2")
"""What decides how fast a model runs, best first, as Linux names it."""

MEBIBYTE = 2**20


def describe() -> dict[str, str]:
    """What to know of this machine before comparing its figures with another's."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    flags = set(fields.get("flags", "").split())
    versions = (f"{package} {importlib.metadata.version(package)}" for package in PACKAGES)
    return {
        "Processor": f"{fields.get('model name', platform.machine())}, {os.cpu_count()} cores",
        "Instructions": ", ".join(f"{name} {'yes' if name in flags else 'no'}" for name in INSTRUCTIONS),
        "Memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "System": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "Packages": ", ".join(versions),
        "Code": commit(),
    }


def load_average() -> float:
    """How many processes wanted a core in the last minute; above the number of cores, times are not to be trusted."""
    return os.getloadavg()[0]


def resident(pid: int) -> float:
    """The MiB that a process has in memory now."""
    return _status(pid, "VmRSS") / MEBIBYTE


def peak(pid: int) -> float:
    """The most MiB that a process ever had in memory, with that of the children it still has."""
    return _status(pid, "VmHWM") / MEBIBYTE + sum(map(peak, children(pid)))


def children(pid: int) -> list[int]:
    """The processes that `pid` started and that still run."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return found


def _status(pid: int, name: str) -> int:
    """A size in bytes from /proc/PID/status."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    [size] = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(size) * 1024


def commit() -> str:
    """The commit that is checked out, and whether files differ from it."""
    here = Path(__file__).parent
    shown = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=here, capture_output=True, text=True, check=False
    )
    return f"commit {shown.stdout.strip()}" if shown.returncode == 0 else "not a git checkout"
