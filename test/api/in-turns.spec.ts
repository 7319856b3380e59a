import { inTurns } from '../../src/api/in-turns.js';

describe('work that is done in turns', () => {
  const timesOtherWorkRan = async (msAnItem: number): Promise<number> => {
    let [clock, others] = [0, 0];
    function* items(): Generator<number> {
      for (let item = 0; item < 100; item++) {
        clock += msAnItem;
        yield item;
      }
    }
    const other = (): void => {
      others += 1;
      immediate = setImmediate(other);
    };
    let immediate = setImmediate(other);
    const all = await inTurns(items(), () => clock);
    clearImmediate(immediate);
    expect(all).toHaveLength(100);
    return others;
  };

  it('lets other work run again and again while it is long', async () => {
    expect(await timesOtherWorkRan(10)).toBeGreaterThanOrEqual(45);
  });

  it('gives no turn away while it is short', async () => {
    expect(await timesOtherWorkRan(0.1)).toBe(0);
  });
});
