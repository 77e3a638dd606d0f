-- What a node's candidates are counted by: rank bands, the aspects of a paper, the marks of its items.

-- Grain: a rank band (名次段) of a paper (or the total) at a node that has rows on it.
create view wuji_store.band_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  s.node as node_ordinal,
  b.band as band_ordinal,
  e.exam,
  p.code as paper,
  n.level,
  n.path as node,
  b.top,
  wuji_store.i4(s.counts, 4 * b.band) as n,
  case
    when s.n > 0 then wuji_store.i4(s.counts, 4 * b.band)::float8 / s.n::float8
  end as share
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.band as b on b.run = e.run and b.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.band_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node;

create view wuji.band_stat with (security_invoker = true) as
select
  exam,
  paper,
  level,
  node,
  top,
  n,
  share
from wuji_store.band_stat_rows;

-- Grain: a value of an aspect of a paper at a node that has rows on that paper. The sums of the parent lie beside the
-- node's own. The lateral query decodes them once, as in item_stat: `limit 1` keeps it from being folded into every
-- column, and its condition says again what the join says, since it may run before papers are compared.
create view wuji_store.point_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  a.value as value_ordinal,
  s.node as node_ordinal,
  e.exam,
  p.code as paper,
  a.aspect,
  a.name as value,
  n.level,
  n.path as node,
  s.n,
  a.items,
  a.full_mark,
  case
    when s.n > 0 then y.sum::float8 / (s.n::bigint * p.units)::float8
  end as mean,
  case
    when s.n > 0 then y.sum::float8 / (s.n::bigint * a.full_units)::float8
  end as score_rate,
  case
    when s.wide then s.sds[a.value + 1]
    when s.n >= 2
      then sqrt((s.n * y.square - y.sum * y.sum)::float8 / (s.n::bigint * (s.n - 1))::float8) / p.units::float8
  end as sd,
  case
    when s.n > 0 and s.parent_n > 0
      then y.sum::float8 / (s.n::bigint * a.full_units)::float8
        - y.parent_sum::float8 / (s.parent_n::bigint * a.full_units)::float8
  end as gap
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.aspect_value as a on a.run = e.run and a.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.point_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node
cross join lateral (
  select
    case
      when s.wide then wuji_store.i8(s.state, 16 * a.value)
      else wuji_store.i4(s.state, 16 * a.value)::bigint
    end as sum,
    case
      when not s.wide then wuji_store.i8(s.state, 16 * a.value + 4)
    end as square,
    case
      when s.wide then wuji_store.i8(s.state, 16 * a.value + 8)
      else wuji_store.i4(s.state, 16 * a.value + 12)::bigint
    end as parent_sum
  where a.run = s.run and a.paper = s.paper
  limit 1
) as y;

create view wuji.point_stat with (security_invoker = true) as
select
  exam,
  paper,
  aspect,
  value,
  level,
  node,
  n,
  items,
  full_mark,
  mean,
  score_rate,
  sd,
  gap
from wuji_store.point_stat_rows;

-- Grain: a mark that somebody got on an item (blank: null) at a node from the school up.
create view wuji_store.mark_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  m.item as item_ordinal,
  s.node as node_ordinal,
  m.value as mark_ordinal,
  e.exam,
  p.code as paper,
  m.name as item,
  n.level,
  n.path as node,
  m.mark,
  wuji_store.i4(s.counts, 4 * m.place) as n,
  case
    when s.n > 0 then wuji_store.i4(s.counts, 4 * m.place)::float8 / s.n::float8
  end as share
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.mark_value as m on m.run = e.run and m.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.mark_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node and s.piece = m.piece;

create view wuji.mark_stat with (security_invoker = true) as
select
  exam,
  paper,
  item,
  level,
  node,
  mark,
  n,
  share
from wuji_store.mark_stat_rows;
