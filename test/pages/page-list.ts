import { RequestMethod, type Type } from '@nestjs/common';
import { PagesModule } from '../../src/pages/pages.module.js';
import { PageRenderer } from '../../src/pages/page-renderer.js';
import { EVENT_TYPES } from '../../src/domain/events/catalogue.js';
import type { TestServer } from '../e2e/server.js';
import { unescaped } from './unescaped.js';

/** Example addresses for a page route that show all its variants, in the shipped ledger. */
interface PageExamples {
  readonly some: readonly string[] | ((server: TestServer) => Promise<readonly string[]>);
  /** Addresses for all parameters in the ledger, if the sentences of the page depend on them. */
  readonly all?: (server: TestServer) => Promise<readonly string[]>;
  /** The page does not depend on a day: a form, or an answer for programs. */
  readonly isTimeless?: true;
  /** The page requires a sign-in. */
  readonly isForAnalysts?: true;
}

/** Every route that answers with a page, by its pattern. `pageRoutes` is used to find missing ones. */
const EXAMPLES: Readonly<Record<string, PageExamples>> = {
  '/': { some: ['/', '/?of=xpeng'] },
  '/about': { some: ['/about'] },
  // These redirect to the page that they freeze.
  '/at/:state': { some: [], isTimeless: true },
  '/at/:state/*': { some: [], isTimeless: true },
  '/audit': {
    some: [
      '/audit?automaker=xpeng&from=2025-09-01',
      '/audit?automaker=nio&from=2022-12-31&trueOn=2025-06-30',
      '/audit?automaker=geely&from=2025-09-01',
    ],
  },
  '/automakers/:automaker': {
    some: ['/automakers/xpeng', '/automakers/xpeng?trueOn=2024-12-31', '/automakers/xiaomi'],
    all: async (server) => (await automakersOf(server)).map((id) => `/automakers/${id}`),
  },
  '/automakers/:automaker/targets/:target': {
    some: ['half-overseas', 'service-centers-300', 'sixty-markets', 'own-service-center-norway'].map(
      (target) => `/automakers/xpeng/targets/${target}`,
    ),
    all: async (server) => {
      const found: string[] = [];
      for (const id of await automakersOf(server)) {
        const { targets } = (await server.get(`/api/automakers/${id}/targets`)).body;
        for (const { target } of targets) found.push(`/automakers/${id}/targets/${String(target)}`);
      }
      return found;
    },
  },
  '/automakers/:automaker/vintages': {
    some: [
      '/automakers/xpeng/vintages?measure=total-units',
      '/automakers/geely/vintages?measure=overseas-units',
    ],
  },
  '/cite': { some: ['/cite?of=/goals', '/cite?of=/automakers/xpeng'], isTimeless: true },
  '/companies': { some: ['/companies'] },
  '/companies/:company': {
    some: ['/companies/horse-powertrain', '/companies/renault-group'],
    all: async (server) => {
      const { companies } = (await server.get('/api/companies')).body;
      return companies.map(({ company }: { company: string }) => `/companies/${company}`);
    },
  },
  '/compare': {
    some: [
      '/compare',
      '/compare?automakers=xpeng,geely,saic,nio,gac,gwm&measure=overseas-units',
      '/compare?measure=overseas-markets',
    ],
  },
  '/coverage': { some: ['/coverage'] },
  '/data': { some: ['/data'] },
  '/docs': { some: ['/docs'], isTimeless: true },
  '/events/:id': {
    some: (server) => eventsOf(server, ['FigureReported', 'TargetRevised', 'MarketConditionChanged']),
    all: (server) => eventsOf(server, EVENT_TYPES, 2),
  },
  '/events/:id/:act': {
    some: async (server) => {
      const [event = ''] = await eventsOf(server, ['FigureReported']);
      return ['correct', 'retract', 'evidence', 'source', 'move'].map((act) => `${event}/${act}`);
    },
    isTimeless: true,
    isForAnalysts: true,
  },
  '/glossary': { some: ['/glossary'] },
  '/goals': { some: ['/goals', '/goals?moved=raised&movedSince=2023-01-01'] },
  '/import': { some: ['/import'], isTimeless: true, isForAnalysts: true },
  '/log': {
    some: async (server) => [
      '/log',
      ...(await formsOfGoal(server)),
      '/log?type=TargetSet&automaker=xpeng',
      '/log?type=PartnerSigned&automaker=xpeng',
      '/log?type=FigureReported&automaker=xpeng',
      '/log?type=MarketConditionChanged&market=EU',
      '/log?type=OwnershipChanged&company=renault',
    ],
    isTimeless: true,
    isForAnalysts: true,
  },
  '/log/release': { some: ['/log/release?automaker=xpeng'], isTimeless: true, isForAnalysts: true },
  '/markets': { some: ['/markets'] },
  '/markets/:market': {
    some: ['/markets/DE', '/markets/EU', '/markets/DE?automaker=xpeng'],
    all: async (server) => {
      const { markets } = (await server.get('/api/markets')).body;
      return markets.map(({ market }: { market: string }) => `/markets/${market}`);
    },
  },
  '/methods': { some: ['/methods'] },
  '/overlap': { some: ['/overlap?automakers=xpeng,geely', '/overlap?automakers=saic,nio'] },
  '/reviews': {
    some: ['/reviews', '/reviews?list=reviewed', '/reviews?list=mine', '/reviews?list=one-publisher'],
    isTimeless: true,
    isForAnalysts: true,
  },
  '/search': {
    some: [
      '/search?q=norway',
      '/search?q=valencia',
      '/search?q=service',
      '/search?q=nothing-is-called-so',
      '/search',
    ],
  },
  '/sign-in': { some: ['/sign-in'], isTimeless: true },
  '/suggest': { some: ['/suggest', '/suggest?automaker=xpeng&target=half-overseas'], isTimeless: true },
  '/suggestions': {
    some: ['/suggestions', '/suggestions?state=declined'],
    isTimeless: true,
    isForAnalysts: true,
  },
  '/suggestions/:suggestion': {
    some: async (server) => {
      const { body } = await server.post('/api/suggestions', SUGGESTED);
      return [`/suggestions/${String(body.id)}`];
    },
    isTimeless: true,
    isForAnalysts: true,
  },
  '/theses': { some: ['/theses'] },
  '/timeline': {
    some: [
      '/timeline',
      '/timeline?automaker=xpeng&type=MarketEntered',
      '/timeline?order=recorded',
      '/timeline?publisher=Electrek',
    ],
    all: async (server) => (await automakersOf(server)).map((id) => `/timeline?automaker=${id}`),
  },
};

