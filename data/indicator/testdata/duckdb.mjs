// Answers the questions of the benchmark with DuckDB: node duckdb.mjs FILE.csv, in a folder with @duckdb/node-api.
import { createRequire } from 'node:module'
import { join } from 'node:path'
const { DuckDBInstance } = createRequire(join(process.cwd(), 'x.js'))('@duckdb/node-api')

const instance = await DuckDBInstance.create(':memory:')
const db = await instance.connect()
await db.run(`CREATE TABLE m AS SELECT * FROM read_csv('${process.argv[2]}', header = true)`)
const questions = {
  'sum and count by year and type': 'SELECT year, ilo_type, sum(turnover), count(*) FROM m GROUP BY ALL ORDER BY ALL',
  'mean and median of a country': "SELECT year, avg(turnover), median(turnover) FROM m WHERE country = 'FR' GROUP BY ALL ORDER BY ALL",
  'distinct cooperatives by country': 'SELECT country, count(DISTINCT subject) FROM m GROUP BY ALL ORDER BY ALL',
  'matched growth by year': `SELECT t.year, sum(t.turnover) / sum(s.turnover) - 1, count(*) FROM m s JOIN m t
    ON s.subject = t.subject AND t.year = s.year + 1 WHERE s.turnover IS NOT NULL AND t.turnover IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  'median by section and year': 'SELECT section, year, median(turnover) FROM m GROUP BY ALL ORDER BY ALL',
}
const out = {}
for (const [name, sql] of Object.entries(questions)) {
  let best = Infinity
  let rows
  for (let i = 0; i < 5; i++) {
    const begun = process.hrtime.bigint()
    rows = (await db.runAndReadAll(sql)).getRows()
    best = Math.min(best, Number(process.hrtime.bigint() - begun))
  }
  out[name] = { ns: best, rows: rows.length, last: String(rows.at(-1).at(-1)) }
}
console.log(JSON.stringify(out))
