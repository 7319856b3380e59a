import { assetLight } from '../expansion/asset-light.js';
import { exposure } from '../expansion/exposure.js';
import type { ExpansionContext } from '../expansion/expansion-reading.js';
import { pairedCases, pairedTest, type PairedNumbers } from './pairs.js';
import { eventsIn, numberIn, percentInWords, type Thesis } from './thesis.js';

export const lessExposed: Thesis = {
  id: 'less-exposed',
  question: 'Are asset-light automakers less exposed to trade policy?',
  claim: 'Asset-light expansion reduces exposure to regulation, currency and demand swings.',
  measure:
    'the partner-run part of running sites abroad, and the units-weighted duty, of each pair of automakers',
  rule: 'supports where the more asset-light of two meets the lower duty, contradicts where it meets the higher; undecided where bounds overlap',
  significance: (world) => pairedTest(numbersIn(world), 'against'),
  cases: (world) =>
    pairedCases(
      numbersIn(world),
      'against',
      ({ automaker, first, second }) =>
        `${automaker}: ${part(percentInWords(first))}, ${duty(percentInWords(second, 'points'))}`,
    ),
};

function numbersIn(world: readonly ExpansionContext[]): PairedNumbers[] {
  return world.flatMap((context) => {
    const [light, duties] = [assetLight(context), exposure(context)];
    const [first, second] = [numberIn(light, 'partner-run-sites'), numberIn(duties, 'duty')];
    if (!first || !second) return [];
    const events = [...eventsIn(light), ...eventsIn(duties)];
    return [{ automaker: context.automaker.id, first, second, events }];
  });
}

const part = (share: string | undefined): string =>
  share === undefined
    ? 'the ledger cannot tell which part of its sites is partner-run'
    : `${share} of sites partner-run`;

const duty = (points: string | undefined): string =>
  points === undefined ? 'the ledger cannot tell its duty' : `duty ${points}`;
