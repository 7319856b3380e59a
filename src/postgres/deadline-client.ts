import type { Socket } from 'node:net';
import { finished } from 'node:stream';
import pg from 'pg';

/** PostgreSQL takes connections and answers nothing: it is frozen, overloaded, or the network ate the answer. */
export class AnswerOverdue extends Error {
  override readonly name = 'AnswerOverdue';
  /** TypeORM wraps errors and keeps their code. */
  readonly code = 'ETIMEDOUT';

  constructor(ms: number) {
    super(`PostgreSQL did not answer within ${ms} ms`);
  }
}

/** After so long, in milliseconds, without a word a connection that is to be ended is cut. */
const END_MS = 1000;

/** `pg` hands this to what it makes clients of; it is told beside the options of a connection. */
export interface DeadlineOptions extends pg.ClientConfig {
  /** A statement that is not answered by then ends its connection. */
  readonly answersWithinMs: number;
  /** Where tables are found and made that are named without a schema. */
  readonly schema: string;
}

/**
 * A connection on which no statement waits for ever. The driver's own `query_timeout` leaves the connection open: given back
 * to a pool it is still waiting, and after a transaction still within it. Here it is cut, so that PostgreSQL rolls back and
 * whoever asks next gets another one.
 */
export class DeadlineClient extends pg.Client {
  private answersWithinMs: number;

  constructor({ answersWithinMs, schema, ...config }: DeadlineOptions) {
    super(config);
    this.answersWithinMs = answersWithinMs;
    // Whoever asks is told. Without a listener, a connection that is lost while it is in use would end the process.
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
      // The driver's callback has an error or none.
      void ended.then(done as () => void, done);
      return undefined;
    }) as typeof this.end;
  }

  /** Gives all statements of some work another deadline: building an index takes longer than answering a question. */
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
    // What streams rows in.
    else if (isStream(asked)) finished(asked, told);
    else told();
    return asked;
  }

  /** Poolers do not pass on what a connection is to begin with, so the schema is said once it is open. */
  private async connectTo(schema: string, connect: () => Promise<pg.Client>): Promise<pg.Client> {
    await connect();
    try {
      await this.query(`SET search_path TO ${schema}`);
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

  /** The driver does not tell of it, and has no other way to cut a connection. */
  private get socket(): Socket {
    return (this as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
  }
}

const isStream = (asked: unknown): asked is NodeJS.WritableStream =>
  typeof asked === 'object' && asked !== null && 'pipe' in asked;
