-- How an exam lies in the database. Everything is keyed by `run`, one execution of the main job; `exam` points to the
-- run that readers see. Publishing is one change of that pointer, so no table is ever made, dropped, attached or
-- locked by it, and readers never wait.
--
-- Rows are written once by binary COPY in key order and go by DELETE as a whole run: no fill factor is kept free, and
-- autovacuum (by its insert and delete thresholds) does all the rest. Text that is a key compares by bytes
-- (collate "C"), which is the order of the tables and makes prefix intervals of paths sargable.
--
-- Packed columns (bytea) hold big-endian integers and are read in place by get_byte. They must therefore never be
-- compressed or moved out of the row while the row fits a page: `storage external` forbids compression, and
-- toast_tuple_target = 8160 (a page's whole capacity) keeps them inline up to that size; a value larger than a page
-- still finds its way into TOAST instead of failing.

create schema wuji;

comment on schema wuji is 'The diagnostic tables of the published exams: views, one a table of docs/tables.md';
comment on schema wuji_store is 'How the tables lie underneath: packed, keyed by run. Read schema wuji instead';

-- One row a run: under way, published, or left behind by a process that was killed (removed by the next run).
create table wuji_store.run (
  run integer generated always as identity primary key,
  exam text collate "C" not null,
  begun_at timestamptz not null default now(),
  -- From here on by publishing; all null until then, but date, which may stay null:
  published_at timestamptz,
  name text,
  date date,
  candidates integer
);

-- One row a published exam: the pointer to its run.
create table wuji_store.exam (
  exam text collate "C" primary key,
  run integer not null unique references wuji_store.run (run)
);

-- One row a paper, in the package's order from 0, the exam's total last.
create table wuji_store.paper (
  run integer not null,
  paper smallint not null,
  code text collate "C" not null,
  name text,
  full_mark double precision not null,
  in_total boolean,
  units integer not null, -- units a mark: the step of the paper is 1/units
  segment double precision not null, -- width of a score segment, marks
  segments integer not null,
  items integer, -- null for the total
  width smallint not null, -- bytes a mark in wuji_store.marks; 0 for the total
  teaching_classes boolean not null, -- some candidate has a class of this paper's own: see class_member
  is_total boolean not null,
  primary key (run, paper),
  unique (run, code)
);

-- One row an item of a paper, in file order from 0.
create table wuji_store.item (
  run integer not null,
  paper smallint not null,
  item smallint not null,
  name text collate "C" not null,
  max_units integer not null,
  max_mark double precision not null,
  kind text,
  key text,
  options text,
  points text,
  ability text,
  planned_difficulty double precision,
  primary key (run, paper, item)
);

-- One row a line, a paper that counts into the total (and the total itself), and a root.
create table wuji_store.line (
  run integer not null,
  line smallint not null,
  paper smallint not null,
  root integer not null,
  name text collate "C" not null,
  score double precision,
  share double precision,
  line_mark double precision, -- null where nobody reached the line
  primary key (run, line, paper, root)
);

-- One row a paper (total included) and a root: what z and t are measured against.
create table wuji_store.reference (
  run integer not null,
  paper smallint not null,
  root integer not null,
  mean double precision,
  sd double precision,
  primary key (run, paper, root)
);

-- One row a node of the region tree, numbered in preorder.
create table wuji_store.node (
  run integer not null,
  node integer not null,
  level text not null,
  parent integer,
  root integer not null,
  name text not null,
  path text collate "C" not null,
  parent_path text collate "C",
  candidates integer not null,
  row0 integer not null, -- its candidates are the rows [row0, row1)
  row1 integer not null,
  own boolean not null, -- false: a mere teaching class
  -- Class nodes only: for every paper, total last, 5 × u4: present and counted candidates of the class on this paper,
  -- of its school, county, city and province. They stand here so that student_score reads no other node.
  present bytea,
  primary key (run, node),
  -- Path first: whoever names a node names its exam by a join, and a condition on `run` may come too late to be used.
  unique (path, run)
) with (toast_tuple_target = 8160);
alter table wuji_store.node alter column present set storage external;
create index node_parent_path on wuji_store.node (parent_path, run);

-- One row a candidate, in tree order.
create table wuji_store.candidate (
  run integer not null,
  row integer not null,
  student_id text collate "C" not null,
  person_id text collate "C" not null,
  name text,
  sex text,
  class integer not null, -- own class node
  counted boolean not null,
  attributes json, -- json, not jsonb: it keeps the text, and the text is what is exported
  chunk integer not null, -- where his marks are: row `slot` of chunk `chunk` of every paper. Stored, not computed:
  slot smallint not null, -- joining on row / n instead is ten times slower
  -- For every paper, total last, 34 bytes: u1 status (0 not taken, 1 present, 2 absent, 3 void), u3 raw units, then for
  -- class, school, county, city and province u3 rank and u3 candidates of that very total, himself included (0: none).
  scores bytea not null,
  teachers json, -- one text or null a paper; null where he has none
  primary key (run, row),
  unique (run, student_id)
) with (toast_tuple_target = 8160);
alter table wuji_store.candidate alter column scores set storage external;
create index candidate_class on wuji_store.candidate (run, class);

-- One row a candidate and a paper he takes, only for papers that name teaching classes: his class node on it.
create table wuji_store.class_member (
  run integer not null,
  paper smallint not null,
  row integer not null,
  class integer not null,
  primary key (run, paper, row)
);
create index class_member_class on wuji_store.class_member (run, class);

-- One row a paper and a chunk of candidates, as many as fill a page: their marks, a candidate after the other, an item
-- after the other, each `width` bytes; the four highest values say blank, absent, void, not taken.
create table wuji_store.marks (
  run integer not null,
  paper smallint not null,
  chunk integer not null,
  marks bytea not null,
  primary key (run, paper, chunk)
) with (toast_tuple_target = 8160);
alter table wuji_store.marks alter column marks set storage external;

-- One row a paper (total included) and a node that has rows on it. The key begins with the node: whoever asks for a
-- node and its children, on one paper or all, finds the rows side by side.
create table wuji_store.paper_stat (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null,
  absent integer not null,
  void integer not null,
  mean double precision,
  sd double precision,
  min double precision,
  p25 double precision,
  median double precision,
  p75 double precision,
  max double precision,
  score_rate double precision,
  excellent double precision,
  good double precision,
  pass double precision,
  low double precision,
  skewness double precision,
  kurtosis double precision,
  alpha double precision,
  split_half double precision,
  sem double precision,
  discrimination double precision,
  rank_root integer,
  n_root integer,
  rank_parent integer,
  n_parent integer,
  gap double precision,
  segments bytea, -- u4 a segment: candidates in it
  -- u4 candidates present here and with a total, then for every line u4 reached (the effective score), both, and passed
  -- (the line itself). Null for a paper that does not count into the total.
  lines bytea,
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.paper_stat alter column segments set storage external;
alter table wuji_store.paper_stat alter column lines set storage external;

-- One row a paper and a node that has rows on it: the exact state of all its items in one value (ten float8[] took
-- five to twenty times as long to write), from which the view works the statistics out.
create table wuji_store.item_stat (
  run integer not null,
  paper smallint not null,
  node integer not null,
  n integer not null,
  wide boolean not null,
  sum_total bigint, -- S = Σt in units; with the next four null where wide
  var_total bigint, -- V = n·Σt² − S²
  var_items bigint, -- Σ over the items of n·Σx² − (Σx)²
  varying integer, -- items with variance
  group_weight bigint, -- denominator of the 27 % groups
  -- Not wide, 22 bytes an item: i4 Σx, i4 Σx², i4 Σxt, i4 top less bottom group, u2 full, u2 zero, u2 blank.
  -- Wide (a node whose sums need more), 20 bytes an item: i8 Σx, u4 full, u4 zero, u4 blank; the rest is in `reals`,
  -- five an item: sd, discrimination, r_total, r_rest, alpha_drop.
  state bytea not null,
  reals double precision[],
  primary key (run, node, paper)
) with (toast_tuple_target = 8160);
alter table wuji_store.item_stat alter column state set storage external;
alter table wuji_store.item_stat alter column reals set storage external;

-- Statistics for the planner, taken before each run is published: from 3,000 rows a table (the default of 30,000 costs
-- seconds a province), 300 of the page-wide rows of marks. Of packed columns only the width matters: a planner that does
-- not know it hashes marks by the hundred megabytes. None of exam.run: being unique says it all, while a range of runs
-- that was true before the last exam came makes the planner believe that a merge by run ends early.
do $$
declare
  field record;
begin
  for field in
    select
      c.relname,
      a.attname,
      case
        when c.relname = 'exam' and a.attname = 'run' then 0
        when c.relname = 'marks' or a.atttypid in ('bytea'::regtype, 'float8[]'::regtype) then 1
        else 10
      end as target
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid
    where c.relnamespace = 'wuji_store'::regnamespace and c.relkind = 'r' and a.attnum > 0
  loop
    execute format('alter table wuji_store.%I alter column %I set statistics %s', field.relname, field.attname, field.target);
  end loop;
end
$$;
