"""The toolkit's own words on a page, in both languages."""

from yearbook.model import Text

WORDS = {
    "contents": Text("Contents", "目录"),
    "list_of_tables": Text("Tables", "表目录"),
    "list_of_charts": Text("Charts", "图目录"),
    "table": Text("Table", "表"),
    "chart": Text("Chart", "图"),
    "continued": Text("{} (continued)", "续{}"),
    "seal": Text("Digest of the data and rules behind this chapter:", "本章所据数据与规则摘要："),
    "unit": Text("Unit:", "单位："),
    "source": Text("Source:", "资料来源："),
    "note": Text("Note:", "注："),
    "period": Text("Period", "时期"),
    "previous": Text("Previous year", "上年"),
    "figure": Text("Figure", "数值"),
    "unit_shown": Text("as listed", "见表内"),
    "item": Text("Item", "项目"),
    "item_unit": Text("Unit", "单位"),
    "download": Text("Download this table (CSV)", "下载本表数据（CSV）"),
    "swipe": Text("Scroll sideways to see the whole chart", "左右滑动可查看全图"),
    "editions": Text("Other editions", "其他版本"),
    "to_content": Text("Skip to the text", "跳至正文"),
    "back": Text("Back to the text", "返回正文"),
    "edition_en": Text("English", "英文版"),
    "edition_zh": Text("Chinese", "中文版"),
    "edition_en-zh": Text("English and Chinese", "英汉对照版"),
    "part": Text("The table shows {} of {} rows.", "本表列出{}行，原表共{}行。"),
    "rounding": Text(
        "Components may not add to the total because of rounding.",
        "由于四舍五入，分项之和可能不等于合计。",
    ),
    "footnotes": Text("Footnotes", "脚注"),
}
"""A literal one can read: every word the templates and tables use that no author writes."""

REFERENCES = {
    "table": Text("Table\u00a0{}", "表{}"),
    "chart": Text("Chart\u00a0{}", "图{}"),
    "section": Text("Section\u00a0{}", "第{}节"),
}
"""How running text refers to a part of the chapter by its number."""
SEALING = "abfghjknpqrstwyz"
"""The letters of a seal: no word for a number can be written with them in either language."""
