-- What the package said: exam, paper, item, line, student, node. A view wuji_store.X_rows carries the ordinals that
-- order table X, and wuji.X is the table without them. All views run with the rights of who reads them.

-- Grain: a published exam.
create view wuji.exam with (security_invoker = true) as
select
  e.exam,
  r.name,
  r.date,
  r.candidates,
  e.run,
  r.published_at
from wuji_store.exam as e
join wuji_store.run as r on r.run = e.run;

-- Grain: a paper of a published exam, the total included.
create view wuji_store.paper_rows with (security_invoker = true) as
select
  p.paper as paper_ordinal,
  e.exam,
  p.code as paper,
  p.name,
  p.full_mark,
  p.in_total,
  1.0::float8 / p.units::float8 as step,
  p.items
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run;

create view wuji.paper with (security_invoker = true) as
select
  exam,
  paper,
  name,
  full_mark,
  in_total,
  step,
  items
from wuji_store.paper_rows;

-- Grain: an item of a paper.
create view wuji_store.item_rows with (security_invoker = true) as
select
  p.paper as paper_ordinal,
  i.item as item_ordinal,
  e.exam,
  p.code as paper,
  i.name as item,
  i.item + 1 as ordinal,
  i.max_mark,
  i.kind,
  i.key,
  i.points,
  i.ability,
  i.planned_difficulty
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.item as i on i.run = e.run and i.paper = p.paper;

create view wuji.item with (security_invoker = true) as
select
  exam,
  paper,
  item,
  ordinal,
  max_mark,
  kind,
  key,
  points,
  ability,
  planned_difficulty
from wuji_store.item_rows;

-- Grain: a line at a root.
create view wuji_store.line_rows with (security_invoker = true) as
select
  l.root as root_ordinal,
  l.line as line_ordinal,
  e.exam,
  r.path as root,
  l.name as line,
  l.score,
  l.share,
  l.line_mark
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run and p.is_total
join wuji_store.line as l on l.run = e.run and l.paper = p.paper
join wuji_store.node as r on r.run = e.run and r.node = l.root;

create view wuji.line with (security_invoker = true) as
select
  exam,
  root,
  line,
  score,
  share,
  line_mark
from wuji_store.line_rows;

-- Grain: a candidate, counted or not.
create view wuji_store.student_rows with (security_invoker = true) as
select
  c.row as row_ordinal,
  e.exam,
  c.student_id,
  c.person_id,
  c.name,
  c.sex,
  k.path as node,
  c.counted,
  c.attributes
from wuji_store.exam as e
join wuji_store.candidate as c on c.run = e.run
join wuji_store.node as k on k.run = e.run and k.node = c.class;

create view wuji.student with (security_invoker = true) as
select
  exam,
  student_id,
  person_id,
  name,
  sex,
  node,
  counted,
  attributes
from wuji_store.student_rows;

-- Grain: a node.
create view wuji_store.node_rows with (security_invoker = true) as
select
  n.node as node_ordinal,
  e.exam,
  n.level,
  n.path as node,
  n.parent_path as parent,
  n.name,
  n.candidates
from wuji_store.exam as e
join wuji_store.node as n on n.run = e.run;

create view wuji.node with (security_invoker = true) as
select
  exam,
  level,
  node,
  parent,
  name,
  candidates
from wuji_store.node_rows;
