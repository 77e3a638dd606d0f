-- What a node's candidates are counted by: rank bands, the aspects of a paper, the marks on its items. As in the first
-- migration: keyed by run, written once, packed columns big-endian, inline and uncompressed. What the packed places
-- stand for is one list an exam, a table of its own beside each.

-- One row a rank band (名次段) of a paper or the total, ascending by top, from 0.
create table wuji_store.band (
  run integer not null,
  paper smallint not null,
  band smallint not null,
  top integer not null, -- the root's first so many
  primary key (run, paper, band)
);

-- One row a paper (or the total) that has rank bands and a node that has rows on it.
create table wuji_store.band_stat (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null,
  counts bytea not null, -- u4 a band: candidates whose rank in the root is at most its top
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.band_stat alter column counts set storage external;

-- One row a value of an aspect of a paper, points first, then abilities, then kinds, each as they first appear; from 0.
create table wuji_store.aspect_value (
  run integer not null,
  paper smallint not null,
  value integer not null,
  aspect text not null, -- point, ability, kind
  name text collate "C" not null,
  items integer not null,
  full_units integer not null, -- sum of the items' maxima
  full_mark double precision not null,
  primary key (run, paper, value)
);

-- One row a paper that has such values and a node that has rows on it: the exact state of all its values. The parent's
-- sums stand here too, so that a gap reads no second row.
create table wuji_store.point_stat (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null,
  parent_n integer, -- null at a root
  wide boolean not null,
  -- y is a candidate's mark on the items of a value. 16 bytes a value, not wide: i4 Σy, i8 Σy², i4 Σy of the parent;
  -- wide: i8 Σy, i8 Σy of the parent.
  state bytea not null,
  sds double precision[], -- wide only: sd of each value
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.point_stat alter column state set storage external;
alter table wuji_store.point_stat alter column sds set storage external;

-- One row a mark that somebody got on an item: ascending by item and mark, a blank last; from 0.
create table wuji_store.mark_value (
  run integer not null,
  paper smallint not null,
  value integer not null,
  item smallint not null,
  name text collate "C" not null, -- of the item
  mark double precision, -- null: blank
  -- Where a node's count of it lies: place `place` of piece `piece`. Stored, not computed, as are chunk and slot.
  piece integer not null,
  place integer not null,
  primary key (run, paper, value)
);

-- One row a paper, a node from the school up, and as many marks as fill a page (nearly always all of them).
create table wuji_store.mark_stat (
  run integer not null,
  paper smallint not null,
  node integer not null,
  piece integer not null,
  n integer not null,
  counts bytea not null, -- u4 a mark: candidates who got it
  primary key (run, node, paper, piece)
) with (toast_tuple_target = 8160);
alter table wuji_store.mark_stat alter column counts set storage external;

-- Statistics for the planner, by the rule of the first migration.
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
      and c.relname in ('band', 'band_stat', 'aspect_value', 'point_stat', 'mark_value', 'mark_stat')
      and c.relkind = 'r'
      and a.attnum > 0
  loop
    execute format('alter table wuji_store.%I alter column %I set statistics %s', field.relname, field.attname, field.target);
  end loop;
end
$$;
