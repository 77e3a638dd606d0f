"""The statistics as SQL over one wide table, one row a candidate and paper and one column an item, for the three peers
that speak SQL.

Integer sums by class in one pass over the marks, then one roll-up of the classes. The 27 % groups come along in that
pass: a candidate's weight in the groups of each of his five nodes hangs on his paper, class and total alone, and is told
by histograms. All papers at once: a query of hundreds of aggregates takes a tenth of a second merely to be planned.

    tree    class, school, county, city, province (numbers), and the path of each
    up      class, level, node: the five nodes of every class
    m       paper, class, t (total), x0, x1, … in units; present and counted candidates only

A dialect says how a type is called and how a table is made; the rest is common ground."""

LEVELS = ["class", "school", "county", "city", "province"]


class Dialect:
    real = "double"
    big = "bigint"
    create = "create table {name} as {query}"
    drop = "drop table if exists {name}"
    after = None  # a statement for every table that was made
    widen = "cast({x} as int)"  # a mark, before it is multiplied or summed


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def column(name):
    return '"' + name.replace('"', '""') + '"'


class Wide:
    def __init__(self, manifest, dialect):
        self.manifest = manifest
        self.dialect = dialect
        self.roster = manifest["roster"]
        self.papers = manifest["papers"]
        self.items = range(max(p["items"] for p in self.papers))

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
        up = self.make("up", " union all ".join(
            f"select class, {number} as level, {level} as node from tree" for number, level in enumerate(LEVELS)))
        return tree + up + self.make("roster", f"""
select s.{column(self.roster['id'])} as id, t.class as class
from students_raw as s
join tree as t on t.a = s.{city} and t.b = s.{county} and t.c = s.{school} and t.d = s.{own}
where s.{column(self.roster['counted'])} = '是'""")

    def marks_of(self, k, paper, narrow):
        # As int first: a sum of narrow numbers might pass their type.
        worth = [f"cast(coalesce(r.{column(c)}, 0) * {paper['units']} as int)" for c in paper["columns"]]
        padded = worth + ["0"] * (len(self.items) - len(worth))
        x = ", ".join(f"cast({w} as {narrow}) as x{i}" for i, w in enumerate(padded))
        return f"""
select {k} as paper, o.class as class, {' + '.join(worth)} as t, {x}
from raw{k} as r join roster as o on o.id = r.{column('准考证号')}
where coalesce(r.{column('状态')}, '') = ''"""

    def marks(self, narrow):
        """From raw0, raw1 … as the files have them: all marks as numbers of the type `narrow`."""
        return self.make("m", " union all ".join(self.marks_of(k, paper, narrow) for k, paper in enumerate(self.papers)))

    def widest(self):
        """The largest mark there can be, in units."""
        return max(max(p["maxima"]) for p in self.papers)

    def weights(self, level):
        """Of a total in the 27 % groups of a node of the level, over the groups' size."""
        real = self.dialect.real
        return self.make(f"w_{level}", f"""
select paper, node, t,
  (greatest(least(size - (n - up), c), 0) - greatest(least(size - (up - c), c), 0)) / (c * size) as w
from (
  select paper, node, t, c, n, up, greatest(floor((27 * n + 50) / 100), 1) as size
  from (
    select paper, node, t, cast(c as {real}) as c, cast(sum(c) over (partition by paper, node) as {real}) as n,
      cast(sum(c) over (partition by paper, node order by t) as {real}) as up
    from (select h.paper as paper, tree.{level} as node, h.t as t, sum(h.c) as c
          from h join tree on tree.class = h.class group by h.paper, tree.{level}, h.t) as q
  ) as r
) as s""")

    def by_class(self):
        x = [self.dialect.widen.format(x=f"m.x{i}") for i in self.items]
        sums = [f"sum({x[i]}) as a{i}" for i in self.items]
        sums += [f"sum({x[i]} * m.x{i}) as b{i}" for i in self.items]
        sums += [f"sum({x[i]} * m.t) as c{i}" for i in self.items]
        sums += [f"sum(m.x{i} * w.w_{level}) as {level}{i}" for level in LEVELS for i in self.items]
        return self.make("s", f"""
select m.paper as paper, m.class as class, count(*) as n, sum(m.t) as t, sum(m.t * m.t) as tt, {', '.join(sums)}
from m join w on w.paper = m.paper and w.class = m.class and w.t = m.t
group by m.paper, m.class""")

    def rolled_up(self):
        d = self.dialect
        sums = [f"cast(sum(s.{x}{i}) as {d.real}) as {x}{i}" for x in "abc" for i in self.items]
        choices = [" ".join(f"when {number} then s.{level}{i}" for number, level in enumerate(LEVELS)) for i in self.items]
        sums += [f"sum(case up.level {choice} end) as g{i}" for i, choice in enumerate(choices)]
        inner = f"""
select s.paper as paper, up.level as level, up.node as node, cast(sum(s.n) as {d.real}) as n, cast(sum(s.t) as {d.real}) as t,
  cast(sum(s.tt) as {d.real}) as tt, {', '.join(sums)}
from s join up on up.class = s.class group by s.paper, up.level, up.node"""
        variances = " + ".join(f"(n * b{i} - a{i} * a{i})" for i in self.items)
        varying = " + ".join(f"case when n * b{i} > a{i} * a{i} then 1 else 0 end" for i in self.items)
        return self.make("r", f"""
select q.*, case when varying > 1 and v > 0 then cast(varying as {d.real}) / (varying - 1) * (1 - parts / v) end as alpha
from (select p.*, n * tt - t * t as v, {variances} as parts, {varying} as varying from ({inner}) as p) as q""")

    def statistics(self):
        """Everything that is timed as such, statement by statement."""
        yield from self.make("h", "select paper, class, t, count(*) as c from m group by paper, class, t")
        for level in LEVELS:
            yield from self.weights(level)
        joins = " ".join(f"join w_{level} on w_{level}.paper = h.paper and w_{level}.node = tree.{level} and w_{level}.t = h.t"
                         for level in LEVELS)
        weights = ", ".join(f"w_{level}.w as w_{level}" for level in LEVELS)
        yield from self.make("w", f"select h.paper as paper, h.class as class, h.t as t, {weights} "
                                  f"from h join tree on tree.class = h.class {joins}")
        yield from self.by_class()
        yield from self.rolled_up()

    def results(self):
        """(file, query) by which the results are written, part by part; see bench/lib/checksum.py."""
        big = self.dialect.big
        for k, paper in enumerate(self.papers):
            code = quote(paper["code"])
            for number, level in enumerate(LEVELS):
                names = f"(select distinct {level} as node, {level}_path as path from tree) as l"
                where = f"from r join {names} on l.node = r.node where r.paper = {k} and r.level = {number}"
                yield "papers.csv", (f"select {code}, l.path, cast(r.n as {big}), cast(r.t as {big}), cast(r.tt as {big}), "
                                     f"r.alpha {where}")
                for i in range(paper["items"]):
                    yield "items.csv", (f"select {code}, l.path, {i}, cast(r.n as {big}), cast(r.a{i} as {big}), "
                                        f"cast(r.b{i} as {big}), cast(r.c{i} as {big}), r.g{i} {where}")
