import { spawnSync } from 'node:child_process';
import { Beside } from '../../src/domain/state/beside.js';

/**
 * Prints the number of sources with entries in a WeakMap, found in a heap snapshot. The garbage collector
 * marks such entries only at the end.
 */
const PROGRAM = `
  import { getHeapSnapshot } from 'node:v8';
  import { text } from 'node:stream/consumers';
  import { PerObjectMemo } from './src/domain/state/per-object-memo.ts';
  class Source {}
  const [memo, weak, source] = [new PerObjectMemo(), new WeakMap(), new Source()];
  if (process.argv[1] === 'weak') weak.set(source, new Map([['name', { numbers: [1, 2, 3] }]]));
  else memo.of(source, 'name', () => ({ numbers: [1, 2, 3] }));
  const { strings } = JSON.parse(await text(getHeapSnapshot()));
  const waiting = new Set(strings.flatMap((each) => /key \\((Source @\\d+)\\).*WeakMap/.exec(each)?.[1] ?? []));
  console.log(waiting.size);
`;

function waitingIn(how: 'memo' | 'weak'): number {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', './test/typescript.mjs', '--input-type=module', '--eval', PROGRAM, how],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

describe('what is kept beside an object', () => {
  it('is found by its keeper alone, and by nobody who looks at the object', () => {
    const [one, other] = [new Beside<object, string>(), new Beside<object, string>()];
    const [source, list] = [Object.freeze({ name: 'xpeng' }), [1, 2]];
    one.set(source, 'kept');
    one.set(list, 'kept with a list');
    one.set(list, 'kept later');
    expect([one.get(source), one.get(list)]).toEqual(['kept', 'kept later']);
    expect([other.get(source), one.get({ ...source }), one.get([...list])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(Reflect.ownKeys(source)).toEqual(['name']);
    expect(JSON.stringify([source, list])).toBe('[{"name":"xpeng"},[1,2]]');
  });

  it('is marked with the object, and not while everything waits, as what a WeakMap holds is', () => {
    expect(waitingIn('memo')).toBe(0);
    expect(waitingIn('weak')).toBe(1);
  });
});
