-- Value-added growth. As in the first migration: keyed by run, written once, packed columns big-endian, inline and
-- uncompressed.

alter table wuji_store.run
  -- Digest of what the growth of this run rests on besides the content: the content of exams stored before whose papers
  -- are priors, and what the command line said in the place of exam.ini. Null where there is neither.
  add column growth bytea;

-- One row an outcome (a paper or the total) and a node that has rows on it: all models in one row.
create table wuji_store.node_growth (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null, -- cases
  present integer not null, -- counted candidates present on the outcome
  intake double precision,
  figures double precision[] not null, -- five a model, hlm, contextual, residual: own, own_se, effect, se, effect_sd
  ranks bytea not null, -- two u4 a model: rank_lo95, rank_hi95; 0 for none
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.node_growth alter column figures set storage external;
alter table wuji_store.node_growth alter column ranks set storage external;

-- One row a figure of a fitted model, an outcome and a root; numbered from 0 in the order in which they are shown.
create table wuji_store.growth_fit (
  run integer not null,
  root integer not null,
  paper smallint not null,
  ordinal integer not null,
  model text not null,
  part text not null, -- fixed, variance, fit
  term text collate "C" not null,
  estimate double precision,
  se double precision,
  primary key (run, root, paper, ordinal)
);

-- One row a figure by which the models can be judged, an outcome and a root; numbered likewise.
create table wuji_store.growth_check (
  run integer not null,
  root integer not null,
  paper smallint not null,
  ordinal integer not null,
  model text, -- null: of the cases, whatever the model
  "check" text not null,
  key text,
  value double precision,
  primary key (run, root, paper, ordinal)
);

-- One row an outcome and a chunk of candidates, the chunks of wuji_store.marks: the marks that least squares on the
-- priors let expect, by slot; a null for who is no case.
create table wuji_store.student_growth (
  run integer not null,
  paper smallint not null,
  chunk integer not null,
  expected double precision[] not null,
  primary key (run, paper, chunk)
) with (toast_tuple_target = 8160);
alter table wuji_store.student_growth alter column expected set storage external;

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
      and (c.relname in ('node_growth', 'growth_fit', 'growth_check', 'student_growth')
        or c.relname = 'run' and a.attname = 'growth')
      and c.relkind = 'r'
      and a.attnum > 0
  loop
    execute format('alter table wuji_store.%I alter column %I set statistics %s', field.relname, field.attname, field.target);
  end loop;
end
$$;
