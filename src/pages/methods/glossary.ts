import { RUNGS } from '../../domain/expansion/localisation-depth.js';
import type { MethodsPlace } from './methods-places.js';

/** A word that pages use in a special sense. */
export interface GlossaryTerm {
  readonly id: string;
  readonly term: string;
  readonly meaning: string;
  /** The part of the methods that defines its computation. */
  readonly method?: MethodsPlace;
}

const term = <const Id extends string>(
  id: Id,
  words: string,
  meaning: string,
  method?: MethodsPlace,
): GlossaryTerm & { readonly id: Id } => ({ id, term: words, meaning, ...(method && { method }) });

/** In alphabetical order. */
export const GLOSSARY = [
  term(
    'abroad',
    'abroad, overseas',
    'Outside the home market of the automaker. A plant abroad counts as abroad whatever it builds.',
  ),
  term(
    'amount',
    'amount',
    'A goal of one period: so many vehicles in 2026. Only figures of that period bear on it.',
    'amounts',
  ),
  term(
    'announced',
    'announced',
    'Said to be going to happen. An announcement is never counted as the thing itself.',
  ),
  term(
    'as-of',
    'as of',
    'The day of the newest figure that a verdict rests on. Later days of silence change no verdict; they age it.',
    'age',
  ),
  term(
    'asset-light',
    'asset-light',
    'Going abroad with other people’s plants, shops and capital: licences, contract manufacturers, distributors.',
    'asset-light',
  ),
  term(
    'audit',
    'audit',
    'The differences between two points in time, each with what made it: time that passed, a new fact, one that was learned late, a correction, a retraction or a move.',
  ),
  term(
    'basis',
    'basis',
    'How vehicles are counted: delivered to customers, sold to dealers, exported, registered, built. Figures of two bases are never divided by each other.',
  ),
  term(
    'bounds',
    'bounds',
    'The least and the most that a number can be, given how its source rounded it and what nobody reports.',
    'bounds',
  ),
  term(
    'ckd',
    'CKD',
    'Completely knocked down: a vehicle shipped as a kit of parts and put together locally, body and paint work included.',
    'localisation-depth',
  ),
  term(
    'condition',
    'condition',
    'What a market asks of importers: a duty, a quota, a rule on local content. A draft is proposed, a law is in force.',
  ),
  term(
    'conflict',
    'conflict',
    'Reports that cannot all be right. The best supported are used; the others stay and are shown.',
    'conflicts',
  ),
  term(
    'corrected',
    'corrected',
    'An entry of the ledger that was wrong and has another one in its place. The earlier one stays readable.',
  ),
  term(
    'cumulative',
    'cumulative amount',
    'A goal that adds up several years: a million vehicles over five years.',
    'amounts',
  ),
  term(
    'effective-markets',
    'effective markets',
    'How many equally large markets would be as concentrated as the real ones.',
    'market-concentration',
  ),
  term(
    'event',
    'event',
    'Something that happened in the world and was logged with its source: a market entered, a goal set, a figure reported.',
  ),
  term(
    'exposure',
    'exposure',
    'The duties that units abroad would meet where none is built in the region of the duty.',
    'exposure',
  ),
  term('firmness', 'firmness', 'How a goal was put: only mooted, stated, planned, or committed to.'),
  term('flow', 'flow', 'What is counted over a time: vehicles sold in a quarter.', 'bounds'),
  term(
    'goal',
    'goal',
    'What an automaker, or somebody who speaks for it, said it wants to reach. What an analyst expects is no goal.',
  ),
  term(
    'goal-history',
    'goal history',
    'Every time a goal was said, with what changed in number, deadline or words. What journalists say in their own words changes nothing.',
  ),
  term('grade', 'grade', 'How well a source supports an event: confirmed, reported or rumoured.', 'grades'),
  term(
    'herfindahl',
    'Herfindahl index',
    'The sum of the squared shares of all markets: 10,000 where everything goes to one of them.',
    'market-concentration',
  ),
  term(
    'known-on',
    'known on',
    'The clock of the ledger: the answer that it would have given on that day, by what was recorded by then.',
    'clocks',
  ),
  term('late-fact', 'late fact', 'Something that had happened before, and was learned only now.'),
  term(
    'level',
    'level',
    'What is counted on a day: markets, stores, service centers, plants. Never added up over time.',
  ),
  term(
    'localisation-depth',
    'localisation depth',
    `How far up the ladder an automaker is in each market: ${RUNGS.slice(1).join(', ')}.`,
    'localisation-depth',
  ),
  term(
    'logged',
    'logged',
    'Counted from single events of the ledger. It is the least that there can be; what companies report is shown beside it and never mixed with it.',
  ),
  term(
    'market',
    'market',
    'A country or territory with a code of its own (ISO 3166); regions, such as Europe, hold several.',
  ),
  term(
    'moved',
    'moved',
    'An entry that was recorded of the wrong automaker, market or company. It stays readable, and counts where it was moved to.',
  ),
  term('pace', 'pace', 'How fast the figures move, as a percentage of how fast they would have to.', 'pace'),
  term(
    'partner',
    'partner',
    'A company that imports, sells, builds or repairs for an automaker, or holds a stake with it.',
    'partner-dependence',
  ),
  term(
    'perimeter',
    'perimeter',
    'What a figure includes: the whole automaker or one brand, one market or all, which vehicles, counted how and by whom.',
  ),
  term(
    'presence',
    'presence',
    'A goal to sell in one market. It is reached by an entry that is logged as done.',
    'presence',
  ),
  term(
    'published-by',
    'published by',
    'The clock of the public: only what some source had published by that day.',
    'clocks',
  ),
  term(
    'quiet',
    'quiet',
    'A goal that was not said again for twice as long as was to be expected. Inferred from silence, never declared.',
    'quiet-goals',
  ),
  term(
    'rate',
    'rate',
    'A goal of so many a year by some year. The newest whole years say how fast it comes nearer.',
    'growth',
  ),
  term(
    'reading',
    'reading',
    'One of six measures of an expansion that together tell an exporter from a global brand.',
    'readings',
  ),
  term(
    'retracted',
    'retracted',
    'An entry of the ledger that should not have been made. It stays readable and counts for nothing.',
  ),
  term(
    'share',
    'share',
    'Vehicles sold abroad as a percentage of all, of the same months, counted in the same way.',
    'shares',
  ),
  term(
    'skd',
    'SKD',
    'Semi knocked down: a vehicle shipped in few large parts and bolted together locally.',
    'localisation-depth',
  ),
  term('slip', 'slip', 'By how many months a deadline moved for every month that went by.'),
  term(
    'thesis',
    'thesis',
    'A claim about going abroad that the ledger is asked about, by a rule that is stated with its cases.',
    'theses',
  ),
  term(
    'true-on',
    'true on',
    'The clock of the world: what had happened by that day, whenever it was learned.',
    'clocks',
  ),
  term(
    'verdict',
    'verdict',
    'How a goal stands, by the figures that bear on it, as of the newest of them.',
    'verdicts',
  ),
] as const;

export type GlossaryId = (typeof GLOSSARY)[number]['id'];
