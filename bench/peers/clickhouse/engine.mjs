// Runs what `peer` has made, in one ClickHouse in the process, and prints the seconds.
import { createRequire } from 'node:module';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.env.WUJI_BENCH_NPM, 'x.js'));
const { Session } = require('chdb');
const script = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'wuji-bench-'));
const session = new Session(folder);

function timed(statements) {
  const begun = process.hrtime.bigint();
  for (const statement of statements) session.query(statement);
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

session.query('create database if not exists bench');
session.query('use bench');
const load = [timed(script.load)];
const statistics = [];
for (let i = 0; i < script.reps; i++) statistics.push(timed(script.statistics));
for (const [file, query] of script.out === '-' ? [] : script.results) appendFileSync(join(script.out, file), session.query(query, 'CSV'));
const version = session.query('select version()', 'CSV').trim().replaceAll('"', '');
session.cleanup();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ version: `ClickHouse ${version} (chdb)`, load, statistics }));
