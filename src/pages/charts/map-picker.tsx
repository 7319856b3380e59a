import type { VNode } from 'preact';
import type { MarketStage, MarketSummary } from '../../queries/markets/get-markets.js';
import { PRESENCES } from '../../queries/markets/market-presence.js';
import { AutomakerPicker } from '../design/automaker-picker.js';

/** The automaker whose markets a map shows, and the alternatives. */
export interface MapChoice {
  readonly automakers: readonly { readonly id: string; readonly name: string; readonly homeMarket: string }[];
  readonly chosen: string | undefined;
  /** The home market of the chosen automaker. */
  readonly home: string | undefined;
}

/** Chooses one automaker or all of them. */
export function MapPicker({ choice, action }: { choice: MapChoice; action: string }): VNode | null {
  const { automakers, chosen } = choice;
  if (automakers.length < 2) return null;
  return (
    <AutomakerPicker
      id="map-of"
      action={`${action}#map`}
      parameter="of"
      automakers={automakers}
      chosen={chosen}
    />
  );
}

/** The markets of one automaker, each with its deepest stage there. */
export function marketsOfOne(markets: readonly MarketSummary[], id: string): MarketSummary[] {
  return markets.flatMap((market) => {
    const stage: MarketStage | undefined = PRESENCES.find((presence) => market[presence].includes(id));
    return stage === undefined ? [] : [{ ...market, stage }];
  });
}
