"""Open a zip from a stranger: nothing is unpacked to disk, and no more is read than we allow."""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from colead.schools.roster.lines import FileRefused, Reason

MOST_BYTES = 100 * 1024 * 1024  # all files in the zip, unpacked
MOST_READ = 20 * 1024 * 1024  # one file that we read
HIGHEST_RATIO = 100
CHUNK = 64 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
    NotImplementedError,
)


def is_zip(data: bytes) -> bool:
    """Say whether the bytes begin like a zip, an empty one included."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


class Archive:
    """A zip whose list of files has been judged; `read` judges again while it counts what comes out."""

    def __init__(self, data: bytes, *, most_entries: int) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except BROKEN as broken:
            raise FileRefused(Reason.ZIP_BROKEN) from broken
        entries = [entry for entry in self._zip.infolist() if not _is_clutter(entry.filename)]
        if len(entries) > most_entries:
            raise FileRefused(Reason.ZIP_ENTRIES, most=most_entries, found=len(entries))
        for entry in entries:
            _judge(entry)
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise FileRefused(Reason.ZIP_BOMB, name="")
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._left = MOST_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Return one file's bytes. Refuses one that is larger than it said, broken, or an archive itself."""
        try:
            data = self._unpack(self._entries[name])
        except BROKEN as broken:
            raise FileRefused(Reason.ZIP_BROKEN) from broken
        if is_zip(data):
            raise FileRefused(Reason.ZIP_INSIDE, name=shown(name))
        return data

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        parts, length = [], 0
        with self._zip.open(entry) as stream:
            while part := stream.read(CHUNK):
                length += len(part)
                self._left -= len(part)
                if length > MOST_READ or self._left < 0:
                    raise FileRefused(Reason.ZIP_BOMB, name=shown(entry.filename))
                parts.append(part)
        return b"".join(parts)


def shown(name: str) -> str:
    """Return a file name short and clean enough to repeat in a sentence."""
    return "".join(c for c in name if c.isprintable())[:60]


def _is_clutter(name: str) -> bool:
    """Say whether a file is what macOS adds to every zip it makes."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] == ".DS_Store"


def _judge(entry: zipfile.ZipInfo) -> None:
    """Refuse an entry by what the zip's own list says of it."""
    name = entry.orig_filename
    if _is_outside(name):
        raise FileRefused(Reason.ZIP_PATH, name=shown(name))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefused(Reason.ZIP_LINK, name=shown(name))
    if entry.flag_bits & 0x1:
        raise FileRefused(Reason.ZIP_LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(Reason.ZIP_METHOD)
    if name.lower().endswith((".zip", ".gz", ".7z", ".rar", ".tar", ".xlsx")):
        raise FileRefused(Reason.ZIP_INSIDE, name=shown(name))
    if entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise FileRefused(Reason.ZIP_BOMB, name=shown(name))


def _is_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in name
