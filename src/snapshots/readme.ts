import type { SnapshotPoint } from '../queries/tables/find-snapshot.js';
import type { PackagedFile } from './data-package.js';

/** Explains a snapshot's content and use, for somebody who opens it ten years from now. */
export function readmeOf(
  title: string,
  about: readonly string[],
  { position, recordedAt }: SnapshotPoint,
  tables: readonly (PackagedFile & { readonly rows: number })[],
  check: string,
): string {
  const files = tables.map(
    ({ path, rows, table }) => `| ${path} | ${rows} | ${table?.description.split('\n')[0] ?? ''} |`,
  );
  return `# ${title}

An open ledger of how automakers expand abroad: real events, each with its sources.

${about.join('\n\n')}

| file | rows | what it holds |
| --- | --- | --- |
${files.join('\n')}

What each column means stands in \`datapackage.json\` (Data Package 2, Table Schema). Files are UTF-8; cells that are empty have
no value. Dates that were told with less than a day (\`2025\`, \`2025-03\`, \`2025-01/2025-06\`) are EDTF.

A figure claims what lies between \`atLeast\` and \`atMost\`, both included. Figures of different basis, entity, market or vehicles
count different things: never add them up.

## Ask it

    sqlite3 :memory: -cmd '.mode csv' -cmd '.import events.csv events' \\
      'SELECT automaker, COUNT(*) FROM events GROUP BY automaker'

DuckDB reads the files as they are: \`SELECT * FROM 'goals.csv'\`.

## Check it

${check}

## Licence and citation

MIT, see \`LICENSE.txt\`. What sources say is theirs; the ledger quotes and names them.

Cite as: Market Expansion Tracker, state of the ledger at event ${position}, recorded ${recordedAt}.
`;
}

/** How a whole snapshot is checked. */
export const CHECK_SNAPSHOT = `    node verify.mjs --key KEY

needs Node and nothing else. It checks \`ledger.jsonl\` against the signed checkpoint beside it, and every file against
\`datapackage.json\`. KEY is the public key of the log: take it from somewhere else than this archive, and \`verify.mjs\` too. \`log.key\` is
what whoever made the archive says that it is.

Only the events are signed. Whoever changes a table can change \`datapackage.json\` with it: to check the tables, make them again
from \`ledger.jsonl\` (\`tracker import --restore\`, then \`tracker snapshot\`) and compare.`;

/** How what changed between two snapshots is checked: together with the earlier one, since the checkpoint is of both. */
export const CHECK_DELTA = `    cat EARLIER/ledger.jsonl ledger-added.jsonl > ledger.jsonl
    tracker verify --export ledger.jsonl --key KEY

in this folder, where EARLIER is that of the earlier snapshot: the checkpoint is of the events of both. KEY is the public key of the
log: take it from somewhere else than this archive.

Only the events are signed. To check the tables, make them again from \`ledger.jsonl\` (\`tracker import --restore\`, then
\`tracker snapshot\`) and compare.`;
