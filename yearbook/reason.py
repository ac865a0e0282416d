"""Why the system refused, in both languages: its own words are English on most machines."""

import errno

from yearbook.model import Text

REASONS = {
    errno.ENOENT: Text("there is no such file", "没有该文件"),
    errno.EACCES: Text("permission denied", "没有权限"),
    errno.EPERM: Text("operation not permitted", "不允许此操作"),
    errno.EISDIR: Text("it is a folder", "这是文件夹"),
    errno.ENOTDIR: Text("a part of its path is not a folder", "路径中有一段不是文件夹"),
    errno.EEXIST: Text("it exists already", "已存在"),
    errno.ENOSPC: Text("the disk is full", "磁盘已满"),
    errno.EDQUOT: Text("the quota of the disk is used up", "磁盘配额已用尽"),
    errno.EROFS: Text("the disk is read-only", "磁盘为只读"),
    errno.EIO: Text("the disk cannot be read or written", "磁盘读写出错"),
    errno.ELOOP: Text("links lead in a circle", "链接循环"),
    errno.ENAMETOOLONG: Text("its name is too long", "文件名过长"),
    errno.EMFILE: Text("too many files are open", "打开的文件过多"),
    errno.ENFILE: Text("too many files are open", "打开的文件过多"),
    errno.EBUSY: Text("it is in use", "正被占用"),
    errno.ETXTBSY: Text("it is in use", "正被占用"),
    errno.EXDEV: Text("it lies on another disk", "不在同一磁盘"),
    errno.ENOTEMPTY: Text("the folder is not empty", "文件夹不为空"),
    errno.ENXIO: Text("there is nothing to read from", "没有可读的内容"),
    errno.EPIPE: Text("the reader has gone", "读取方已关闭"),
}


MACHINE = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOSPC, errno.EDQUOT),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN),
    }
)
"""What a machine refuses for want of room, rights, or health."""


def machine(fault: BaseException) -> tuple[Text, Text] | None:
    """What a machine refused, and what to do about it; None for any other fault.

    >>> told = machine(OSError(28, "No space left on device", "/book/x.csv"))
    >>> told[0].en
    'this machine refuses: the disk is full: x.csv'
    >>> machine(FileNotFoundError(2, "No such file or directory"))
    """
    if not isinstance(fault, OSError) or fault.errno not in MACHINE:
        return None
    said = of(fault)
    name = fault.filename.rpartition("/")[2] if isinstance(fault.filename, str) else ""
    return (
        Text(
            f"this machine refuses: {said.en}" + (f": {name}" if name else ""),
            f"本机拒绝操作：{said.zh}" + (f"：{name}" if name else ""),
        ),
        Text(
            "close other programs, make room, or allow reading and writing there",
            "请关闭其他程序、腾出空间或开放读写权限",
        ),
    )


def of(fault: BaseException) -> Text:
    """Why something failed; the words of a fault without a number stand as they are.

    >>> of(PermissionError(13, "Permission denied")).zh
    '没有权限'
    """
    number = getattr(fault, "errno", None)
    if isinstance(number, int) and number in REASONS:
        return REASONS[number]
    if isinstance(fault, RuntimeError):  # pathlib, of links in a circle, before Python 3.13
        return REASONS[errno.ELOOP]
    words = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return Text(f"{words}", f"系统报告“{words}”")
