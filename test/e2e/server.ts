import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeys } from '../../src/access/api-keys.js';
import type { Role } from '../../src/access/api-key.js';
import { createApplication } from '../../src/server.js';
import { settingsFrom } from '../../src/settings.js';
import { tierOf } from '../tier.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests read answers without types.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly text: string;
}

/** An application on its own folder, with a key for each role. */
export interface TestServer {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly directory: string;
  readonly keys: Readonly<Record<Role, string>>;
  get(path: string, key?: string): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-'));
  const tier = await tierOf(directory);
  const settings = settingsFrom({
    DATA_DIR: directory,
    ...tier.environment,
    PORT: '0',
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '0',
    ...environment,
  });
  const app = await createApplication(settings);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const access = app.get(ApiKeys, { strict: false });
  const keyOf = async (role: Role) => (await access.create(`test-${role}`, role)).key;
  const keys = {
    reader: await keyOf('reader'),
    analyst: await keyOf('analyst'),
    admin: await keyOf('admin'),
  };
  return {
    app,
    url,
    directory,
    keys,
    get: (path, key) =>
      answerTo(fetch(url + path, key === undefined ? {} : { headers: { Authorization: `Bearer ${key}` } })),
    post: (path, body, headers = {}) =>
      answerTo(
        fetch(url + path, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${keys.analyst}`,
            ...headers,
          },
          body: bodyOf(body),
        }),
      ),
    stop: async () => {
      await app.close();
      await tier.remove();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Returns text and bytes unchanged, and everything else as JSON. */
function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

export async function answerTo(request: Promise<Response>): Promise<Answer> {
  const response = await request;
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, body, text };
}

export const SOURCE = [{ url: 'https://example.com/source', publisher: 'Example', grade: 'reported' }];
export const REGISTERED = {
  type: 'AutomakerRegistered',
  occurredOn: '2014',
  data: { name: 'XPeng', homeMarket: 'CN' },
};
export const entered = (market: string, occurredOn = '2021-05') => ({
  type: 'MarketEntered',
  occurredOn,
  data: { market },
  evidence: SOURCE,
});
export const opened = (market: string, occurredOn: string, city: string) => ({
  type: 'ServiceCenterOpened',
  occurredOn,
  data: { market, city },
  evidence: SOURCE,
});
