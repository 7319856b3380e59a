import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Global, Module, Param, Query, UseInterceptors } from '@nestjs/common';
import { Costly, CostlyQuestions, CostlyQueue } from '../../src/api/costly-questions.js';
import { startEdge, type EdgeApplication } from '../problems/edge-application.js';

const begun: string[] = [];
let letAllEnd: () => void = () => undefined;
let held: Promise<void>;

@Controller()
@UseInterceptors(CostlyQuestions)
class Questions {
  @Get('costly/:name')
  @Costly()
  async costly(@Param('name') name: string): Promise<object> {
    begun.push(name);
    await held;
    return { name };
  }

  @Get('cheap')
  cheap(@Query() _clocks: object): object {
    begun.push('cheap');
    return {};
  }
}

@Global()
@Module({ providers: [CostlyQueue], exports: [CostlyQueue] })
class Queue {}

let edge: EdgeApplication;
const sockets: Socket[] = [];
beforeAll(async () => {
  edge = await startEdge([Questions], { rateLimit: 0 }, [], [], [Queue]);
});
beforeEach(() => {
  begun.length = 0;
  held = new Promise((resolve) => (letAllEnd = resolve));
});
afterEach(() => {
  letAllEnd();
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => edge.close());

describe('costly questions', () => {
  it('work two at a time, while others are answered', async () => {
    const asked = ['a', 'b', 'c'].map((name) => fetch(`${edge.url}/api/costly/${name}`));
    await begins(2);
    expect((await fetch(`${edge.url}/api/cheap`)).status).toBe(200);
    expect(begun).toEqual(expect.not.arrayContaining(['c']));
    letAllEnd();
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('are those with a clock, too, whatever they ask', async () => {
    const asked = ['a', 'b'].map((name) => fetch(`${edge.url}/api/costly/${name}`));
    await begins(2);
    const past = fetch(`${edge.url}/api/cheap?trueOn=2025-01-01`);
    await fetch(`${edge.url}/api/cheap`);
    expect(begun.filter((name) => name === 'cheap')).toHaveLength(1);
    letAllEnd();
    expect((await past).status).toBe(200);
    await Promise.all(asked);
  });

  it('are refused with the time to come back where too many wait', async () => {
    // Each request has its own connection, because requests on one connection start sequentially.
    const asked = Array.from({ length: 140 }, (_, index) => fetch(`${edge.url}/api/costly/${index}`));
    let refusals = 0;
    for (const each of asked)
      void each.then(({ status }) => {
        if (status === 503) refusals += 1;
      });
    while (refusals < 10) await sleep(10);
    const refused = await fetch(`${edge.url}/api/costly/one-more`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await refused.json()).toMatchObject({ type: '/problems/too-busy', status: 503 });
    letAllEnd();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(130);
    expect(statuses.filter((status) => status === 503)).toHaveLength(10);
  });

  it('are dropped when their client goes away before their turn', async () => {
    const asked = ['a', 'b'].map((name) => fetch(`${edge.url}/api/costly/${name}`));
    await begins(2);
    const leaving = await pipelined(['/api/costly/gone-1', '/api/costly/gone-2', '/api/costly/gone-3']);
    await fetch(`${edge.url}/api/cheap`);
    leaving.destroy();
    await sleep(50);
    letAllEnd();
    await Promise.all(asked);
    expect((await fetch(`${edge.url}/api/costly/last`)).status).toBe(200);
    expect(begun.filter((name) => name.startsWith('gone'))).toEqual([]);
  });
});

async function begins(count: number): Promise<void> {
  while (begun.filter((name) => name !== 'cheap').length < count) await sleep(5);
}

async function pipelined(paths: readonly string[]): Promise<Socket> {
  const { hostname, port } = new URL(edge.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`).join(''));
  return socket;
}
