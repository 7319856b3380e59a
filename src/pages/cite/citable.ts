import type { QueryBus } from '@nestjs/cqrs';
import { isKnownOn, type Clocks } from '../../domain/ledger/clocks.js';
import { isDay } from '../../domain/ledger/edtf.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { GetAutomaker } from '../../queries/automakers/get-automaker.js';
import { GetCompany } from '../../queries/companies/get-company.js';
import { GetProgress } from '../../queries/automakers/get-progress.js';
import { marketName } from '../../queries/names.js';
import { titleOf } from '../design/words.js';

/** Pages with a fixed title that needs no context. */
const TITLES: Readonly<Record<string, string>> = {
  '/': 'How automakers expand abroad',
  '/goals': 'The goal book',
  '/coverage': 'Coverage',
  '/timeline': 'Timeline',
  '/markets': 'Markets',
  '/compare': 'Automakers compared',
  '/theses': 'Theses',
  '/overlap': 'Where two automakers both sell',
  '/companies': 'Companies',
};
const AUTOMAKER = /^\/automakers\/([a-z0-9-]+)$/;
const GOAL = /^\/automakers\/([a-z0-9-]+)\/targets\/([a-z0-9-]+)$/;
const VINTAGES = /^\/automakers\/([a-z0-9-]+)\/vintages$/;
const COMPANY = /^\/companies\/([a-z0-9-]+)$/;
const MARKET = /^\/markets\/([A-Z]{2,8})$/;

/** Whether a page can be cited, that is, whether it depends only on the ledger and the clocks. */
export const isCitable = (path: string): boolean =>
  path in TITLES || [AUTOMAKER, GOAL, VINTAGES, MARKET, COMPANY].some((pattern) => pattern.test(path));

/** The address of a page on this site, split into content and clocks. */
export interface CitableAddress {
  readonly path: string;
  /** Its query without the clocks and without the position in a list. */
  readonly query: Readonly<Record<string, string>>;
  readonly clocks: Clocks;
}

const LEFT_OUT = ['trueOn', 'knownOn', 'publicOn', 'minPosition', 'csv', 'xlsx', 'notes'];

/** Throws InvalidRequest if the text is not the address of a citable page. */
export function citableFrom(text: string): CitableAddress {
  const url = text.startsWith('/') ? URL.parse(text, 'http://here.invalid') : null;
  if (url?.host !== 'here.invalid' || !isCitable(url.pathname))
    throw wrong('must be the path of a page with numbers, such as /goals or /automakers/xpeng');
  const given = onceEach(url.searchParams);
  const { trueOn, knownOn, publicOn } = given;
  if (
    (trueOn !== undefined && !isDay(trueOn)) ||
    (knownOn !== undefined && !isKnownOn(knownOn)) ||
    (publicOn !== undefined && !isDay(publicOn))
  )
    throw wrong('has a clock that is no day');
  return {
    path: url.pathname,
    query: Object.fromEntries(Object.entries(given).filter(([name]) => !LEFT_OUT.includes(name))),
    clocks: {
      ...(trueOn !== undefined && { trueOn }),
      ...(knownOn !== undefined && { knownOn }),
      ...(publicOn !== undefined && { publicOn }),
    },
  };
}

/** Each parameter once. A repeated one, as from checkboxes, becomes a comma-separated list. */
const onceEach = (parameters: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]),
  );

const wrong = (message: string): InvalidRequest => new InvalidRequest([{ field: 'of', message }]);

/** The title of a page at these clocks. Throws NotFound if there is no such page. */
export async function titleOfPage(queries: QueryBus, { path, clocks }: CitableAddress): Promise<string> {
  const [, id, target] = GOAL.exec(path) ?? AUTOMAKER.exec(path) ?? [];
  const [, market] = MARKET.exec(path) ?? [];
  if (market !== undefined) return `${marketName(market)}: who sells there`;
  const [, company] = COMPANY.exec(path) ?? [];
  if (company !== undefined) {
    const { name } = await queries.execute(new GetCompany(company, clocks));
    return `${name}: whose it is, and whose partner`;
  }
  const [, ofVintages] = VINTAGES.exec(path) ?? [];
  if (ofVintages !== undefined) {
    const { profile } = await queries.execute(new GetAutomaker(ofVintages, clocks));
    return `${profile.name}: figures as first told, and put since`;
  }
  if (id === undefined) return TITLES[path] ?? path;
  const { profile } = await queries.execute(new GetAutomaker(id, clocks));
  if (target === undefined) return `${profile.name}: goals and expansion abroad`;
  const { terms } = await queries.execute(new GetProgress(id, target, clocks));
  return `${profile.name}: ${titleOf(terms)}`;
}
