// A table with DuckDB, from its npm package. Prints what it counted as JSON.
// usage: node duckdb.js PACKAGES FILE THREADS distinct|nir
'use strict';
const path = require('path');
const [packages, file, threads, what] = process.argv.slice(2);
const { DuckDBInstance } = require(
	path.resolve(packages, 'node_modules/@duckdb/node-api'));

const quote = (s) => `'${s.replaceAll("'", "''")}'`;
const name = (s) => `"${s.replaceAll('"', '""')}"`;
const source = `read_csv(${quote(file)}, delim = ';', header = true,
	quote = '"', escape = '"', all_varchar = true)`;

// Thirteen digits or Corsica's letter, and the key: 97 less the rest by 97.
const nir = (column) => `
	with s as (select replace(${name(column)}, ' ', '') as n from ${source}),
	d as (select n, case substr(n, 6, 2)
		when '2A' then substr(n, 1, 5) || '19' || substr(n, 8, 6)
		when '2B' then substr(n, 1, 5) || '18' || substr(n, 8, 6)
		else substr(n, 1, 13) end as b from s where length(n) = 15)
	select count(*), count(distinct n) from d
	where 97 - try_cast(b as hugeint) % 97 = try_cast(substr(n, 14) as int)`;

async function main() {
	const db = await DuckDBInstance.create(':memory:', { threads });
	const c = await db.connect();
	const rows = async (sql) => (await c.runAndReadAll(sql)).getRows();
	const columns = (await rows(`describe select * from ${source}`))
		.map((r) => r[0]);
	const secu = columns.find((s) => /secu|nir/i.test(s));
	const sql = what === 'nir' ? nir(secu)
		: `select count(*), ${columns
			.map((s) => `count(distinct ${name(s)})`).join(', ')}
			from ${source}`;
	console.log(JSON.stringify(await rows(sql),
		(_, v) => typeof v === 'bigint' ? Number(v) : v));
}

main().catch((e) => {
	console.error(e.message);
	process.exit(1);
});
