import { MEASURE_NAMES } from '../../src/domain/measures/measures.js';
import { EVENT_TYPES } from '../../src/domain/events/catalogue.js';
import type { TestServer } from '../e2e/server.js';
import { pagesOf } from './page-list.js';
import { signIn } from './signed-in.js';
import { startShipped } from './shipped-server.js';
import { sentencesOf } from './visible-text.js';

/** Hyphenated English words that are also codes of the ledger. */
const ENGLISH: ReadonlySet<string> = new Set([
  'asset-light',
  'export-led',
  'after-sales',
  'joint-venture',
  'plug-in-hybrid',
  'local-content',
  'new-energy',
  'battery-electric',
  'minimum-price',
  'at-least',
]);

/** Text that a page must never show to readers. */
const FAULTS: readonly (readonly [string, RegExp])[] = [
  ['a UUID', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/],
  ['a date as programs write it', /\b(?:19|20)\d\d-[01]\d(?:-\d\d)?\b/],
  ['a path', /\w › \w|\b[a-z]+(?:\.[a-z]+)+[A-Z]|\b[a-z]+\[\d+\]/],
  ['no value', /\b(?:undefined|NaN|null)\b/],
  [
    'a market by its code',
    /\b(?:in|of|for|to|enter|entered|left) (?:the )?(?:DE|NO|AT|FR|ES|IT|NL|GB|CH|AU|TH|MY|MX|BR|ZA|EG|HK|AE|BY|CN)\b/,
  ],
  ['a market by its code at the head', /^(?:DE|NO|AT|FR|ES|IT|NL|GB|CH|AU|TH|MY|MX|BR|ZA|EG|HK|IL|SE|DK): /],
  [
    'a condition by the code of its market',
    /\b[A-Z]{2,6} (?:subsidy|quota|local-content|local content|minimum-price|demand|regulation|tariff):/,
  ],
  [
    'a slug that ends in the code of its market',
    /\b[a-z]+(?:-[a-z]+)*-(?:es|at|dz|by|my|id|br|eg|th|vn|za)\b/,
  ],
  [
    'one of many',
    /(?<!\d of |to |[\d.,])1 (?:markets|sites|plants|partners|vehicles|stores|days|automakers|numbers)\b/,
  ],
  ['a month or more later that is less', /-\d[\d.]* months? later/],
  ['a measure by its code', new RegExp(`\\b(?:${MEASURE_NAMES.join('|')})\\b`)],
  ['a type of event by its code', new RegExp(`\\b(?:${EVENT_TYPES.join('|')})\\b`)],
  ['invented words', /\bin the European Union of Brand\b|\bBrand [a-z]|\bModel [a-z]/],
];

describe('the sentences of every page', () => {
  let server: TestServer;
  const texts = new Map<string, readonly string[]>();
  /** Texts in the ledger that contain such words; pages quote them unchanged. */
  const quoted = new Set<string>();
  let slugs: readonly string[] = [];

  beforeAll(async () => {
    server = await startShipped();
    const found = new Set<string>();
    const dead: string[] = [];
    const analyst = await signIn(server, server.keys.analyst);
    for (const { path } of await pagesOf(server, 'all')) {
      const { status, text } = await analyst.look(path);
      if (status !== 200) dead.push(`${path}: ${status}`);
      // Documentation for programs uses their names.
      if (path === '/docs') continue;
      texts.set(path, sentencesOf(text));
    }
    expect(dead).toEqual([]);
    // Pages for objects that do not exist or were not yet known also use plain words.
    for (const path of [
      '/automakers/xpeng?knownOn=2020-01-01',
      '/automakers/xpeng/targets/half-overseas?knownOn=2020-01-01',
      '/automakers/nobody-of-this-name',
      '/automakers/xpeng/targets/half-overseas-no-more',
      '/companies/renault-group?knownOn=2020-01-01',
    ]) {
      const { status, text } = await server.get(path);
      expect([path, status]).toEqual([path, 404]);
      texts.set(path, sentencesOf(text));
    }
    for (const path of [
      '/goals',
      '/coverage',
      '/timeline',
      '/compare',
      '/data',
      '/',
      '/companies',
      '/theses',
    ]) {
      const { text } = await server.get(`${path}?knownOn=2020-01-01`);
      texts.set(`${path} before all`, sentencesOf(text));
      expect([path, text.includes('npm run demo')]).toEqual([path, false]);
    }
    const told = await Promise.all(
      EVENT_TYPES.map((type) => server.get(`/api/events?type=${type}&limit=200`)),
    );
    for (const { data, evidence } of told.flatMap(({ body }) => body.events)) {
      for (const text of [
        ...Object.values(data).flat(),
        ...evidence.map((each: { publisher: string }) => each.publisher),
      ])
        if (typeof text === 'string' && text.includes(' ') && FAULTS.some(([, fault]) => fault.test(text)))
          quoted.add(text);
      for (const field of [
        'target',
        'site',
        'partnership',
        'entity',
        'basis',
        'vehicles',
        'kind',
        'entryMode',
        'mode',
      ]) {
        const slug: unknown = data[field];
        if (typeof slug === 'string' && slug.includes('-') && !ENGLISH.has(slug)) found.add(slug);
      }
    }
    slugs = [...found];
  }, 400_000);
  afterAll(() => server.stop());

  const unquoted = (sentence: string): string =>
    [...quoted].reduce((left, text) => left.replace(text, '“”'), sentence);

  it.each(FAULTS)('hold nowhere %s', (_, fault) => {
    const faulty = [...texts].flatMap(([path, sentences]) =>
      sentences
        .filter((sentence) => fault.test(unquoted(sentence)))
        .map((sentence) => `${path}: ${sentence}`),
    );
    expect(faulty).toEqual([]);
  });

  it('name nothing by its slug, nor a value by its code', () => {
    expect(slugs.length).toBeGreaterThan(50);
    const known = new RegExp(`(?<![\\w-])(?:${slugs.join('|')})(?![\\w-])`);
    const faulty = [...texts].flatMap(([path, sentences]) =>
      sentences.filter((sentence) => known.test(sentence)).map((sentence) => `${path}: ${sentence}`),
    );
    expect(faulty).toEqual([]);
  });
});
