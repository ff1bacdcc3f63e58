"""Makes the typeface of the simulated pages and of the sign-in's last pages from the one the app's own pages bring.

Run by `cargo xtask typeface`; what it writes is committed, so that a build needs neither Python nor npm.
"""

import base64
import io
import json
import pathlib
import sys

from fontTools import merge, subset
from fontTools.ttLib import TTFont

ROOT = pathlib.Path(sys.argv[1])
HERE = ROOT / "src-tauri/crates/entra-sim"
PACKAGE = ROOT / "ui/node_modules/@fontsource/biz-udpgothic"
ENTRA = ROOT / "src-tauri/crates/entra/src/sign_in"

# What no page of ours need contain to be shown: names are typed by whoever tries the tenant.
KANA = range(0x3000, 0x3100)
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
WIDE = range(0xFF01, 0xFFA0)
# The same bytes whenever it is run: 1970, in seconds since 1904.
EPOCH = 2082844800


def common_characters():
    """The characters of the first level of JIS X 0208, in which most names can be written."""
    for row in range(16, 48):
        for cell in range(1, 95):
            try:
                yield bytes([row + 0xA0, cell + 0xA0]).decode("euc_jp")
            except UnicodeDecodeError:
                pass


def written(folder, endings):
    """Every letter in the files below a folder."""
    files = (file for file in sorted(folder.rglob("*")) if file.suffix in endings)
    return set("".join(file.read_text(encoding="utf-8") for file in files))


def slices():
    """The package's files with the letters each of them draws."""
    for name, ranges in json.loads((PACKAGE / "unicode.json").read_text()).items():
        letters = set()
        for part in ranges.split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            letters |= set(range(int(first, 16), int(last or first, 16) + 1))
        name = name.strip("[]")
        yield PACKAGE / f"files/biz-udpgothic-{name}-400-normal.woff2", letters


def face(letters):
    """One font with these letters as woff2, and those it really has."""
    wanted = {ord(letter) for letter in letters}
    parts = []
    for file, drawn in slices():
        take = wanted & drawn
        if not take:
            continue
        font = TTFont(file)
        options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14])
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=take)
        cutter.subset(font)
        for table in ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "meta", "gasp"):
            if table in font:
                del font[table]
        part = io.BytesIO()
        font.flavor = None
        font.save(part)
        part.seek(0)
        parts.append(part)
        wanted -= take
    whole = merge.Merger().merge(parts)
    has = set(whole.getBestCmap())
    whole["head"].created = whole["head"].modified = EPOCH
    whole.recalcTimestamp = False
    whole.flavor = "woff2"
    made = io.BytesIO()
    whole.save(made)
    return made.getvalue(), {chr(letter) for letter in has}


def main():
    letters = {chr(letter) for letter in [*KANA, *LATIN, *WIDE]}
    letters |= set(common_characters())
    letters |= written(HERE / "src", {".rs", ".css"})
    made, has = face(letters)
    (HERE / "typeface/biz-udpgothic.woff2").write_bytes(made)
    kept = "".join(sorted(letter for letter in has if letter > "\x7f" and letter.isprintable()))
    lines = [kept[at : at + 100] for at in range(0, len(kept), 100)]
    (HERE / "typeface/letters.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (HERE / "typeface/LICENSE").write_text((PACKAGE / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    names = ("answered.html", "twice.html", "refused.html", "refused.rs")
    pages = "".join((ENTRA / name).read_text(encoding="utf-8") for name in names)
    small, in_small = face({letter for letter in pages if letter.isprintable()})
    (ENTRA / "typeface.base64").write_text(base64.b64encode(small).decode("ascii"), encoding="ascii")
    kept = "".join(sorted(letter for letter in in_small if letter > "\x7f"))
    (ENTRA / "typeface.letters").write_text(kept, encoding="utf-8")
    print(f"{len(has)} letters in {len(made)} bytes; {len(small)} bytes for the sign-in's last pages")


main()
