import { REGISTERED, startServer, type TestServer } from '../e2e/server.js';
import { fieldsOf, signIn, type SignedIn } from './signed-in.js';
import { sentencesOf } from './visible-text.js';

const TABLE = `Brand\tMarch 2026\tYoY\tYTD
XPeng G\t20,100\t+12.0%\t55,300
Mona\t19,900\t+10.0%\t54,700
Total\t40,000\t+11.0%\t110,000`;
const RELEASE = {
  automaker: 'XPeng',
  month: 'March 2026',
  text: TABLE,
  basis: 'deliveries',
  'evidence[0].url': 'https://example.com/march',
  'evidence[0].publisher': 'XPeng',
  'evidence[0].publishedOn': '1 Apr 2026',
  'evidence[0].grade': 'confirmed',
};

describe('the page for pasted releases', () => {
  let server: TestServer;
  let analyst: SignedIn;
  const head = async (): Promise<number> => (await server.get('/api/automakers')).body.asOf.position;
  const send = (fields: Readonly<Record<string, string>>) => analyst.post('/log/release', fields);
  const read = (over: Readonly<Record<string, string>> = {}) =>
    send({ ...RELEASE, step: 'preview', ...over });
  /** Submits the form of a page again, with some fields changed and a button pressed. */
  const again = (page: string, over: Readonly<Record<string, string>>) =>
    send({ ...fieldsOf(page), ...over });
  const textOf = (page: string): string => sentencesOf(page).join('\n').replaceAll('\u00a0', ' ');

  beforeEach(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', REGISTERED);
    await server.get('/api/automakers?minPosition=1');
    analyst = await signIn(server, server.keys.analyst);
  });
  afterEach(() => server.stop());

  it('shows how the table is understood in sentences, and records it on the second press', async () => {
    const { status, text } = await read();
    expect(status).toBe(200);
    const words = textOf(text);
    expect(words).toContain('holds, in the table and beside what is recorded');
    expect(words).toContain(
      'XPeng, as reported: 40,000 vehicles sold in all (deliveries) for Mar 2026 (up 11 % on Mar 2025)',
    );
    expect(words).toContain('“Mona”: Mona');
    expect(words).toContain('“YTD”: the year to date');
    expect(await head()).toBe(1);
    const recorded = await again(text, { step: 'record' });
    expect([recorded.status, recorded.location]).toEqual([
      303,
      '/log/release?automaker=xpeng&recorded=6&minPosition=7',
    ]);
    expect(textOf((await analyst.look(recorded.location ?? '')).text)).toContain('6 figures are recorded.');
    expect(await head()).toBe(7);
    // Submitting the same form again records nothing twice.
    expect((await again(text, { step: 'record' })).location).toBe(recorded.location);
    expect(await head()).toBe(7);
  });

  it('shows a slip in one cell, and records it only where the source is said to say so', async () => {
    const { text } = await read({ text: TABLE.replace('19,900', '19,090') });
    expect(textOf(text)).toContain(
      'The brands come to 39,190, and their total is told as 40,000 (Mar 2026). Cells: “40,000” (row 4, column 2), “20,100” (row 2, column 2) and “19,090” (row 3, column 2).',
    );
    expect(text).toContain('<mark>19,090</mark>');
    const refused = await again(text, { step: 'record' });
    expect([refused.status, fieldsOf(refused.text)['text']]).toEqual([409, fieldsOf(text)['text']]);
    expect(await head()).toBe(1);
    const confirmed = await again(refused.text, { step: 'record', confirmSums: 'yes' });
    expect(confirmed.location).toBe('/log/release?automaker=xpeng&recorded=6&minPosition=7');
  });

  it('records nothing but what was shown', async () => {
    const { text } = await read();
    const changed = await again(text, { step: 'record', text: TABLE.replaceAll('Total', 'Sum') });
    expect(changed.status).toBe(409);
    expect(textOf(changed.text)).toContain('Something was changed after the table was shown');
    expect((await send({ ...RELEASE, step: 'record' })).status).toBe(409);
    expect(await head()).toBe(1);
  });

  it('takes what a label means once, and remembers it for the next month', async () => {
    const table = (month: string, value: string) => `Marke\t${month}\tlfd. Jahr\nGes.\t${value}\t110,000`;
    const first = await read({ text: table('Monat', '40,000') });
    const labels = fieldsOf(first.text);
    const indexOf = (label: string): string =>
      Object.entries(labels)
        .find(([, value]) => value === label)?.[0]
        .replace('.label', '') ?? '';
    const mapped = await again(first.text, {
      step: 'preview',
      [`${indexOf('lfd. Jahr')}.entity`]: '',
      [`${indexOf('lfd. Jahr')}.span`]: 'year-to-date',
      [`${indexOf('Monat')}.entity`]: '',
      [`${indexOf('Monat')}.span`]: 'month',
      [`${indexOf('Marke')}.entity`]: '',
      [`${indexOf('Ges.')}.entity`]: '',
      [`${indexOf('Ges.')}.role`]: 'total',
    });
    expect(textOf(mapped.text)).toContain(
      'XPeng, as reported: 110,000 vehicles sold in all (deliveries) for Jan 2026 to Mar 2026.',
    );
    expect((await again(mapped.text, { step: 'record' })).status).toBe(303);
    await server.get('/api/automakers?minPosition=3');
    const next = await read({
      month: '2026-04',
      text: table('Monat', '45,000').replace('110,000', '155,000'),
    });
    const words = textOf(next.text);
    expect(words).toContain('XPeng, as reported: 45,000 vehicles sold in all (deliveries) for Apr 2026.');
    expect(words).toContain(
      'XPeng, as reported: 155,000 vehicles sold in all (deliveries) for Jan 2026 to Apr 2026.',
    );
    // A typing mistake is found by comparison with the recorded figures of earlier months.
    const slipped = await again(next.text, {
      step: 'preview',
      text: table('Monat', '45,000').replace('110,000', '156,000'),
    });
    expect(textOf(slipped.text)).toContain('the year to date comes to 155,000, and it is told as 156,000');
  });

  it('pasted again is known, and what differs is settled cell by cell', async () => {
    const first = await read();
    await again(first.text, { step: 'record' });
    await server.get('/api/automakers?minPosition=7');
    const same = await read();
    expect(textOf(same.text)).toContain(
      '6 figures are recorded from this source already, and not recorded again. Nothing in the table is new.',
    );
    expect(same.text).not.toContain('value="record"');
    const changed = await read({ text: TABLE.replace('19,900', '19,700').replace('40,000', '39,800') });
    const words = textOf(changed.text);
    expect(words).toContain('It was told otherwise before');
    expect(words).toMatch(/From this source\s19,900, with a growth of 10 % was recorded\./);
    const unsettled = await again(changed.text, { step: 'record', confirmSums: 'yes' });
    expect([unsettled.status, await head()]).toEqual([409, 7]);
    const settled = await again(unsettled.text, {
      step: 'record',
      'differing.3:2': 'correct',
      'differing.4:2': 'restate',
    });
    expect(settled.location).toBe('/log/release?automaker=xpeng&recorded=2&minPosition=9');
  });

  it('loses nothing that was typed, whatever is wrong', async () => {
    const typed = {
      ...RELEASE,
      automaker: 'Xpong',
      month: 'Mars',
      text: '\tMar\n<b>Total</b>\t1',
      note: 'x',
    };
    const { status, text } = await send({ ...typed, step: 'preview' });
    expect(status).toBe(400);
    expect(fieldsOf(text)).toMatchObject({ automaker: 'Xpong', month: 'Mars', text: typed.text });
    const wrong = await send({ ...typed, automaker: 'xpeng', 'evidence[0].url': 'nowhere', step: 'preview' });
    expect(wrong.status).toBe(400);
    expect(textOf(wrong.text)).toContain('must be a month, such as March 2026');
    expect(fieldsOf(wrong.text)).toMatchObject({
      'evidence[0].url': 'nowhere',
      'evidence[0].publisher': 'XPeng',
      text: typed.text,
    });
    const empty = await send({ automaker: 'xpeng', month: '2026-03', text: 'Total\t5', step: 'preview' });
    expect(textOf(empty.text)).toMatch(/URL .*must|URL is|URL has to/);
  });

  it('asks to confirm what is unlikely', async () => {
    const brand = TABLE.replace('Mona', 'Montana');
    const recorded = await again((await read({ text: brand })).text, { step: 'record' });
    expect(recorded.status).toBe(303);
    await server.get('/api/automakers?minPosition=7');
    const { text } = await read({
      month: '2026-04',
      text: 'Brand\tApril 2026\nMontanna\t20,000\nTotal\t40,000',
    });
    expect(text).toContain('name="confirm.');
    const refused = await again(text, { step: 'record' });
    expect(refused.status).toBe(409);
    const codes = [...text.matchAll(/name="(confirm\.[a-z-]+)"/g)].map(([, name = '']) => [name, 'yes']);
    expect((await again(text, { step: 'record', ...Object.fromEntries(codes) })).status).toBe(303);
  });

  it('is for analysts who are signed in, and their own forms alone', async () => {
    const stranger = await fetch(`${server.url}/log/release`, { redirect: 'manual' });
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      303,
      '/sign-in?next=%2Flog%2Frelease',
    ]);
    const reader = await signIn(server, server.keys.reader);
    expect((await reader.look('/log/release')).status).toBe(403);
    expect((await send({ ...RELEASE, step: 'preview', formToken: 'x'.repeat(40) })).status).toBe(403);
  });
});
