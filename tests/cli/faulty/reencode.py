"""Writes faulty packages in other encodings: reencode.py DIR makes DIR/NAME@ENCODING from DIR/NAME, for as many packages
as meet every code, by their DIR/NAME.errors.

Left out are packages with a file that is no UTF-8 text, for there the bytes themselves are the fault.
"""
import csv
import gzip
import os
import stat
import sys

MARK = '\ufeff'
ENCODINGS = {'utf-8-with-mark': ('utf-8', True), 'gb18030': ('gb18030', False), 'utf-16le': ('utf-16-le', True),
             'utf-16be': ('utf-16-be', True)}


def texts_of(package):
    """(path below the package, text) of every file, folders with None; None where one is no text."""
    found = []
    for folder, folders, files in os.walk(package):
        found += [(os.path.relpath(os.path.join(folder, name), package), None) for name in folders]
        for name in files:
            path = os.path.join(folder, name)
            if not stat.S_ISREG(os.lstat(path).st_mode):
                return None
            with open(path, 'rb') as file:
                data = file.read()
            try:
                text = (gzip.decompress(data) if name.endswith('.gz') else data).decode('utf-8')
            except (UnicodeDecodeError, OSError, EOFError):
                return None
            found.append((os.path.relpath(path, package), text[1:] if text.startswith(MARK) else text))
    return found


def write(path, text, codec, marked):
    if text != '' and (marked or text.startswith(MARK)):  # an unmarked file would lose the mark that is a character
        text = MARK + text
    data = text.encode(codec)
    with open(path, 'wb') as file:
        file.write(gzip.compress(data) if path.endswith('.gz') else data)


def codes_of(errors):
    if not os.path.exists(errors):
        return {'none'}
    with open(errors, encoding='utf-8-sig', newline='') as file:
        return {row['code'] for row in csv.DictReader(file)}


def main(parent):
    met = set()
    names = sorted(name for name in os.listdir(parent) if os.path.isdir(os.path.join(parent, name)))
    for name in names:
        files = texts_of(os.path.join(parent, name))
        codes = codes_of(os.path.join(parent, name + '.errors'))
        if files is None or codes <= met:
            continue
        met |= codes
        for encoding, (codec, marked) in ENCODINGS.items():
            package = os.path.join(parent, f'{name}@{encoding}')
            os.mkdir(package)
            for below, text in sorted(files, key=lambda file: file[1] is not None):
                path = os.path.join(package, below)
                if text is None:
                    os.makedirs(path, exist_ok=True)
                else:
                    write(path, text, codec, marked)


main(sys.argv[1])
