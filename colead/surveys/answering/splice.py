"""A page that is written and packed once; only a few characters near its end differ from visitor to visitor."""

import gzip
import struct
import zlib
from dataclasses import dataclass

PLACE = "{splice}"
HEAD = gzip.compress(b"", mtime=0)[:10]
RAW = -zlib.MAX_WBITS


class NoPlace(ValueError):
    """The page has no place for what differs, or more than one."""


@dataclass(frozen=True)
class Spliced:
    """A page in two parts, the first packed already; both writings of it hold the same bytes."""

    before: bytes
    after: bytes
    packed: bytes  # `before` as deflate blocks that end on a byte
    checksum: int  # of `before`

    @classmethod
    def of(cls, html: str) -> "Spliced":
        """Cut a page at its `{splice}`."""
        if html.count(PLACE) != 1:
            raise NoPlace(PLACE)
        before, _, after = html.partition(PLACE)
        first = before.encode()
        packer = zlib.compressobj(9, wbits=RAW)
        packed = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
        return cls(first, after.encode(), packed, zlib.crc32(first))

    def plain(self, text: str) -> bytes:
        """Return the page with `text` in its place."""
        return self.before + text.encode() + self.after

    def gzipped(self, text: str) -> bytes:
        """Return the same page as gzip bytes, at the cost of packing its last few."""
        rest = text.encode() + self.after
        packer = zlib.compressobj(6, wbits=RAW)
        last = packer.compress(rest) + packer.flush()
        size = (len(self.before) + len(rest)) & 0xFFFFFFFF
        return HEAD + self.packed + last + struct.pack("<II", zlib.crc32(rest, self.checksum), size)
