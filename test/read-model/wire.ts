import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A connection to a server that can be cut or frozen. Only traffic through it is affected. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private isFrozen = false;

  private constructor(
    /** The server's URL through this connection. */
    readonly url: string,
    private readonly listener: Server,
  ) {}

  static async to(address: string): Promise<Wire> {
    const url = new URL(address);
    const { hostname, port } = url;
    const listener = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        wire.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => {
          wire.sockets.delete(socket);
          other.destroy();
        });
        socket.on('data', (piece: Buffer) => void other.write(piece));
        if (wire.isFrozen) socket.pause();
      }
    });
    await new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve(undefined)));
    url.host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
    const wire = new Wire(url.href, listener);
    return wire;
  }

  /** Breaks all connections without notice; new ones are accepted. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Accepts connections and data, but forwards nothing until `thaw`. */
  freeze(): void {
    this.isFrozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  thaw(): void {
    this.isFrozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }
}
