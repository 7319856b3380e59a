import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range for outgoing connections, which could otherwise take the port while its server is down. */
const [FIRST, LAST] = [10_000, 32_000];

/** A free loopback port for a server that will restart on it after a kill. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const probe = createServer().listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
    } catch {
      continue;
    }
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
