"""What a zip tells of itself, looked at before anything of it is unpacked: one guard for all who open one."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

SHRUNK = 100
"""How many times larger than its zip a file may be; tables and talk come to twenty."""
SMALL = 1 << 20
"""A file up to this size may be packed as tightly as it likes."""
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")


def files_in(archive: ZipFile) -> list[ZipInfo]:
    """Its files, without folders and what systems leave in them. Raises BadZipFile where the list is damaged."""
    return [one for one in archive.infolist() if not one.is_dir() and not is_litter(one.filename)]


def is_litter(name: str) -> bool:
    """Whether systems leave a file of this name in folders by themselves."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or (bool(parts) and parts[-1] in LITTER)


def overfull(files: Iterable[ZipInfo], most_files: int, most_bytes: int) -> bool:
    """Whether the files are too many, or unpack to too many bytes by what the zip says."""
    sizes = [one.file_size for one in files]
    return len(sizes) > most_files or sum(sizes) > most_bytes


def is_bomb(one: ZipInfo) -> bool:
    """Whether a file is packed far more tightly than real ones ever are."""
    return one.file_size > SMALL and one.file_size > SHRUNK * max(one.compress_size, 1)


def is_locked(one: ZipInfo) -> bool:
    return bool(one.flag_bits & 1)


def is_link(one: ZipInfo) -> bool:
    return stat.S_ISLNK(one.external_attr >> 16)
