"""Measure words and units that follow a number in Chinese, and the cardinals themselves."""

import re
from dataclasses import replace
from decimal import Decimal

from yearbook.lexer.chinese_numbers import DIGITS, LARGE, SMALL, read_hanzi
from yearbook.lexer.token import Numeral, NumeralKind, Style, times
from yearbook.model import Qualifier

_MEASURE_WORDS = (
    "人次 人口 人月 人年 人 名 位 户 口 家 个 只 头 匹 条 件 项 种 类 样 批 届 期 次 回 趟 遍 "
    "轮 场 班 组 队 支 台 套 部 辆 架 艘 列 座 栋 幢 间 所 处 块 片 张 本 册 卷 篇 份 封 页 "
    "章 节 款 则 号 级 层 等 档 代 岁 年度 年级 年 季度 季 个月 月 周 星期 天 日 小时 时 分钟 "
    "分 秒钟 秒 世纪 门 课 课时 学时 枚 颗 粒 株 棵 根 把 瓶 盒 箱 袋 包 双 对 副 群(?!众) 排 "
    "行 段 幅 点 步 句 字 词 笔 宗 起 例 人份 剂 针 省 市 县 区 乡 镇 村 州 国 校 院 企 站 倍 "
    "半年 圈 盘 眼 道 扇 亩 公顷 平方公里 平方千米 平方米 平方厘米 立方米 公里 千米 米 分米 "
    "厘米 毫米 里 尺 寸 公斤 千克 克 毫克 斤 吨 担 升 毫升 千瓦时 千瓦 兆瓦 瓦 千伏安 千伏 伏 "
    "安 度 千卡 卡 千帕 帕 千赫 兆赫 赫 千焦 摄氏度 美元 欧元 日元 港元 港币 人民币 元 角 "
    "块钱 标准煤 千字节 兆字节 集 频道 员 床 床位 席 票 分公司 折 环 版 盏 顶 口井 孔 股 届次 "
    "团 线 度电 页次 课次 班次 架次 台次 车次 例次 件次 户次"
).split()
UNIT = "|".join(sorted(set(_MEASURE_WORDS), key=lambda word: (-len(word), word)))
LATIN_UNIT = (
    r"(?:[kMGT]?Wh?|[kcm]m|[kmµ]g|[kMGT]?Hz|[kKMGT]B|k?V|kPa|m[lL]|km/h|ha|[tghsmlL])"
    r"(?:[²³23](?!\d))?(?![A-Za-z\d])|℃|°C?|[kc]?㎡|㎏|㎞"
)
_UNIT = re.compile(rf"\s?(?P<unit>{UNIT}|{LATIN_UNIT})")
_ARABIC = re.compile(
    r"(?P<sign>(?<![A-Za-z\d%)）])[-+](?=\d)|负|零下)?(?P<currency>[￥¥$€£](?=\d))?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
)
_SCALE = re.compile("[十百千](?:[万亿](?!一)|(?![瓦米克卡伏帕赫焦字分]))|万亿|万|亿")
_MORE = re.compile(
    "多(?!样|元[化格投结文]|数|边|方|功|层次|渠|媒|年生)|余(?!额|下|热|粮|地)|来(?=[个名人万岁])"
)
_MORE_AFTER = re.compile("[多余](?![次种个项样方家名元层渠部数年])")
_LASTING = (
    "年",
    "月",
    "个月",
    "天",
    "周",
    "小时",
    "倍",
    "吨",
    "公里",
    "里",
    "斤",
    "岁",
    "米",
    "亩",
)
_POINT = re.compile(r"点([零〇一二三四五六七八九]+)(?![十百千钟])")
_SUFFIX = re.compile(
    r"(?P<percentage_points>个?百分点)|(?P<percent>\s?%)|(?P<fraction>‰)|"
    r"(?P<tenths>成(?![员立功为长果绩本效就分交品年熟都语因千百人型套])五?)|"
    r"(?P<multiple>倍)"
)
_HALF = re.compile(
    r"个半(?=月|小时|世纪|学期|钟头)|(?:年|天|倍|小时|公里|斤|吨|里|岁|米)半(?!导|径|数)"
)


def read_cardinal(text: str, at: int) -> tuple[Numeral, ...]:
    """A cardinal with its scale, inner hedge and unit: 3200多家, 4405万元, 三百六十九人.

    >>> [(str(n.value), n.hedge.value, n.unit) for n in read_cardinal("3000多万元", 0)]
    [('30000000', 'more_than', '元')]
    """
    number = _arabic(text, at) or _hanzi(text, at)
    return (with_suffix(text, number),) if number else ()


