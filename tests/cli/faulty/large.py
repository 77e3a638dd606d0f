"""Makes large faulty packages quickly: large.py GOOD DIR makes DIR/NAME from the good package, and DIR/NAME.expected."""
import gzip
import os
import shutil
import sys

MIB = 1 << 20
SCORES = 'papers/英语.scores.csv'
HEADER = b'student_id,a,b\n'


def members(data, count):
    """A gzip file of so many members, the same each time: as large as wanted, compressed once."""
    return gzip.compress(data, 9, mtime=0) * count


def cases():
    header = '准考证号,学校,县\n'.encode()
    rows = [f'{n:07d},第一中学,平阳县\n'.encode() for n in range(300000)]
    late = rows[-1].replace(b',', b',"', 1)
    yield 'quote-at-the-end', 'students.csv:300001: unbalanced quotes', 'students.csv', header + b''.join(rows[:-1]) + late
    middle = rows[150000].replace(b',', b',"', 1)
    yield ('quote-in-the-middle', 'students.csv:150002: unbalanced quotes', 'students.csv',
           header + b''.join(rows[:150000]) + middle + b''.join(rows[150001:]))
    yield 'line-of-fifty-megabytes', 'students.csv:2: the record is too long', 'students.csv', header + b'x' * (50 * MIB)
    yield 'cell-of-fifty-megabytes', 'students.csv:2: unbalanced quotes', 'students.csv', header + b'"x\n' * (25 * MIB) + b'"'
    yield 'header-of-fifty-megabytes', 'students.csv:1: the record is too long', 'students.csv', b'x' * (50 * MIB)
    yield 'utf16-of-fifty-megabytes', 'students.csv:1: the record is too long', 'students.csv', b'\xff\xfe' + b'\x00N' * (25 * MIB)
    yield 'gb18030-of-fifty-megabytes', 'students.csv:1: the record is too long', 'students.csv', b'\xc4\xe3' * (25 * MIB)
    yield 'exam-ini-of-fifty-megabytes', 'exam.ini: the file is too long', 'exam.ini', b'[exam]\n' + b'x' * (50 * MIB)
    yield 'bomb-of-zeros', SCORES + '.gz:1: the record is too long', SCORES + '.gz', members(bytes(MIB), 500)
    wide = b'x' + b',' * 99998 + b'\n'
    yield ('bomb-of-rows', SCORES + '.gz:2: the row has 99999 cells, the header 3', SCORES + '.gz',
           members(HEADER, 1) + members(wide * 10, 100))
    yield ('bomb-of-bad-bytes', SCORES + '.gz:2: 1: undecodable bytes', SCORES + '.gz',
           members(HEADER, 1) + members((b'\xff' * 99999 + b'\n') * 10, 60))
    yield 'bomb-for-exam-ini', 'exam.ini: the file is too long', 'exam.ini', members(b'\n' * MIB, 400)


def main(good, parent):
    for name, expected, below, data in cases():
        package = os.path.join(parent, name)
        shutil.copytree(good, package)
        if below.endswith('.gz'):
            os.remove(os.path.join(package, below[:-3]))
        with open(os.path.join(package, below), 'wb') as file:
            file.write(data)
        with open(package + '.expected', 'w', encoding='utf-8') as file:
            file.write(expected + '\n')


main(*sys.argv[1:])
