import { setTimeout as sleep } from 'node:timers/promises';
import { REGISTERED, SOURCE } from './server.js';

const figure = (value: number) => ({
  type: 'FigureReported',
  occurredOn: '2025-12-31',
  data: { measure: 'overseas-units', value, period: '2025' },
  evidence: SOURCE,
});

/** Longer than any recording takes with its repetitions, in milliseconds. */
const STOP_MS = 120_000;

/**
 * Writers that record on nodes which get killed. Each writes its own automaker's events one after the other.
 */
export class Writers {
  /** Ids of the events that a node has acknowledged. */
  readonly acknowledged = new Set<string>();
  /** The longest time, in milliseconds, in which a running node answered. */
  slowest = 0;
  private readonly writing: readonly Promise<void>[];
  private stopped = false;
  /** The last answer to each writer whose current event is not acknowledged. */
  private readonly unanswered = new Map<number, string>();

  /**
   * Starts the writers. The key needs the role of an analyst; `name` distinguishes their automakers from
   * those of others.
   */
  constructor(
    count: number,
    private readonly nodes: readonly { readonly url: string }[],
    private readonly key: string,
    private readonly name = 'maker',
  ) {
    this.writing = Array.from({ length: count }, (_, writer) => this.write(writer));
    // `stop` reports their errors.
    for (const each of this.writing) each.catch(() => undefined);
  }

  /**
   * Lets each writer finish its current event. Throws if a writer's event was refused, or is not acknowledged
   * for long.
   */
  async stop(): Promise<void> {
    this.stopped = true;
    const over = new AbortController();
    const late = sleep(STOP_MS, undefined, { signal: over.signal }).then(() => {
      const waiting = [...this.unanswered.entries()].map(([writer, said]) => `${writer}: ${said}`);
      throw new Error(`writers wait for ${STOP_MS} ms to record an event: ${waiting.join('; ')}`);
    });
    try {
      await Promise.race([Promise.all(this.writing), late]);
    } finally {
      over.abort();
      late.catch(() => undefined);
    }
  }

  private async write(writer: number): Promise<void> {
    await this.deliver(writer, 0, REGISTERED);
    for (let index = 1; !this.stopped; index++) await this.deliver(writer, index, figure(index));
  }

  /** Sends one event to the nodes in turn, each time with the same key, until one acknowledges it. */
  private async deliver(writer: number, index: number, event: object): Promise<void> {
    for (let attempt = writer + index; ; attempt++) {
      const since = Date.now();
      const url = this.nodes[attempt % this.nodes.length]?.url ?? '';
      const answer = await fetch(`${url}/api/automakers/${this.name}-${writer}/events`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${this.key}`,
          'Idempotency-Key': `${this.name}-${writer}-${index}`,
        },
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(20_000),
      })
        .then(async (response) => ({ status: response.status, text: await response.text() }))
        // The answer was cut off, so nothing is acknowledged yet.
        .catch((error: unknown) => {
          if (error instanceof DOMException) this.slowest = Math.max(this.slowest, Date.now() - since);
          return undefined;
        });
      if (answer) this.slowest = Math.max(this.slowest, Date.now() - since);
      if (answer?.status === 201) {
        const { events } = JSON.parse(answer.text) as { events: { id: string }[] };
        this.acknowledged.add(events[0]?.id ?? '');
        this.unanswered.delete(writer);
        return;
      }
      this.unanswered.set(writer, answer ? `${answer.status} ${answer.text}` : `nothing from ${url}`);
      if (answer && answer.status < 500) throw new Error(`refused: ${answer.text}`);
      await sleep(20);
    }
  }
}
