"""Imported before OpenVINO: keeps it from reporting its use to its makers.

On import, OpenVINO forks the process to post to www.google-analytics.com, once a start, unless its package for that is
missing; then it takes a stub of its own. Nothing leaves the machine, and a fork beside running threads can hang.
"""

import sys
from types import ModuleType

# A module that is no package: `from openvino_telemetry.backend import …` fails, as where it is not installed.
sys.modules.setdefault("openvino_telemetry", ModuleType("openvino_telemetry"))
