"""Reads the data of built sites as others would: `python3 data.py SITE...`.

Everything is read by programs that know nothing of Rungs: tables by Python and openpyxl, JSON by a validator of its
schemas, feeds by feedparser, and what pages say of themselves by extruct. Ends with a line that counts what was read.
"""

import csv
import json
import pathlib
import sys

import extruct
import feedparser
import jsonschema
import openpyxl

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def rows(path):
    """The rows of a table, each by the names of its columns."""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    assert text.startswith("\ufeff"), f"{path} does not say that it is UTF-8"
    assert "\n" not in text.replace("\r\n", "") or '"' in text, f"{path} has bare line ends"
    found = list(csv.DictReader(text[1:].splitlines(keepends=True), strict=True))
    for row in found:
        assert None not in row and None not in row.values(), f"{path} has rows of unequal length"
        for cell in row.values():
            assert not cell.startswith(FORMULAS), f"{path}: {cell}"
        assert row["licence"] and row["attribution"], f"{path} does not say whose it is"
    return found


def sheets(path):
    """The criteria of a workbook, as those of a table."""
    workbook = openpyxl.load_workbook(path)
    assert {"Criteria", "About"} <= set(workbook.sheetnames), workbook.sheetnames
    criteria = workbook["Criteria"]
    assert criteria.freeze_panes == "B2", criteria.freeze_panes
    head, *lines = ([cell.value for cell in line] for line in criteria.iter_rows())
    for cell in criteria[get_letter(head, "url")][1:]:
        assert cell.hyperlink and cell.hyperlink.target == cell.value, cell.value
    for sheet in workbook:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", f"{path}: {cell.value}"
    about = {name.value: value.value for name, value in workbook["About"].iter_rows(max_col=2)}
    assert about["Licence"] and about["Attribution"], about
    return [dict(zip(head, ("" if value is None else str(value) for value in line))) for line in lines]


def get_letter(head, name):
    return openpyxl.utils.get_column_letter(head.index(name) + 1)


def valid(site, path, schema):
    """A JSON file that follows its schema."""
    data = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((site / schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


def exists(site, address):
    target = site / address
    assert (target / "index.html" if address.endswith("/") or not address else target).is_file(), address


def read(site):
    index = valid(site, site / "data/index.json", "data/schema/index-1.json")
    current = json.loads((site / "data/current.json").read_text(encoding="utf-8"))
    valid(site, site / "data/current.json", "data/" + current["$schema"])
    assert current["content"]["edition"] is None and current["content"]["date"] is None
    assert current["same-as"] == index["current"]["same-as"]
    criteria = [criterion for ladder in current["content"]["ladders"] for criterion in ladder["criteria"]]
    table = rows(site / index["current"]["csv"])
    assert [row["id"] for row in table] == [criterion["id"] for criterion in criteria]
    plain = [row for row in sheets(site / index["current"]["xlsx"])]
    # A table defuses what looks like a formula; a workbook need not.
    assert [{name: cell.removeprefix("'") for name, cell in row.items()} for row in table] == plain
    for edition in index["editions"]:
        data = valid(site, site / edition["json"], edition["schema"])
        assert data["digest"] == "blake3:" + edition["digest"]
        ids = [criterion["id"] for ladder in data["content"]["ladders"] for criterion in ladder["criteria"]]
        assert [row["id"] for row in rows(site / edition["csv"])] == ids
        assert {row["edition"] for row in rows(site / edition["csv"])} <= {edition["edition"]}
        exists(site, edition["page"])
    ids = valid(site, site / index["ids"], "data/schema/ids-1.json")
    for id, entry in ids["criteria"].items():
        exists(site, entry["page"])
        assert (entry["status"] == "active") == any(criterion["id"] == id for criterion in criteria), id
    if index["changes"]:
        changes = valid(site, site / index["changes"], "data/schema/changes-1.json")
        for release in changes["releases"]:
            for change in release["changes"]:
                assert (change["before"] is None) == (change["effect"] == "added"), change
                assert (change["after"] is None) == (change["effect"] == "withdrawn"), change
    for row in table:
        assert row["url"].startswith(index["origin"]["site"]), row["url"]
        exists(site, row["url"].removeprefix(index["origin"]["site"]))
    feeds = list(site.glob("*/changes/feed.xml"))
    for feed in feeds:
        read = feedparser.parse(feed.read_bytes())
        assert not read.bozo and read.entries, f"{feed}: {read.get('bozo_exception')}"
    # A withdrawn criterion has a page too, and is none of the terms.
    terms = 0
    for page in sorted(site.glob("c/*/index.html")):
        for item in extruct.extract(page.read_text(encoding="utf-8"), syntaxes=["json-ld"])["json-ld"]:
            terms += "DefinedTerm" in item["@type"]
    assert terms == len(criteria), f"{terms} of {len(criteria)} criteria say what they are"
    return len(criteria)


for site in sys.argv[1:]:
    print(f"{site}: {read(pathlib.Path(site))} criteria read as table, workbook and data")
