import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A proxy between a client and a server on loopback that can become silent: connections stay open but pass
 * nothing.
 */
export class SilentProxy {
  private readonly sockets = new Set<Socket>();
  private silentBefore = 0;
  private made = 0;
  private takesNone = false;
  private refuses = false;
  private most = Infinity;

  private constructor(private readonly server: Server) {}

  static async start(to: number): Promise<SilentProxy> {
    const server = createServer();
    const proxy = new SilentProxy(server);
    server.on('connection', (client) => proxy.pass(client, to));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on, existing connections pass nothing; with `all`, new ones do not either, until `open`. */
  silence(which: 'old' | 'all'): void {
    this.silentBefore = this.made;
    this.takesNone = which === 'all';
  }

  /** Breaks all connections, and each new one at once, until `accept`, as if the server were down. */
  refuse(): void {
    this.refuses = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** From the first connection on, only so many pass: as if the server went down then. */
  refuseAfter(connections: number): void {
    this.most = connections;
  }

  accept(): void {
    this.refuses = false;
  }

  /** New connections pass again; silent ones stay silent. */
  open(): void {
    this.silentBefore = this.made;
    this.takesNone = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket, to: number): void {
    const number = this.made++;
    if (this.refuses || number >= this.most) {
      client.destroy();
      return;
    }
    const server = connect(to, '127.0.0.1');
    const isSilent = () => this.takesNone || number < this.silentBefore;
    for (const [from, into] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => undefined);
      from.on('data', (bytes) => {
        if (!isSilent()) into.write(bytes);
      });
      from.on('close', () => {
        this.sockets.delete(from);
        if (!isSilent()) into.destroy();
      });
    }
  }
}
