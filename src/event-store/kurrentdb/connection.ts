import { setMaxListeners } from 'node:events';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { connectionStringFault, ownConnection } from './url.js';
import { pause, unlessAborted, within } from '../waiting.js';

/** How long the pending calls of a replaced client may take to end. */
const RETIRE_MS = 5000;
/**
 * How long the channel of a replaced client stays open. An earlier call may not have reached the channel yet.
 * If it found the channel closed, the package would reject a promise without a handler, which would end the
 * process.
 */
const LINGER_MS = 30_000;
/**
 * A client younger than this is not replaced, so that at most about a hundred old clients exist while no
 * server answers.
 */
const YOUNGEST_MS = 250;

/**
 * The connections of this process, one per server, because the first read of a client costs half a second.
 */
const connections = new Map<string, KurrentConnection>();

/**
 * Returns the connection to a server or cluster, shared by all callers in this process. When the last caller
 * returns it, its open calls end, so that the process can exit.
 */
export function borrowConnection(url: string): {
  readonly connection: KurrentConnection;
  release(): Promise<void>;
} {
  const connection = connections.get(url) ?? new KurrentConnection(url);
  connections.set(url, connection);
  connection.users++;
  return {
    connection,
    release: async () => {
      if (--connection.users > 0) return;
      connections.delete(url);
      await connection.close();
    },
  };
}

/**
 * Holds a client and replaces it when it loses the server. The package's native reader never looks for
 * another leader once it has found one, and a call may hang on a dead connection; a new client connects to
 * the current leader. See docs/decisions/replace-the-kurrentdb-client.md.
 */
export class KurrentConnection {
  users = 0;
  private current: KurrentDBClient;
  private since = Date.now();
  private readonly retiring = new Set<Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly closing = new AbortController();

  constructor(private readonly url: string) {
    this.current = clientOf(url);
    // Every retiring client adds a listener to this signal.
    setMaxListeners(0, this.closing.signal);
  }

  /**
   * The client for the next call. Read this property for each call, because the client may have been
   * replaced.
   */
  get client(): KurrentDBClient {
    return this.current;
  }

  /**
   * Replaces a client whose call found no server or timed out. Does nothing when the client was already
   * replaced or is very new; the next failing call replaces it then.
   */
  replace(lost: KurrentDBClient): void {
    if (lost !== this.current || Date.now() - this.since < YOUNGEST_MS) return;
    this.since = Date.now();
    this.current = clientOf(this.url);
    for (const listener of this.listeners) listener();
    const retired = retire(lost, this.closing.signal).finally(() => this.retiring.delete(retired));
    this.retiring.add(retired);
  }

  /** Calls the listener at each replacement, until the returned function is called. */
  onReplaced(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.retiring, retire(this.current, this.closing.signal)]);
  }
}

/** Closes the resources of a client. Ignores failures, because nobody uses the client any more. */
async function retire(client: KurrentDBClient, atOnce: AbortSignal): Promise<void> {
  try {
    await within(RETIRE_MS, 'the end of a client', client.dispose());
    await unlessAborted(atOnce, pause(LINGER_MS));
    // `dispose` leaves the channel open. The package exposes the channel to its own subclasses only.
    const { getChannel } = client as unknown as { getChannel(): Promise<{ close(): void }> };
    (await within(RETIRE_MS, 'the channel of a client', getChannel())).close();
  } catch {
    // The client never had a channel, so there is nothing to close.
  }
}

/** Client numbers start again after this many: clients that old no longer exist. */
const MOST_CLIENTS = 10_000;
let clients = 0;

function clientOf(url: string): KurrentDBClient {
  const fault = connectionStringFault(url);
  if (fault !== undefined) throw new Error(`the KurrentDB connection string ${fault}`);
  try {
    // `esdb` means the same as `kurrentdb`, but the client prints a warning for it.
    return KurrentDBClient.connectionString(
      ownConnection(url.replace(/^esdb/, 'kurrentdb'), clients++ % MOST_CLIENTS),
    );
  } catch (error) {
    // The client's error messages contain the whole connection string, so they must not become the cause.
    const reason = error instanceof Error && error.message.includes('certificate') ? error.message : '';
    // eslint-disable-next-line preserve-caught-error
    throw new Error(`the KurrentDB connection string cannot be used. ${reason}`.trim());
  }
}
