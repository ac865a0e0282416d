"""What is wrong with a command line, in Chinese: click says it in English."""

import re

USAGE = "命令写法有误，请用 --help 查看用法"
"""What is said of a mistake for which there are no words of its own."""
_SAID = (
    (r"No such option '(?P<a>[^']+)'", "没有选项 {a}"),
    (r"No such command '(?P<a>[^']+)'", "没有命令“{a}”"),
    (r"Missing \w+ '(?P<a>[^']+)'", "缺少参数 {a}"),
    (r"Missing command", "缺少命令"),
    (r"Option '(?P<a>[^']+)' requires an argument", "选项 {a} 后须给出值"),
    (r"Option '(?P<a>[^']+)' does not take a value", "选项 {a} 不带值"),
    (r"unexpected extra arguments? \((?P<a>.*)\)", "多余的参数：{a}"),
    (r"for '(?P<a>[^']+)': \w+ '(?P<b>.*)' does not exist", "{a}：“{b}”不存在"),
    (r"for '(?P<a>[^']+)': \w+ '(?P<b>.*)' is a directory", "{a}：“{b}”是文件夹，此处须为文件"),
    (r"for '(?P<a>[^']+)': \w+ '(?P<b>.*)' is a file", "{a}：“{b}”是文件，此处须为文件夹"),
    (r"for '(?P<a>[^']+)': \w+ '(?P<b>.*)' is not readable", "{a}：没有读取“{b}”的权限"),
    (r"for '(?P<a>[^']+)': '(?P<b>.*)' is not one of (?P<c>.*)\.", "{a} 不能是 {b}，可用的有：{c}"),
    (r"for '(?P<a>[^']+)': (?P<b>.*) is not in the range", "{a} 的值 {b} 超出范围"),
    (r"for '(?P<a>[^']+)': '(?P<b>.*)' is not a valid", "{a} 的值“{b}”不是数字"),
)


def chinese(said: str) -> str:
    """What click says of a wrong command line, in Chinese.

    >>> chinese("No such option '--nope'.")
    '没有选项 --nope'
    >>> chinese("Invalid value for '--lang': 'fr' is not one of 'en', 'zh'.")
    '--lang 不能是 fr，可用的有：en、zh'
    >>> chinese("something new") == USAGE
    True
    """
    for form, zh in _SAID:
        found = re.search(form, said, re.DOTALL)
        if found:
            parts = found.groupdict()
            if "c" in parts:
                parts["c"] = parts["c"].replace("'", "").replace(", ", "、")
            return zh.format(**parts)
    return USAGE
