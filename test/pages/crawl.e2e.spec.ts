import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import type { Unit } from '../../src/domain/measures/measures.js';
import type { SeriesPoint } from '../../src/domain/measures/series.js';
import { alternativeInWords, pointInWords } from '../../src/pages/charts/series-marks.js';
import type { TestServer } from '../e2e/server.js';
import { pagesOf } from './page-list.js';
import { startShipped } from './shipped-server.js';
import { signIn } from './signed-in.js';
import { unescaped } from './unescaped.js';

/** Event pages are similar, so from each page only this many are followed. */
const EVENTS_OF_A_PAGE = 1;
const AT_ONCE = 4;
/** Pictures, citations and workbooks are similar, so only MADE_OF_A_KIND of each kind are followed. */
const MADE_OF_PAGES = /^\/(?:charts|embed|oembed|cite|snapshots)\b|[?&](?:xlsx|notes)=/;
const MADE_OF_A_KIND = 6;

interface Crawled {
  readonly path: string;
  readonly from: string;
  readonly status: number;
  readonly text: string;
}

/** Links of a page to this site, without fragments. */
function linksOf(html: string): string[] {
  const found = [...html.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)].map(([, href = '']) =>
    unescaped(href),
  );
  return [
    ...new Set(found.filter((href) => href.startsWith('/')).map((href) => href.split('#', 1)[0] ?? href)),
  ];
}

function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
}

const kindOf = (path: string): string =>
  path
    .replace(/\/automakers\/[^/?]+/, '/automakers/*')
    .replace(/\/(targets|markets|events|companies)\/[^/?]+/, '/$1/*')
    .replace(/=[^&]+/g, '=*');

/**
 * Each kind of page as of a past day, with both clocks, and the lists as of a day before anything was known.
 */
