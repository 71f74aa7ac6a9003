"""Makes PDFs and reads them as others would: `python3 print.py RUNGS CONTENT`, with the package `typst` installed.

The command `typst` is `typst.py` beside this file. Poppler reads the PDFs.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

rungs, content = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


def made(folder, name, *arguments):
    """A PDF that is the same when it is made again."""
    paths = [folder / f"{name}-{time}.pdf" for time in (1, 2)]
    for path in paths:
        run(rungs, *arguments, "--content", content, "--base-url", "https://ladder.test/", "--output", path, env=environment)
    one, other = (path.read_bytes() for path in paths)
    assert one == other, f"{name} is not the same twice"
    about = run("pdfinfo", paths[0])
    assert "Tagged:          yes" in about, about
    return about, run("pdftotext", "-layout", paths[0], "-")


with tempfile.TemporaryDirectory() as place:
    folder = pathlib.Path(place)
    typst = folder / "typst"
    script = pathlib.Path(__file__).resolve().with_name("typst.py")
    typst.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
    typst.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    ids = [f"TL-{number:03}" for number in range(1, 103)]
    edition = "Edition 2026.1 of 2026-11-23"

    about, text = made(folder, "ladder", "export", "--edition", "2026.1", "--format", "pdf")
    assert "Author:          Raphael 'kena' Poss" in about, about
    for id in ids:
        assert id in text, f"{id} is not on paper"
    pages = text.rstrip("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert edition in page and f"Page {number} of {len(pages)}" in page, f"page {number} does not say what it is of"
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in text.replace("\n", "")

    _, text = made(folder, "beside", "export", "--edition", "2026.1", "--format", "pdf", "--locale", "en,zh-TW", "--paper", "us-letter")
    assert "Attribution and licence" in text and "出處與授權" in text, text
    _, text = made(folder, "worksheet", "worksheet", "L6@2026.1", "--format", "pdf", "--locale", "zh-TW,en")
    assert "TL-024@2026.1" in text and "TL-001" not in text, text
    print(f"{len(ids)} criteria read on {len(pages)} pages")
