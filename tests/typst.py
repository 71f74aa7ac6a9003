"""What Rungs uses of the command `typst`, by the Python package `typst`, for machines without the command.

`typst.py --version`, `typst.py fonts` and
`typst.py compile --root R --pdf-standard ua-1 --creation-timestamp N [--input KEY=VALUE]... IN OUT`.
"""

import argparse
import datetime
import pathlib
import sys

# This file has the name of the package, and its folder is the first place to look for that.
sys.path = [place for place in sys.path if pathlib.Path(place or ".").resolve() != pathlib.Path(__file__).resolve().parent]

import typst


def pair(text):
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"not KEY=VALUE: {text}")
    return key, value


def main():
    parser = argparse.ArgumentParser(prog="typst")
    parser.add_argument("--version", action="version", version=f"typst {typst.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fonts")
    compiling = commands.add_parser("compile")
    compiling.add_argument("--root")
    compiling.add_argument("--pdf-standard", action="append", default=[])
    compiling.add_argument("--creation-timestamp", type=int)
    compiling.add_argument("--input", action="append", type=pair, default=[])
    compiling.add_argument("source")
    compiling.add_argument("output")
    asked = parser.parse_args()

    if asked.command == "fonts":
        print("\n".join(sorted(typst.Fonts().families())))
        return 0
    time = asked.creation_timestamp
    try:
        pdf, warnings = typst.compile_with_warnings(
            asked.source,
            root=asked.root,
            format="pdf",
            sys_inputs=dict(asked.input),
            pdf_standards=asked.pdf_standard,
            timestamp=None if time is None else datetime.datetime.fromtimestamp(time, datetime.timezone.utc),
        )
    except (typst.TypstError, RuntimeError, OSError, ValueError) as error:
        print(getattr(error, "diagnostic", f"error: {error}").rstrip(), file=sys.stderr)
        return 1
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    pathlib.Path(asked.output).write_bytes(pdf)
    return 0


sys.exit(main())
