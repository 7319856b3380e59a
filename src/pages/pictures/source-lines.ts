import { dayInWords } from '../design/dates.js';
import { numberInWords } from '../design/words.js';
import { addressOf } from '../page-context.js';
import type { ShownChart } from './chart-source.js';

/** The source and date of a chart, which must be part of every copy of it. */
export function sourceLines({ page, asOf }: ShownChart, site: string): readonly [string, string] {
  const { trueOn, knownOn, publicOn, position } = asOf;
  const known = knownOn === undefined ? '' : ', and nothing recorded later';
  const published =
    publicOn === undefined ? '' : `, using what had been published by ${dayInWords(publicOn)}`;
  return [
    `Market Expansion Tracker, as of ${dayInWords(trueOn)}: ${numberInWords(position)} events${known}${published}`,
    `${site.replace(/^https?:\/\//, '')}${addressOf(page, {})}`,
  ];
}
