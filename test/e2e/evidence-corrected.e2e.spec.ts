import { signIn, fieldsOf } from '../pages/signed-in.js';
import { startServer, type TestServer } from './server.js';

const WRONG = 'https://news.example.com/wrong';
const RIGHT = 'https://news.example.com/right';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly evidence: readonly { readonly url: string }[];
}

describe('a source whose address and date were wrong', () => {
  let server: TestServer;
  let entered: string;
  beforeEach(async () => {
    server = await startServer();
    const post = (event: object) => server.post('/api/automakers/xpeng/events', event);
    await post({
      type: 'AutomakerRegistered',
      occurredOn: '2014',
      data: { name: 'XPeng', homeMarket: 'CN' },
    });
    const { body } = await post({
      type: 'MarketEntered',
      occurredOn: '2021-09-01',
      data: { market: 'NO' },
      evidence: [{ url: WRONG, publisher: 'Example', grade: 'confirmed', publishedOn: '2023-01-01' }],
    });
    await server.get('/api/events?minPosition=2');
    entered = (body as { events: { id: string }[] }).events[0]?.id ?? '';
  });
  afterEach(() => server.stop());

  const correct = async (): Promise<number> => {
    const { status, body } = await server.post('/api/automakers/xpeng/events', {
      type: 'EvidenceCorrected',
      data: {
        event: entered,
        url: WRONG,
        replacement: { url: RIGHT, publisher: 'Example', grade: 'confirmed', publishedOn: '2021-09-02' },
        reason: 'the address was of another article',
      },
    });
    expect(status).toBe(201);
    return body.position as number;
  };
  const events = async (path: string): Promise<Told[]> =>
    ((await server.get(path)).body as { events: Told[] }).events;
  const urlsOf = (told: readonly Told[]) =>
    told.filter(({ id }) => id === entered).map(({ evidence }) => evidence.map(({ url }) => url));

  it('is put right for every reader, and stays in what was recorded', async () => {
    const position = await correct();
    expect(urlsOf(await events(`/api/events?minPosition=${position}`))).toEqual([[RIGHT]]);
    const { body } = await server.get(`/api/events/${entered}`);
    expect(body).toMatchObject({ evidence: [{ url: RIGHT }], recorded: { evidence: [{ url: WRONG }] } });
  });

  it('counts as published when the right one was, on the timeline, in answers and in exports', async () => {
    const day = 'publicOn=2021-12-31';
    expect(urlsOf(await events(`/api/events?${day}`))).toEqual([]);
    const position = await correct();
    await server.get(`/api/events?minPosition=${position}`);
    expect(urlsOf(await events(`/api/events?${day}`))).toEqual([[RIGHT]]);
    const { body } = await server.get(`/api/automakers/xpeng?${day}`);
    expect(body).toMatchObject({ markets: [{ market: 'NO', present: true }] });
    const { text } = await server.get(`/api/export?format=jsonl&${day}`);
    const exported = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    expect(urlsOf(exported)).toEqual([[RIGHT]]);
    expect(exported.map(({ type }) => type)).not.toContain('EvidenceCorrected');
  });

  it('is no news of the automaker on the pages that tell what happened', async () => {
    const position = await correct();
    await server.get(`/api/events?minPosition=${position}`);
    for (const page of ['/', '/automakers/xpeng']) {
      const { text } = await server.get(page);
      expect(text).toContain('entered Norway');
      expect(text).not.toContain('Evidence corrected');
    }
    expect((await server.get('/timeline')).text).toContain('Evidence corrected');
  });

  it('is not put right where nothing of the event is at that address', async () => {
    await correct();
    const { status, body } = await server.post('/api/automakers/xpeng/events', {
      type: 'EvidenceCorrected',
      data: {
        event: entered,
        url: WRONG,
        replacement: { url: RIGHT, publisher: 'Example', grade: 'confirmed' },
        reason: 'again',
      },
    });
    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain(`it is at ${RIGHT}`);
  });

  it('is put right from the page of the event, which begins with what is there', async () => {
    const { look, post } = await signIn(server, server.keys.analyst);
    const form = `/events/${entered}/source?${new URLSearchParams({ url: WRONG }).toString()}`;
    expect((await look(`/events/${entered}`)).text).toContain(form.replaceAll('&', '&amp;'));
    const fields = fieldsOf((await look(form)).text);
    expect(fields).toMatchObject({
      'data.url': WRONG,
      'data.replacement.url': WRONG,
      'data.replacement.publisher': 'Example',
    });
    const answer = { ...fields, 'data.replacement.url': RIGHT, 'data.reason': 'mistyped', step: 'record' };
    const { status, location, text } = await post(`/events/${entered}/source`, answer);
    expect([status, text]).toEqual([303, '']);
    const page = (await look(location ?? '')).text;
    expect(page).toContain('the source is corrected');
    expect(page).toContain(RIGHT);
  });
});
