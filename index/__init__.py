"""From passages to vectors and words, from a question to hits, from hits to an answer."""

# Here, because it must run before any module of this room loads OpenVINO.
from index import openvino_quiet as openvino_quiet
