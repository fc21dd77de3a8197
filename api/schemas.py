"""What all that goes over the wire is made of: the two bases, and the fields that several have."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from api.veil import mask_line

Veiled = Annotated[str, BeforeValidator(mask_line)]
"""A line in which people may be named, such as the name of a file."""

MAX_ID = 2**53 - 1
"""The largest whole number that JSON carries exactly, and well within what SQLite holds."""

MAX_PAGE = 1_000_000
FIRST_YEAR, LAST_YEAR = 1, 9_999
MAX_CHOICES = 100
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""Text without control characters other than tab and line breaks."""

ASKED = PLAIN[:-1] + r"[^\s\x00-\x1f\x7f-\x9f]" + PLAIN[1:]
"""The same, with at least one character that is not blank."""


def _number(value: object) -> object:
    # Left alone, true would be 1 and "7" would be 7, against the type that the OpenAPI document promises
    if isinstance(value, bool | str):
        raise PydanticCustomError("number_type", "expected a number")
    return value


Number = BeforeValidator(_number)
"""For numbers in a JSON body; in an address every value is a string."""

Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2021])]
Line = Annotated[str, Field(max_length=1_000, pattern=PLAIN)]


class Out(BaseModel):
    """Built from the dataclass of the same fields; a field without a value is null, never left out."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class In(BaseModel):
    """Unknown fields are refused: a misspelt filter must not search everything."""

    model_config = ConfigDict(extra="forbid", frozen=True)
