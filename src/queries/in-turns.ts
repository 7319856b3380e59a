import { setImmediate as otherWork } from 'node:timers/promises';

/** So long, in milliseconds, one question works before other work gets its turn. */
const TURN_MS = 20;

/** All that an iterable gives. Whenever working it out has taken a turn's time, other requests go first. */
export async function inTurns<T>(items: Iterable<T>, now = () => performance.now()): Promise<T[]> {
  const all: T[] = [];
  let began = now();
  for (const item of items) {
    all.push(item);
    if (now() - began < TURN_MS) continue;
    await otherWork();
    began = now();
  }
  return all;
}
