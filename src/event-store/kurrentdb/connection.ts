import { setMaxListeners } from 'node:events';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { connectionStringFault, ownConnection } from './url.js';
import { pause, unlessAborted, within } from '../waiting.js';

/** How long the calls of a client that is given up may take to end. */
const RETIRE_MS = 5000;
/**
 * How long the channel of such a client stays open. A call that was begun before may still be on its way to it, and the
 * package rejects a promise that nobody holds where it finds the channel closed, which would end the process.
 */
const LINGER_MS = 30_000;
/** A client younger than this is not given up, so that no more than some hundred linger while no server is there. */
const YOUNGEST_MS = 250;

/** The connections of this process: the first read of a client costs half a second, so there is one for each server. */
const connections = new Map<string, KurrentConnection>();

/**
 * The connection to a server or cluster, shared by all who ask in this process. The last one to give it back ends its
 * open calls, so that the process can end.
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
 * A client that is replaced where it has lost the server. The package's native reader never looks for another leader
 * once it has found one, and a call may be stuck on a connection that does not speak any more: a new client finds
 * what is there now. See docs/decisions/replace-the-kurrentdb-client.md.
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
    // Every client that lingers listens to it.
    setMaxListeners(0, this.closing.signal);
  }

  /** The client for the next call. Ask for it at each call: it may have been replaced since the last. */
  get client(): KurrentDBClient {
    return this.current;
  }

  /**
   * Gives up a client whose call found no server, or no answer in time. Does nothing where that was done already, or
   * just now: the next call that fails will do it.
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

/** Ends what a client has open. Nobody asks it any more, so nobody is told of what fails. */
async function retire(client: KurrentDBClient, atOnce: AbortSignal): Promise<void> {
  try {
    await within(RETIRE_MS, 'the end of a client', client.dispose());
    await unlessAborted(atOnce, pause(LINGER_MS));
    // Disposing leaves the channel open, which the package offers to its own subclasses only.
    const { getChannel } = client as unknown as { getChannel(): Promise<{ close(): void }> };
    (await within(RETIRE_MS, 'the channel of a client', getChannel())).close();
  } catch {
    // A channel that was never found needs no end.
  }
}

/** Clients of so long ago are gone. */
const MOST_CLIENTS = 10_000;
let clients = 0;

function clientOf(url: string): KurrentDBClient {
  const fault = connectionStringFault(url);
  if (fault !== undefined) throw new Error(`the KurrentDB connection string ${fault}`);
  try {
    // The old scheme means the same; the client warns of it on the console.
    return KurrentDBClient.connectionString(
      ownConnection(url.replace(/^esdb/, 'kurrentdb'), clients++ % MOST_CLIENTS),
    );
  } catch (error) {
    // The client's errors about connection strings hold the whole of it, so none of them may be the cause.
    const reason = error instanceof Error && error.message.includes('certificate') ? error.message : '';
    // eslint-disable-next-line preserve-caught-error
    throw new Error(`the KurrentDB connection string cannot be used. ${reason}`.trim());
  }
}
