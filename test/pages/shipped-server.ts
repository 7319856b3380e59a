import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerTo, startServer, type TestServer } from '../e2e/server.js';

const LEDGER = join(import.meta.dirname, '../../data/ledger');

/** A server with the ledger that ships with the product. */
export async function startShipped(): Promise<TestServer> {
  const server = await startServer();
  const names = readdirSync(LEDGER).filter((name) => name.endsWith('.jsonl'));
  // Automakers first, because events of a market may name them.
  names.sort();
  let position = 0;
  for (const name of names) {
    const { status, body } = await answerTo(
      fetch(`${server.url}/api/imports`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-ndjson',
          Authorization: `Bearer ${server.keys.analyst}`,
        },
        body: readFileSync(join(LEDGER, name)),
      }),
    );
    if (status !== 200 || body.refused > 0) throw new Error(`${name} was not imported whole`);
    position += Number(body.recorded);
  }
  await server.get(`/api/automakers?minPosition=${position}`);
  return server;
}
