import type { LedgerLog } from './ledger-log.js';
import type { KeptCheckpoint } from './tree-store.js';
import type { Testimony } from './witness-file.js';

/** The witness cannot be reached, or its answer is not valid. */
export class WitnessFailed extends Error {
  override readonly name = 'WitnessFailed';
}

const PATIENCE_MS = 10_000;
const LONGEST_ANSWER = 64 * 1024;

/**
 * Submits a checkpoint to a witness (C2SP tlog-witness, `POST <url>/add-checkpoint`), which checks that it
 * continues the last checkpoint it has seen, and signs it. Throws WitnessFailed if the witness does not
 * answer within 10 s or refuses.
 */
export async function witnessAtServer(url: URL, log: LedgerLog, now: KeptCheckpoint): Promise<Testimony> {
  const first = await ask(url, 0, [], now);
  const seen = first.status === 409 ? sizeIn(first.text) : 0;
  if (seen > now.size)
    return {
      seen,
      deposited: false,
      faults: [
        `the witness has signed a checkpoint of ${seen} events, the ledger has ${now.size}: it was put back`,
      ],
    };
  const answer =
    first.status === 409 ? await ask(url, seen, log.consistencyProof(seen, now.size), now) : first;
  if (answer.status === 200) return { seen, deposited: true, faults: [], cosignatures: answer.text };
  if (answer.status === 409 || answer.status === 422)
    return {
      seen,
      deposited: false,
      faults: [
        `the witness has signed another ledger’s ${seen} events: they are not the first ${seen} of this one`,
      ],
    };
  throw new WitnessFailed(
    `the witness at ${url.host} answered ${answer.status}: ${answer.text.trim().slice(0, 200)}`,
  );
}

async function ask(
  url: URL,
  older: number,
  proof: readonly string[],
  { note }: KeptCheckpoint,
): Promise<{ readonly status: number; readonly text: string }> {
  const lines = [`old ${older}`, ...proof, '', note];
  try {
    const answer = await fetch(`${url.href.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      body: lines.join('\n'),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: answer.status, text: await bounded(answer) };
  } catch (error) {
    if (error instanceof WitnessFailed) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new WitnessFailed(
      `the witness at ${url.host} is not reached: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

async function bounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > LONGEST_ANSWER) throw new WitnessFailed('the witness answers more than any does');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sizeIn(text: string): number {
  const size = /^\d{1,15}$/.exec(text.trim())?.[0];
  if (size === undefined)
    throw new WitnessFailed('the witness does not say which checkpoint it has seen last');
  return Number(size);
}
