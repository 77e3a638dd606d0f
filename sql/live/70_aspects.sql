-- What a node's candidates are counted by: rank bands.

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