async function pastPages(server: TestServer): Promise<string[]> {
  const { body } = await server.get('/api/events?type=FigureReported&limit=1&trueOn=2025-01-01');
  const today = new Date().toISOString().slice(0, 10);
  const pages = (await pagesOf(server))
    .filter(({ path, isTimeless }) => !isTimeless && !/[?&]trueOn=|^\/events\//.test(path))
    .map(({ path }) => path);
  const thenThere = [...pages, `/events/${String(body.events[0].id)}`];
  const withClocks = (path: string, clocks: string) => `${path}${path.includes('?') ? '&' : '?'}${clocks}`;
  return [
    ...thenThere.map((path) => withClocks(path, `trueOn=2025-06-30&knownOn=${today}`)),
    ...thenThere.map((path) => withClocks(path, 'trueOn=2025-06-30')),
    // Objects that were not yet known have no page and no comparison. Only lists exist, and they say that
    // they are empty.
    ...pages
      .filter((path) => /^\/\w*(?:\?q=\w+)?$/.test(path))
      .map((path) => withClocks(path, 'knownOn=2020-01-01')),
  ];
}

describe('every page of the shipped ledger', () => {
  let server: TestServer;
  const crawled: Crawled[] = [];

  beforeAll(async () => {
    server = await startShipped();
    const past = new Set(await pastPages(server));
    const seen = new Set(['/', ...past]);
    const made = new Map<string, number>();
    let waiting = [...seen].map((path) => ({ path, from: '' }));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, AT_ONCE);
      waiting = waiting.slice(AT_ONCE);
      const pages = await Promise.all(
        batch.map(async ({ path, from }): Promise<Crawled> => {
          let { status, text } = await server.get(path);
          // A store did not answer in time, on a busy machine. Its answer says to ask again.
          for (let asked = 1; status === 503 && asked < 4; asked++)
            ({ status, text } = await server.get(path));
          return { path, from, status, text };
        }),
      );
      for (const page of pages) {
        crawled.push(page);
        // Past pages, files and API answers are followed only if a current page links to them.
        if (past.has(page.path)) {
          // A past page offers its own data.
          const data = linksOf(page.text).filter((path) => /^\/api\/(?!export)|[?&]csv=/.test(path));
          for (const path of data.filter((each) => !seen.has(each))) {
            seen.add(path);
            waiting.push({ path, from: page.path });
          }
          continue;
        }
        if (/[?&](trueOn|knownOn|csv|cursor|from)=/.test(page.path) || page.path.startsWith('/api/'))
          continue;
        let events = 0;
        for (const path of linksOf(page.text)) {
          if (/^\/(docs|log|import|api\/export)/.test(path) || /^\/events\/[^/]+\/\w+$/.test(path)) continue;
          if (/[?&](trueOn|cursor)=/.test(path) && !path.startsWith('/timeline')) continue;
          if (/^\/(api\/)?events\//.test(path) && (events += 1) > EVENTS_OF_A_PAGE) continue;
          if (seen.has(path)) continue;
          if (MADE_OF_PAGES.test(path)) {
            const count = (made.get(kindOf(path)) ?? 0) + 1;
            made.set(kindOf(path), count);
            if (count > MADE_OF_A_KIND) continue;
          }
          seen.add(path);
          waiting.push({ path, from: page.path });
        }
      }
    }
  }, 1_200_000);
  afterAll(() => server.stop());

  const pages = (): Crawled[] => crawled.filter(({ text }) => text.startsWith('<!doctype html>'));

  it('is reached: all automakers, all their targets, all markets', async () => {
    const paths = new Set(crawled.map(({ path }) => path));
    const { automakers } = (await server.get('/api/automakers')).body;
    for (const { id } of automakers) {
      expect(paths).toContain(`/automakers/${id}`);
      const { targets } = (await server.get(`/api/automakers/${id}/targets`)).body;
      for (const { target } of targets) expect(paths).toContain(`/automakers/${id}/targets/${target}`);
    }
    const { markets } = (await server.get('/api/markets')).body;
    for (const { market } of markets) expect(paths).toContain(`/markets/${market}`);
  });

  it('every link resolves', () => {
    expect(
      crawled.filter(({ status }) => status !== 200).map(({ path, from, status }) => [status, path, from]),
    ).toEqual([]);
  });

  it('each number equals the answer of the API for the same clocks', async () => {
    const answers = new Map<string, unknown>();
    const wrong: unknown[] = [];
    let numbers = 0;
    for (const { path, text } of pages()) {
      const clocks = new URLSearchParams(path.split('?')[1] ?? '');
      for (const [, value, from = '', at = ''] of text.matchAll(
        /<data class="value" value="([^"]*)" data-from="([^"]*)" data-at="([^"]*)">/g,
      )) {
        const api = new URL(unescaped(from), server.url);
        for (const clock of ['trueOn', 'knownOn']) {
          const day = clocks.get(clock);
          // Differences are between two points, which the page's link names.
          if (day !== null && api.pathname !== '/api/differences') api.searchParams.set(clock, day);
        }
        const name = api.pathname + api.search;
        if (!answers.has(name)) answers.set(name, (await server.get(name)).body);
        const answered = valueAt(answers.get(name), at);
        numbers += 1;
        if (answered !== Number(value)) wrong.push({ path, value, at, name, answered });
      }
    }
    expect(wrong).toEqual([]);
    expect(numbers).toBeGreaterThan(1000);
  }, 1_200_000);

  it('each point that a chart draws, and says, is one of the API, for the same clocks', async () => {
    let points = 0;
    for (const { path, text } of pages()) {
      const target = /^\/automakers\/[^/]+\/targets\/[^/?]+/.exec(path)?.[0];
      if (target === undefined || path.includes('csv=')) continue;
      const { body } = await server.get(`/api${target}/series${path.slice(target.length)}`);
      const expected = (body.points as SeriesPoint[]).flatMap((point) => [
        pointInWords(point, body.unit as Unit),
        ...(point.alternatives ?? []).map((each) => alternativeInWords(point, each, body.unit as Unit)),
      ]);
      const [drawing = ''] = /<svg class="for-(?:wide|both)".*?<\/svg>/s.exec(text) ?? [];
      const said = [...drawing.matchAll(/ data-point(?:="true")? data-say="([^"]*)"/g)].map(
        ([, words = '']) => unescaped(words),
      );
      expect([path, said]).toEqual([path, expected]);
      points += said.length;
    }
    expect(points).toBeGreaterThan(100);
  }, 1_200_000);

  it('is valid HTML', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      // The renderer writes void elements and attributes in its own style, and sentences of events are long
      // titles.
      rules: {
        'void-style': 'off',
        'attribute-empty-style': 'off',
        'attribute-boolean-style': 'off',
        'doctype-style': 'off',
        'long-title': 'off',
        'no-trailing-whitespace': 'off',
        'tel-non-breaking': 'off',
        // Checkboxes of one group share a name.
        'form-dup-name': 'off',
      },
    });
    // One page of each kind, because pages of a kind use the same components.
    const kinds = new Map(pages().map((page) => [kindOf(page.path), page]));
    const analyst = await signIn(server, server.keys.analyst);
    for (const { path } of (await pagesOf(server)).filter(({ isTimeless }) => isTimeless))
      kinds.set(path, { path, from: '', ...(await analyst.look(path)) });
    const faults = new Set<string>();
    for (const { path, text } of kinds.values()) {
      const report = await validator.validateString(text);
      for (const { messages } of report.results)
        for (const { ruleId, message } of messages) faults.add(`${ruleId}: ${message} (${path})`);
    }
    expect([...faults]).toEqual([]);
  });

  it('weighs less than 100 KB on the wire', () => {
    const heavy = pages().map(({ path, text }) => [path, gzipSync(text).length] as const);
    expect(heavy.filter(([, bytes]) => bytes > 100_000)).toEqual([]);
  });
});
