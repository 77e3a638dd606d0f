// Runs what `peer` has made, in one DuckDB in memory, and prints the seconds.
import { createRequire } from 'node:module';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.WUJI_BENCH_NPM, 'x.js'));
const duckdb = require('@duckdb/node-api');
const script = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const instance = await duckdb.DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('set preserve_insertion_order = false');

async function timed(statements) {
  const begun = process.hrtime.bigint();
  for (const statement of statements) await connection.run(statement);
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

const load = [await timed(script.load)];
const statistics = [];
for (let i = 0; i < script.reps; i++) statistics.push(await timed(script.statistics));

const part = join(script.out, 'part');
for (const [file, query] of script.out === '-' ? [] : script.results) {
  await connection.run(`copy (${query}) to '${part}' (format csv, header false)`);
  appendFileSync(join(script.out, file), readFileSync(part));
}
rmSync(part, { force: true });
console.log(JSON.stringify({ version: `DuckDB ${duckdb.version()}`, load, statistics }));
