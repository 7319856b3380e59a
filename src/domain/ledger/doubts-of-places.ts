import { countryOfCity } from './cities.js';
import type { Doubt } from './doubts.js';
import { marketInWords } from './peoples-words.js';
import { liesIn } from './regions.js';
import type { EventType } from '../events/catalogue.js';
import type { StreamState } from '../state/stream-state.js';

/** Events of what there is abroad: at home they are no expansion, and count towards nothing. */
const ABROAD: ReadonlySet<EventType> = new Set<EventType>([
  'StoreOpened',
  'ServiceCenterOpened',
  'ProductionAnnounced',
  'ProductionStarted',
]);
/** Measures that have nothing to count in the home market. */
const COUNTED_ABROAD = /^(?:overseas-|market-presence$|production-|local-production-)/;

/** Doubts something abroad that is placed in the home market, and a city in another country than its market. */
export function doubtsOfPlaces(
  state: StreamState,
  type: EventType,
  data: Readonly<Record<string, unknown>>,
): Doubt[] {
  const { market, city, measure } = data;
  if (typeof market !== 'string') return [];
  const country = typeof city === 'string' ? countryOfCity(city) : undefined;
  if (country !== undefined && country !== market)
    return [
      {
        code: 'other-market',
        field: 'data.city',
        message: `is ${String(city)}, which is in ${marketInWords(country)}, and the market is ${marketInWords(market)}`,
      },
    ];
  const { homeMarket } = state.automaker ?? {};
  if (
    type === 'FigureReported' &&
    measure === 'overseas-units' &&
    homeMarket !== undefined &&
    !liesIn(homeMarket, market)
  )
    return [
      {
        code: 'other-measure',
        field: 'data.measure',
        message: `is overseas-units, those of all markets abroad, and the market is ${marketInWords(market)}: market-units is what was sold there`,
      },
    ];
  const isAbroad = ABROAD.has(type) || (typeof measure === 'string' && COUNTED_ABROAD.test(measure));
  return isAbroad && homeMarket === market
    ? [
        {
          code: 'home-market',
          field: 'data.market',
          message: `is ${marketInWords(market)}, the home market, and only what is abroad counts`,
        },
      ]
    : [];
}
