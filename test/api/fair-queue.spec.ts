import { FairQueue, QueueFull } from '../../src/api/fair-queue.js';

const NEVER = new AbortController().signal;

/** Work that records when it starts, and ends on request. */
class Work {
  readonly begun: string[] = [];
  private readonly ends: (() => void)[] = [];

  named(name: string): () => Promise<string> {
    return () => {
      this.begun.push(name);
      return new Promise((resolve) => this.ends.push(() => resolve(name)));
    };
  }

  async endOne(): Promise<void> {
    this.ends.shift()?.();
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a fair queue', () => {
  it('has no more work under way at a time than it may', async () => {
    const [queue, work] = [new FairQueue({ atOnce: 2, waiting: 10, waitingOfOne: 10 }), new Work()];
    const all = ['a', 'b', 'c', 'd'].map((name) => queue.run('one', NEVER, work.named(name)));
    await settled();
    expect(work.begun).toEqual(['a', 'b']);
    await work.endOne();
    expect(work.begun).toEqual(['a', 'b', 'c']);
    for (let left = 0; left < 3; left++) await work.endOne();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives each client its turn, however much one of them asks', async () => {
    const [queue, work] = [new FairQueue({ atOnce: 1, waiting: 10, waitingOfOne: 10 }), new Work()];
    for (const name of ['a1', 'a2', 'a3', 'a4']) void queue.run('a', NEVER, work.named(name));
    for (const name of ['b1', 'b2']) void queue.run('b', NEVER, work.named(name));
    for (let left = 0; left < 6; left++) await work.endOne();
    expect(work.begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
  });

  it('refuses what is more than may wait, of all and of one client', async () => {
    const queue = new FairQueue({ atOnce: 1, waiting: 3, waitingOfOne: 2 });
    const work = new Work();
    for (const name of ['a1', 'a2', 'a3']) void queue.run('a', NEVER, work.named(name));
    await expect(queue.run('a', NEVER, work.named('a4'))).rejects.toThrow(QueueFull);
    void queue.run('b', NEVER, work.named('b1'));
    await expect(queue.run('c', NEVER, work.named('c1'))).rejects.toThrow(QueueFull);
    for (let left = 0; left < 4; left++) await work.endOne();
    expect(work.begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('drops what is given up while it waits, and makes room for others', async () => {
    const queue = new FairQueue({ atOnce: 1, waiting: 1, waitingOfOne: 1 });
    const work = new Work();
    void queue.run('a', NEVER, work.named('a1'));
    const leaving = new AbortController();
    const left = queue.run('a', leaving.signal, work.named('a2'));
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    void queue.run('b', NEVER, work.named('b1'));
    for (let each = 0; each < 2; each++) await work.endOne();
    expect(work.begun).toEqual(['a1', 'b1']);
  });

  it('goes on after work that fails', async () => {
    const queue = new FairQueue({ atOnce: 1, waiting: 1, waitingOfOne: 1 });
    const failing = queue.run('a', NEVER, () => Promise.reject(new Error('no')));
    const next = queue.run('a', NEVER, () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
