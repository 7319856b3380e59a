import type { Doubt } from './doubts.js';
import { marketFromWords, marketInAnotherLanguage } from './peoples-words.js';
import { ownerOf } from './streams.js';
import { identityOf } from './text.js';
import { isMarket } from '../events/fields.js';
import { brandsIn } from '../measures/brands-together.js';
import { knownNameLike } from '../state/known-names.js';
import { SITES_BY_NAME } from '../state/record-indexes.js';
import type { StreamState } from '../state/stream-state.js';

/** Doubts brands and partners whose names are nearly equal to known ones. */
export function doubtsOfNames(
  state: StreamState,
  type: string,
  data: Readonly<Record<string, unknown>>,
): Doubt[] {
  const { entity, partner } = data;
  const doubts: Doubt[] = [];
  const itself = (told: unknown): told is string => typeof told === 'string' && isItself(state, told);
  const brands = typeof entity === 'string' ? brandsIn(entity) : [];
  for (const brand of brands.filter(itself))
    doubts.push({
      code: 'unknown-entity',
      field: 'data.entity',
      message: `is ${brand}, the automaker itself: leave it out`,
    });
  if (
    typeof partner === 'string' &&
    isItself(state, withoutWordsOfCompanies(partner), withoutWordsOfCompanies)
  )
    doubts.push({
      code: 'partner-resembles',
      field: 'data.partner',
      message: `is ${partner}, the automaker itself: leave it out where it needs no partner`,
    });
  const market = typeof partner === 'string' ? marketNamed(state, partner, data['market']) : undefined;
  if (market !== undefined)
    doubts.push({
      code: 'partner-resembles',
      field: 'data.partner',
      message: `is ${String(partner)}, a market (${market}): give the name of the company`,
    });
  for (const brand of brands) {
    const like = knownNameLike(state, 'entity', brand);
    if (like !== undefined)
      doubts.push({
        code: 'unknown-entity',
        field: 'data.entity',
        message: `is ${brand}, and ${like} is known`,
      });
  }
  if (typeof partner === 'string' && type !== 'PartnershipEnded') {
    const like = knownNameLike(state, 'partner', partner);
    if (like !== undefined)
      doubts.push({
        code: 'partner-resembles',
        field: 'data.partner',
        message: `is ${partner}, and ${like} is known: is it the same?`,
      });
  }
  return doubts;
}

/**
 * The code of a market whose whole name a text is, in any language of the releases. A code is one only for a
 * market of the stream, because companies such as GM are named like markets.
 */
function marketNamed(state: StreamState, text: string, own: unknown): string | undefined {
  if (isMarket(text)) return text === own || state.record('market', text) ? text : undefined;
  return marketFromWords(text) ?? marketInAnotherLanguage(text);
}

/** Common last words of company names, which do not distinguish companies. */
const WORDS_OF_COMPANIES =
  /(?:[\s,]+(?:motors?|auto|automobiles?|automotive|vehicles?|cars?|group|holdings?|company|co|corp|corporation|inc|ltd|limited|plc|ag|gmbh|sa|nv|bv)\.?)+$/i;
const withoutWordsOfCompanies = (name: string): string => name.replace(WORDS_OF_COMPANIES, '');

/**
 * Whether a name is that of the stream's own automaker. `form` is first applied to the automaker's own names.
 */
function isItself(
  { stream, automaker }: StreamState,
  name: string,
  form = (own: string): string => own,
): boolean {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'automaker') return false;
  return [owner.automaker, automaker?.name ?? ''].some((own) => identityOf(form(own)) === identityOf(name));
}

/** Doubts a site in another market than before, and one that is known under another id. */
export function doubtsOfSite(
  state: StreamState,
  type: string,
  data: Readonly<Record<string, unknown>>,
): Doubt[] {
  const { site, market, name } = data;
  if (typeof site !== 'string') return [];
  const known = state.record('site', site);
  if (known)
    return typeof market === 'string' && market !== known.market
      ? [
          {
            code: 'other-market',
            field: 'data.market',
            message: `is ${market}, and ${site} is in ${known.market}`,
          },
        ]
      : [];
  if (type === 'ProductionEnded' || type === 'ProductionPlanRevised') return [];
  const [named] = typeof name === 'string' ? SITES_BY_NAME.find(state, identityOf(name)) : [];
  if (named)
    return [
      {
        code: 'unknown-site',
        field: 'data.site',
        message: `is ${site}, and ${named.site} has the same name`,
      },
    ];
  const like = knownNameLike(state, 'site', site);
  return like === undefined
    ? []
    : [{ code: 'unknown-site', field: 'data.site', message: `is ${site}, and ${like} is known` }];
}
