import type { Socket } from 'node:net';
import { finished } from 'node:stream';
import pg from 'pg';

/**
 * PostgreSQL accepts connections but does not answer: it is frozen or overloaded, or the network lost the
 * answer.
 */
export class AnswerOverdue extends Error {
  override readonly name = 'AnswerOverdue';
  /** TypeORM wraps errors but keeps their code. */
  readonly code = 'ETIMEDOUT';

  constructor(ms: number) {
    super(`PostgreSQL did not answer within ${ms} ms`);
  }
}

/** If a connection does not end within this time, in milliseconds, it is cut. */
const END_MS = 1000;

/**
 * PostgreSQL ends the session of a machine that is gone without a word within twelve seconds, and with it the
 * session's locks. By default it takes two hours, in which no other node projects, rebuilds or starts.
 */
const SOON_GIVEN_UP =
  'SET tcp_keepalives_idle = 6; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 12000';

/** Options that `pg` passes to each client, in addition to those of a connection. */
export interface DeadlineOptions extends pg.ClientConfig {
  /** A statement without an answer by then ends its connection. */
  readonly answersWithinMs: number;
  /** The default schema for tables. */
  readonly schema: string;
}

/**
 * A connection with a deadline for every statement. The driver's own `query_timeout` leaves the connection
 * open: back in its pool, it would still be waiting, or still be in a transaction. This class cuts the
 * connection, so that PostgreSQL rolls back and the next caller gets another connection.
 */
export class DeadlineClient extends pg.Client {
  private answersWithinMs: number;

  constructor({ answersWithinMs, schema, ...config }: DeadlineOptions) {
    super(config);
    this.answersWithinMs = answersWithinMs;
    // Callers get errors from their statements. Without this listener, a connection lost during use would end
    // the process.
    this.on('error', () => undefined);
    const ask = this.query.bind(this) as (...given: readonly unknown[]) => unknown;
    this.query = ((...given: readonly unknown[]) => this.watched(() => ask(...given))) as typeof this.query;
    const connect: () => Promise<pg.Client> = this.connect.bind(this);
    this.connect = ((done?: (error?: Error) => void) => {
      const connected = this.connectTo(schema, connect);
      if (!done) return connected;
      void connected.then(() => done(), done);
      return undefined;
    }) as typeof this.connect;
    const end: () => Promise<void> = this.end.bind(this);
    this.end = ((done?: (error: Error) => void) => {
      const ended = this.endSoon(end);
      if (!done) return ended;
      // The driver's callback receives an error or nothing.
      void ended.then(done as () => void, done);
      return undefined;
    }) as typeof this.end;
  }

  /**
   * Runs work with another deadline for its statements: building an index takes longer than answering a
   * query.
   */
  async answering<T>(withinMs: number, work: () => Promise<T>): Promise<T> {
    const before = this.answersWithinMs;
    this.answersWithinMs = withinMs;
    try {
      return await work();
    } finally {
      this.answersWithinMs = before;
    }
  }

  private watched(ask: () => unknown): unknown {
    const ms = this.answersWithinMs;
    const timer = setTimeout(() => this.socket.destroy(new AnswerOverdue(ms)), ms);
    const told = (): void => clearTimeout(timer);
    const asked = ask();
    if (asked instanceof Promise) asked.then(told, told);
    // A stream that sends rows.
    else if (isStream(asked)) finished(asked, told);
    else told();
    return asked;
  }

  /** Poolers do not pass on start options, so the session is set up after connecting. */
  private async connectTo(schema: string, connect: () => Promise<pg.Client>): Promise<pg.Client> {
    await connect();
    try {
      await this.query(`SET search_path TO ${schema}; ${SOON_GIVEN_UP}`);
      return this;
    } catch (error) {
      await this.end().catch(() => undefined);
      throw error;
    }
  }

  private async endSoon(end: () => Promise<void>): Promise<void> {
    const timer = setTimeout(() => this.socket.destroy(), END_MS);
    try {
      await end();
    } finally {
      clearTimeout(timer);
    }
  }

  /** The driver does not expose the socket, and has no other way to cut a connection. */
  private get socket(): Socket {
    return (this as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
  }
}

const isStream = (asked: unknown): asked is NodeJS.WritableStream =>
  typeof asked === 'object' && asked !== null && 'pipe' in asked;
