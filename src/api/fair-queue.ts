export interface QueueBounds {
  /** The maximum number of jobs that run at the same time. */
  readonly atOnce: number;
  /** The maximum number of waiting jobs. */
  readonly waiting: number;
  /** The maximum number of waiting jobs of one client. */
  readonly waitingOfOne: number;
}

/** The queue is full. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

/**
 * Runs the jobs of several clients, a few at a time. Clients take turns, so that no client can delay the
 * others by sending many jobs.
 */
export class FairQueue {
  private underWay = 0;
  private waiting = 0;
  /** Waiting jobs by client. Clients are in the order of their turns, jobs in the order of arrival. */
  private readonly clients = new Map<string, Set<() => void>>();

  constructor(private readonly bounds: QueueBounds) {}

  /**
   * Runs work when its turn comes, and returns its result. Throws QueueFull if too much is waiting, and the
   * signal's reason if it aborts before the work has begun.
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

  /** Gives the turn to the client whose last turn was longest ago. */
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
