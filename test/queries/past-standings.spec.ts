import type { Automaker } from '../../src/domain/state/automaker.js';
import type { AutomakerIds } from '../../src/queries/automaker-ids.js';
import type { AutomakerReader } from '../../src/queries/automaker-reader.js';
import type { AutomakerIndex } from '../../src/queries/automakers/automaker-index.js';
import type { PastOutline } from '../../src/queries/automakers/past-days.js';
import { PastStandings } from '../../src/queries/automakers/past-standings.js';
import type { KeptAutomakers } from '../../src/queries/kept-automakers.js';

const IDS = Array.from({ length: 35 }, (_, index) => `maker-${String(index).padStart(2, '0')}`);
const UNREGISTERED = 'maker-07';
const THEN = { trueOn: '2020-01-01' };

describe('how automakers stood on a day in the past', () => {
  let read: string[];
  let givesUpAt: string | undefined;
  let standing: object;
  let pasts: Map<string, PastOutline>;
  let standings: PastStandings;
  const all = async (clocks: object = THEN): Promise<string[]> =>
    (await standings.all(clocks, THEN.trueOn)).map(({ id }) => id);

  beforeEach(() => {
    read = [];
    givesUpAt = undefined;
    standing = {};
    pasts = new Map();
    const kept: Pick<KeptAutomakers, 'standing'> = { standing: () => Promise.resolve(standing as never) };
    const ids: Pick<AutomakerIds, 'after'> = {
      after: (id, _, limit) => Promise.resolve(IDS.filter((each) => each > id).slice(0, limit)),
    };
    const states: Pick<AutomakerReader, 'inPassing'> = {
      inPassing: async function* (wanted) {
        if (givesUpAt !== undefined && wanted.includes(givesUpAt)) throw new Error('it took too long');
        read.push(...wanted);
        for (const id of wanted) if (id !== UNREGISTERED) yield { id, targets: [] } as unknown as Automaker;
      },
    };
    const index: Pick<AutomakerIndex, 'pasts'> = { pasts: () => Promise.resolve(pasts) };
    standings = new PastStandings(
      kept as KeptAutomakers,
      ids as AutomakerIds,
      states as AutomakerReader,
      index as AutomakerIndex,
    );
  });

  it('are those of all that were registered by then, in the order of their ids', async () => {
    expect(await all()).toEqual(IDS.filter((id) => id !== UNREGISTERED));
  });

  it('are worked out from where a question that took too long had to stop', async () => {
    givesUpAt = 'maker-25';
    await expect(all()).rejects.toThrow('it took too long');
    expect(read).toEqual(IDS.slice(0, 20));
    givesUpAt = undefined;
    expect(await all()).toEqual(IDS.filter((id) => id !== UNREGISTERED));
    expect(read).toEqual(IDS);
  });

  it('are not worked out again, and those of another day are', async () => {
    await all();
    await all();
    expect(read).toHaveLength(IDS.length);
    await all({ trueOn: '2021-01-01' });
    expect(read).toHaveLength(2 * IDS.length);
  });

  it('are taken from the pasts that are stored, and only the others are worked out', async () => {
    const past: PastOutline = {
      headlines: [{ status: 'missed', late: '2019-12-31' }],
      standings: [['2019-06-01', { announced: 1, judged: 1, met: 0, missed: 1 }, [0]]],
      presence: [],
    };
    pasts = new Map(IDS.filter((_, index) => index % 2 === 0).map((id) => [id, past]));
    const found = await standings.all(THEN, THEN.trueOn);
    expect(found.map(({ id }) => id)).toEqual(IDS.filter((id) => id !== UNREGISTERED));
    expect(read).toEqual(IDS.filter((id) => !pasts.has(id)));
    expect(found[0]).toEqual({ id: IDS[0], urgency: '00 2019-12-31', goals: past.standings[0]?.[1] });
    expect(found[1]).toMatchObject({ id: IDS[1], goals: { announced: 0 } });
  });

  it('are worked out anew once something was recorded', async () => {
    await all();
    standing = {};
    await all();
    expect(read).toHaveLength(2 * IDS.length);
  });
});
