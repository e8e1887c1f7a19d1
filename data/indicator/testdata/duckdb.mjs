// Answers the questions of the benchmarks with DuckDB, in a folder with @duckdb/node-api:
//   node duckdb.mjs warm FILE.csv            every question, the best of several runs
//   node duckdb.mjs load FILE.csv FILE.db    makes a database file
//   node duckdb.mjs cold FILE.db QUESTION    one question, from opening the file to the answer
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
const { DuckDBInstance } = createRequire(join(process.cwd(), 'x.js'))('@duckdb/node-api')

const questions = {
  'sum and count by year and type': 'SELECT year, ilo_type, sum(turnover), count(*) FROM m GROUP BY ALL ORDER BY ALL',
  'mean and median of a country': "SELECT year, avg(turnover), median(turnover) FROM m WHERE country = 'FR' GROUP BY ALL ORDER BY ALL",
  'distinct cooperatives by country': 'SELECT country, count(DISTINCT subject) FROM m GROUP BY ALL ORDER BY ALL',
  'matched growth by year': `SELECT t.year, sum(t.turnover) / sum(s.turnover) - 1, count(*) FROM m s JOIN m t
    ON s.subject = t.subject AND t.year = s.year + 1 WHERE s.turnover IS NOT NULL AND t.turnover IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  'median by section and year': 'SELECT section, year, median(turnover) FROM m GROUP BY ALL ORDER BY ALL',
}
const [mode, file, extra] = process.argv.slice(2)
const table = `CREATE TABLE m AS SELECT * FROM read_csv('${file}', header = true,
  columns = {'subject': 'UUID', 'year': 'SMALLINT', 'turnover': 'BIGINT', 'country': 'VARCHAR', 'ilo_type': 'VARCHAR', 'section': 'VARCHAR'})`

async function open(path) {
  return (await DuckDBInstance.create(path)).connect()
}

async function ask(db, name) {
  const begun = process.hrtime.bigint()
  const rows = (await db.runAndReadAll(questions[name])).getRows()
  return { ns: Number(process.hrtime.bigint() - begun), rows: rows.length, last: String(rows.at(-1).at(-1)) }
}

async function warm() {
  const db = await open(':memory:')
  await db.run(table)
  const out = {}
  for (const name of Object.keys(questions)) {
    for (let i = 0; i < 9; i++) {
      const answer = await ask(db, name)
      if (!out[name] || answer.ns < out[name].ns) out[name] = answer
    }
  }
  return out
}

async function load() {
  const db = await open(extra)
  await db.run(table)
  await db.run('CHECKPOINT')
  return {}
}

async function cold() {
  const begun = process.hrtime.bigint()
  const answer = await ask(await open(file), extra)
  const ns = Number(process.hrtime.bigint() - begun)
  const memory = process.platform === 'linux' ? Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) : 0
  return { ...answer, ns, memory }
}

console.log(JSON.stringify(await { warm, load, cold }[mode]()))
process.exit(0)
