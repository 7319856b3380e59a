import { idForKey } from '../../src/commands/recording/event-ids.js';
import { answerTo, entered, REGISTERED, startServer, type TestServer } from './server.js';

const KEY = 'a-key-that-others-may-guess';
const AUTHOR = 'test-analyst';

describe('an id that somebody else gave to another event', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());

  const importAs = (key: string, ...events: object[]) =>
    answerTo(
      fetch(`${server.url}/api/imports`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${key}` },
        body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
      }),
    );
  const record = (...events: object[]) =>
    server.post('/api/automakers/acme/events', events, { 'Idempotency-Key': KEY });

  it('keeps nobody from recording under an Idempotency-Key, once, in another stream or in the same', async () => {
    await server.post('/api/automakers/acme/events', REGISTERED);
    const elsewhere = idForKey(AUTHOR, 'automaker-acme', KEY, 0);
    const here = idForKey(AUTHOR, 'automaker-acme', KEY, 1, 1);
    const squatted = await importAs(
      server.keys.admin,
      { stream: 'automaker-other', id: elsewhere, ...REGISTERED },
      { stream: 'automaker-acme', id: here, ...entered('NO') },
    );
    expect(squatted.body).toMatchObject({ recorded: 2, refused: 0 });
    const first = await record(entered('SE'), entered('DK'));
    expect(first.status).toBe(201);
    const ids = first.body.events.map(({ id }: { id: string }) => id);
    expect(ids).not.toContain(elsewhere);
    expect(ids).not.toContain(here);
    const again = await record(entered('SE'), entered('DK'));
    expect(again.body).toEqual(first.body);
    expect((await record(entered('FI'))).status).toBe(422);
  });

  it('is not answered to somebody who sends the same key for what another has recorded under it', async () => {
    const id = idForKey(AUTHOR, 'automaker-acme', KEY, 0);
    await importAs(server.keys.admin, { stream: 'automaker-acme', id, ...REGISTERED });
    const answer = await record(REGISTERED);
    expect([answer.status, answer.body.duplicateOf]).toEqual([409, id]);
    expect((await record(entered('SE'))).status).toBe(201);
  });

  it('is refused line by line where a line brings it', async () => {
    const first = await server.post('/api/automakers/acme/events', REGISTERED);
    const { id } = first.body.events[0];
    const { status, body } = await importAs(
      server.keys.analyst,
      { stream: 'automaker-aaa', ...REGISTERED },
      { stream: 'automaker-bbb', id, ...REGISTERED },
      { stream: 'automaker-ccc', ...REGISTERED },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ lines: 3, recorded: 2, refused: 1 });
    expect(body.refusals).toMatchObject([{ line: 2, problem: 'event-id-in-use' }]);
  });
});
