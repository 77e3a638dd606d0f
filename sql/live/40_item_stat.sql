-- An item at a node. The state of a node's items lies in one value; a figure is worked out of its integers here, in
-- the very forms the engine uses in C (docs/statistics.md), so that both give the same doubles.

-- Grain: an item of a paper at a node that has rows on that paper.
--
-- vx = n·Σx² − (Σx)² and c = n·Σxt − Σx·Σt are n² times the item's variance and its covariance with the total,
-- vr = V + vx − 2c is that of the rest; all three are exact. For a wide row the engine's own doubles stand in `reals`.
--
-- The lateral query decodes the integers once for all the columns that use them. `limit 1` keeps the planner from
-- folding it into the columns, where every use would decode again (a school with its 20 classes on one paper 3.4 ms
-- instead of 16, all 400 schools 33 ms instead of 300). It holds no column that anyone filters by, so nothing is kept
-- from the indexes. Its condition says again what the join says: the planner may run it before it has compared papers,
-- and an item of a longer paper would lie beyond the state.
create view wuji_store.item_stat_rows with (security_invoker = true) as
select
  s.paper as paper_ordinal,
  i.item as item_ordinal,
  s.node as node_ordinal,
  e.exam,
  p.code as paper,
  i.name as item,
  n.level,
  n.path as node,
  s.n,
  i.max_mark,
  case
    when s.n > 0 then x.sx::float8 / (s.n::bigint * p.units)::float8
  end as mean,
  case
    when s.wide then s.reals[5 * i.item + 1]
    when s.n >= 2
      then sqrt((s.n * x.sxx - x.sx * x.sx)::float8 / (s.n::bigint * (s.n - 1))::float8) / p.units::float8
  end as sd,
  case
    when s.n > 0 then x.sx::float8 / (s.n::bigint * i.max_units)::float8
  end as difficulty,
  case
    when s.wide then s.reals[5 * i.item + 2]
    when s.n >= 4 then x.d::float8 / (s.group_weight * i.max_units)::float8
  end as discrimination,
  case
    when s.wide then s.reals[5 * i.item + 3]
    when (s.n * x.sxx - x.sx * x.sx) > 0 and s.var_total > 0
      then wuji_store.correlation(
        (s.n * x.sxt - x.sx * s.sum_total)::float8
          / sqrt((s.n * x.sxx - x.sx * x.sx)::float8 * s.var_total::float8))
  end as r_total,
  case
    when s.wide then s.reals[5 * i.item + 4]
    when (s.n * x.sxx - x.sx * x.sx) > 0
      and (s.var_total + (s.n * x.sxx - x.sx * x.sx) - 2 * (s.n * x.sxt - x.sx * s.sum_total)) > 0
      then wuji_store.correlation(
        ((s.n * x.sxt - x.sx * s.sum_total) - (s.n * x.sxx - x.sx * x.sx))::float8
          / sqrt((s.n * x.sxx - x.sx * x.sx)::float8
            * (s.var_total + (s.n * x.sxx - x.sx * x.sx) - 2 * (s.n * x.sxt - x.sx * s.sum_total))::float8))
  end as r_rest,
  case
    when s.wide then s.reals[5 * i.item + 5]
    when (s.varying - ((s.n * x.sxx - x.sx * x.sx) > 0)::integer) >= 2
      and (s.var_total + (s.n * x.sxx - x.sx * x.sx) - 2 * (s.n * x.sxt - x.sx * s.sum_total)) > 0
      then (s.varying - ((s.n * x.sxx - x.sx * x.sx) > 0)::integer)::float8
        / ((s.varying - ((s.n * x.sxx - x.sx * x.sx) > 0)::integer) - 1)::float8
        * (1.0::float8 - (s.var_items - (s.n * x.sxx - x.sx * x.sx))::float8
          / (s.var_total + (s.n * x.sxx - x.sx * x.sx) - 2 * (s.n * x.sxt - x.sx * s.sum_total))::float8)
  end as alpha_drop,
  case
    when s.n > 0 then x.full_count::float8 / s.n::float8
  end as "full",
  case
    when s.n > 0 then x.zero_count::float8 / s.n::float8
  end as zero,
  case
    when s.n > 0 then x.blank_count::float8 / s.n::float8
  end as blank
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.item as i on i.run = e.run and i.paper = p.paper
join wuji_store.node as n on n.run = e.run
join wuji_store.item_stat as s on s.run = e.run and s.paper = p.paper and s.node = n.node
cross join lateral (
  select
    case
      when s.wide then wuji_store.i8(s.state, 20 * i.item)
      else wuji_store.i4(s.state, 22 * i.item)
    end as sx,
    case
      when not s.wide then wuji_store.i4(s.state, 22 * i.item + 4)::bigint
    end as sxx,
    case
      when not s.wide then wuji_store.i4(s.state, 22 * i.item + 8)::bigint
    end as sxt,
    case
      when not s.wide then wuji_store.i4(s.state, 22 * i.item + 12)
    end as d,
    case
      when s.wide then wuji_store.i4(s.state, 20 * i.item + 8)
      else wuji_store.u2(s.state, 22 * i.item + 16)
    end as full_count,
    case
      when s.wide then wuji_store.i4(s.state, 20 * i.item + 12)
      else wuji_store.u2(s.state, 22 * i.item + 18)
    end as zero_count,
    case
      when s.wide then wuji_store.i4(s.state, 20 * i.item + 16)
      else wuji_store.u2(s.state, 22 * i.item + 20)
    end as blank_count
  where i.run = s.run and i.paper = s.paper
  limit 1
) as x;

create view wuji.item_stat with (security_invoker = true) as
select
  exam,
  paper,
  item,
  level,
  node,
  n,
  max_mark,
  mean,
  sd,
  difficulty,
  discrimination,
  r_total,
  r_rest,
  alpha_drop,
  "full",
  zero,
  blank
from wuji_store.item_stat_rows;
