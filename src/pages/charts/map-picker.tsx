import type { VNode } from 'preact';
import type { MarketStage, MarketSummary } from '../../queries/markets/get-markets.js';
import { PRESENCES } from '../../queries/markets/market-presence.js';
import { usePageContext } from '../page-context.js';

/** Whose markets a map shows. */
export interface MapChoice {
  readonly automakers: readonly { readonly id: string; readonly name: string; readonly homeMarket: string }[];
  readonly chosen: string | undefined;
  /** The home market of the chosen one. */
  readonly home: string | undefined;
}

/** One automaker or all of them; works without script. */
export function MapPicker({ choice, action }: { choice: MapChoice; action: string }): VNode | null {
  const { clocks } = usePageContext();
  if (choice.automakers.length < 2) return null;
  return (
    <form class="inline" action={`${action}#map`} method="get">
      {Object.entries(clocks).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={String(value)} />
      ))}
      <label for="map-of">Show</label>
      <select id="map-of" name="of">
        <option value="">all automakers</option>
        {choice.automakers.map(({ id, name }) => (
          <option key={id} value={id} selected={id === choice.chosen}>
            {name}
          </option>
        ))}
      </select>
      <button class="button second" type="submit">
        Show
      </button>
    </form>
  );
}

/** The markets as one automaker has them: the deepest of what it is there. */
export function marketsOfOne(markets: readonly MarketSummary[], id: string): MarketSummary[] {
  return markets.flatMap((market) => {
    const stage: MarketStage | undefined = PRESENCES.find((presence) => market[presence].includes(id));
    return stage === undefined ? [] : [{ ...market, stage }];
  });
}
