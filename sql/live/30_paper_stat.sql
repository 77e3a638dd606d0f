-- A paper, its segments and its lines at a node.

-- Grain: a paper (total included) at a node that has rows on it.
create view wuji_store.paper_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  s.node as node_ordinal,
  e.exam,
  p.code as paper,
  n.level,
  n.path as node,
  s.n,
  s.absent,
  s.void,
  p.full_mark,
  s.mean,
  s.sd,
  s.min,
  s.p25,
  s.median,
  s.p75,
  s.max,
  s.score_rate,
  s.excellent,
  s.good,
  s.pass,
  s.low,
  s.skewness,
  s.kurtosis,
  s.alpha,
  s.split_half,
  s.sem,
  s.discrimination,
  s.rank_root,
  s.n_root,
  s.rank_parent,
  s.n_parent,
  s.gap
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.node as n on n.run = e.run
join wuji_store.paper_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node;

create view wuji.paper_stat with (security_invoker = true) as
select
  exam,
  paper,
  level,
  node,
  n,
  absent,
  void,
  full_mark,
  mean,
  sd,
  min,
  p25,
  median,
  p75,
  max,
  score_rate,
  excellent,
  good,
  pass,
  low,
  skewness,
  kurtosis,
  alpha,
  split_half,
  sem,
  discrimination,
  rank_root,
  n_root,
  rank_parent,
  n_parent,
  gap
from wuji_store.paper_stat_rows;

-- Grain: a score segment of a paper (total included) at a node. The bounds are exact decimals: float8 to numeric gives
-- the width back as it was written, the product is exact, and float8 rounds it once. The lateral query looks at `s`
-- alone: the planner may run it before it has joined the paper, so p.segments might be that of another paper.
create view wuji_store.segment_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  s.node as node_ordinal,
  g.segment as segment_ordinal,
  e.exam,
  p.code as paper,
  n.level,
  n.path as node,
  (g.segment * p.segment::numeric)::float8 as lo,
  case
    when g.segment = p.segments - 1 then p.full_mark
    else ((g.segment + 1) * p.segment::numeric)::float8
  end as hi,
  g.n,
  case
    when s.n > 0 then g.n::float8 / s.n::float8
  end as share,
  g.n_at_or_above
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.node as n on n.run = e.run
join wuji_store.paper_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node
cross join lateral (
  select
    i.segment,
    wuji_store.i4(s.segments, 4 * i.segment) as n,
    (sum(wuji_store.i4(s.segments, 4 * i.segment)) over (order by i.segment desc))::integer as n_at_or_above
  from generate_series(0, octet_length(s.segments) / 4 - 1) as i (segment)
) as g;

create view wuji.segment_stat with (security_invoker = true) as
select
  exam,
  paper,
  level,
  node,
  lo,
  hi,
  n,
  share,
  n_at_or_above
from wuji_store.segment_stat_rows;

-- Grain: a line, a paper that counts into the total (or the total) and a node. The counts are wuji_store.paper_stat's
-- `lines`: u4 n, then 12 bytes a line.
create view wuji_store.line_stat_rows with (security_invoker = true) as
select
  l.line as line_ordinal,
  l.paper as paper_ordinal,
  s.node as node_ordinal,
  e.exam,
  l.name as line,
  p.code as paper,
  n.level,
  n.path as node,
  l.line_mark,
  wuji_store.i4(s.lines, 0) as n,
  wuji_store.i4(s.lines, 4 + 12 * l.line) as reached,
  case
    when wuji_store.i4(s.lines, 0) > 0
      then wuji_store.i4(s.lines, 4 + 12 * l.line)::float8 / wuji_store.i4(s.lines, 0)::float8
  end as rate,
  case
    when not p.is_total then wuji_store.i4(s.lines, 8 + 12 * l.line)
  end as "both",
  case
    when not p.is_total and wuji_store.i4(s.lines, 4 + 12 * l.line) > 0
      then wuji_store.i4(s.lines, 8 + 12 * l.line)::float8 / wuji_store.i4(s.lines, 4 + 12 * l.line)::float8
  end as hit_rate,
  case
    when not p.is_total and wuji_store.i4(s.lines, 12 + 12 * l.line) > 0
      then wuji_store.i4(s.lines, 8 + 12 * l.line)::float8 / wuji_store.i4(s.lines, 12 + 12 * l.line)::float8
  end as contribution_rate
from wuji_store.exam as e
join wuji_store.line as l on l.run = e.run
join wuji_store.paper as p on p.run = e.run and p.paper = l.paper
join wuji_store.node as n on n.run = e.run and n.root = l.root
join wuji_store.paper_stat as s on s.run = e.run and s.paper = l.paper and s.node = n.node;

create view wuji.line_stat with (security_invoker = true) as
select
  exam,
  line,
  paper,
  level,
  node,
  line_mark,
  n,
  reached,
  rate,
  "both",
  hit_rate,
  contribution_rate
from wuji_store.line_stat_rows;
