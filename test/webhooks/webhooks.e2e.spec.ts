import { openAccessDatabase } from '../../src/access/access-database.js';
import { EVENT_STORE, type EventStore } from '../../src/event-store/event-store.js';
import { Webhook } from '../../src/access/webhook.js';
import { WebhookSender } from '../../src/webhooks/webhook-sender.js';
import { Webhooks } from '../../src/webhooks/webhooks.js';
import { entered, REGISTERED, startServer, type TestServer } from '../e2e/server.js';
import { tierOf } from '../tier.js';
import { isSigned, Receiver } from './receiver.js';

const MANY = 10_000;

/** Polls until a condition holds. */
async function until(isSo: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await isSo());) {
    if (Date.now() > end) throw new Error('it did not come to be so in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('webhooks', () => {
  let server: TestServer;
  let receiver: Receiver;
  let head = 0;
  const admin = (path: string, body: unknown = {}) =>
    server.post(path, body, { Authorization: `Bearer ${server.keys.admin}` });
  const add = async (url = receiver.url, after?: number) => {
    const { status, body, text } = await admin('/api/webhooks', {
      url,
      ...(after !== undefined && { after }),
    });
    expect([status, text]).toEqual([201, text]);
    return body as { id: string; secret: string; position: number };
  };
  const shown = async (id: string) =>
    (await server.get('/api/webhooks', server.keys.admin)).body.webhooks.find(
      (each: { id: string }) => each.id === id,
    );
  const record = async (...events: object[]): Promise<void> => {
    const { status, text } = await server.post('/api/automakers/xpeng/events', events);
    expect([status, text]).toEqual([201, text]);
    head += events.length;
  };

  /** The database of keys and webhooks of this tier. */
  const accessDatabase = async () =>
    openAccessDatabase(server.directory, (await tierOf(server.directory)).environment['POSTGRES_URL']);

  beforeAll(async () => {
    server = await startServer();
    await record(REGISTERED);
  });
  beforeEach(async () => {
    receiver = new Receiver();
    await receiver.start();
  });
  afterEach(async () => {
    for (const { id } of (await server.get('/api/webhooks', server.keys.admin)).body.webhooks)
      await admin(`/api/webhooks/${id}/remove`);
    await receiver.kill();
  });
  afterAll(() => server.stop());

  it('send what is recorded from then on, signed, in the form of an export', async () => {
    const { id, secret, position } = await add();
    expect([position, secret]).toEqual([head, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
    await record(entered('NO'));
    await until(() => receiver.received.length > 0);
    const [message] = receiver.received;
    expect(message && isSigned(message, secret)).toBe(true);
    expect(message?.headers).toMatchObject({ 'webhook-id': `msg_${id}_${head}_${head}` });
    const lines = (await server.get('/api/export')).text.trimEnd().split('\n');
    expect(message?.events.map((event) => JSON.stringify(event))).toEqual(lines.slice(-1));
    await until(async () => (await shown(id)).position === head);
    expect(JSON.stringify(await shown(id))).not.toContain(secret);
  });

  it('keep the order and lose nothing where the receiver is killed, refuses, or takes without an answer', async () => {
    const { id } = await add(receiver.url, 0);
    await until(() => receiver.received.length > 0);
    const answers = [500, 'hang up', 'take and hang up', 429] as const;
    let asked = 0;
    receiver.answer = () => answers[asked++] ?? 200;
    await record(entered('SE'), entered('DK'));
    await until(() => asked >= 2);
    await receiver.kill();
    await record(entered('FI'));
    await until(async () => (await shown(id)).failures > 0);
    expect(await shown(id)).toMatchObject({
      lastError: expect.any(String),
      failingSince: expect.any(String),
    });
    await receiver.start();
    await until(async () => (await shown(id)).position === head, 40_000);
    expect(receiver.replica().map(({ position }) => position)).toEqual(
      Array.from({ length: head }, (_, index) => index + 1),
    );
    expect(await shown(id)).toMatchObject({ failures: 0, lastError: null, failingSince: null });
  }, 60_000);

  it('bring a replica through ten thousand events with corrections, and over restarts of the sender', async () => {
    const events: object[] = [];
    for (let n = 0; events.length < MANY; n++) {
      const id = `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
      const stream = `automaker-maker-${n % 50}`;
      if (n < 50)
        events.push({
          id,
          stream,
          type: 'AutomakerRegistered',
          occurredOn: '2001',
          data: { name: `Maker ${n}`, homeMarket: 'CN' },
        });
      else if (n % 10 === 9)
        events.push({
          id,
          stream: `automaker-maker-${(n - 50) % 50}`,
          type: 'EventRetracted',
          data: { event: `00000000-0000-4000-9000-${String(n - 50).padStart(12, '0')}`, reason: 'Wrong' },
        });
      else
        events.push({
          id,
          stream,
          type: 'ServiceCenterOpened',
          occurredOn: '2024-01-01',
          data: { market: 'NO', city: `City ${n}` },
          evidence: [{ url: `https://example.com/${n}`, publisher: 'Example', grade: 'reported' }],
        });
    }
    const imported = await fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
      body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    });
    const report = (await imported.json()) as { recorded: number };
    expect(report.recorded).toBeGreaterThan(MANY * 0.9);
    head += report.recorded;
    // The test runs its own senders and kills them repeatedly; each continues from the saved position.
    const database = await accessDatabase();
    const webhooks = new Webhooks(database, { allowsPrivate: false });
    const { id } = await add(receiver.url, 0);
    let turn = 0;
    receiver.answer = () => (++turn % 7 === 0 ? 'take and hang up' : 200);
    const store = server.app.get<EventStore>(EVENT_STORE, { strict: false });
    const options = { policy: { allowsPrivate: false }, onError: () => undefined, lookMs: 5, backOffMs: 5 };
    for (let restarts = 0; restarts < 5; restarts++) {
      const sender = new WebhookSender(store, webhooks, options);
      sender.start();
      await new Promise((resolve) => setTimeout(resolve, 150));
      await sender.close();
      // A killed node leaves its lease behind; this makes it expire.
      await database.getRepository(Webhook).update({ id }, { leasedUntil: '2000-01-01T00:00:00.000Z' });
    }
    await until(async () => (await shown(id)).position === head, 60_000);
    await database.destroy();
    const lines = (await server.get('/api/export')).text.trimEnd().split('\n');
    expect(receiver.replica().map((event) => JSON.stringify(event))).toEqual(lines);
    // No event arrives before all earlier ones were accepted.
    let taken = 0;
    for (const { position } of receiver.received.flatMap(({ events: sent }) => sent)) {
      expect(position).toBeLessThanOrEqual(taken + 1);
      taken = Math.max(taken, position);
    }
  }, 150_000);

  it('stop after a week of failures, say so, and go on when told', async () => {
    const { id } = await add(receiver.url);
    receiver.answer = () => 500;
    const database = await accessDatabase();
    await record(entered('IS'));
    await until(async () => (await shown(id)).failures > 0);
    await database.getRepository(Webhook).update(
      { id },
      {
        failingSince: new Date(Date.now() - 8 * 24 * 3_600_000).toISOString(),
        nextAttemptAt: null,
        leasedBy: null,
      },
    );
    await until(async () => (await shown(id)).disabledAt !== null);
    expect((await shown(id)).disabledReason).toBe('Every attempt of a week failed.');
    receiver.answer = () => 200;
    await record(entered('DE'));
    expect(receiver.received).toEqual([]);
    await admin(`/api/webhooks/${id}/enable`);
    await until(async () => (await shown(id)).position === head);
    expect(receiver.replica().map(({ position }) => position)).toEqual([head - 1, head]);
    await database.destroy();
  }, 60_000);

  it('stop at once where the receiver is gone for good, and follow no redirect', async () => {
    const gone = await add();
    receiver.answer = () => 410;
    await record(entered('AT'));
    await until(async () => (await shown(gone.id)).disabledAt !== null);
    await admin(`/api/webhooks/${gone.id}/remove`);
    receiver.answer = () => 302;
    const { id } = await add(receiver.url, head - 1);
    await until(async () => (await shown(id)).failures > 0);
    expect((await shown(id)).lastError).toContain('302');
    expect(receiver.received).toEqual([]);
  });

  it.each([
    ['http://example.com/hook', 'must be https, or http to this machine'],
    ['ftp://localhost/hook', 'must be https'],
    ['https://user:secret@example.com/', 'must not hold a user'],
    ['https://10.0.0.1/hook', 'private network'],
    ['https://192.168.1.5/hook', 'private network'],
    ['https://169.254.169.254/latest/meta-data', 'private network'],
    ['https://[fd00::1]/hook', 'private network'],
    ['https://[::ffff:10.0.0.1]/hook', 'private network'],
    ['https://0x0a000001/hook', 'private network'],
    ['nonsense', 'must be a URL'],
  ])('do not go to %s', async (url, message) => {
    const { status, text } = await admin('/api/webhooks', { url });
    expect([status, text]).toEqual([400, expect.stringContaining(message)]);
  });

  it('are for admins alone', async () => {
    expect((await server.get('/api/webhooks')).status).toBe(401);
    expect((await server.get('/api/webhooks', server.keys.analyst)).status).toBe(403);
    expect((await server.post('/api/webhooks', { url: receiver.url })).status).toBe(403);
    expect((await admin('/api/webhooks', { url: receiver.url, after: head + 1 })).status).toBe(400);
    expect((await admin('/api/webhooks', {})).status).toBe(400);
    expect((await admin('/api/webhooks/nothing/remove')).status).toBe(404);
  });
});
