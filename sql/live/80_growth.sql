-- Value-added growth.

-- Grain: an outcome (a paper or the total), a model and a node.
create view wuji_store.node_growth_rows with (security_invoker = true) as
select
  g.paper as paper_ordinal,
  m.model_ordinal,
  g.node as node_ordinal,
  e.exam,
  p.code as outcome,
  m.model,
  n.level,
  n.path as node,
  g.n,
  case
    when g.present > 0 then g.n::float8 / g.present::float8
  end as coverage,
  g.intake,
  g.figures[5 * m.model_ordinal + 1] as own,
  g.figures[5 * m.model_ordinal + 2] as own_se,
  g.figures[5 * m.model_ordinal + 3] as effect,
  g.figures[5 * m.model_ordinal + 4] as se,
  g.figures[5 * m.model_ordinal + 3] - 1.96::float8 * g.figures[5 * m.model_ordinal + 4] as lo95,
  g.figures[5 * m.model_ordinal + 3] + 1.96::float8 * g.figures[5 * m.model_ordinal + 4] as hi95,
  g.figures[5 * m.model_ordinal + 5] as effect_sd,
  null::float8 as median_sgp,
  nullif(wuji_store.i4(g.ranks, 8 * m.model_ordinal), 0) as rank_lo95,
  nullif(wuji_store.i4(g.ranks, 8 * m.model_ordinal + 4), 0) as rank_hi95
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.node as n on n.run = e.run
join wuji_store.node_growth as g on g.run = e.run and g.paper = p.paper and g.node = n.node
cross join (values (0, 'hlm'), (1, 'contextual'), (2, 'residual')) as m (model_ordinal, model);

create view wuji.node_growth with (security_invoker = true) as
select
  exam,
  outcome,
  model,
  level,
  node,
  n,
  coverage,
  intake,
  own,
  own_se,
  effect,
  se,
  lo95,
  hi95,
  effect_sd,
  median_sgp,
  rank_lo95,
  rank_hi95
from wuji_store.node_growth_rows;

-- Grain: a figure of a fitted model, an outcome and a root.
create view wuji_store.growth_fit_rows with (security_invoker = true) as
select
  f.root as root_ordinal,
  f.paper as paper_ordinal,
  f.ordinal as term_ordinal,
  e.exam,
  r.path as root,
  p.code as outcome,
  f.model,
  f.part,
  f.term,
  f.estimate,
  f.se
from wuji_store.exam as e
join wuji_store.growth_fit as f on f.run = e.run
join wuji_store.paper as p on p.run = e.run and p.paper = f.paper
join wuji_store.node as r on r.run = e.run and r.node = f.root;

create view wuji.growth_fit with (security_invoker = true) as
select
  exam,
  root,
  outcome,
  model,
  part,
  term,
  estimate,
  se
from wuji_store.growth_fit_rows;

-- Grain: a figure by which the models can be judged, an outcome and a root.
create view wuji_store.growth_check_rows with (security_invoker = true) as
select
  c.root as root_ordinal,
  c.paper as paper_ordinal,
  c.ordinal as check_ordinal,
  e.exam,
  r.path as root,
  p.code as outcome,
  c.model,
  c."check",
  c.key,
  c.value
from wuji_store.exam as e
join wuji_store.growth_check as c on c.run = e.run
join wuji_store.paper as p on p.run = e.run and p.paper = c.paper
join wuji_store.node as r on r.run = e.run and r.node = c.root;

create view wuji.growth_check with (security_invoker = true) as
select
  exam,
  root,
  outcome,
  model,
  "check",
  key,
  value
from wuji_store.growth_check_rows;

-- Grain: an outcome and a candidate with an expected mark. Two branches as in score_state: outcomes without teaching
-- classes, where the class is his own, and papers with.
create view wuji_store.student_growth_rows with (security_invoker = true) as
select
  g.paper as paper_ordinal,
  c.row as row_ordinal,
  e.exam,
  p.code as outcome,
  c.student_id,
  k.path as node,
  g.expected[c.slot + 1] as expected,
  wuji_store.u3(s.standings, 34 * c.slot + 1)::float8 / p.units::float8 - g.expected[c.slot + 1] as residual,
  null::integer as sgp,
  null::integer as sgp_order
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run and not p.teaching_classes
join wuji_store.candidate as c on c.run = e.run
join wuji_store.node as k on k.run = e.run and k.node = c.class
join wuji_store.student_growth as g on g.run = e.run and g.paper = p.paper and g.chunk = c.chunk
join wuji_store.standing as s on s.run = e.run and s.paper = p.paper and s.chunk = c.chunk
where g.expected[c.slot + 1] is not null
union all
select
  g.paper as paper_ordinal,
  c.row as row_ordinal,
  e.exam,
  p.code as outcome,
  c.student_id,
  k.path as node,
  g.expected[c.slot + 1] as expected,
  wuji_store.u3(s.standings, 34 * c.slot + 1)::float8 / p.units::float8 - g.expected[c.slot + 1] as residual,
  null::integer as sgp,
  null::integer as sgp_order
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run and p.teaching_classes
join wuji_store.candidate as c on c.run = e.run
join wuji_store.class_member as m on m.run = e.run and m.paper = p.paper and m.row = c.row
join wuji_store.node as k on k.run = e.run and k.node = m.class
join wuji_store.student_growth as g on g.run = e.run and g.paper = p.paper and g.chunk = c.chunk
join wuji_store.standing as s on s.run = e.run and s.paper = p.paper and s.chunk = c.chunk
where g.expected[c.slot + 1] is not null;

create view wuji.student_growth with (security_invoker = true) as
select
  exam,
  outcome,
  student_id,
  node,
  expected,
  residual,
  sgp,
  sgp_order
from wuji_store.student_growth_rows;
