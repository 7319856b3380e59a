// Checks that the facts, the shipped ledger and the left-out facts are consistent. Every fact of the three
// files is either in the ledger as evidence, from its own source, or in left-out.jsonl with a reason, but not
// in both; and all evidence comes from facts. Run it with `npm run check:data`; it needs only Node. An
// argument can name another folder.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const here = process.argv[2] ? pathToFileURL(`${process.argv[2]}/`) : new URL('.', import.meta.url);
const linesOf = (path) =>
  readFileSync(new URL(path, here), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const FILES = ['facts.jsonl', 'facts-2.jsonl', 'confirmations-2.jsonl'];
const facts = new Map(
  FILES.flatMap((file) => linesOf(file).map((fact, index) => [`${file} ${index + 1}`, fact])),
);
const nameOf = ({ facts: file, fact }) => `${file} ${fact}`;
const accounts = linesOf('accounts.jsonl');
const leftOut = linesOf('left-out.jsonl');
const ledger = readdirSync(new URL('ledger/', here))
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) => linesOf(`ledger/${file}`));
const events = new Map(ledger.map((event) => [event.id, event]));

const faults = [];
if (events.size !== ledger.length) faults.push('two events have one id');

const recorded = new Set(accounts.map(nameOf));
const left = new Set(leftOut.map(nameOf));
for (const name of facts.keys()) {
  if (!recorded.has(name) && !left.has(name))
    faults.push(`${name}: stands neither in the ledger nor among what is left out`);
  if (recorded.has(name) && left.has(name)) faults.push(`${name}: stands in the ledger and is left out too`);
}
for (const name of [...recorded, ...left]) if (!facts.has(name)) faults.push(`there is no fact ${name}`);
if (left.size !== leftOut.length) faults.push('a fact is left out twice');

const cited = new Set();
for (const account of accounts) {
  const name = nameOf(account);
  const item = events.get(account.event)?.evidence[account.evidence];
  if (!item) faults.push(`${name}: event ${account.event} has no evidence ${account.evidence}`);
  else if (item.url !== facts.get(name)?.source.url)
    faults.push(`${name}: the source of the evidence is another`);
  cited.add(`${account.event} ${account.evidence}`);
}
for (const entry of leftOut)
  if (!entry.reason?.trim()) faults.push(`${nameOf(entry)}: is left out without a reason`);
for (const { id, evidence } of ledger)
  evidence.forEach(({ url }, index) => {
    if (!cited.has(`${id} ${index}`)) faults.push(`event ${id}: no fact accounts for the evidence ${url}`);
  });

const first = new Map();
for (const account of accounts) {
  const key = `${account.event} ${account.evidence}`;
  if (!first.has(key)) first.set(key, nameOf(account));
}
const evidenceAlone = new Set(
  [...recorded].filter((name) => !accounts.some((each) => nameOf(each) === name && each.evidence === 0)),
);
console.log(
  `${facts.size} facts = ${recorded.size} in the ledger (${recorded.size - evidenceAlone.size} as events, ${evidenceAlone.size} as further evidence of one) + ${left.size} left out with a reason; ${events.size} events`,
);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
