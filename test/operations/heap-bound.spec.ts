import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import v8 from 'node:v8';
import { HeapBound } from '../../src/operations/heap-bound.js';

const MB = 1024 ** 2;

describe('the heap of a server', () => {
  let heap = 0;
  const flags: string[] = [];
  const bound = new HeapBound();
  beforeEach(() => {
    jest.useFakeTimers();
    const statistics = v8.getHeapStatistics();
    jest.spyOn(v8, 'getHeapStatistics').mockImplementation(() => ({ ...statistics, total_heap_size: heap }));
    jest.spyOn(v8, 'setFlagsFromString').mockImplementation((flag) => void flags.push(flag));
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** The flags that are set while the heap is of some sizes, one after the other. */
  const setWhile = (...sizes: readonly number[]): readonly string[] => {
    flags.length = 0;
    for (const size of sizes) {
      heap = size * MB;
      jest.advanceTimersByTime(1000);
    }
    return [...flags];
  };

  it('is held down once it is large, and let go when it is small again, or when the server ends', () => {
    bound.onApplicationBootstrap();
    expect(setWhile(100, 255)).toEqual([]);
    expect(setWhile(257, 900)).toEqual(['--heap-growing-percent=50']);
    expect(setWhile(200)).toEqual(['--heap-growing-percent=0']);
    expect(setWhile(300)).toEqual(['--heap-growing-percent=50']);
    flags.length = 0;
    bound.onModuleDestroy();
    expect(flags).toEqual(['--heap-growing-percent=0']);
    expect(setWhile(900)).toEqual([]);
  });

  it('is held down by a flag that V8 has, and that changes nothing at 0', () => {
    const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    expect(stdout).toMatch(
      /--heap-growing-percent .*\n\s+type: int\s+default: (?:--heap-growing-percent=)?0\b/,
    );
  });
});
