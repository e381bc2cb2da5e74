/**
 * Makes the table of customers with ours: `features.js SOURCE`.
 * Prints of each column the sum of its numbers times the place of their row, from 1, so that a value in the wrong row
 * shows; days since 1970 and lengths of texts are numbers too.
 */
import { readSourceFile } from "#src/data/read-file.js";

const [source] = process.argv.slice(2) as [string];
// The file is unpacked while the database is loaded.
const reading = readSourceFile(source);
const [{ Database }, { loadInvoices }, { cleanInvoices }, { buildCustomers }, { featureDictionary }] =
  await Promise.all([
    import("#src/data/database.js"),
    import("#src/data/load.js"),
    import("#src/cleaning/clean.js"),
    import("#src/features/customers.js"),
    import("#src/features/dictionary.js"),
  ]);
const db = await Database.open();
await loadInvoices(db, await reading);
await cleanInvoices(db);
await buildCustomers(db);
const sums = featureDictionary.map(({ name, type }) => {
  const number = type === "VARCHAR" ? `length(${name})` : isTime(type) ? `epoch(${name}) / 86400` : name;
  return `coalesce(sum(place * (${number})::DOUBLE), 0) AS ${name}`;
});
const checksum = await db.row(
  `SELECT count(*) AS rows, ${sums.join(", ")}
   FROM (SELECT *, row_number() OVER (ORDER BY customer_id) AS place FROM customers)`,
);
process.stdout.write(`${JSON.stringify(checksum)}\n`);

function isTime(type: string): boolean {
  return type === "TIMESTAMP" || type === "DATE";
}
