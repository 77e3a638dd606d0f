-- A candidate on a paper, and on an item.

-- Grain: a candidate on a paper (total included) that he takes, decoded. Two branches, so that each is a join over
-- stored columns and a filter on school, node or student_id goes by an index: papers without teaching classes, where
-- the class is his own, and papers with, where class_member names it. The class node brings its school's path,
-- class_reference what the row needs of the nodes above. `limit 1` has a row looked up by its key. The standings of a school
-- lie in a few chunks, which the planner can't know: joining them it reads all chunks of the exam. And what is looked up
-- takes no part in the search for the best order of joins, so planning takes a third of the time.
create view wuji_store.score_state with (security_invoker = true) as
select
  p.paper as paper_ordinal,
  c.row as row_ordinal,
  e.exam,
  p.code as paper,
  c.student_id,
  k.parent_path as school,
  k.path as node,
  p.units,
  c.counted,
  get_byte(s.standings, 34 * c.slot) as status,
  wuji_store.u3(s.standings, 34 * c.slot + 1) as raw,
  r.means[p.paper + 1] as mean,
  r.sds[p.paper + 1] as sd,
  c.teachers ->> p.paper as teacher,
  wuji_store.u3(s.standings, 34 * c.slot + 4) as rank_class,
  wuji_store.u3(s.standings, 34 * c.slot + 10) as rank_school,
  wuji_store.u3(s.standings, 34 * c.slot + 16) as rank_county,
  wuji_store.u3(s.standings, 34 * c.slot + 22) as rank_city,
  wuji_store.u3(s.standings, 34 * c.slot + 28) as rank_province,
  wuji_store.u3(s.standings, 34 * c.slot + 7) as equal_class,
  wuji_store.u3(s.standings, 34 * c.slot + 13) as equal_school,
  wuji_store.u3(s.standings, 34 * c.slot + 19) as equal_county,
  wuji_store.u3(s.standings, 34 * c.slot + 25) as equal_city,
  wuji_store.u3(s.standings, 34 * c.slot + 31) as equal_province,
  wuji_store.i4(r.present, 20 * p.paper) as n_class,
  wuji_store.i4(r.present, 20 * p.paper + 4) as n_school,
  wuji_store.i4(r.present, 20 * p.paper + 8) as n_county,
  wuji_store.i4(r.present, 20 * p.paper + 12) as n_city,
  wuji_store.i4(r.present, 20 * p.paper + 16) as n_province
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run and not p.teaching_classes
join wuji_store.candidate as c on c.run = e.run
join wuji_store.node as k on k.run = e.run and k.node = c.class
cross join lateral (
  select f.present, f.means, f.sds
  from wuji_store.class_reference as f
  where f.run = k.run and f.class = k.node
  limit 1
) as r
cross join lateral (
  select t.standings
  from wuji_store.standing as t
  where t.run = c.run and t.paper = p.paper and t.chunk = c.chunk
  limit 1
) as s
where get_byte(s.standings, 34 * c.slot) <> 0
union all
select
  p.paper as paper_ordinal,
  c.row as row_ordinal,
  e.exam,
  p.code as paper,
  c.student_id,
  k.parent_path as school,
  k.path as node,
  p.units,
  c.counted,
  get_byte(s.standings, 34 * c.slot) as status,
  wuji_store.u3(s.standings, 34 * c.slot + 1) as raw,
  r.means[p.paper + 1] as mean,
  r.sds[p.paper + 1] as sd,
  c.teachers ->> p.paper as teacher,
  wuji_store.u3(s.standings, 34 * c.slot + 4) as rank_class,
  wuji_store.u3(s.standings, 34 * c.slot + 10) as rank_school,
  wuji_store.u3(s.standings, 34 * c.slot + 16) as rank_county,
  wuji_store.u3(s.standings, 34 * c.slot + 22) as rank_city,
  wuji_store.u3(s.standings, 34 * c.slot + 28) as rank_province,
  wuji_store.u3(s.standings, 34 * c.slot + 7) as equal_class,
  wuji_store.u3(s.standings, 34 * c.slot + 13) as equal_school,
  wuji_store.u3(s.standings, 34 * c.slot + 19) as equal_county,
  wuji_store.u3(s.standings, 34 * c.slot + 25) as equal_city,
  wuji_store.u3(s.standings, 34 * c.slot + 31) as equal_province,
  wuji_store.i4(r.present, 20 * p.paper) as n_class,
  wuji_store.i4(r.present, 20 * p.paper + 4) as n_school,
  wuji_store.i4(r.present, 20 * p.paper + 8) as n_county,
  wuji_store.i4(r.present, 20 * p.paper + 12) as n_city,
  wuji_store.i4(r.present, 20 * p.paper + 16) as n_province
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run and p.teaching_classes
join wuji_store.candidate as c on c.run = e.run
join wuji_store.class_member as m on m.run = e.run and m.paper = p.paper and m.row = c.row
join wuji_store.node as k on k.run = e.run and k.node = m.class
cross join lateral (
  select f.present, f.means, f.sds
  from wuji_store.class_reference as f
  where f.run = k.run and f.class = k.node
  limit 1
) as r
cross join lateral (
  select t.standings
  from wuji_store.standing as t
  where t.run = c.run and t.paper = p.paper and t.chunk = c.chunk
  limit 1
) as s
where get_byte(s.standings, 34 * c.slot) <> 0;

