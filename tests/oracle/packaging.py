"""Writing an invented exam as a package: the same content in any of the spellings the contract allows."""

import csv
import gzip
import io
import os
import string
from fractions import Fraction

# Full-width forms of what a header may say; folded, they are the plain header again.
WIDE = str.maketrans("(),_", "（），＿")
# Full-width letters and digits.
WIDE_SYMBOLS = {ord(symbol): ord(symbol) + 0xFEE0 for symbol in string.ascii_letters + string.digits}


def mark_text(rng, mark):
    """One of the spellings of a mark, given in hundredths."""
    whole, part = divmod(mark, 100)
    digits = f"{part:02d}"
    shortest = f"{whole}.{digits}".rstrip("0").rstrip(".")
    return rng.choice([shortest] * 6 + [f"{whole}.{digits}", f"0{shortest}", f" {shortest} "])


def choice_text(rng, symbols):
    """One of the spellings of a choice, be it of several: in any order and case, half or full width, padded."""
    if not symbols:
        return rng.choice(["", "", "-", "未作答", " "])
    text = "".join(rng.sample(symbols, len(symbols)))
    if rng.random() < 0.2:
        text = text.lower()
    if rng.random() < 0.1:
        text = text.translate(WIDE_SYMBOLS)
    if rng.random() < 0.1:
        text = f" {text} "
    return text


def decimal_text(value):
    """A Fraction of at most six decimals, exactly."""
    digits = f"{int(value * 10**6):07d}"
    text = f"{digits[:-6]}.{digits[-6:]}".rstrip("0").rstrip(".")
    assert Fraction(text) == value
    return text


def header_text(rng, name, synonyms, chinese):
    """A header in English or Chinese, sometimes padded or in full-width forms."""
    text = rng.choice(synonyms) if chinese and synonyms else name
    if rng.random() < 0.1:
        text = f" {text} "
    if rng.random() < 0.1:
        text = text.translate(WIDE)
    return text


def encode(rng, text):
    """In one of the encodings that a reader tells from the bytes alone."""
    encoding = rng.choice(["utf-8"] * 4 + ["utf-8-sig", "gb18030", "gb18030", "utf-16-le", "utf-16-be"])
    if encoding.startswith("utf-16"):
        return ("\ufeff" + text).encode(encoding)
    data = text.encode(encoding)
    if encoding == "gb18030":
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return data
        return text.encode("utf-8")  # those bytes say something else, or the same, in UTF-8
    return data


def write_text(rng, folder, name, text):
    data = encode(rng, text)
    path = os.path.join(folder, name)
    if name.endswith(".csv") and rng.random() < 0.3:
        # Without a time of day, so that a seed gives the same bytes.
        with open(path + ".gz", "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
            file.write(data)
    else:
        with open(path, "wb") as file:
            file.write(data)


def write_csv(rng, folder, name, synonyms, records, others=(), shuffled=True):
    """Records as dictionaries. Of the known columns (a table of synonyms) those that some record has, and the others as
    they are named, in any order; the records in any order too unless theirs means something."""
    known = [column for column in synonyms if any(column in record for record in records)]
    columns = known + list(others)
    rng.shuffle(columns)
    records = list(records)
    if shuffled:
        rng.shuffle(records)
    chinese = rng.random() < 0.5
    header = [header_text(rng, column, synonyms[column], chinese) if column in known else column for column in columns]
    text = io.StringIO()
    style = {"delimiter": rng.choice(",,,,\t;"), "lineterminator": rng.choice(["\n", "\n", "\r\n", "\r"])}
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    if style["lineterminator"] == "\r":
        quoting = csv.QUOTE_ALL  # Python quotes a cell's line feed only where a line feed ends the line
    # The header tells the separator, so another one inside a column's name must not stand bare.
    bare = any(separator in name for separator in ",\t;" for name in header)
    csv.writer(text, quoting=csv.QUOTE_ALL if bare else quoting, **style).writerow(header)
    csv.writer(text, quoting=quoting, **style).writerows([record.get(column, "") for column in columns]
                                                         for record in records)
    content = text.getvalue()
    if rng.random() < 0.2:
        content = content.rstrip("\r\n")
    write_text(rng, folder, name, content)


def write_ini(rng, folder, sections):
    """Sections as pairs of a name and its keys."""
    newline = rng.choice(["\n", "\r\n", "\r"])
    lines = []
    for name, keys in sections:
        lines.append(f"[{name}]")
        lines += [f"{key} = {value}" + (" ; a remark" if rng.random() < 0.1 else "") for key, value in keys.items()]
    write_text(rng, folder, "exam.ini", newline.join(lines) + newline)
