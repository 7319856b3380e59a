import { REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';
import { fieldsOf } from './signed-in.js';

interface Sent {
  readonly status: number;
  readonly location: string | null;
  readonly cookie: string | null;
  readonly text: string;
}

describe('logging in a browser', () => {
  let server: TestServer;
  let cookie: string;
  let token: string;

  const send = async (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Sent> => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    });
    return {
      status: response.status,
      location: response.headers.get('location'),
      cookie: response.headers.get('set-cookie'),
      text: await response.text(),
    };
  };
  const look = async (path: string): Promise<string> =>
    (await fetch(server.url + path, { headers: { cookie } })).text();
  const post = (path: string, fields: Record<string, string>) =>
    send(path, { formToken: token, ...fields }, { cookie });

  const SOURCE_FIELDS = {
    'evidence[0].url': 'https://example.com/news',
    'evidence[0].publisher': 'Example News',
    'evidence[0].grade': 'reported',
    'evidence[0].quote': 'XPeng now sells in Norway.',
  };
  const ENTERED = {
    type: 'MarketEntered',
    automaker: 'xpeng',
    occurredOn: '2021-09',
    'data.market': 'NO',
    'data.models': 'G3\nP7',
    ...SOURCE_FIELDS,
  };

  const crumbsOf = (page: string): string | undefined =>
    /<p class="crumbs">(.*?)<\/p>/.exec(page)?.[1]?.replaceAll(/<[^>]*>/g, '');

  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', [REGISTERED]);
    const signedIn = await send('/sign-in', { key: server.keys.analyst, next: '/log' });
    expect([signedIn.status, signedIn.location]).toEqual([303, '/log']);
    cookie = signedIn.cookie?.split(';')[0] ?? '';
    token = /name="formToken" value="([^"]+)"/.exec(await look('/import'))?.[1] ?? '';
    expect(token).not.toBe('');
  });
  afterAll(() => server.stop());

  it('the session is a cookie that no script reads and no other site sends', async () => {
    const { cookie: set } = await send('/sign-in', { key: server.keys.analyst });
    expect(set).toMatch(/^tracker-session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    const overTls = await send(
      '/sign-in',
      { key: server.keys.analyst },
      { Origin: server.url.replace('http:', 'https:') },
    );
    expect(overTls.cookie).toMatch(/; Secure;/);
  });

  it('a wrong key is told so, and leads nowhere', async () => {
    const { status, text, cookie: set } = await send('/sign-in', { key: 'met_wrong' });
    expect([status, set]).toEqual([401, null]);
    expect(text).toContain('The key is not known');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
    'a sign-in never leads to %s',
    async (next) => {
      expect((await send('/sign-in', { key: server.keys.analyst, next })).location).toBe('/log');
    },
  );

  it('whoever is not signed in is asked to, and comes back', async () => {
    const response = await fetch(`${server.url}/log?type=MarketEntered&automaker=xpeng`, {
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      '/sign-in?next=%2Flog%3Ftype%3DMarketEntered%26automaker%3Dxpeng',
    ]);
  });

  it('no form without the token of the session changes anything', async () => {
    const without = await send('/log', { ...ENTERED, step: 'record' }, { cookie });
    const foreign = await send('/log', { ...ENTERED, step: 'record', formToken: 'x'.repeat(43) }, { cookie });
    expect([without.status, foreign.status]).toEqual([403, 403]);
    const elsewhere = await send(
      '/sign-in',
      { key: server.keys.analyst },
      { Origin: 'https://evil.example' },
    );
    expect(elsewhere.status).toBe(403);
  });

  describe('what was typed when a session ended', () => {
    const typed = { ...ENTERED, 'data.partner': 'Møller & “Søn”', note: 'one\ntwo', step: 'preview' };
    const own = () => ({ Origin: server.url, 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' });

    it('goes on after a sign-in, also after one that failed', async () => {
      const ended = await send('/log', { ...typed, formToken: 'of-the-old-session' }, own());
      expect(ended.status).toBe(403);
      expect(ended.text).toContain('nothing that you typed is lost');
      const waiting = fieldsOf(ended.text);
      expect(waiting).toMatchObject({ next: '/log', 'kept.note': 'one\ntwo' });
      const refused = await send('/sign-in', { ...waiting, key: 'met_wrong' }, own());
      expect([refused.status, fieldsOf(refused.text)['kept.data.partner']]).toEqual([401, 'Møller & “Søn”']);
      const back = await send('/sign-in', { ...fieldsOf(refused.text), key: server.keys.analyst }, own());
      const again = fieldsOf(back.text);
      expect(again).toMatchObject(typed);
      expect(again['formToken']).not.toBe('of-the-old-session');
      const next = await send('/log', again, { ...own(), cookie: back.cookie?.split(';')[0] ?? '' });
      expect([next.status, fieldsOf(next.text)['data.partner'], fieldsOf(next.text)['note']]).toEqual([
        200,
        'Møller & “Søn”',
        'one\ntwo',
      ]);
    });

    it('goes on where somebody signed in anew in another tab', async () => {
      const other = await send('/log', { ...typed, formToken: 'of-the-old-session' }, { ...own(), cookie });
      expect(other.status).toBe(403);
      const again = fieldsOf(other.text);
      expect(again).toMatchObject(typed);
      expect((await send('/log', again, { ...own(), cookie })).status).toBe(200);
    });

    it('is not kept of another site, nor where a browser does not say whose form it is', async () => {
      const others = [{}, { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }];
      for (const other of others) {
        const headers = { ...other, Accept: 'text/html' };
        const stranger = await send('/log', typed, headers);
        expect([stranger.status, stranger.location]).toEqual([303, '/sign-in']);
        expect(stranger.text).not.toContain('kept.');
        const foreign = await send('/log', { ...typed, formToken: 'x' }, { ...headers, cookie });
        expect([foreign.status, foreign.text.includes('Go on')]).toEqual([403, false]);
      }
    });
  });

  it('the session is nothing to the API, and a form is nothing that it reads', async () => {
    const body = JSON.stringify(REGISTERED);
    const headers = { cookie, 'Content-Type': 'application/json' };
    const byCookie = await fetch(`${server.url}/api/automakers/byd/events`, {
      method: 'POST',
      headers,
      body,
    });
    expect(byCookie.status).toBe(401);
    const withKey = { Authorization: `Bearer ${server.keys.analyst}` };
    expect((await send('/api/automakers/byd/events', { type: 'x' }, { cookie })).status).toBe(401);
    expect((await send('/api/automakers/byd/events', { type: 'x' }, withKey)).status).toBe(415);
  });

  it('a form asks for the source first, then for the fields of the type', async () => {
    const text = await look('/log?type=MarketEntered&automaker=xpeng');
    const names = [...text.matchAll(/ name="((?:evidence|data|occurredOn|note)[^"]*)"/g)].map(
      ([, name]) => name,
    );
    const source = (index: number, ...fields: string[]) => fields.map((name) => `evidence[${index}].${name}`);
    const rest = ['quote', 'note', 'stance', 'language', 'archived.url', 'archived.sha256'];
    expect(names).toEqual([
      ...source(0, 'url', 'publisher', 'grade', 'publishedOn', ...rest),
      'occurredOn',
      ...['market', 'entryMode', 'partner', 'models', 'entity'].map((name) => `data.${name}`),
      ...source(1, 'url', 'publisher', 'publishedOn', 'grade', ...rest),
      ...source(2, 'url', 'publisher', 'publishedOn', 'grade', ...rest),
      'note',
    ]);
  });

  it('what is dated only by when is read back as that', async () => {
    const fields = { ...ENTERED, occurredOn: 'by March 2019', 'data.market': 'IS' };
    const { status, text } = await post('/log', { ...fields, step: 'preview' });
    expect(status).toBe(200);
    expect(text).toContain('XPeng entered Iceland, by Mar 2019.');
  });

  it('names and dates are understood as people write them, and read back before anything is recorded', async () => {
    const oslo = {
      type: 'ServiceCenterOpened',
      of: 'XPENG',
      occurredOn: '12 November 2025',
      'data.market': 'Norway',
      'data.city': 'Oslo',
      'evidence[0].url': 'https://example.com/oslo',
      'evidence[0].publisher': 'Example News',
      'evidence[0].grade': 'confirmed',
      'evidence[1].url': 'https://example.com/oslo-too',
      'evidence[1].publisher': 'Second Paper',
      'evidence[1].grade': 'reported',
    };
    const { status, text } = await post('/log', { ...oslo, step: 'preview' });
    expect(status).toBe(200);
    expect(text).toContain('XPeng opened a service center in Oslo, Norway, on 12 Nov 2025.');
    expect(text).toContain('By Example News, confirmed; Second Paper, reported.');
    expect(text).toContain('No verdict on a goal would change.');
    // The button that records has the focus.
    expect(text).toMatch(/<button class="button" type="submit" form="log-form"[^>]* autofocus/);
    // The form keeps the input as it was typed.
    expect(text).toContain('value="12 November 2025"');
    const recorded = await post('/log', { ...oslo, step: 'record' });
    expect(recorded.status).toBe(303);
    const page = await look(recorded.location ?? '');
    expect(page).toContain('Recorded. It is in the ledger for good.');
    const { body } = await server.get('/api/events?type=ServiceCenterOpened');
    expect(body.events[0]).toMatchObject({
      occurredOn: '2025-11-12',
      data: { market: 'NO', city: 'Oslo' },
    });
    expect(body.events[0].evidence).toHaveLength(2);
    // The form for a similar event starts with the common values.
    const like = /href="(\/log\?type=ServiceCenterOpened[^"]*like=[^"]*)"/.exec(page)?.[1] ?? '';
    const next = await look(like.replaceAll('&amp;', '&'));
    expect(next).toContain('value="Norway"');
    expect(next).toContain('value="Example News"');
    expect(next).not.toContain('value="Oslo"');
    expect(next).not.toContain('value="https://example.com/oslo"');
  });

  it('an automaker that nobody knows is told so at once, with what was typed and those that are near', async () => {
    const response = await fetch(`${server.url}/log?type=ServiceCenterOpened&of=Xpemg`, {
      headers: { cookie },
    });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('<title>Error: Log an event');
    expect(text).toContain('value="Xpemg"');
    expect(text).toContain('No automaker is called “Xpemg”. Do you mean XPeng?');
    expect(text).toMatch(/<div class="note bad error-summary" role="alert" tabindex="-1" autofocus>/);
    expect(text).toContain('<a href="#of">');
  });

  it('a market is named where something happens to a market', async () => {
    const text = await look('/log?type=MarketConditionChanged&of=European%20Union');
    expect(text).toContain('Market condition changed: the European Union.');
    const wrong = await look('/log?type=MarketConditionChanged&of=XPeng');
    expect(wrong).toContain('This happens to a market');
  });

  it('what is wrong is summed up before the form, each line leading to its field', async () => {
    const { status, text } = await post('/log', {
      ...ENTERED,
      occurredOn: 'soon',
      'data.market': '',
      step: 'preview',
    });
    expect(status).toBe(400);
    expect(text).toContain('<title>Error: ');
    expect(text).toContain('2 fields are');
    expect(text).toContain('<a href="#occurredOn">');
    expect(text).toContain('<a href="#data-market">');
    expect(text).toContain('id="data-market"');
    // The lines stand in the order of the fields.
    const unsourced = {
      'evidence[0].url': '',
      'evidence[0].publisher': '',
      'evidence[0].grade': '',
      'evidence[0].quote': '',
    };
    const several = await post('/log', { ...ENTERED, ...unsourced, occurredOn: 'soon', step: 'preview' });
    expect([...several.text.matchAll(/<li><a href="#([^"]+)">/g)].map(([, to]) => to)).toEqual([
      'evidence-0-url',
      'occurredOn',
    ]);
    const empty = await post('/log', {
      ...ENTERED,
      'evidence[0].url': '',
      'evidence[0].publisher': '',
      'evidence[0].grade': '',
      'evidence[0].quote': '',
      step: 'preview',
    });
    expect(empty.text).toContain(
      '<a href="#evidence-0-url">URL is missing: it takes at least one source</a>',
    );
    // While the user types, nothing takes the focus.
    const typing = await post('/log', { ...ENTERED, 'data.market': '', step: 'typing' });
    expect([typing.status, typing.text.includes('error-summary')]).toEqual([200, false]);
  });

  it('a goal is set, and revised, said again, or given a figure from its page with what is known filled in', async () => {
    const set = await post('/log', {
      type: 'TargetSet',
      of: 'XPeng',
      occurredOn: 'Jan 2025',
      'data.target': 'Sixty markets',
      'data.measure': 'overseas-markets',
      'data.threshold': '60',
      'data.unit': 'markets',
      'data.deadline': '2027',
      'data.wording': 'We will be in sixty markets by 2027.',
      ...SOURCE_FIELDS,
      step: 'record',
    });
    expect(set.status).toBe(303);
    await look(set.location ?? '');
    const page = await look('/automakers/xpeng/targets/sixty-markets');
    const links = [...page.matchAll(/href="(\/log\?type=(\w+)[^"]*like=[^"]*)"/g)].map(
      ([, href = '', type = '']) => [type, href.replaceAll('&amp;', '&')] as const,
    );
    expect(links.map(([type]) => type)).toEqual([
      'TargetRevised',
      'TargetRestated',
      'FigureReported',
      'TargetWithdrawn',
    ]);
    const forms = new Map(
      await Promise.all(links.map(async ([type, href]) => [type, await look(href)] as const)),
    );
    for (const type of ['TargetRevised', 'TargetRestated', 'TargetWithdrawn'])
      expect([type, forms.get(type)?.includes('value="60 markets abroad"')]).toEqual([type, true]);
    expect(forms.get('TargetRevised')).toContain('value="60"');
    expect(forms.get('TargetRevised')).not.toContain('We will be in sixty');
    expect(forms.get('TargetRevised')).toContain('The target whose terms changed');
    expect(forms.get('TargetRevised')).not.toContain('which no other target of the automaker has');
    expect(forms.get('FigureReported')).toContain('<option value="overseas-markets" selected');
    // What is said of it again has another source than the time before.
    const restated = await post('/log', {
      type: 'TargetRestated',
      of: 'XPeng',
      occurredOn: 'Feb 2025',
      'data.target': '60 markets abroad',
      'data.wording': 'Sixty, as we said.',
      ...SOURCE_FIELDS,
      step: 'record',
    });
    const said = /\/events\/([0-9a-f-]+)/.exec(restated.location ?? '')?.[1] ?? '';
    expect(await look(`/log?type=TargetRestated&automaker=xpeng&like=${said}`)).not.toContain(
      'value="Example News"',
    );
    // A sentence says how a figure changes the verdict.
    const preview = await post('/log', {
      type: 'FigureReported',
      of: 'XPeng',
      occurredOn: 'Jan 2026',
      'data.measure': 'overseas-markets',
      'data.value': '64',
      'data.asOf': '31 Dec 2025',
      ...SOURCE_FIELDS,
      step: 'preview',
    });
    expect(preview.text).toContain(
      'The verdict on “60 markets abroad” would change from “Not enough evidence” to “Achieved”.',
    );
    // A goal can be given by its title as well as by its id.
    const withdrawn = await post('/log', {
      type: 'TargetWithdrawn',
      of: 'xpeng',
      occurredOn: '2026-02',
      'data.target': '60 markets abroad',
      'data.reason': 'It said so',
      ...SOURCE_FIELDS,
      step: 'preview',
    });
    expect(withdrawn.text).toContain('would change from “Not enough evidence” to “Withdrawn”');
  });

  it('what is wrong stands beside its field, and what was typed stays, as text', async () => {
    const typed = '"><script>alert(1)</script>';
    const { status, text } = await post('/log', {
      ...ENTERED,
      'data.market': 'Norwai',
      'data.partner': typed,
      step: 'record',
    });
    expect(status).toBe(400);
    // In the summary and beside the field, and nowhere else.
    expect(text.split('must be a country by its name, such as Norway. Did you mean Norway?')).toHaveLength(3);
    expect(text).toContain('value="Norwai"');
    expect(text).toContain('<a href="#data-market">Market must be a country by its name');
    expect(text).not.toContain('<script>alert');
  });

  it('says why no link is made of a form that is too long for one, and keeps what was typed', async () => {
    // Each letter takes nine places in an address.
    const note = '欧洲市场'.repeat(200);
    const { status, text } = await post('/log', { ...ENTERED, note, step: 'keep' });
    expect(status).toBe(200);
    expect(text).toContain('No link was made');
    expect(text).toContain(note);
  });

  it('the preview tells every number that will change, and records nothing', async () => {
    const { status, text } = await post('/log', { ...ENTERED, step: 'preview' });
    expect(status).toBe(200);
    expect(text).toContain('Markets where it sells, by what is logged');
    expect((await server.get('/api/automakers/xpeng/markets')).body.markets).toEqual([]);
  });

  it('is recorded once, however often the form is sent, under the name of the key', async () => {
    const fields = { ...ENTERED, step: 'record', idempotencyKey: 'once' };
    const [first, again] = [await post('/log', fields), await post('/log', fields)];
    expect(first.status).toBe(303);
    expect(again.location).toBe(first.location);
    expect(await look(first.location ?? '')).toContain('by test-analyst');
    const { body } = await server.get('/api/events?type=MarketEntered');
    expect(body.events).toHaveLength(1);
    expect(body.events[0].data).toEqual({ market: 'NO', models: ['G3', 'P7'] });
    expect(body.events[0].evidence[0].quote).toBe('XPeng now sells in Norway.');
  });

  it('a form that comes back and says something else is looked at, and recorded at the next press', async () => {
    const other = { ...ENTERED, 'data.market': 'DK', step: 'record', idempotencyKey: 'once' };
    const back = await post('/log', other);
    expect(back.status).toBe(200);
    expect(back.text).toContain('This would be recorded');
    const { idempotencyKey = '' } = fieldsOf(back.text);
    expect(idempotencyKey).not.toMatch(/^(?:once)?$/);
    expect((await post('/log', { ...other, idempotencyKey })).status).toBe(303);
  });

  it('what looks recorded already is not recorded again unless one says so', async () => {
    const { status, text } = await post('/log', { ...ENTERED, step: 'record' });
    expect(status).toBe(409);
    expect(text).toContain('Add your source to that one instead');
    expect(text).toContain('name="duplicateOf"');
    // People do not see the names that programs use.
    expect(text).not.toContain('EvidenceAdded');
  });

  it('a year that is unlikely is asked about, and recorded at a second press that says that it is meant', async () => {
    const old = { ...ENTERED, occurredOn: '0205', 'data.market': 'IS' };
    for (const step of ['preview', 'record']) {
      const asked = await post('/log', { ...old, step });
      expect([step, asked.status]).toEqual([step, step === 'record' ? 409 : 200]);
      expect(asked.text).toContain('name="confirm.unlikely-year"');
      // People do not see the names that programs use.
      expect(asked.text).not.toContain('"confirm"');
      expect(asked.text).not.toContain('&quot;confirm&quot;');
    }
    const recorded = await post('/log', { ...old, 'confirm.unlikely-year': 'yes', step: 'record' });
    expect(recorded.status).toBe(303);
    expect(await look(recorded.location ?? '')).toContain('outside the years 1800 to 2200');
  });

  it('what no text may hold is told at its field', async () => {
    const answer = await post('/log', { ...ENTERED, 'data.partner': 'a\u001b[31m', step: 'record' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('holds a control character (U+001B)');
  });

  it('evidence is added, the event corrected with a reason, and retracted: all of it stays', async () => {
    const { body } = await server.get('/api/events?type=MarketEntered');
    const path = `/events/${body.events[0].id}`;
    const more = await post(`${path}/evidence`, {
      ...SOURCE_FIELDS,
      'evidence[0].publisher': 'Second Paper',
      step: 'record',
    });
    expect(more.status).toBe(303);
    expect(await look(`${path}/correct`)).toContain('value="Sept 2021"');
    const previewed = await post(`${path}/correct`, {
      reason: 'It was Sweden',
      occurredOn: '2021-10',
      'data.market': 'SE',
      step: 'preview',
    });
    expect(previewed.text).toContain('It would read: XPeng entered Sweden, in Oct 2021.');
    expect(previewed.text).not.toContain('By nobody');
    const corrected = await post(`${path}/correct`, {
      reason: 'It was Sweden',
      occurredOn: '2021-10',
      'data.market': 'SE',
      step: 'record',
    });
    expect(corrected.status).toBe(303);
    expect(corrected.location).toContain(`${path}?minPosition=`);
    const page = await look(corrected.location ?? '');
    expect(crumbsOf(page)).toBe('Timeline · XPeng · Market entered, Oct 2021');
    const { acts } = (await server.get(`/api${path}`)).body;
    const ofCorrection = await look(`/events/${acts.at(-1).id}`);
    expect(crumbsOf(ofCorrection)).toMatch(/^Timeline · XPeng · Event corrected, /);
    expect(ofCorrection).toContain(`It is about <a href="${path}">XPeng entered Sweden</a>`);
    for (const words of [
      'XPeng entered Sweden',
      'Second Paper',
      'It was Sweden',
      'As it was recorded at first',
    ])
      expect(page).toContain(words);
    const retracted = await post(`${path}/retract`, {
      'data.reason': 'Nothing of it happened',
      step: 'record',
    });
    expect(retracted.status).toBe(303);
    expect(page).toContain(`href="${path}/retract"`);
    const voided = await look(retracted.location ?? '');
    const after = (await server.get(`/api${path}`)).body;
    expect(after.standing).toBe('retracted');
    // Actions that would be refused are not offered.
    expect(voided).not.toMatch(new RegExp(`href="${path}/(?:correct|retract|evidence)"`));
    const retraction = `/events/${after.acts.at(-1).id}`;
    expect(await look(retraction)).not.toContain(`href="${retraction}/retract"`);
  });

  it('the registration of an automaker that was retracted is still told, by the id where no name is left', async () => {
    const { body } = await server.post('/api/automakers/gone/events', [
      { ...REGISTERED, data: { ...REGISTERED.data, name: 'Gone' } },
    ]);
    const path = `/events/${body.events[0].id}`;
    await look(`${path}?minPosition=${body.position}`);
    expect(crumbsOf(await look(path))).toMatch(/^Timeline · Gone · Automaker registered, /);
    const retracted = await post(`${path}/retract`, {
      'data.reason': 'There is no such maker',
      step: 'record',
    });
    expect(retracted.status).toBe(303);
    expect(crumbsOf(await look(retracted.location ?? ''))).toMatch(/^Timeline · gone · /);
  });

  const line = (market: string) =>
    JSON.stringify({
      stream: 'automaker-xpeng',
      type: 'MarketEntered',
      occurredOn: '2022',
      data: { market },
      evidence: SOURCE,
    });

  it('lines are imported with a report, and the refused ones stay to be mended', async () => {
    const { status, text } = await post('/import', { lines: `${line('DK')}\n${line('Danemark')}` });
    expect(status).toBe(200);
    expect(text).toContain('1 recorded, 0 already recorded, 1 refused');
    expect(text).toContain('Danemark');
  });

  describe('a file', () => {
    const upload = async (
      file: string | Uint8Array<ArrayBuffer>,
      lines = '',
      formToken = token,
      path = '/import',
    ) => {
      const form = new FormData();
      form.set('formToken', formToken);
      form.set('file', new Blob([file]), 'events.jsonl');
      form.set('lines', lines);
      const headers = { cookie, Accept: 'text/html' };
      const response = await fetch(server.url + path, { method: 'POST', body: form, headers });
      return { status: response.status, text: await response.text() };
    };

    it('is imported like lines that are pasted, and its refused lines are in the box', async () => {
      const { status, text } = await upload(`\uFEFF${line('FI')}\r\n${line('Finlund')}\r\n`);
      expect(status).toBe(200);
      expect(text).toContain('1 recorded, 0 already recorded, 1 refused');
      expect(text).toContain('Line 2:');
      expect(text).toMatch(/<textarea[^>]*>[^<]*Finlund/);
    });

    it('of CSV as well', async () => {
      const csv = await (await fetch(`${server.url}/api/export?format=csv`)).text();
      expect((await upload(csv)).text).toMatch(/0 recorded, [1-9]\d* already recorded, 0 refused/);
    });

    it.each([
      ['with lines pasted beside it', line('IS'), line('IE'), 'a file was chosen and lines were pasted'],
      ['that is empty, with no lines', '', '', 'choose a file, or paste lines'],
      ['that is not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe), '', 'must be a text file in UTF-8'],
    ])('%s is not imported, and why is said', async (_, file, lines, words) => {
      const { status, text } = await upload(file, lines);
      expect(status).toBe(400);
      expect(text).toContain(words);
    });

    it('from another site is not imported', async () => {
      expect((await upload(line('IS'), '', 'x'.repeat(43))).status).toBe(403);
    });

    it('is nothing that the API reads', async () => {
      const form = new FormData();
      form.set('file', new Blob([line('IS')]), 'events.jsonl');
      const headers = { Authorization: `Bearer ${server.keys.analyst}` };
      const api = `${server.url}/api/automakers/xpeng/events`;
      expect((await fetch(api, { method: 'POST', body: form, headers })).status).toBe(415);
    });

    it('cut off in the middle is not imported, and whole forms go on being read', async () => {
      const boundary = '----cut';
      const body = `--${boundary}\r\nContent-Disposition: form-data; name="formToken"\r\n\r\n${token}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${line('IS')}`;
      const headers = { cookie, 'Content-Type': `multipart/form-data; boundary=${boundary}` };
      const cut = await fetch(`${server.url}/import`, { method: 'POST', body, headers });
      expect([cut.status, await cut.text()]).toEqual([400, expect.stringContaining('multipart/form-data')]);
      expect((await upload(line('FI'))).text).toContain('1 already recorded');
    });

    it('in a form of more parts than any has is refused', async () => {
      const form = new FormData();
      form.set('formToken', token);
      for (let count = 0; count < 50; count += 1) form.append('lines', 'x');
      const { status } = await fetch(`${server.url}/import`, {
        method: 'POST',
        body: form,
        headers: { cookie },
      });
      expect(status).toBe(413);
    });

    it('larger than a form may be is told so, on a page of whoever is signed in', async () => {
      const { status, text } = await upload('x'.repeat(1024 ** 2));
      expect(status).toBe(413);
      expect(text).toContain('Signed in as test-analyst');
    });

    it('whose parts end too early is no form', async () => {
      const headers = { cookie, Accept: 'text/html', 'Content-Type': 'multipart/form-data; boundary=b' };
      const body = '--b\r\nContent-Disposition: form-data; name="lines"\r\n\r\ncut';
      expect((await fetch(`${server.url}/import`, { method: 'POST', body, headers })).status).toBe(400);
    });
  });

  it('a page that does not exist is still one of somebody who is signed in', async () => {
    const page = async (headers: Record<string, string>) => {
      const response = await fetch(`${server.url}/nothing`, { headers: { Accept: 'text/html', ...headers } });
      return `${response.status} ${await response.text()}`;
    };
    expect(await page({ cookie })).toMatch(/^404 [^]*Signed in as test-analyst, analyst/);
    expect(await page({})).toMatch(/^404 [^]*<a href="\/sign-in">Sign in<\/a>/);
    expect(await page({ cookie: 'tracker-key=met_wrong' })).not.toContain('Signed in');
  });

  it('signing out takes the cookie away', async () => {
    const { location, cookie: set } = await post('/sign-out', {});
    expect(location).toBe('/');
    expect(set).toContain('Max-Age=0');
  });
});
