import { localisationDepth } from '../expansion/localisation-depth.js';
import { readingOf } from '../measures/readings.js';
import type { ExpansionContext } from '../expansion/expansion-reading.js';
import { pairedCases, pairedTest, type PairedNumbers } from './pairs.js';
import { counted, eventsIn, inWords, type Thesis } from './thesis.js';

/** The lowest rung on which cars are built in the market. */
const LOCAL_BUILD = 4;

export const globalBrand: Thesis = {
  id: 'global-brand',
  question: 'Do automakers that build in more markets sell more abroad?',
  claim:
    'From exporter to global brand takes localisation, deeper value-chain embedding and sustained after-sales networks.',
  measure:
    'markets in which cars are built, and units abroad over the last twelve months that figures cover, of each pair of automakers',
  rule: 'supports where the one that builds in more markets sells more abroad, contradicts where it sells less; undecided where bounds overlap, or where the twelve months of the two are more than a year apart',
  significance: (world) => pairedTest(numbersIn(world), 'together'),
  cases: (world) =>
    pairedCases(
      numbersIn(world),
      'together',
      ({ automaker, first, second, secondOn = '' }) =>
        `${automaker}: built in ${counted(first, 'market')}, ${inWords(second)} units abroad in the twelve months to ${secondOn}`,
    ),
};

function numbersIn(world: readonly ExpansionContext[]): PairedNumbers[] {
  return world.flatMap((context) => {
    const { automaker, on } = context;
    const depth = localisationDepth(context);
    const units = readingOf(automaker, 'overseas-units', {}, on);
    if (!units) return [];
    const markets = {
      lo: depth.inputs.filter(({ lo = 0 }) => lo >= LOCAL_BUILD).length,
      hi: depth.inputs.filter(({ hi = 0 }) => hi >= LOCAL_BUILD).length,
    };
    const events = [...eventsIn(depth), ...units.inputs.flatMap((input) => input.events)];
    return [{ automaker: automaker.id, first: markets, second: units.bounds, secondOn: units.last, events }];
  });
}
