"""From mail (EML) and mailboxes (MBOX) to text and the files inside."""

import datetime
import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from ingest import html
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.stated import one_line
from ingest.text import decoded
from kb.errors import DamagedFileError, FileRefusedError, Text
from kb.pages import Page, Reading, Verdict

EML = "message/rfc822"
MBOX = "application/mbox"

MAX_MEMBERS = 1_000

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_BEGIN = re.compile(rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]+\r?\n(?=[\w-]+:)")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError)
"""What the standard parser of mail raises on headers that nobody should have sent."""
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", EML: ".eml", "application/pdf": ".pdf"}


def read(file: Path, limits: Limits) -> Reading:
    """Return a mail as one page: sender, receivers, day and subject, then its body. Its attachments are members.

    Raises FileTooLargeError or DamagedFileError.
    """
    message = _parsed(file)
    lines = Lines(file.name, limits)
    for name in _SHOWN:
        value = _header(message, name)
        if value:
            lines.add(f"{name}: {value}")
    try:
        for line in _body(message, file.name, limits).splitlines():
            lines.add(line)
        members = tuple(_name(part, i) for i, part in enumerate(_attachments(message, file.name), 1))
    except _BROKEN as cause:
        raise _damaged(file.name) from cause
    return Reading(
        media_type=EML,
        pages=(lines.page(),),
        has_pages=False,
        title=one_line(_header(message, "Subject")),
        created=_day(_header(message, "Date")),
        members=members,
    )


def attachment(file: Path, index: int, limits: Limits) -> bytes:
    """Return the bytes of attachment `index`, from 0. Raises IndexError, FileTooLargeError or DamagedFileError."""
    part = _attachments(_parsed(file), file.name)[index]
    try:
        if part.get_content_type() == EML:
            inner = part.get_content()
            content = inner.as_bytes() if isinstance(inner, EmailMessage) else bytes(inner)
        else:
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
    except _BROKEN as cause:
        raise _damaged(file.name) from cause
    limits.check_bytes(file.name, len(content))
    return content


def read_mailbox(file: Path, limits: Limits) -> Reading:
    """Return a mailbox as a page without text; its mails are members. Raises FileTooLargeError."""
    content = file.read_bytes()
    names = []
    for i, (start, end) in enumerate(_mails(content, file.name), 1):
        head = content[start : min(end, start + 65_536)]
        subject = re.search(rb"^Subject:[ \t]*([^\r\n]{0,200})", head, re.MULTILINE | re.IGNORECASE)
        title = _plain_subject(subject[1]) if subject else ""
        names.append(f"{i:04} {title}".strip() + ".eml")
    page = Page(1, "", Verdict.BLANK)
    return Reading(media_type=MBOX, pages=(page,), has_pages=False, members=tuple(names))


def mail(file: Path, index: int) -> bytes:
    """Return the bytes of mail `index` of a mailbox, from 0. Raises IndexError, FileTooLargeError."""
    content = file.read_bytes()
    start, end = _mails(content, file.name)[index]
    # A line of a body that begins with "From " was given a ">", so that it begins no mail.
    return re.sub(rb"(?m)^>(>*From )", rb"\1", content[start:end])


def _mails(content: bytes, where: str) -> list[tuple[int, int]]:
    starts = list(_BEGIN.finditer(content))
    _check_members(where, len(starts))
    ends = [match.start() for match in starts[1:]] + [len(content)]
    return [(match.end(), end) for match, end in zip(starts, ends, strict=True)]


def _plain_subject(stated: bytes) -> str:
    try:
        message = email.message_from_bytes(b"Subject: " + stated + b"\n\n", policy=email.policy.default)
    except _BROKEN:
        return ""
    return re.sub(r"[^\w .,()-]+", " ", _header(message, "Subject"))[:60].strip()


def _parsed(file: Path) -> EmailMessage:
    try:
        with file.open("rb") as stream:
            return email.message_from_binary_file(stream, policy=email.policy.default)
    except _BROKEN as cause:
        raise _damaged(file.name) from cause


def _header(message: EmailMessage, name: str) -> str:
    """A header's words on one line; as it was sent where nobody can make sense of it."""
    try:
        value = str(message.get(name, ""))
    except _BROKEN:
        raw = dict(message.raw_items())
        value = str(raw.get(name, ""))
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())


def _body(message: EmailMessage, where: str, limits: Limits) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    text = _decoded(payload, part.get_content_charset())
    if part.get_content_type() == "text/html":
        return html.read_text(text, where, limits).pages[0].text
    return text


def _decoded(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(charset or "", "replace") if charset else decoded(payload)
    except LookupError:
        return decoded(payload)


def _attachments(message: EmailMessage, where: str) -> list[EmailMessage]:
    """The parts that are files, those of forwarded mails left to these."""
    parts = message.iter_attachments() if message.is_multipart() else ()
    found = [part for part in parts if isinstance(part, EmailMessage)]
    _check_members(where, len(found))
    return found


def _name(part: EmailMessage, number: int) -> str:
    try:
        stated = part.get_filename() or ""
    except _BROKEN:
        stated = ""
    return stated or f"lampiran-{number}{_ENDINGS.get(part.get_content_type(), '')}"


def _day(stated: str) -> datetime.date | None:
    try:
        return parsedate_to_datetime(stated).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _check_members(where: str, n_members: int) -> None:
    if n_members > MAX_MEMBERS:
        raise FileRefusedError(
            where,
            Text(
                f"memuat {n_members} surat atau lampiran, batasnya {MAX_MEMBERS}",
                f"it holds {n_members} mails or attachments, the limit is {MAX_MEMBERS}",
            ),
            Text("bagi menjadi beberapa berkas", "split it into several files"),
        )


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("surat elektronik ini terpotong atau rusak", "this mail is cut off or broken"),
        Text("simpan ulang suratnya dari program surat", "save it again from the mail program"),
    )
