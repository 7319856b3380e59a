import {
  WrongExpectedRevision,
  type EventStore,
  type ExpectedRevision,
} from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';

/**
 * The result of an append of two events, by its expected revision (rows) and the state of its stream
 * (columns): the new revision of the stream, or the actual one with which the append is refused. A refused
 * append leaves nothing behind.
 */
export const APPEND_MATRIX = `
expects   | a missing stream   | a stream of one event | a stream of three events
no-stream | accepted: 1        | refused: 0            | refused: 2
-1        | refused: no-stream | refused: 0            | refused: 2
0         | refused: no-stream | accepted: 2           | refused: 2
1         | refused: no-stream | refused: 0            | refused: 2
2         | refused: no-stream | refused: 0            | accepted: 4
3         | refused: no-stream | refused: 0            | refused: 2
13        | refused: no-stream | refused: 0            | refused: 2
`;

const STREAMS = [
  ['a missing stream', 0],
  ['a stream of one event', 1],
  ['a stream of three events', 3],
] as const;
const EXPECTATIONS: readonly ExpectedRevision[] = ['no-stream', -1, 0, 1, 2, 3, 13];

/** The same table, measured on a store. */
export async function appendMatrix(store: EventStore): Promise<string> {
  const rows = [['expects', ...STREAMS.map(([name]) => name)]];
  for (const expected of EXPECTATIONS) {
    const cells: string[] = [];
    for (const [, length] of STREAMS) cells.push(await outcome(store, expected, length));
    rows.push([String(expected), ...cells]);
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ');
  return `\n${rows.map((row) => line(row).trimEnd()).join('\n')}\n`;
}

async function outcome(store: EventStore, expected: ExpectedRevision, length: number): Promise<string> {
  const stream = `automaker-${length}-events-expecting-${expected}`;
  if (length > 0) await store.append(stream, 'no-stream', someEvents(length));
  const told = await store.append(stream, expected, someEvents(2)).then(
    ({ revision }) => `accepted: ${revision}`,
    (error: unknown) => {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      return error.expected === expected ? `refused: ${error.actual}` : `refused as ${error.expected}`;
    },
  );
  const stands = (await collect(store.readStream(stream))).length;
  const shouldStand = told.startsWith('accepted') ? length + 2 : length;
  return stands === shouldStand ? told : `${told}, but ${stands} events stand there`;
}
