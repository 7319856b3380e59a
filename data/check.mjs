// Checks that the facts, the shipped ledger and what was left out add up: every fact stands in the ledger as
// evidence, from its own source, or in left-out.jsonl with a reason; and all evidence comes from facts.
// Run it with `npm run check:data`; it needs nothing but Node.
import { readdirSync, readFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const linesOf = (path) =>
  readFileSync(new URL(path, here), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const facts = linesOf('facts.jsonl');
const accounts = linesOf('accounts.jsonl');
const leftOut = linesOf('left-out.jsonl');
const events = new Map(
  readdirSync(new URL('ledger/', here)).flatMap((file) =>
    linesOf(`ledger/${file}`).map((event) => [event.id, event]),
  ),
);

const faults = [];
const places = new Map();
for (const { fact } of [...accounts, ...leftOut]) places.set(fact, (places.get(fact) ?? 0) + 1);
for (let fact = 1; fact <= facts.length; fact++) {
  if (places.get(fact) !== 1) faults.push(`fact ${fact} is accounted for ${places.get(fact) ?? 0} times`);
}
for (const fact of places.keys()) if (!facts[fact - 1]) faults.push(`there is no fact ${fact}`);

const sources = new Set(facts.map(({ source }) => source.url));
for (const { fact, event, evidence } of accounts) {
  const item = events.get(event)?.evidence[evidence];
  if (!item) faults.push(`fact ${fact}: event ${event} has no evidence ${evidence}`);
  else if (item.url !== facts[fact - 1]?.source.url)
    faults.push(`fact ${fact}: the source of the evidence is another`);
}
for (const { fact, reason } of leftOut) if (!reason) faults.push(`fact ${fact} is left out without a reason`);
for (const { id, evidence } of events.values()) {
  for (const { url } of evidence)
    if (!sources.has(url)) faults.push(`event ${id}: ${url} is the source of no fact`);
}

console.log(
  `${facts.length} facts = ${accounts.length} in the evidence of ${events.size} events + ${leftOut.length} left out with a reason`,
);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
