"""Writes one package in many disguises: encoding, line end, delimiter, gzip, language of the headers, order of rows.

    disguise.py DIR     DIR/plain, and DIR/NAME for each disguise, whose name says what it is

Three factors stand against each other in full, the others so that every value of each meets every value of every other;
the script fails where that is not so.
"""
import gzip
import itertools
import os
import random
import sys

ENCODINGS = {'utf8': ('utf-8', b''), 'utf8bom': ('utf-8', b'\xef\xbb\xbf'), 'gb18030': ('gb18030', b''),
             'utf16le': ('utf-16-le', b'\xff\xfe'), 'utf16be': ('utf-16-be', b'\xfe\xff')}
LINE_ENDS = {'lf': '\n', 'crlf': '\r\n', 'cr': '\r'}
DELIMITERS = {'comma': ',', 'tab': '\t', 'semicolon': ';'}
PACKING = ('plain', 'gzip')
HEADERS = ('chinese', 'english')
ORDERS = ('sorted', 'shuffled')

EXAM_INI = '''[exam]
code = disguised
name = 温州市一次考试
date = 2026-01-12
province = 浙江省
city = 温州市
; 说明
[paper 数学]
segment = 5
[paper 物理]
takers = rows
[line 一段]
share = 0.3
[line 二段]
score = 12
[bands]
total = 3, 10
'''

# Headers in both languages; where one name stands, it is that of an item or attribute, the same in both.
STUDENTS = [('准考证号', 'Student ID'), ('学籍号', 'person_id'), ('姓 名', 'name'), ('性别', 'sex'), ('班级', 'class'),
            ('学校', 'SCHOOL'), ('县（市、区）', 'county'), ('参与统计', 'counted'), ('户口',), ('备注',)]
ITEMS = [('题号', 'item'), ('满分', 'max'), ('题型', 'kind'), ('答案', 'key'), ('选项', 'options'), ('知识点', 'points'),
         ('能力层次', 'ability'), ('预设难度', 'planned_difficulty'), ('列名', 'column')]
SCORES = [('考号', 'student_id'), ('状态', 'ｓｔａｔｕｓ'), ('教学班', 'class'), ('任课教师', 'teacher'), ('总分', 'total')]
ID = ('准考证号', 'student_id')
MARKS = [ID, ('题号', 'item'), ('评次', 'round'), ('阅卷员', 'marker'), ('给分', 'mark'), ('用时', 'seconds')]


def students(rng):
    rows = []
    remarks = ['', '从,某;校\t转来', '说 "好"', '两\n行', '㐀𠀀', '  ', 'é']
    for n in range(60):
        school = ['瑞安中学', '第一中学', '平阳中学'][n % 3]
        county = ['瑞安市', '平阳县', '平阳县'][n % 3]
        rows.append([f'{26010000 + n:012d}', f'G3303{n:015d}', rng.choice('赵钱孙李周吴郑王㐀欧') + rng.choice(['一', '小明', '𠀀', '·艾']),
                     '男女'[n % 2], f'{n // 3 % 3 + 1}班', school, county, '否' if n % 17 == 5 else '是',
                     rng.choice(['城镇', '农村', '']), remarks[n % len(remarks)]])
    return rows


PAPERS = {
    '数学': [['1', '5', '客观题', 'A', 'ABCD', '集合', '识记', '0.8', ''], ['2', '5', '客观题', 'BD', 'ABCD', '函数；导数', '理解', '', ''],
           ['三(1)', '8', '主观题', '', '', '数列;不等式', '应用', '0.45', ''], ['三,2', '12.5', '主观题', '', '', '"函数"', '应用', '', 'Ⅲ-2']],
    '英语': [['听1', '1.5', '客观题', 'c', '', '听力', '', '', ''], ['读1', '2', '客观题', 'B', 'ABCDEFG', '阅读', '', '', ''],
           ['写', '15', '主观题', '', '', '', '表达', '', '']],
    '物理': [['1', '4', '', '', '', '力', '', '', ''], ['2', '6', '', '', '', '电', '', '', '']],
}


def scores(rng, paper, people):
    items = PAPERS[paper]
    rows = []
    for n, person in enumerate(people):
        if paper == '物理' and n % 4 == 0:
            continue
        teaching = f'走{n % 2 + 1}班' if paper == '物理' else ''
        row = [person[0], '', teaching, '张老师' if n % 2 else '', '']
        if n % 13 == 3:
            row[1] = '缺考'
            rows.append(row + [''] * len(items))
        elif n % 29 == 7:
            rows.append(row + ['违纪'] + ['1'] * (len(items) - 1))
        else:
            halves = [rng.randrange(int(2 * float(item[1])) + 1) for item in items]
            if n % 3 == 0:
                row[4] = f'{sum(halves) / 2:g}'
            marks = [f'{half / 2:g}' for half in halves]
            if n % 7 == 1:
                row[4] = ''
                marks[-1] = rng.choice(['', '-', '未作答'])
            rows.append(row + marks)
    return rows


