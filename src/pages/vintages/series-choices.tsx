import type { VNode } from 'preact';
import { MEASURE_NAMES, type Measure, type Perimeter } from '../../domain/measures/measures.js';
import { partsOf } from '../../domain/measures/series.js';
import type { FigureRecord } from '../../domain/state/records.js';
import { FirstRows } from '../design/first-rows.js';
import { countedInWords, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';

/** A series for which an automaker has figures. */
export type Choice = Pick<Perimeter, 'market' | 'entity'> & { readonly measure: Measure };

/** The available series, those of the whole automaker first. */
export function choicesOf(figures: readonly FigureRecord[]): readonly Choice[] {
  const found = new Map<string, Choice>();
  for (const { measure, market, entity } of figures)
    for (const each of [measure, ...SHARES].filter((one) => partsOf(one).includes(measure)))
      found.set(`${entity ?? ''}|${market ?? ''}|${each}`, {
        measure: each,
        ...(market !== undefined && { market }),
        ...(entity !== undefined && { entity }),
      });
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, choice]) => choice)
    .sort((a, b) => rankOf(a) - rankOf(b));
}

/**
 * The whole automaker comes before its brands and markets, and its share of sales abroad before the inputs of
 * that share.
 */
function rankOf({ measure, market, entity }: Choice): number {
  const parts = (entity === undefined ? 0 : 2) + (market === undefined ? 0 : 1);
  const place = SHARES.includes(measure) ? -1 : MEASURE_NAMES.indexOf(measure);
  return parts * 1000 + place;
}

const SHARES: readonly Measure[] = ['overseas-sales-share'];

/** Links to the other series. */
export function Choices({
  automaker,
  choices,
}: {
  automaker: string;
  choices: readonly Choice[];
}): VNode | null {
  const link = useLink();
  if (choices.length < 2) return null;
  return (
    <details>
      <summary>Another series</summary>
      <FirstRows rows={choices} all={link(`/automakers/${automaker}`, { csv: 'series' })}>
        {(shown) => (
          <ul>
            {shown.map((choice) => (
              <li key={`${choice.measure} ${choice.market} ${choice.entity}`}>
                <a href={link(`/automakers/${automaker}/vintages`, { ...choice })}>
                  {withCapital(countedInWords(choice))}
                </a>
              </li>
            ))}
          </ul>
        )}
      </FirstRows>
    </details>
  );
}
