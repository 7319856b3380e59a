import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { connectionStringFault } from './kurrentdb-url.js';

interface Connection {
  readonly client: KurrentDBClient;
  users: number;
}

/** The first read of a client costs half a second and its channels cannot be closed: there is one for each server. */
const connections = new Map<string, Connection>();

/**
 * The client of a connection string, shared by all who ask in this process. The last one to give it back ends its open
 * calls, so that the process can end.
 */
export function borrowClient(url: string): { readonly client: KurrentDBClient; release(): Promise<void> } {
  const connection = connections.get(url) ?? connect(url);
  connections.set(url, connection);
  connection.users++;
  return {
    client: connection.client,
    release: async () => {
      if (--connection.users === 0) await connection.client.dispose();
    },
  };
}

function connect(url: string): Connection {
  const fault = connectionStringFault(url);
  if (fault !== undefined) throw new Error(`the KurrentDB connection string ${fault}`);
  try {
    // The old scheme means the same; the client warns of it on the console.
    return { client: KurrentDBClient.connectionString(url.replace(/^esdb/, 'kurrentdb')), users: 0 };
  } catch (error) {
    // The client's errors about connection strings hold the whole of it, so none of them may be the cause.
    const reason = error instanceof Error && error.message.includes('certificate') ? error.message : '';
    // eslint-disable-next-line preserve-caught-error
    throw new Error(`the KurrentDB connection string cannot be used. ${reason}`.trim());
  }
}
