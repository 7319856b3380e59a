import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Param } from '@nestjs/common';
import { RequireRole } from '../../src/access/require-role.js';
import { startEdge, type EdgeApplication } from '../problems/edge-application.js';

let [underWay, most] = [0, 0];
const begun: string[] = [];

@Controller('things')
class Things {
  @Get(':id')
  @RequireRole('reader')
  async thing(@Param('id') id: string): Promise<{ id: string }> {
    begun.push(id);
    most = Math.max(most, ++underWay);
    await sleep(20);
    underWay--;
    return { id };
  }
}

describe('requests that come one behind the other on a connection', () => {
  let edge: EdgeApplication;
  beforeAll(async () => {
    edge = await startEdge([Things], { rateLimit: 0 });
  });
  beforeEach(() => {
    [underWay, most] = [0, 0];
    begun.length = 0;
  });
  afterAll(() => edge.close());

  async function sendAtOnce(count: number): Promise<Socket> {
    const { port } = new URL(edge.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const requests = Array.from(
      { length: count },
      (_, n) => `GET /api/things/${n} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    );
    socket.write(requests.join(''));
    return socket;
  }

  it('are begun one after the other, and answered in their order', async () => {
    const socket = await sendAtOnce(12);
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.includes('"id":"11"')) break;
    }
    expect([...text.matchAll(/"id":"(\d+)"/g)].map(([, id]) => Number(id))).toEqual(
      Array.from({ length: 12 }, (_, n) => n),
    );
    expect(most).toBe(1);
  });

  it('keep nobody else waiting', async () => {
    const socket = await sendAtOnce(100);
    await once(socket, 'data');
    const answer = await fetch(`${edge.url}/api/things/other`);
    expect(await answer.json()).toEqual({ id: 'other' });
    expect(begun.length).toBeLessThan(100);
    socket.destroy();
  });

  it('are not begun any more once the client is gone', async () => {
    const socket = await sendAtOnce(100);
    await once(socket, 'data');
    socket.destroy();
    await fetch(`${edge.url}/api/things/after`);
    await sleep(200);
    expect(begun.length).toBeLessThan(50);
  });
});
