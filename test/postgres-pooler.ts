import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * A double of pgbouncer in front of a PostgreSQL on loopback without a password. Clients share sessions. In
 * mode `transaction`, a client returns its session at the end of every transaction, and takes the most
 * recently returned one for the next.
 */
export class PostgresPooler {
  private readonly idle: Session[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly mode: 'session' | 'transaction',
    private readonly to: number,
  ) {}

  static async start(to: number, mode: 'session' | 'transaction'): Promise<PostgresPooler> {
    const server = createServer();
    const pooler = new PostgresPooler(server, mode, to);
    server.on('connection', (client) => pooler.serve(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return pooler;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(client: Socket): void {
    this.keep(client);
    let session: Session | undefined = new Session(this.keep(connect(this.to, '127.0.0.1')));
    const take = (taken: Session): void => {
      session = taken;
      taken.answers = (bytes, isIdle) => {
        client.write(bytes);
        if (!isIdle || this.mode === 'session') return;
        session = undefined;
        // A session on its first return goes to the other end, so that used sessions are taken before it.
        if (taken.wasUsed) this.idle.push(taken);
        else this.idle.unshift(taken);
        taken.wasUsed = true;
      };
    };
    take(session);
    client.on('data', (bytes) => {
      // "Terminate" ends the client's connection, but not the session, which other clients share.
      if (this.mode === 'transaction' && bytes.toString('latin1', 0, 1) === 'X') return client.end();
      const free = session ?? this.idle.pop();
      if (!free) return client.destroy();
      if (free !== session) take(free);
      free.socket.write(bytes);
      return undefined;
    });
    client.on('close', () => session?.socket.destroy());
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    return socket;
  }
}

/** A session on the server. Its answers go to the client that currently holds it. */
class Session {
  answers: (bytes: Buffer, isIdle: boolean) => void = () => undefined;
  wasUsed = false;
  private rest = Buffer.alloc(0);

  constructor(readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
  }

  /**
   * Looks for "ready for query" outside a transaction, message by message: type, length, then the status
   * byte.
   */
  private take(bytes: Buffer): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    let isIdle = false;
    let end = 0;
    while (this.rest.length >= end + 5) {
      const next = end + 1 + this.rest.readInt32BE(end + 1);
      if (next > this.rest.length) break;
      isIdle = this.rest.toString('latin1', end, end + 1) === 'Z' && this.rest[end + 5] === 0x49;
      end = next;
    }
    const whole = this.rest.subarray(0, end);
    this.rest = this.rest.subarray(end);
    if (end > 0) this.answers(whole, isIdle);
  }
}
