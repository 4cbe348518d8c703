"""Which process this is, and whether another one is still running on this machine.

Rule: "not known" is "still running": a job is then left to its lease, never taken early.
"""

import os
import platform
import sys
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def machine() -> str:
    """A name for the machine, or the container on it, within which a process id means one process."""
    namespace = Path("/proc/self/ns/pid")
    inside = os.readlink(namespace) if namespace.is_symlink() else ""
    return f"{platform.node()}/{inside}"


def is_running(pid: int) -> bool:
    """Whether a process of this machine is running. True when it cannot be known."""
    if pid <= 0:
        return False
    if sys.platform == "win32":  # pragma: no cover - os.kill(pid, 0) would stop the process there
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle) or ctypes.windll.kernel32.GetLastError() == 5  # access denied: it is there
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
