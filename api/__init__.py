"""Every door: HTTP, the page and the command line, and the one place that wires the rooms together."""

import os

# Here, because OpenBLAS reads it once, when numpy is loaded, and every door comes through this room first. Its threads
# wait for each other by turning in place: beside a process that wants both cores, a product of a millisecond took a
# second, and the waiting took a core that the other needed (docs/decisions/033-one-thread-a-product.md).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
