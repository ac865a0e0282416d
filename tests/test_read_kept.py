"""What is read of files of every form: each cell with its place, and all that is said, word for
word, in both languages."""

from tests.edits import ROOT
from yearbook.model import Cell, Language
from yearbook.read.sheet import Sheet, parse

KEPT = ROOT / "tests" / "golden" / "sheets.txt"
ROWS = "".join(f"title {n}\n" for n in range(1, 10))
TYPED: tuple[str, ...] = (
    # What parts the cells.
    *("id,value\na,1\n", "id;value\na;1\n", "id\tvalue\na\t1\n", "id;value\nid,value\n"),
    *("id，value\na，1\n", "id、value\na、1\n", "id|value\na|1\n", "id；value\na；1\n", "id\na\n"),
    *("a title\n\nid|value\na|1\n", "id value\na 1\n", '"id;x";value;note\na;1;"2;3"\n'),
    *('"id\nx",value,note\na,1,b\n', '"id,value\n', "x|y\nid,value\n", "  \n \nid;value\n"),
    # Where the header stands.
    *("title\nid,value\na,1\n", "title\nunit: yuan\nid,value\na,1\n", "\n\ntitle\n\nid,value\n"),
    *(f"{ROWS}id,value\na,1\n", f"{ROWS}title 10\nid,value\na,1\n", "id,value\nid,value\n"),
    *(
        "id,x,value,,\na,b,1,,\n",
        "id,,value\na,b,1\n",
        "ID,Value ,ＮＯＴＥ\na,1,x\n",
        "id,id,value\n",
    ),
    *("标识,时期,数值,计量单位,概数\na,2010,1,元,约\n", "指标,年份,单位,限定词\na,2010,元,约\n"),
    *("原文,来源,备注,行政区划,省份\n一,二,三,四,五\n", "摘录,资料来源,代码,维度\n一,二,三,四\n"),
    *("上级代码,关系,英文,中文\na,sum,x,一\n", "Title  zh,until edition,rank\n一,2011,x\n"),
    # Rows that do not fit.
    *("id,value,note\na,1\n", "id,value,note\na\n", "id,value\na,1,,\n", "id,value\na,1,x\n"),
    *("id,value,note\na,72,000,x\n", "id,value\na,72,000\n", "id,value,note\na,72,000,\n"),
    *("id,value,note\na,1,234,567.5,x\n", "id,value,note\na,1,234,567.5\n", "id,value\na,-1,234\n"),
    *(
        "id,value,note\na,72,00,x\n",
        "id,value,note\n1,234,72,000,x\n",
        "id,note,value\n1,234,x,5\n",
    ),
    *("id,note,value\na,1,234,5\n", "id,value,note\na,1234,567,x\n", "id,value\na,1,234,567,890\n"),
    *("id,note\na,1,234,\n", "id,note\na,b,,c,d,\n", "id,value,note\na,1,234.5,6,x\n"),
    *(
        "id,value,en_factor\na,72,000,1,234\n",
        "id,value,note\na,1,234,56,x\n",
        "id,value\n1,000,\n",
    ),
    # Quotation marks.
    *(
        'id,value\n"a,1\n',
        'id,value\n"a"b,1\nc,2\n',
        'id,value\na,"1\nb,2\nc,"3"\n',
        'id,value\na,1"\n',
    ),
    *(
        'id,note\na,"x ""y"" z"\n',
        'id,note\na,"x\ny"\nb,z\n',
        'id,note\n"a ""b"", c",d\n',
        '"id","value"\n',
    ),
    *(
        'id,value,note\na,"1,x\nb,2,y\nc,3,z\nd,4","w"\n',
        'id,value,note\na,"one, two\nthree, four",x\n',
    ),
    *(
        'id;value;note\na;"1;x\nb;2;y\nc;3;z";w\n',
        'id,value,note\na,1,"x\n\nb,2,"y"\n',
        'id,note\n"","a"\n',
    ),
    *(
        'id,note\na,"x" \n',
        'id,note\na, "x"\n',
        'id,value\na,"1\nb"x,2\nc,3\n',
        'id,a,value\n"x","y"z,1\n',
    ),
    *(
        'id\tnote\na\t"x\ty"\n',
        'id,note\n"a""",b\n',
        'id,value\n"a\n"b,"c\n',
        'id,note\na,"b\n\n\nc",\n',
    ),
    # Cells as they are meant.
    *("id,value\na,７２．５\nｂ，,－3\n", "id,zh\na,（一）\nｂ１,ＡＢＣ\n", "id,quote\na,７２人\n"),
    *('id,value\na,"=""72"""\nb,\'72\nc,‘72\nd,’72\ne,＇72\n', "id,note\na,'tis\nb,'5 x\n"),
    *("id,period\na,2010年\nb,2010.0\nc,２０１０年\nd,2010.00\ne,10年\n", 'id,value\na,"=""""" \n'),
    *('id,period\n"a\nb",2010\n', 'id,value\na,"72\n000"\n', 'id,period\na,"20\n10"\n'),
    *(
        'id,value\n"7\n2",5\n',
        "id,note\na,#REF!\nb,#N/A\nc,##\nd,#1\n",
        "id,value\n#DIV/0!,#NUM!\n",
    ),
    *('id;value;note\na;"72,5";"72,5"\nb;1,000;x\n', "id,zh\na,café\nb,x\nc,Škoda 科技\nd,\n"),
    *(
        "id,title_zh,en\na,é,é\n",
        "id,place\na,北京　市\nｂ　ｃ,Ａ\n",
        "id,period\na,１９８６－２０１０\n",
    ),
    *("id,value\n\u00a0a\u200b,\ufeff1\u3000\n\u2009,\u2028\n", "id,value\n\na,1\n,\n\n\nb,2"),
    # Text that is none.
    *(
        "id,value\na\x01,1\nb\x7f,2\n",
        "id,note\na,\ufffd\nb,\ue000\nc,\u951f\u65a4\u62f7\n",
        "a\u202eb\n",
    ),
    *("id,note\n" + "a,\x02\n" * 21, "id,note\na,绉戞妧鎵惰传\nb,\x03\n", "id,note\na,ç§‘æŠ€\n"),
    *("id,note\n\n\na,b\x04c\x05\n", "id,note\na,烫烫烫\nb,屯屯屯\nc,\U000f0000\n"),
    # A merge that was left half done.
    *("id,value\n<<<<<<< ours\na,1\n=======\na,2\n>>>>>>> theirs\nb,3\n", "id,value\na,=======\n"),
    *("id,value\n<<<<<<< o\na,1\n||||||| b\na,0\n=======\na,2\n>>>>>>> t\n", "id,value\n=======\n"),
    *("", "\n\n", ",,\n", "id\n", "id,value", "id,value\r\na,1\r\n", "id,value\ra,1\r\rb,2\r"),
)


def cell(read: Cell) -> str:
    """A cell and its place."""
    place = read.place
    return f"{read.text!r} {place.line}:{place.column} {place.cell}"


def kept(sheet: Sheet) -> list[str]:
    """A sheet in lines."""
    lines = ["  header " + ", ".join(map(cell, sheet.header))] if sheet.header else []
    for row in sheet.rows:
        assert row.place == next(iter(row.cells.values())).place
        lines.append("  row " + ", ".join(f"{n}: {cell(c)}" for n, c in row.cells.items()))
    for found in sheet.findings:
        lines.append(f"  {found.severity} {found.rule} {found.place} {found.place.cell or '-'}")
        texts = [text.of(of) for text in (found.what, found.hint) for of in Language]
        lines += [f"    {text!r}" for text in texts]
    return lines


def test_what_is_read(golden: bool) -> None:
    """Files of every form, cell by cell."""
    lines = []
    for typed in TYPED:
        lines += [repr(typed), *kept(parse("data/x.csv", typed.encode()))]
    text = "\n".join(lines) + "\n"
    if golden:
        KEPT.write_text(text, "utf-8", newline="\n")
    assert text == KEPT.read_text("utf-8")
