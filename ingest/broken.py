"""What libraries raise on office files that are cut off or broken, beside their own errors."""

import zipfile
import zlib
from xml.etree.ElementTree import ParseError

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    NotImplementedError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OverflowError,
    AssertionError,
)
"""Readers of office files look parts up by name and number and take for granted that these are there."""
