import { ENTERED_NO, SMALL_LEDGER } from '../cli/small-ledger.js';
import type { TestServer } from '../e2e/server.js';
import { fieldsOf, signIn, type SignedIn } from './signed-in.js';
import { startSmall } from './small-server.js';
import { sentencesOf } from './visible-text.js';

describe('the pages for suggestions', () => {
  let server: TestServer;
  let analyst: SignedIn;
  const wordsOf = (page: string): string => sentencesOf(page).join('\n').replaceAll('\u00a0', ' ');
  /** Opens a page as a reader without an account or scripts. */
  const look = async (path: string) => {
    const response = await fetch(server.url + path, { redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  };
  const send = async (fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/suggest`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    });
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      text: await response.text(),
    };
  };
  const head = async (): Promise<number> => (await server.get('/api/ledger/checkpoint')).body.size;

  beforeEach(async () => {
    server = await startSmall();
    analyst = await signIn(server, server.keys.analyst);
  });
  afterEach(() => server.stop());

  it('take a source from an event on, and an analyst records it through the usual form', async () => {
    const before = await head();
    expect(before).toBe(SMALL_LEDGER.length);
    const event = await look(`/events/${ENTERED_NO}`);
    expect(event.text).toContain(`href="/suggest?about=${ENTERED_NO}"`);
    const form = await look(`/suggest?about=${ENTERED_NO}`);
    expect(wordsOf(form.text)).toContain('It is about: XPeng entered Norway');
    const made = await send({
      ...fieldsOf(form.text),
      'suggestion.url': 'https://example.com/second',
      'suggestion.publisher': 'Second News',
      'suggestion.publishedOn': '2 May 2021',
      'suggestion.name': 'Zoë <b>',
    });
    expect([made.status, made.location]).toEqual([
      303,
      expect.stringMatching(/^\/suggestions\/[0-9a-f]{32}\?new=yes$/),
    ]);
    expect(wordsOf((await look(made.location)).text)).toContain('Thank you: it was taken.');
    expect(await head()).toBe(before);

    expect(wordsOf((await analyst.look('/log')).text)).toContain('One suggestion of a reader waits');
    const list = await analyst.look('/suggestions');
    expect(wordsOf(list.text)).toContain('by Zoë <b>');
    const path = /href="(\/events\/[^"]+\/evidence\?suggestion=[0-9a-f]+)"/.exec(list.text)?.[1] ?? '';
    const entry = await analyst.look(path);
    const values = fieldsOf(entry.text);
    expect(values).toMatchObject({
      'evidence[0].url': 'https://example.com/second',
      'evidence[0].publishedOn': '2 May 2021',
      note: 'Suggested by Zoë <b>.',
    });
    const preview = await analyst.post(`/events/${ENTERED_NO}/evidence`, {
      ...values,
      'evidence[0].grade': 'reported',
      step: 'preview',
    });
    expect(wordsOf(preview.text)).toContain('This would be recorded');
    expect(await head()).toBe(before);
    const recorded = await analyst.post(`/events/${ENTERED_NO}/evidence`, {
      ...fieldsOf(preview.text),
      step: 'record',
    });
    expect(recorded.status).toBe(303);
    expect(await head()).toBe(before + 1);
    await server.get(`/api/automakers?minPosition=${before + 1}`);
    expect(wordsOf((await look(made.location)).text)).toContain('The suggestion was accepted');
    expect(wordsOf((await analyst.look('/suggestions')).text)).toContain('None waits.');
    const again = await analyst.post(`/events/${ENTERED_NO}/evidence`, {
      ...fieldsOf(preview.text),
      'evidence[0].url': 'https://example.com/third',
      step: 'record',
    });
    expect([again.status, await head()]).toEqual([409, before + 1]);
  });

  it('take an event from a goal on, whose form the analyst comes to by its kind', async () => {
    const goal = await look('/automakers/xpeng/targets/half-overseas');
    const path = /href="(\/suggest\?[^"]+)"/.exec(goal.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await look(path);
    expect(wordsOf(form.text)).toContain('It is about: Half of sales abroad');
    const made = await send({
      ...fieldsOf(form.text),
      'suggestion.text': 'It entered Denmark, too.',
      'suggestion.url': 'https://example.com/dk',
    });
    expect(made.status).toBe(303);
    const list = await analyst.look('/suggestions');
    const next = /href="(\/log\?[^"]*suggestion=[^"]+)"/.exec(list.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const chooser = await analyst.look(next);
    expect(wordsOf(chooser.text)).toContain('It entered Denmark, too.');
    const { suggestion = '' } = fieldsOf(chooser.text);
    const entry = await analyst.look(`/log?of=xpeng&type=MarketEntered&suggestion=${suggestion}`);
    const recorded = await analyst.post('/log', {
      ...fieldsOf(entry.text),
      'evidence[0].grade': 'reported',
      occurredOn: 'May 2023',
      'data.market': 'Denmark',
      step: 'record',
    });
    expect(recorded.status).toBe(303);
    expect(wordsOf((await look(made.location)).text)).toContain('The suggestion was accepted');
  });

  it('tell whoever made one why it was declined', async () => {
    const made = await send({
      'suggestion.about': ENTERED_NO,
      'suggestion.kind': 'correction',
      'suggestion.text': 'It was in 2021.',
    });
    const id = /suggestions\/([0-9a-f]+)/.exec(made.location)?.[1] ?? '';
    const silent = await analyst.post(`/suggestions/${id}/decline`, { reason: ' ' });
    expect([silent.status, wordsOf(silent.text)]).toEqual([400, expect.stringContaining('must say why')]);
    const declined = await analyst.post(`/suggestions/${id}/decline`, { reason: 'The source says 2020.' });
    expect([declined.status, declined.location]).toEqual([303, '/suggestions']);
    expect(wordsOf((await look(made.location)).text)).toContain('The source says 2020.');
    expect(wordsOf((await analyst.look('/suggestions?state=declined')).text)).toContain(
      'Declined by test-analyst',
    );
  });

  it('lose nothing that was typed where something is wrong or too much', async () => {
    const typed = {
      'suggestion.about': ENTERED_NO,
      'suggestion.url': 'nowhere',
      'suggestion.quote': 'So it is',
    };
    const wrong = await send(typed);
    expect([wrong.status, fieldsOf(wrong.text)]).toEqual([400, expect.objectContaining(typed)]);
    expect(wordsOf(wrong.text)).toContain('Address of the source must be the whole address of a page');
    const ofGoal = await look('/suggest?automaker=xpeng&target=half-overseas');
    expect(wordsOf(ofGoal.text)).toContain('It is about: ');
    const empty = await send(fieldsOf(ofGoal.text));
    expect([empty.status, wordsOf(empty.text).includes('It is about: ')]).toEqual([400, true]);
    for (let times = 0; times < 10; times++)
      await send({ ...typed, 'suggestion.url': `https://example.com/${times}` });
    const refused = await send({ ...typed, 'suggestion.url': 'https://example.com/11' });
    expect([refused.status, fieldsOf(refused.text)]).toEqual([
      429,
      expect.objectContaining({ 'suggestion.url': 'https://example.com/11', 'suggestion.quote': 'So it is' }),
    ]);
  });

  it('take nothing from other sites, nor from machines that fill in every field', async () => {
    const good = { 'suggestion.about': ENTERED_NO, 'suggestion.url': 'https://example.com/x' };
    expect((await send(good, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({ ...good, website: 'https://spam.example' })).location).toBe('/suggest');
    expect(wordsOf((await analyst.look('/suggestions')).text)).toContain('None waits.');
  });

  it('show the list to analysts alone', async () => {
    expect((await look('/suggestions')).status).toBe(303);
    const reader = await signIn(server, server.keys.reader);
    expect((await reader.look('/suggestions')).status).toBe(403);
    const decline = await analyst.post('/suggestions/nothing/decline', { reason: 'No' });
    expect(decline.status).toBe(404);
  });
});
