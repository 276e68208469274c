/**
 * Writes src/trials/frozen-rows.json: the keys of the rows of a table of published effects, without any estimate.
 *
 *     node --import tsx scripts/freeze-rows.mjs <calibration.csv> > src/trials/frozen-rows.json
 */
import { readFileSync } from 'node:fs';
import { readCsv } from '../src/benchmarks/read-csv.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new TypeError('node --import tsx scripts/freeze-rows.mjs <calibration.csv>');

const keys = readCsv(readFileSync(file, 'utf8')).map((row) => ({
  trial: row.trial_id,
  arm: row.arm,
  comparator: row.comparator,
  endpoint: row.endpoint,
  month: row.follow_up_months === '' ? null : Number(row.follow_up_months),
  hasInterval: row.ci_low !== '' && row.ci_high !== '',
}));
const written = keys.map((key) => `  ${JSON.stringify(key)}`).join(',\n');
process.stdout.write(`[\n${written}\n]\n`);
