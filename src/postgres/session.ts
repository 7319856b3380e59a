import type pg from 'pg';
import { postgresClient } from './connection.js';

/** Callbacks of a session. */
export interface SessionWork {
  /** Called after connecting, and again after each reconnect. */
  opened(client: pg.Client): Promise<void>;
  /** Called about once a second while connected. */
  beat(client: pg.Client): Promise<void>;
  /** Called for each notification. */
  heard(payload: string): void;
  /**
   * Called after the connection is lost, and with it all its locks. Nothing else happens before this has
   * resolved.
   */
  lost(): Promise<void>;
  failed(error: unknown): void;
}

const BEAT_MS = 1000;
/** A connection that does not answer for this long is given up. */
const ANSWERS_WITHIN_MS = 2500;
const MOST_PAUSE_MS = 5000;

/**
 * A connection for session locks and notifications. After a loss it reconnects, with pauses that double up to
 * five seconds. Keepalives let PostgreSQL detect a vanished node within four seconds.
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

  /** Sends a notification if the session is connected. */
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
