import { createServer, type AddressInfo } from 'node:net';

/** A port of loopback that nobody listens on, for a server that is to come back on it after a kill. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
