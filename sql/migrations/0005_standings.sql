-- Content and statistics apart. Before this migration a candidate's scores stood in his own row and a class node carried
-- the candidates of its levels, so that an exam whose content was stored already had to be written once more, whole, to
-- be published. From here on a table is content or statistics, never both: the content of an exam can be written while
-- its statistics are still being computed, and a run that was kept to be analysed becomes the published one.

-- The views stand upon columns that go below; sql/live makes them anew when all migrations are through. No cascade: see
-- sql/live/00_clear.sql.
do $$
declare
  made record;
begin
  for made in
    select n.nspname, c.relname
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('wuji', 'wuji_store') and c.relkind = 'v'
    order by n.nspname, c.oid desc
  loop
    execute format('drop view %I.%I', made.nspname, made.relname);
  end loop;
end
$$;
delete from wuji_store.live;

-- Candidates a chunk of the run's packed tables. Null in runs of before; a later migration that adds to what is stored
-- of the content makes it null once more: statistics are only added to content that lies as this program writes it.
-- A run that is kept and has `statistics` is being analysed, or was when its process was killed.
alter table wuji_store.run add column chunk_rows integer;

-- One row a paper (the total included) and a chunk of candidates, the chunks of wuji_store.marks: 34 bytes a candidate:
-- u1 status (0 not taken, 1 present, 2 absent, 3 void), u3 raw units, then for class, school, county, city and province
-- u3 rank and u3 candidates of that very total, himself included (0: none).
create table wuji_store.standing (
  run integer not null,
  paper smallint not null,
  chunk integer not null,
  standings bytea not null,
  primary key (run, paper, chunk)
) with (toast_tuple_target = 8160);
alter table wuji_store.standing alter column standings set storage external;

-- One row a class node: what the rows of its candidates need of the nodes above it, so that student_score reads one of
-- them and no more. Every value has one element a paper, total last.
create table wuji_store.class_reference (
  run integer not null,
  class integer not null,
  -- 5 × u4 a paper: present and counted candidates of the class, of its school, county, city and province
  present bytea not null,
  means double precision[] not null, -- of its root: what z and t are measured against
  sds double precision[] not null,
  primary key (run, class)
) with (toast_tuple_target = 8160);
alter table wuji_store.class_reference alter column present set storage external;
alter table wuji_store.class_reference alter column means set storage external;
alter table wuji_store.class_reference alter column sds set storage external;

-- Published exams keep their tables. Content that is only kept has no statistics yet.
insert into wuji_store.standing (run, paper, chunk, standings)
select
  c.run,
  p.paper,
  c.chunk,
  string_agg(substr(c.scores, 34 * p.paper + 1, 34), ''::bytea order by c.slot)
from wuji_store.exam as e
join wuji_store.paper as p on p.run = e.run
join wuji_store.candidate as c on c.run = e.run
group by c.run, p.paper, c.chunk;

insert into wuji_store.class_reference (run, class, present, means, sds)
select
  n.run,
  n.node,
  n.present,
  array_agg(r.mean order by r.paper),
  array_agg(r.sd order by r.paper)
from wuji_store.exam as e
join wuji_store.node as n on n.run = e.run and n.present is not null
join wuji_store.reference as r on r.run = e.run and r.root = n.root
group by n.run, n.node, n.present;

alter table wuji_store.candidate drop column scores;
alter table wuji_store.node drop column present;
drop table wuji_store.reference;

-- Statistics for the planner as in 0001. Elements of arrays are none of its business, and sampling them took longer than
-- all the rest: of arrays that are never null not even the width is worth it.
alter table wuji_store.standing
  alter column run set statistics 10,
  alter column paper set statistics 10,
  alter column chunk set statistics 10,
  alter column standings set statistics 1;
alter table wuji_store.class_reference
  alter column run set statistics 10,
  alter column class set statistics 10,
  alter column present set statistics 1,
  alter column means set statistics 0,
  alter column sds set statistics 0;
alter table wuji_store.item_curve
  alter column totals set statistics 0,
  alter column means set statistics 0;
alter table wuji_store.option_curve alter column shares set statistics 0;
