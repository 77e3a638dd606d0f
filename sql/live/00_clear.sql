-- Everything in sql/live is made anew whenever its text changes: first all that an earlier version made goes. No
-- cascade: where someone has built views of his own upon these, this fails and names them, rather than dropping them.
do $$
declare
  made record;
begin
  for made in
    select n.nspname, c.relname
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('wuji', 'wuji_store') and c.relkind = 'v'
    order by n.nspname, c.oid desc -- 'wuji' stands upon 'wuji_store'; what came later, upon what came before
  loop
    execute format('drop view %I.%I', made.nspname, made.relname);
  end loop;
  for made in
    select n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid) as arguments
    from pg_catalog.pg_proc as p
    join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('wuji', 'wuji_store')
    order by p.oid desc
  loop
    execute format('drop function %I.%I(%s)', made.nspname, made.proname, made.arguments);
  end loop;
end
$$;
