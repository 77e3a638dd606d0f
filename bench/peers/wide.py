"""The statistics as SQL over wide tables, one row a candidate and one column an item, for the three peers that speak SQL.

Integer sums by class in one pass over the marks, then five small roll-ups. The 27 % groups come along in that pass: a
candidate's weight in the groups of each of his five nodes hangs on his class and total alone, and is told by histograms.

    tree    class, school, county, city, province (numbers), and the path of each
    m0 …    a paper's marks: class, t (total), x0, x1, … in units, present and counted candidates only

A dialect says how a type is called and how a table is made (`create`, with {name} and {query}); the rest is common ground."""

LEVELS = ["class", "school", "county", "city", "province"]


class Dialect:
    real = "double"
    big = "bigint"
    create = "create table {name} as {query}"
    drop = "drop table if exists {name}"
    after = None  # a statement for every table that was made


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def column(name):
    return '"' + name.replace('"', '""') + '"'


class Wide:
    def __init__(self, manifest, dialect):
        self.manifest = manifest
        self.dialect = dialect
        self.roster = manifest["roster"]

    def make(self, name, query):
        d = self.dialect
        made = [d.drop.format(name=name), d.create.format(name=name, query=query)]
        return made + ([d.after.format(name=name)] if d.after else [])

    def tree(self):
        """From students_raw, as the file has it: the tree and who is counted."""
        city, county, school, own = (column(self.roster[level]) for level in ("city", "county", "school", "class"))
        root = quote(self.manifest["province"])
        places = f"select distinct {city} as a, {county} as b, {school} as c, {own} as d from students_raw"
        tree = self.make("tree", f"""
select cast(row_number() over (order by a, b, c, d) as int) as class, cast(dense_rank() over (order by a, b, c) as int) as school,
  cast(dense_rank() over (order by a, b) as int) as county, cast(dense_rank() over (order by a) as int) as city, 1 as province,
  a, b, c, d, {root} as province_path, concat({root}, '/', a) as city_path, concat({root}, '/', a, '/', b) as county_path,
  concat({root}, '/', a, '/', b, '/', c) as school_path, concat({root}, '/', a, '/', b, '/', c, '/', d) as class_path
from ({places}) as p""")
        return tree + self.make("roster", f"""
select s.{column(self.roster['id'])} as id, cast(t.class as int) as class
from students_raw as s
join tree as t on t.a = s.{city} and t.b = s.{county} and t.c = s.{school} and t.d = s.{own}
where s.{column(self.roster['counted'])} = '是'""")

    def marks(self, k, paper, narrow):
        """From raw{k}, as the file has it: a paper's marks as numbers of the type `narrow`."""
        # As int first: a sum of narrow numbers might pass their type.
        worth = [f"cast(coalesce(r.{column(c)}, 0) * {paper['units']} as int)" for c in paper["columns"]]
        x = ", ".join(f"cast({w} as {narrow}) as x{i}" for i, w in enumerate(worth))
        return self.make(f"m{k}", f"""
select o.class as class, cast({' + '.join(worth)} as int) as t, {x}
from raw{k} as r join roster as o on o.id = r.{column('准考证号')}
where coalesce(r.{column('状态')}, '') = ''""")

    def weights(self, k, level):
        """Of a total in the 27 % groups of a node of the level, over the groups' size."""
        real = self.dialect.real
        return self.make(f"w_{level}", f"""
select node, t,
  (greatest(least(size - (n - up), c), 0) - greatest(least(size - (up - c), c), 0)) / (c * size) as w
from (
  select node, t, c, n, up, greatest(floor((27 * n + 50) / 100), 1) as size
  from (
    select node, t, cast(c as {real}) as c, cast(sum(c) over (partition by node) as {real}) as n,
      cast(sum(c) over (partition by node order by t) as {real}) as up
    from (select tree.{level} as node, h.t as t, sum(h.c) as c from h join tree on tree.class = h.class group by tree.{level}, h.t) as q
  ) as r
) as s""")

    def by_class(self, k, paper):
        items = range(paper["items"])
        sums = [f"sum(cast(m.x{i} as int)) as a{i}" for i in items]
        sums += [f"sum(cast(m.x{i} as int) * m.x{i}) as b{i}" for i in items]
        sums += [f"sum(cast(m.x{i} as int) * m.t) as c{i}" for i in items]
        sums += [f"sum(m.x{i} * w.w_{level}) as {level}{i}" for level in LEVELS for i in items]
        return self.make("s", f"""
select m.class as class, count(*) as n, sum(m.t) as t, sum(m.t * m.t) as tt, {', '.join(sums)}
from m{k} as m join w on w.class = m.class and w.t = m.t
group by m.class""")

    def rolled_up(self, k, paper, level):
        d, items = self.dialect, range(paper["items"])
        sums = [f"cast(sum(s.{x}{i}) as {d.real}) as {x}{i}" for x in "abc" for i in items]
        sums += [f"sum(s.{level}{i}) as g{i}" for i in items]
        inner = f"""
select tree.{level} as node, cast(sum(s.n) as {d.real}) as n, cast(sum(s.t) as {d.real}) as t, cast(sum(s.tt) as {d.real}) as tt, {', '.join(sums)}
from s join tree on tree.class = s.class group by tree.{level}"""
        variances = " + ".join(f"(n * b{i} - a{i} * a{i})" for i in items)
        varying = " + ".join(f"case when n * b{i} > a{i} * a{i} then 1 else 0 end" for i in items)
        return self.make(f"r{k}_{level}", f"""
select q.*, case when varying > 1 and v > 0 then cast(varying as {d.real}) / (varying - 1) * (1 - parts / v) end as alpha
from (select p.*, n * tt - t * t as v, {variances} as parts, {varying} as varying from ({inner}) as p) as q""")

    def statistics(self):
        """Everything that is timed as such, statement by statement."""
        for k, paper in enumerate(self.manifest["papers"]):
            yield from self.make("h", f"select class, t, count(*) as c from m{k} group by class, t")
            for level in LEVELS:
                yield from self.weights(k, level)
            joins = " ".join(f"join w_{level} on w_{level}.node = tree.{level} and w_{level}.t = h.t" for level in LEVELS)
            weights = ", ".join(f"w_{level}.w as w_{level}" for level in LEVELS)
            yield from self.make("w", f"select h.class as class, h.t as t, {weights} from h join tree on tree.class = h.class {joins}")
            yield from self.by_class(k, paper)
            for level in LEVELS:
                yield from self.rolled_up(k, paper, level)

    def results(self):
        """(file, query) by which the results are written, part by part; see bench/lib/checksum.py."""
        d = self.dialect
        for k, paper in enumerate(self.manifest["papers"]):
            code = quote(paper["code"])
            for level in LEVELS:
                names = f"(select distinct {level} as node, {level}_path as path from tree) as l"
                table = f"r{k}_{level}"
                yield "papers.csv", (f"select {code}, l.path, cast(r.n as {d.big}), cast(r.t as {d.big}), cast(r.tt as {d.big}), r.alpha "
                                     f"from {table} as r join {names} on l.node = r.node")
                for i in range(paper["items"]):
                    yield "items.csv", (f"select {code}, l.path, {i}, cast(r.n as {d.big}), cast(r.a{i} as {d.big}), cast(r.b{i} as {d.big}), "
                                        f"cast(r.c{i} as {d.big}), r.g{i} from {table} as r join {names} on l.node = r.node")
