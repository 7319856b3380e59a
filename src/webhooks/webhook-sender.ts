import { randomBytes } from 'node:crypto';
import type { Webhook } from '../access/webhook.js';
import { msBetween } from '../domain/ledger/instant.js';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { CancellablePause } from '../event-store/cancellable-pause.js';
import type { EventStore } from '../event-store/event-store.js';
import { inFileOrder } from '../formats/ledger-line.js';
import { deliver, NotTaken } from './deliver.js';
import { signedHeaders } from './signature.js';
import type { TargetPolicy } from '../outbound/guarded-lookup.js';
import type { Webhooks } from './webhooks.js';

export interface SenderOptions {
  readonly policy: TargetPolicy;
  readonly onError: (error: unknown) => void;
  /** Milliseconds between two checks for new events. */
  readonly lookMs?: number;
  /** Milliseconds before the first retry. The delay doubles with each retry. */
  readonly backOffMs?: number;
}

const LOOK_MS = 500;
const BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 3_600_000;
const DISABLED_AFTER_MS = 7 * 24 * 3_600_000;
const LEASE_MS = 60_000;
/** Limits per message: the number of events, and roughly the number of characters. */
const BATCH = 100;
const BATCH_LENGTH = 512 * 1024;
/** The receiver wants no more messages. */
const GONE = 410;
const LONGEST_ERROR = 300;

/**
 * Sends every event of the ledger to each receiver, in ledger order, at least once. A receiver gets the next
 * message only after it accepted the previous one. Its progress is stored, so that after a restart, or on
 * another node, sending continues from there.
 */
export class WebhookSender {
  private readonly node = randomBytes(8).toString('hex');
  private readonly stop = new AbortController();
  private readonly resting = new CancellablePause();
  private readonly busy = new Map<string, Promise<void>>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly webhooks: Webhooks,
    private readonly options: SenderOptions,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.resting.flush();
    await this.running;
    await Promise.all(this.busy.values());
  }

  private get isStopped(): boolean {
    return this.stop.signal.aborted;
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        await this.look();
      } catch (error) {
        // If the database stays unavailable, the next check reports it again.
        this.options.onError(error);
      }
      await this.resting.wait(this.options.lookMs ?? LOOK_MS, signal);
    }
  }

  /** Starts one delivery to each receiver that has pending events and no delivery in progress. */
  private async look(): Promise<void> {
    const now = new Date().toISOString();
    const waiting = (await this.webhooks.live()).filter(
      ({ id, nextAttemptAt }) => !this.busy.has(id) && (nextAttemptAt === null || nextAttemptAt <= now),
    );
    if (waiting.length === 0) return;
    const head = await this.store.head();
    for (const webhook of waiting) {
      if (webhook.position >= head) continue;
      const work = this.serve(webhook)
        .catch((error: unknown) => this.options.onError(error))
        .finally(() => this.busy.delete(webhook.id));
      this.busy.set(webhook.id, work);
    }
  }

  /**
   * Sends the pending events to a receiver in batches, until none are left or the receiver refuses a batch.
   */
  private async serve(webhook: Webhook): Promise<void> {
    const { signal } = this.stop;
    let at: Webhook = webhook;
    for (;;) {
      const now = new Date();
      const until = new Date(now.getTime() + LEASE_MS).toISOString();
      if (!(await this.webhooks.lease(at.id, this.node, now.toISOString(), until))) return;
      const events = await this.batch(at.position);
      const last = events.at(-1);
      if (!last) return;
      try {
        await deliver(at.url, messageOf(at, events), this.options.policy, signal);
      } catch (error) {
        if (!this.isStopped) await this.noteFailure(at, error);
        return;
      }
      const taken = {
        position: last.position,
        failures: 0,
        failingSince: null,
        nextAttemptAt: null,
        lastError: null,
        deliveredAt: new Date().toISOString(),
      };
      await this.webhooks.note(at.id, this.node, taken);
      if (this.isStopped) return;
      at = { ...at, ...taken };
    }
  }

  private async batch(after: number): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let length = 0;
    for await (const event of this.store.readAll({ after, limit: BATCH })) {
      events.push(event);
      length += JSON.stringify(event).length;
      if (length > BATCH_LENGTH) break;
    }
    return events;
  }

  private async noteFailure(webhook: Webhook, error: unknown): Promise<void> {
    const now = new Date().toISOString();
    const { failingSince, failures } = webhook;
    const since = failingSince ?? now;
    const first = this.options.backOffMs ?? BACK_OFF_MS;
    const wait = Math.min(LONGEST_BACK_OFF_MS, first * 2 ** Math.min(failures, 30));
    // Jitter keeps receivers that failed together from being retried together.
    const jittered = wait * (0.75 + Math.random() / 4);
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR);
    const reason = disablingReason(error, msBetween(since, now));
    await this.webhooks.note(webhook.id, this.node, {
      failures: failures + 1,
      failingSince: since,
      lastError,
      nextAttemptAt: new Date(Date.now() + jittered).toISOString(),
      leasedBy: null,
      leasedUntil: null,
      ...(reason !== undefined && { disabledAt: now, disabledReason: reason }),
    });
  }
}

function disablingReason(error: unknown, failingMs: number): string | undefined {
  if (error instanceof NotTaken && error.status === GONE)
    return 'The receiver said that it is gone for good.';
  return failingMs >= DISABLED_AFTER_MS ? 'Every attempt of a week failed.' : undefined;
}

/** The message for a batch. The same events always get the same id, on every node. */
function messageOf({ id, secret }: Webhook, events: readonly RecordedEvent[]) {
  const [first, last] = [events[0]?.position ?? 0, events.at(-1)?.position ?? 0];
  const body = JSON.stringify({
    type: 'ledger.events.recorded',
    timestamp: events.at(-1)?.recordedAt,
    data: { after: first - 1, position: last, events: events.map(inFileOrder) },
  });
  const seconds = Math.floor(Date.now() / 1000);
  return { body, headers: signedHeaders(`msg_${id}_${first}_${last}`, seconds, body, secret) };
}