-- Grain: the same. Rank 0: not counted or not present.
create view wuji_store.student_score_rows with (security_invoker = true) as
select
  x.paper_ordinal,
  x.row_ordinal,
  x.exam,
  x.paper,
  x.student_id,
  x.school,
  x.node,
  case x.status
    when 1 then 'present'
    when 2 then 'absent'
    when 3 then 'void'
  end as status,
  case
    when x.status = 1 then x.raw::float8 / x.units::float8
  end as raw,
  null::float8 as scaled,
  case
    when x.rank_class > 0 and x.sd > 0 then (x.raw::float8 / x.units::float8 - x.mean) / x.sd
  end as z,
  case
    when x.rank_class > 0 and x.sd > 0
      then 50.0::float8 + 10.0::float8 * ((x.raw::float8 / x.units::float8 - x.mean) / x.sd)
  end as t,
  x.teacher,
  nullif(x.rank_class, 0) as rank_class,
  nullif(x.rank_school, 0) as rank_school,
  nullif(x.rank_county, 0) as rank_county,
  nullif(x.rank_city, 0) as rank_city,
  nullif(x.rank_province, 0) as rank_province,
  wuji_store.percentile(x.rank_class, x.equal_class, x.n_class) as pct_class,
  wuji_store.percentile(x.rank_school, x.equal_school, x.n_school) as pct_school,
  wuji_store.percentile(x.rank_county, x.equal_county, x.n_county) as pct_county,
  wuji_store.percentile(x.rank_city, x.equal_city, x.n_city) as pct_city,
  wuji_store.percentile(x.rank_province, x.equal_province, x.n_province) as pct_province,
  case
    when x.counted then x.n_class
  end as n_class,
  case
    when x.counted then x.n_school
  end as n_school,
  case
    when x.counted then x.n_county
  end as n_county,
  case
    when x.counted then x.n_city
  end as n_city,
  case
    when x.counted then x.n_province
  end as n_province
from wuji_store.score_state as x;

create view wuji.student_score with (security_invoker = true) as
select
  exam,
  paper,
  student_id,
  school,
  node,
  status,
  raw,
  scaled,
  z,
  t,
  teacher,
  rank_class,
  rank_school,
  rank_county,
  rank_city,
  rank_province,
  pct_class,
  pct_school,
  pct_county,
  pct_city,
  pct_province,
  n_class,
  n_school,
  n_county,
  n_city,
  n_province
from wuji_store.student_score_rows;

-- Grain: a counted candidate present on a paper, and an item of it. His marks are `items` values of `width` bytes in row `slot`
-- of the chunk; the width's four highest values are a blank, and absent, void and not taken of those who are not present:
-- the condition keeps those out. It is a case because the planner takes that for one row in two. What he chose is a code
-- likewise, of an item that has a choice; its text stands in the item. (Six relations, one of them for papers that say
-- what was chosen.)
create view wuji_store.item_score_rows with (security_invoker = true) as
select
  p.paper as paper_ordinal,
  i.item as item_ordinal,
  c.row as row_ordinal,
  e.exam,
  p.code as paper,
  i.name as item,
  c.student_id,
  case p.width
    when 1 then nullif(get_byte(m.marks, c.slot * p.items + i.item), 255)
    when 2 then nullif(wuji_store.u2(m.marks, 2 * (c.slot * p.items + i.item)), 65535)
    else nullif(wuji_store.i4(m.marks, 4 * (c.slot * p.items + i.item)), -1)
  end::float8 / p.units::float8 as mark,
  nullif(
    split_part(
      i.chosen_options,
      ';',
      1 + case p.chosen_width
        when 1 then get_byte(h.chosen, c.slot * p.choices + i.choice)
        when 2 then wuji_store.u2(h.chosen, 2 * (c.slot * p.choices + i.choice))
      end),
    '') as option
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.item as i on i.run = e.run and i.paper = p.paper
join wuji_store.candidate as c on c.run = e.run
join wuji_store.marks as m on m.run = e.run and m.paper = p.paper and m.chunk = c.chunk
left join wuji_store.chosen as h on h.run = e.run and h.paper = p.paper and h.chunk = c.chunk
where c.counted
  and case p.width
    when 1 then get_byte(m.marks, c.slot * p.items + i.item) not between 252 and 254
    when 2 then wuji_store.u2(m.marks, 2 * (c.slot * p.items + i.item)) not between 65532 and 65534
    else wuji_store.i4(m.marks, 4 * (c.slot * p.items + i.item)) not between -4 and -2
  end;

create view wuji.item_score with (security_invoker = true) as
select
  exam,
  paper,
  item,
  student_id,
  mark,
  option
from wuji_store.item_score_rows;
