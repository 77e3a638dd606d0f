-- The whole content of an exam, so that it can be read back and analysed again without its package: what was chosen, what
-- the markers gave, earlier results, and exam.ini itself. A run can hold the content alone: then `ingested` points to it,
-- and no view sees it.

alter table wuji_store.run
  add column content bytea, -- digest of the content, 32 bytes; with the next two null in runs of before
  add column statistics integer, -- version of the statistics; null where there are none yet
  add column plan text; -- exam.ini, UTF-8, lines ended by LF

-- One row an exam whose content has been stored and not been analysed yet: the pointer to its run.
create table wuji_store.ingested (
  exam text collate "C" primary key,
  run integer not null unique references wuji_store.run (run)
);

alter table wuji_store.paper
  add column segment_billionths bigint, -- width of a score segment once more, exactly; null for the total
  add column choices integer, -- items with options that were chosen; null for the total
  add column chosen_width smallint; -- bytes a code in wuji_store.chosen; 0 for none and for the total

alter table wuji_store.item
  add column choice smallint, -- its place among the paper's choices; null where nobody says what was chosen
  add column chosen_options text; -- what was chosen on it, by code from 0, each ended by ';': code 0, none, is empty

-- One row an option (or options chosen together) of an item, by code from 0 in the order of the bytes of `option`.
create table wuji_store.choice_option (
  run integer not null,
  paper smallint not null,
  item smallint not null,
  code integer not null,
  option text collate "C" not null, -- letters and digits, ascending; empty: none chosen
  is_key boolean not null,
  listed boolean not null, -- has rows of its own in the tables of options
  primary key (run, paper, item, code)
);

-- One row a paper with choices and a chunk of candidates, the chunks of wuji_store.marks: what they chose, a candidate
-- after the other, a choice after the other, each a code of `chosen_width` bytes; 0 for those who are not present.
create table wuji_store.chosen (
  run integer not null,
  paper smallint not null,
  chunk integer not null,
  chosen bytea not null,
  primary key (run, paper, chunk)
) with (toast_tuple_target = 8160);
alter table wuji_store.chosen alter column chosen set storage external;

-- One row a marker of a paper, numbered by the bytes of the name.
create table wuji_store.marker (
  run integer not null,
  paper smallint not null,
  marker integer not null,
  name text collate "C" not null,
  primary key (run, paper, marker)
);

-- One row a paper with markers' marks and a chunk of candidates that has any, the chunks of wuji_store.marks: 17 bytes a
-- mark, by slot, item and round: u2 slot, u2 item, u1 round, u4 marker, u4 hundredths of a mark, u4 hundredths of a
-- second (all ones: not given).
create table wuji_store.marking (
  run integer not null,
  paper smallint not null,
  chunk integer not null,
  markings bytea not null,
  primary key (run, paper, chunk)
) with (toast_tuple_target = 8160);
alter table wuji_store.marking alter column markings set storage external;

-- One row an earlier result that the package brings, in the file's order.
create table wuji_store.prior (
  run integer not null,
  prior integer not null,
  name text collate "C" not null,
  primary key (run, prior)
);

-- One row an earlier result and a chunk of candidates, the chunks of wuji_store.marks: a double (8 bytes, big-endian IEEE
-- 754) each; NaN where it is not given.
create table wuji_store.prior_value (
  run integer not null,
  prior integer not null,
  chunk integer not null,
  given bytea not null,
  primary key (run, prior, chunk)
) with (toast_tuple_target = 8160);
alter table wuji_store.prior_value alter column given set storage external;

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
        when c.relname = 'ingested' and a.attname = 'run' then 0
        when c.relname in ('chosen', 'marking', 'prior_value') or a.atttypid = 'bytea'::regtype then 1
        else 10
      end as target
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid
    where c.relnamespace = 'wuji_store'::regnamespace
      and c.relkind = 'r'
      and a.attnum > 0
      and coalesce(a.attstattarget, -1) = -1
      and c.relname not in ('migration', 'live')
  loop
    execute format('alter table wuji_store.%I alter column %I set statistics %s', field.relname, field.attname, field.target);
  end loop;
end
$$;
