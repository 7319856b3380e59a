import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type TestServer } from '../e2e/server.js';

const DEADLINE_MS = 1000;
/** The deadline, and the time until somebody looks whether it has passed. */
const PATIENCE_MS = DEADLINE_MS + 5000;

/** Clients that send a byte at a time: each holds a connection, none may hold it for longer than the deadline. */
describe('a client that sends a byte at a time', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ REQUEST_TIMEOUT: `${DEADLINE_MS}` });
  });
  afterAll(() => server.stop());

  const dripped = async (head: string): Promise<{ answer: string; ms: number }> => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const began = Date.now();
    let answer = '';
    socket.on('data', (piece: Buffer) => (answer += piece.toString()));
    socket.on('error', () => undefined);
    socket.write(head);
    for (; !socket.closed && Date.now() - began < 2 * PATIENCE_MS; await sleep(100))
      if (socket.writable) socket.write('a');
    socket.destroy();
    return { answer, ms: Date.now() - began };
  };
  const post = (path: string, type: string, key = server.keys.analyst): string =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: ${type}\r\nContent-Length: 10000\r\n\r\n`;

  it('is sent away at the deadline, whatever part of a request it sends', async () => {
    const heads: Record<string, string> = {
      'the first line': 'GET /',
      headers: 'GET / HTTP/1.1\r\nHost: localhost\r\nX: ',
      JSON: post('/api/automakers/xpeng/events', 'application/json'),
      'a form': post('/sign-in', 'application/x-www-form-urlencoded'),
      'lines of an import': post('/api/imports', 'application/x-ndjson'),
      'a table': post('/api/imports', 'text/csv'),
      'a size of a chunk': post('/api/imports', 'application/x-ndjson').replace(
        'Content-Length: 10000\r\n\r\n',
        'Transfer-Encoding: chunked\r\n\r\n1;',
      ),
    };
    const answers = await Promise.all(
      Object.entries(heads).map(async ([part, head]) => ({ part, ...(await dripped(head)) })),
    );
    for (const { part, answer, ms } of answers) {
      expect([part, answer.slice(0, 12)]).toEqual([part, 'HTTP/1.1 408']);
      expect([part, ms < PATIENCE_MS]).toEqual([part, true]);
    }
    expect((await server.get('/api/export')).text).toBe('');
  });
});
