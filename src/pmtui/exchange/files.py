"""Files at the border: read without hanging or swallowing the machine, written whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pmtui.domain.errors import Refused
from pmtui.domain.text import REPLACEMENT, quoted
from pmtui.exchange.findings import BadFile, Finding

MAX_BYTES = 50 * 1024 * 1024
"""The largest file that is read."""

_MAGIC = (
    (b"PK\x03\x04", "It is a spreadsheet or another zip archive. Save the sheet as CSV, then import that."),
    (
        b"SQLite format 3\x00",
        "It is a database. To open a plan, give it as --db; to import one, export it as JSON first.",
    ),
    (b"%PDF", "It is a PDF. Ask for the same list as CSV, then import that."),
    (b"\xd0\xcf\x11\xe0", "It is an old Office document. Save the sheet as CSV, then import that."),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


class NotWritten(Refused):
    """The file could not be written, and what was there before is as it was."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file and how it was read."""

    text: str
    encoding: str
    """The name of the encoding for people, as `UTF-8`."""
    findings: tuple[Finding, ...] = ()


def shown_name(path: Path) -> str:
    """The file's name for a sentence, without anything that a terminal would obey."""
    return quoted(path.name or str(path))


def read_text(path: Path) -> FileText:
    """The text of a file, whatever its encoding, with its line breaks as they are.

    Raises `BadFile` at once for what is no ordinary file, is too large, or is no text.
    """
    data = _read_bytes(path)
    name = shown_name(path)
    if not data:
        raise BadFile(name, "The file is empty. Export it again from where it came from.")
    for magic, sentence in _MAGIC:
        if data.startswith(magic):
            raise BadFile(name, sentence)
    return _decode(name, data)


def _read_bytes(path: Path) -> bytes:
    name = shown_name(path)
    try:
        # Without O_NONBLOCK the open itself would wait for whoever writes into a named pipe.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise BadFile(name, _why(path, error)) from None
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise BadFile(name, "It is a folder. Give the file inside it.")
        if not stat.S_ISREG(status.st_mode):
            raise BadFile(name, "It is a pipe or a device, not an ordinary file. Save it as a file first.")
        if status.st_size > MAX_BYTES:
            raise BadFile(name, _too_large(status.st_size))
        with open(handle, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadFile(name, _why(path, error)) from None
    finally:
        os.close(handle)
    if len(data) > MAX_BYTES:
        raise BadFile(name, _too_large(len(data)))
    return data


def _too_large(size: int) -> str:
    megabytes = 1024 * 1024
    return (
        f"It has {size // megabytes} MB; at most {MAX_BYTES // megabytes} MB are read. "
        "Export fewer items, or split the file."
    )


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file {quoted(str(path), 200)}. Check its name and its folder."
    if isinstance(error, PermissionError):
        return "You may not read it. Change its permissions, or copy it to a folder of your own."
    if isinstance(error, IsADirectoryError):
        return "It is a folder. Give the file inside it."
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"It cannot be read ({words}). Check its name, or copy it to another folder."


def _decode(name: str, data: bytes) -> FileText:
    findings: list[Finding] = []
    for bom, codec, title in _BOMS:
        if data.startswith(bom):
            try:
                return _without_nul(data.decode(codec), title, findings)
            except UnicodeDecodeError as error:
                line = data[: error.start].count(b"\n") + 1
                raise BadFile(
                    name, (Finding(line, "error", f"It says it is {title}, but is not. Save it again as UTF-8."),)
                ) from None
    wide = _utf16_without_bom(data)
    if wide:
        findings.append(Finding(None, "note", "The file does not say its encoding; it was read as UTF-16."))
        return _without_nul(data.decode(wide, errors="replace"), "UTF-16", findings)
    try:
        return _without_nul(data.decode("utf-8"), "UTF-8", findings)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    if data.count(b"\0"):
        raise BadFile(name, "It is not a text file. Export the list as CSV or JSON, then import that.")
    findings.append(
        Finding(
            line,
            "note",
            "From here on the file is not UTF-8; it was read as Windows-1252 (Western European). "
            "If letters look wrong, save it as UTF-8 and import it again.",
        )
    )
    return _without_nul(data.decode("cp1252", errors="replace"), "Windows-1252", findings)


def _utf16_without_bom(data: bytes) -> str:
    sample = data[:4096]
    half = len(sample) // 2 or 1
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _without_nul(text: str, encoding: str, findings: list[Finding]) -> FileText:
    count = text.count("\0")
    if count:
        line = text.count("\n", 0, text.index("\0")) + 1
        words = "1 NUL character" if count == 1 else f"{count} NUL characters, here the first,"
        findings.append(Finding(line, "warning", f"The file holds {words} replaced by {REPLACEMENT}."))
        text = text.replace("\0", REPLACEMENT)
    return FileText(text, encoding, tuple(findings))


def write_file(path: Path, text: str) -> None:
    """Put *text* into a file of mode 0600, whole or not at all.

    A file that was there is replaced only when the new one is safely on the disk. Raises `NotWritten`.
    """
    name = shown_name(path)
    target = Path(os.path.realpath(path))  # a link keeps pointing to what it pointed to
    _refuse_target(name, target)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".pmtui-", suffix=".part", dir=target.parent)
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - mkstemp gives a descriptor
            file.write(text)
            file.flush()
            os.fsync(handle)
        Path(temporary).replace(target)
        temporary = ""
        _sync_folder(target.parent)
    except OSError as error:
        raise NotWritten(f"{name} was not written: {_why_not(target, error)}") from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _refuse_target(name: str, target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except OSError:
        return  # nothing there yet, or mkstemp will say what is wrong with the folder
    if stat.S_ISDIR(mode):
        raise NotWritten(f"{name} is a folder. Give the name of a file inside it. Nothing was written.")
    if not stat.S_ISREG(mode):
        raise NotWritten(f"{name} is a pipe or a device, not a file. Give another name. Nothing was written.")


def _why_not(target: Path, error: OSError) -> str:
    kept = "What was there before is as it was."
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return f"the disk is full. {kept} Free some space, or choose another folder."
        case errno.ENOENT | errno.ENOTDIR:
            return f"there is no folder {quoted(str(target.parent), 200)}. Make it, or choose another one."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"you may not write into {quoted(str(target.parent), 200)}. {kept} Choose another folder."
        case _:
            return f"{error.strerror or error}. {kept} Try another folder."


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # some file systems cannot sync a folder; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)