def with_suffix(text: str, number: Numeral) -> Numeral:
    """The number with the sign of its kind (%, 成, 倍, 个百分点), its half and its unit."""
    suffix = _SUFFIX.match(text, number.end)
    half = _HALF.match(text, number.end)
    if half and number.value is not None:
        kind = NumeralKind.MULTIPLE if half[0].startswith("倍") else number.kind
        number = replace(number, value=number.value + Decimal("0.5"), end=half.end(), kind=kind)
        unit = half[0][:-1] if half[0] != "个半" else ""
        if unit and kind is not NumeralKind.MULTIPLE:
            return replace(number, unit=unit, unit_end=half.end())
    elif suffix and suffix.lastgroup and number.value is not None:
        return _of_kind(text, number, suffix)
    return with_unit(text, number)


def with_unit(text: str, number: Numeral) -> Numeral:
    """The number with the measure word that follows it."""
    match = _UNIT.match(text, number.end)
    if not match or number.unit:
        return number
    number = replace(number, unit=match["unit"], unit_end=match.end())
    more = _MORE_AFTER.match(text, match.end())
    if more and number.unit in _LASTING:
        return replace(number, hedge=Qualifier.MORE_THAN, end=more.end())
    inner = re.compile("多(?=月|小时|世纪|学期)").match(text, match.end())
    if inner and number.unit == "个":
        number = replace(number, hedge=Qualifier.MORE_THAN, end=inner.end(), unit="")
        return with_unit(text, number)
    return number


def _of_kind(text: str, number: Numeral, suffix: re.Match[str]) -> Numeral:
    value = number.value or Decimal(0)
    if suffix.lastgroup == "tenths":
        if value > 10 or number.hedge is not Qualifier.EXACT:
            return number
        value = value * 10 + (5 if suffix[0].endswith("五") else 0)
        return replace(number, value=value, kind=NumeralKind.PERCENT, end=suffix.end())
    kind = NumeralKind(str(suffix.lastgroup))
    value = value / 1000 if kind is NumeralKind.FRACTION else value
    number = replace(number, value=value, kind=kind, end=suffix.end())
    if kind is NumeralKind.MULTIPLE and (more := _MORE_AFTER.match(text, suffix.end())):
        return replace(number, hedge=Qualifier.MORE_THAN, end=more.end())
    return number


def _arabic(text: str, at: int) -> Numeral | None:
    match = _ARABIC.match(text, at)
    if not match:
        return None
    value = Decimal(match["number"].replace(",", ""))
    value = value.copy_negate() if match["sign"] and match["sign"] != "+" else value
    number = Numeral(
        value, NumeralKind.CARDINAL, at, match.end(), *match.span("number"),
        unit=match["currency"] or "",
    )  # fmt: skip
    number = _scaled(text, number)
    rest = _ARABIC.match(text, number.end) if number.end > number.number_end else None
    if not rest or rest["sign"] or rest["currency"] or number.hedge is not Qualifier.EXACT:
        return number
    lower = _scaled(text, replace(number, value=Decimal(rest["number"].replace(",", "")),
                                  end=rest.end(), number_end=rest.end()))  # fmt: skip
    if lower.value is None or number.value is None or lower.value >= number.value:
        return number
    return replace(lower, value=number.value + lower.value, style=Style.MIXED_SCALES)


def _hanzi(text: str, at: int) -> Numeral | None:
    sign = re.compile("负|零下").match(text, at)
    begin = sign.end() if sign else at
    hanzi = read_hanzi(text, begin)
    if not hanzi:
        return None
    value, end = hanzi.value, hanzi.end
    if point := _POINT.match(text, end):
        digits = "".join(str(DIGITS[digit]) for digit in point[1])
        value, end = Decimal(f"{value}.{digits}"), point.end()
    value = value.copy_negate() if sign else value
    return _scaled(text, Numeral(value, NumeralKind.CARDINAL, at, end, begin, end))


def _scaled(text: str, number: Numeral) -> Numeral:
    """With 多 or 余 and the scale: 3000多万, 5万余, 十余."""
    number = _with_more(text, number)
    scale = _SCALE.match(text, number.end)
    if not scale or number.value is None:
        return number
    factor, style = 1, number.style
    for character in scale[0]:
        factor *= (SMALL | LARGE)[character]
    if scale[0][0] in SMALL and text[number.number_start].isdecimal():
        style = Style.SCALE_AS_UNIT
    number = replace(number, value=times(number.value, factor), end=scale.end(), style=style)
    return _with_more(text, number)


def _with_more(text: str, number: Numeral) -> Numeral:
    match = _MORE.match(text, number.end)
    if not match or number.value is None:
        return number
    scaled = text[match.end() : match.end() + 1] in LARGE
    if not scaled and (number.value % 10 or number.value == 0):
        return number
    hedge = Qualifier.ABOUT if match[0] == "来" else Qualifier.MORE_THAN
    return replace(number, hedge=hedge, end=match.end())
