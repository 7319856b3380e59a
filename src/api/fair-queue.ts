export interface QueueBounds {
  /** So much work is under way at a time. */
  readonly atOnce: number;
  /** So much waits. */
  readonly waiting: number;
  /** So much of it of one client. */
  readonly waitingOfOne: number;
}

/** As much waits as may. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

/** Work of several clients, a few at a time: whoever waits gets a turn after one of each other client's, however much those ask. */
export class FairQueue {
  private underWay = 0;
  private waiting = 0;
  /** Of each client in the order of their turns, its oldest first. */
  private readonly clients = new Map<string, Set<() => void>>();

  constructor(private readonly bounds: QueueBounds) {}

  /**
   * Runs work when it is its turn, and gives its outcome. Throws QueueFull where too much waits, and the signal's reason
   * where it aborts before the work has begun.
   */
  async run<T>(client: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.underWay < this.bounds.atOnce) this.underWay += 1;
    else await this.turnOf(client, signal);
    try {
      return await work();
    } finally {
      this.passOn();
    }
  }

  private turnOf(client: string, signal: AbortSignal): Promise<void> {
    const mine = this.clients.get(client) ?? new Set();
    if (this.waiting >= this.bounds.waiting || mine.size >= this.bounds.waitingOfOne)
      return Promise.reject(new QueueFull());
    this.clients.set(client, mine);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting -= 1;
        mine.delete(begin);
        if (mine.size === 0) this.clients.delete(client);
        signal.removeEventListener('abort', giveUp);
      };
      const begin = (): void => {
        leave();
        resolve();
      };
      const giveUp = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      mine.add(begin);
      this.waiting += 1;
      signal.addEventListener('abort', giveUp);
    });
  }

  /** Gives the turn to the client that has waited for longest since its last one. */
  private passOn(): void {
    const [next] = this.clients;
    const [begin] = next?.[1] ?? [];
    if (!next || !begin) {
      this.underWay -= 1;
      return;
    }
    const [client, waiting] = next;
    this.clients.delete(client);
    this.clients.set(client, waiting);
    begin();
  }
}
