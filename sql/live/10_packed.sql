-- Big-endian integers out of packed columns. Bodies are parsed once (`return`, not text), immutable and not strict, so
-- that the planner inlines them: a view pays for get_byte and a shift, never for a function call. Inlining also wants
-- an argument that is used several times to be cheap: pass a column and a short sum, no nested decoding.

create function wuji_store.u2(bytes bytea, place integer) returns integer
  language sql immutable parallel safe
  return (get_byte(bytes, place) << 8) | get_byte(bytes, place + 1);

create function wuji_store.u3(bytes bytea, place integer) returns integer
  language sql immutable parallel safe
  return (get_byte(bytes, place) << 16) | (get_byte(bytes, place + 1) << 8) | get_byte(bytes, place + 2);

-- Two's complement; also reads a u4, which is below 2^31 wherever it counts candidates.
create function wuji_store.i4(bytes bytea, place integer) returns integer
  language sql immutable parallel safe
  return (get_byte(bytes, place) << 24) | (get_byte(bytes, place + 1) << 16) | (get_byte(bytes, place + 2) << 8)
    | get_byte(bytes, place + 3);

create function wuji_store.i8(bytes bytea, place integer) returns bigint
  language sql immutable parallel safe
  return (get_byte(bytes, place)::bigint << 56) | (get_byte(bytes, place + 1)::bigint << 48)
    | (get_byte(bytes, place + 2)::bigint << 40) | (get_byte(bytes, place + 3)::bigint << 32)
    | (get_byte(bytes, place + 4)::bigint << 24) | (get_byte(bytes, place + 5)::bigint << 16)
    | (get_byte(bytes, place + 6)::bigint << 8) | get_byte(bytes, place + 7)::bigint;

-- A coefficient that rounding has carried past 1 is 1.
create function wuji_store.correlation(r float8) returns float8
  language sql immutable parallel safe
  return greatest(-1.0::float8, least(1.0::float8, r));

-- 100·(below + equal/2)/n, below = n − (rank − 1) − equal; twice that above and below the line, to stay in integers.
create function wuji_store.percentile(rank integer, equal integer, n integer) returns float8
  language sql immutable parallel safe
  return case
    when rank > 0 then (100 * (2 * (n - rank + 1) - equal))::float8 / (2 * n)::float8
  end;
