import type pg from 'pg';
import { postgresClient } from './connection.js';

/** What is done with a session's connection. */
export interface SessionWork {
  /** Once it is open, and again after each loss. */
  opened(client: pg.Client): Promise<void>;
  /** About once a second while it is open. */
  beat(client: pg.Client): Promise<void>;
  /** A notification came. */
  heard(payload: string): void;
  /** It is gone, and with it all locks that it held. Nothing is done before this has resolved. */
  lost(): Promise<void>;
  failed(error: unknown): void;
}

const BEAT_MS = 1000;
/** A connection that does not answer for so long is given up. */
const ANSWERS_WITHIN_MS = 2500;
const MOST_PAUSE_MS = 5000;

/**
 * A connection for what lives and dies with it: session locks and notifications. It is opened again when it is lost,
 * after pauses that double up to five seconds. PostgreSQL notices a node that vanished by keepalives, within four seconds.
 */
export class PostgresSession {
  private isClosing = false;
  private client: pg.Client | undefined;
  private wake: (() => void) | undefined;
  private readonly done: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly work: SessionWork,
  ) {
    this.done = this.keepOpen();
  }

  /** Sends a notification, if the session is open. */
  tell(payload: string): void {
    this.client?.query('SELECT pg_notify($1, $2)', [this.channel, payload]).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.wake?.();
    await this.done;
  }

  private async keepOpen(): Promise<void> {
    for (let pauseMs = 100; this.goesOn(); pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS)) {
      const client = postgresClient(this.url, {
        purpose: 'session',
        schema: 'pg_catalog',
        answersWithinMs: ANSWERS_WITHIN_MS,
      });
      try {
        await this.useWhileOpen(client, () => (pauseMs = 50));
      } catch (error) {
        if (this.goesOn()) this.work.failed(error);
      }
      this.client = undefined;
      await this.work.lost();
      await client.end().catch(() => undefined);
      await this.pause(pauseMs);
    }
  }

  private async useWhileOpen(client: pg.Client, isOpen: () => void): Promise<void> {
    let lost: Error | undefined;
    const onLoss = (error?: Error) => {
      lost ??= error ?? new Error('Connection terminated');
      this.wake?.();
    };
    client.on('error', onLoss);
    client.on('end', () => onLoss());
    client.on('notification', ({ payload }) => this.work.heard(payload ?? ''));
    await client.connect();
    await client.query(
      'SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 2',
    );
    await client.query(`LISTEN ${this.channel}`);
    this.client = client;
    await this.work.opened(client);
    isOpen();
    while (this.goesOn()) {
      await this.work.beat(client);
      await this.pause(BEAT_MS);
      if (lost) throw lost;
    }
  }

  private goesOn(): boolean {
    return !this.isClosing;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      if (!this.goesOn()) this.wake();
    });
  }
}
