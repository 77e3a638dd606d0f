-- Options at a node, and items and options over its fifths. As for items (40_item_stat.sql) the forms are the engine's
-- own, and a lateral query with `limit 1` decodes the counts once for all columns.

-- Grain: an option of a paper at a node that has rows on that paper.
--
-- chosen·(n − chosen) and n·Σt − chosen·S are n² times the variance of choosing it and its covariance with the total. For
-- a wide row the engine's own doubles stand in `reals`.
create view wuji_store.option_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  o.option as option_ordinal,
  s.node as node_ordinal,
  e.exam,
  p.code as paper,
  o.item_name as item,
  o.text as option,
  n.level,
  n.path as node,
  o.is_key,
  s.n,
  x.chosen::integer as chosen,
  case
    when s.n > 0 then x.chosen::float8 / s.n::float8
  end as share,
  case
    when s.form = 4 then s.reals[4 * o.option + 1]
    when s.group_size > 0
      then (x.above * s.top_count + x.at_top * s.top_rest)::float8 / (s.top_count::bigint * s.group_size)::float8
  end as share_top,
  case
    when s.form = 4 then s.reals[4 * o.option + 2]
    when s.group_size > 0
      then (x.below * s.bottom_count + x.at_bottom * s.bottom_rest)::float8
        / (s.bottom_count::bigint * s.group_size)::float8
  end as share_bottom,
  case
    when s.form = 4 then s.reals[4 * o.option + 3]
    when x.chosen * (s.n - x.chosen) > 0 and s.var_total > 0
      then wuji_store.correlation(
        (s.n * x.total - x.chosen * s.sum_total)::float8
          / sqrt((x.chosen * (s.n - x.chosen))::float8 * s.var_total::float8))
  end as r_total,
  case
    when s.form = 4 then s.reals[4 * o.option + 4]
    when x.chosen > 0 then x.total::float8 / (x.chosen * p.units)::float8
  end as mean_total
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.option as o on o.run = e.run and o.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.option_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node
cross join lateral (
  select
    case s.form
      when 1 then get_byte(s.state, 8 * o.option)
      when 2 then wuji_store.u2(s.state, 14 * o.option)
      else wuji_store.i4(s.state, 4 * o.option)
    end::bigint as chosen,
    case s.form
      when 1 then wuji_store.u3(s.state, 8 * o.option + 1)::bigint
      when 2 then wuji_store.i4(s.state, 14 * o.option + 2)::bigint & 4294967295 -- unsigned
    end as total,
    case s.form
      when 1 then get_byte(s.state, 8 * o.option + 4)
      when 2 then wuji_store.u2(s.state, 14 * o.option + 6)
    end::bigint as above,
    case s.form
      when 1 then get_byte(s.state, 8 * o.option + 5)
      when 2 then wuji_store.u2(s.state, 14 * o.option + 8)
    end::bigint as at_top,
    case s.form
      when 1 then get_byte(s.state, 8 * o.option + 6)
      when 2 then wuji_store.u2(s.state, 14 * o.option + 10)
    end::bigint as below,
    case s.form
      when 1 then get_byte(s.state, 8 * o.option + 7)
      when 2 then wuji_store.u2(s.state, 14 * o.option + 12)
    end::bigint as at_bottom
  where o.run = s.run and o.paper = s.paper
  limit 1
) as x;

create view wuji.option_stat with (security_invoker = true) as
select
  exam,
  paper,
  item,
  option,
  level,
  node,
  is_key,
  n,
  chosen,
  share,
  share_top,
  share_bottom,
  r_total,
  mean_total
from wuji_store.option_stat_rows;

-- Grain: an item of a paper at a node, school and above, that has rows on that paper, and a fifth of it. A subscript on
-- a null array is null: there are no fifths of fewer than 10 candidates.
create view wuji_store.item_curve_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  i.item as item_ordinal,
  s.node as node_ordinal,
  e.exam,
  p.code as paper,
  i.name as item,
  n.level,
  n.path as node,
  f.fifth,
  case
    when s.totals is not null then s.n::float8 / 5.0::float8
  end as weight,
  s.totals[f.fifth] as mean_total,
  s.means[5 * i.item + f.fifth] as mean
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.item as i on i.run = e.run and i.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.item_curve as s on s.run = e.run and s.paper = p.paper and s.node = n.node
cross join (values (1), (2), (3), (4), (5)) as f (fifth);

create view wuji.item_curve with (security_invoker = true) as
select
  exam,
  paper,
  item,
  level,
  node,
  fifth,
  weight,
  mean_total,
  mean
from wuji_store.item_curve_rows;

-- Grain: likewise of an option.
create view wuji_store.option_curve_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  o.option as option_ordinal,
  s.node as node_ordinal,
  e.exam,
  p.code as paper,
  o.item_name as item,
  o.text as option,
  n.level,
  n.path as node,
  f.fifth,
  s.shares[5 * o.option + f.fifth] as share
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.option as o on o.run = e.run and o.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.option_curve as s on s.run = e.run and s.paper = p.paper and s.node = n.node
cross join (values (1), (2), (3), (4), (5)) as f (fifth);

create view wuji.option_curve with (security_invoker = true) as
select
  exam,
  paper,
  item,
  option,
  level,
  node,
  fifth,
  share
from wuji_store.option_curve_rows;