const SUGGESTED = {
  kind: 'event',
  automaker: 'xpeng',
  text: 'It opened a store in Lima.',
  url: 'https://example.com/lima',
  name: 'A reader',
};

async function automakersOf(server: TestServer): Promise<readonly string[]> {
  const { automakers } = (await server.get('/api/automakers')).body;
  return automakers.map(({ id }: { id: string }) => id);
}

/** The newest events of some types, `each` per type. */
async function eventsOf(server: TestServer, types: readonly string[], each = 1): Promise<string[]> {
  const answers = await Promise.all(
    types.map((type) => server.get(`/api/events?type=${type}&limit=${each}`)),
  );
  return answers.flatMap(({ body }) => body.events.map(({ id }: { id: string }) => `/events/${id}`));
}

/** Forms that are prefilled from a goal. */
async function formsOfGoal(server: TestServer): Promise<string[]> {
  const { text } = await server.get('/automakers/xpeng/targets/half-overseas');
  return [...text.matchAll(/ href="(\/log\?[^"]+)"/g)].map(([, href = '']) => unescaped(href));
}

/** Every route for which a controller answers GET with a page. */
export function pageRoutes(): string[] {
  const controllers = Reflect.getMetadata('controllers', PagesModule) as readonly Type[];
  return controllers.filter(isOfPages).flatMap((controller) => {
    const base = pathsOf(controller)[0] ?? '';
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || Reflect.getMetadata('method', handler) !== RequestMethod.GET)
        return [];
      return pathsOf(handler).map(
        (path) => `/${[base, path].filter((part) => !/^\/?$/.test(part)).join('/')}`,
      );
    });
  });
}

const isOfPages = (controller: Type): boolean =>
  (Reflect.getMetadata('__interceptors__', controller) as readonly unknown[] | undefined)?.includes(
    PageRenderer,
  ) ?? false;

const pathsOf = (decorated: object): readonly string[] =>
  [Reflect.getMetadata('path', decorated) as string | readonly string[]].flat();

export interface PageOfRoute extends Omit<PageExamples, 'some' | 'all'> {
  readonly path: string;
}

/** Example addresses of every page, or all addresses from the ledger. Throws if a route has none. */
export async function pagesOf(
  server: TestServer,
  howMany: 'some' | 'all' = 'some',
): Promise<readonly PageOfRoute[]> {
  const found: PageOfRoute[] = [];
  for (const route of pageRoutes()) {
    const examples = EXAMPLES[route];
    if (!examples) throw new Error(`${route} is a page without an example in test/pages/page-list.ts`);
    const { some, all, ...kind } = examples;
    const paths = new Set(typeof some === 'function' ? await some(server) : some);
    if (all && howMany === 'all') for (const path of await all(server)) paths.add(path);
    found.push(...[...paths].map((path) => ({ path, ...kind })));
  }
  return found;
}
