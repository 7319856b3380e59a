import { KeptOutlines } from '../../src/queries/automakers/kept-outlines.js';
import type { WorkedOut } from '../../src/queries/automakers/outline.js';
import type { ReadModel } from '../../src/read-model/read-model.js';
import type { OutlineRow } from '../../src/read-model/rows.js';

const OUTLINES = 10;
const MS_EACH = 15;

/** An outline that takes long to serialize, like that of an automaker with many events. */
const slow = (name: string): WorkedOut => {
  const toJSON = () => {
    for (const until = performance.now() + MS_EACH; performance.now() < until;);
    return { name };
  };
  return { outline: { toJSON }, shown: undefined, on: '2026-01-01', names: [] } as unknown as WorkedOut;
};

it('outlines of many automakers are written as text in turns, while other work goes on', async () => {
  const written: OutlineRow[] = [];
  const views = {
    status: { projects: true },
    tables: {
      keepOutlines: ({ rows }: { readonly rows: readonly OutlineRow[] }) => {
        written.push(...rows);
        return Promise.resolve(true);
      },
    },
  } as unknown as ReadModel;
  const workedOut = new Map(
    Array.from({ length: OUTLINES }, (_, index): [string, WorkedOut] => [
      `maker-${index}`,
      slow(`maker-${index}`),
    ]),
  );
  let turns = 0;
  let isDone = false;
  const other = (): void => {
    turns++;
    if (!isDone) setImmediate(other);
  };
  setImmediate(other);
  await expect(new KeptOutlines(views).keep(workedOut, 1)).resolves.toBe(true);
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(OUTLINES / 3);
  expect(written.map(({ stream }) => stream)).toEqual([...workedOut.keys()].map((id) => `automaker-${id}`));
});