def options(rng, paper, people):
    count = sum(item[2] == '客观题' for item in PAPERS[paper])
    return [[person[0]] + [rng.choice(['A', 'b', 'Ｃ', 'D', 'DB', '', '未作答', '-']) for _ in range(count)]
            for n, person in enumerate(people) if n % 13 != 3 and n % 29 != 7 and n % 5 != 2]


def markings(rng, paper, people):
    rows = []
    for n, person in enumerate(people):
        for item in PAPERS[paper]:
            if item[2] != '主观题' or n % 13 == 3 or n % 29 == 7:
                continue
            for mark_round in ('1', '2') if n % 2 else ('1',):
                rows.append([person[0], item[0], mark_round, f'阅{rng.randrange(4)}', str(rng.randrange(9)), rng.choice(['', '12.5', '40'])])
    return rows


def priors(rng, people):
    return [[person[0], f'{rng.randrange(4000, 7500) / 10}', rng.choice(['', '-1.5', '1e2'])] for n, person in enumerate(people) if n % 6]


def tables():
    """(name, headers, rows, whether the order of the columns may change, whether that of the rows may)"""
    rng = random.Random(7)
    people = students(rng)
    yield 'students.csv', STUDENTS, people, False, True
    for paper, items in PAPERS.items():
        columns = [(item[8] or item[0],) for item in items]
        yield f'papers/{paper}.items.csv', ITEMS, items, True, False
        yield f'papers/{paper}.scores.csv', SCORES + columns, scores(rng, paper, people), True, True
        if any(item[2] for item in items):
            objective = [column for item, column in zip(items, columns) if item[2] == '客观题']
            yield f'papers/{paper}.options.csv', [ID] + objective, options(rng, paper, people), True, True
            yield f'papers/{paper}.marks.csv', MARKS, markings(rng, paper, people), True, True
    yield 'priors.csv', [ID, ('中考总分',), ('入学测',)], priors(rng, people), False, True


def cell(text, delimiter):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in delimiter + '"\n') else text


def write(path, text, encoding, packed=False):
    codec, mark = ENCODINGS[encoding]
    data = mark + text.encode(codec)
    if packed:
        path += '.gz'
        data = gzip.compress(data)
    with open(path, 'wb') as file:
        file.write(data)


def disguise(folder, encoding, line_end, delimiter, packing, headers, order):
    os.makedirs(os.path.join(folder, 'papers'))
    end = LINE_ENDS[line_end]
    write(os.path.join(folder, 'exam.ini'), EXAM_INI.replace('\n', end), encoding)
    for number, (name, names, rows, columns_move, rows_move) in enumerate(tables()):
        language = HEADERS.index(headers)
        table = [[name[language] if len(name) > 1 else name[0] for name in names]] + rows
        if order == 'shuffled':
            rng = random.Random(number)
            if rows_move:
                table[1:] = rng.sample(rows, len(rows))
            if columns_move:
                places = rng.sample(range(len(names)), len(names))
                table = [[row[place] for place in places] for row in table]
        text = ''.join(DELIMITERS[delimiter].join(cell(text, DELIMITERS[delimiter]) for text in row) + end for row in table)
        write(os.path.join(folder, name), text, encoding, packing == 'gzip')


def disguises():
    chosen = []
    for e, l, d in itertools.product(range(5), range(3), range(3)):
        chosen.append((list(ENCODINGS)[e], list(LINE_ENDS)[l], list(DELIMITERS)[d], PACKING[(e + l + d) % 2],
                       HEADERS[(e + l * d + l) % 2], ORDERS[(e + l + d * (d + 1) // 2) % 2]))
    factors = list(zip(*chosen))
    for a, b in itertools.combinations(factors, 2):
        assert set(zip(a, b)) == set(itertools.product(set(a), set(b))), 'two values never meet'
    return chosen


def main(folder):
    disguise(os.path.join(folder, 'plain'), 'utf8', 'lf', 'comma', 'plain', 'chinese', 'sorted')
    for chosen in disguises():
        disguise(os.path.join(folder, '-'.join(chosen)), *chosen)


main(sys.argv[1])
