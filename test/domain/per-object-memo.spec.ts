import { PerObjectMemo } from '../../src/domain/state/per-object-memo.js';

describe('what is known of an object', () => {
  it('is worked out once for each name', () => {
    const known = new PerObjectMemo<object, number>();
    const source = {};
    let times = 0;
    const workOut = () => (times += 1);
    expect([known.of(source, 'a', workOut), known.of(source, 'a', workOut)]).toEqual([1, 1]);
    expect([known.of(source, 'b', workOut), known.of({}, 'a', workOut)]).toEqual([2, 3]);
  });

  it('does not grow with the names that are asked for', () => {
    const known = new PerObjectMemo<object, number>();
    const source = {};
    for (let name = 0; name < 10_000; name++) known.of(source, String(name), () => name);
    let again = 0;
    for (let name = 0; name < 10_000; name++) known.of(source, String(name), () => (again += 1));
    expect(again).toBeGreaterThan(9000);
  });

  it('holds as many names as the object has things of its own', () => {
    const known = new PerObjectMemo<readonly number[], number>((items) => items.length);
    const items = Array.from({ length: 1000 }, (_, index) => index);
    let times = 0;
    for (let round = 0; round < 2; round++)
      for (const item of items) known.of(items, String(item), () => (times += 1));
    expect(times).toBe(1000);
  });
});
