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
