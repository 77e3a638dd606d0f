-- What was chosen, and how items and options behave over ability.

-- One row an option that has rows of its own, a paper's options from 0: by item, then by the bytes of `text`.
create table wuji_store.option (
  run integer not null,
  paper smallint not null,
  option integer not null,
  item smallint not null,
  item_name text collate "C" not null, -- here, so that views of options join one table less
  text text collate "C" not null, -- letters and digits, ascending; empty: none chosen
  is_key boolean not null,
  primary key (run, paper, option)
);

-- One row a paper with options and a node that has rows on it: the exact counts of all its options in one value, from
-- which the view works the statistics out.
create table wuji_store.option_stat (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null,
  form smallint not null, -- bytes of a count in `state`; 4: wide
  sum_total bigint, -- S = Σt in units; with the next six null where wide
  var_total bigint, -- V = n·Σt² − S²
  group_size integer, -- weight k of a 27 % group; 0 for none, as are the next four
  top_count integer, -- candidates at the boundary total of the top group, and what they bring to its weight
  top_rest integer,
  bottom_count integer,
  bottom_rest integer,
  -- An option after the other. Form 1, 8 bytes: u1 chosen, u3 Σt of the choosers, and of them u1 above the top boundary,
  -- u1 at it, u1 below the bottom one, u1 at it. Form 2, 14 bytes: u2, u4, 4 × u2. Wide (a node whose sums need more),
  -- 4 bytes: u4 chosen; the rest is in `reals`, four an option: share_top, share_bottom, r_total, mean_total.
  state bytea not null,
  reals double precision[],
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.option_stat alter column state set storage external;
alter table wuji_store.option_stat alter column reals set storage external;

-- One row a paper and a node, school and above, that has rows on it: the means over its five fifths, the lowest first;
-- both null where it has fewer than 10 candidates.
create table wuji_store.item_curve (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null,
  totals double precision[], -- of the paper's total, marks
  means double precision[], -- of its items, five an item, marks
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.item_curve alter column totals set storage external;
alter table wuji_store.item_curve alter column means set storage external;

-- One row a paper with options and a node likewise: the share that chose each option, five an option.
create table wuji_store.option_curve (
  run integer not null,
  paper smallint not null,
  node integer not null,
  shares double precision[],
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.option_curve alter column shares set storage external;

-- Statistics for the planner as in 0001, for what has come with this migration.
do $$
declare
  field record;
begin
  for field in
    select
      c.relname,
      a.attname,
      case
        when a.atttypid in ('bytea'::regtype, 'float8[]'::regtype) then 1
        else 10
      end as target
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid
    where c.relnamespace = 'wuji_store'::regnamespace
      and c.relname in ('option', 'option_stat', 'item_curve', 'option_curve')
      and a.attnum > 0
  loop
    execute format('alter table wuji_store.%I alter column %I set statistics %s', field.relname, field.attname, field.target);
  end loop;
end
$$;
