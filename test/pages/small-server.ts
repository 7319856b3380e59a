import { jsonLines, SMALL_LEDGER } from '../cli/small-ledger.js';
import { answerTo, startServer, type TestServer } from '../e2e/server.js';

/** A server with the small ledger and complete views. */
export async function startSmall(): Promise<TestServer> {
  const server = await startServer();
  await answerTo(
    fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
      body: jsonLines(SMALL_LEDGER),
    }),
  );
  await server.get(`/api/automakers?minPosition=${SMALL_LEDGER.length}`);
  return server;
}
