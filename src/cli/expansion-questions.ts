import type { Command } from 'commander';
import {
  EXPANSION_READINGS,
  type ExpansionNumber,
  type ExpansionReading,
  type ExpansionReadingName,
} from '../domain/expansion/expansion-reading.js';
import { inTwoDigits, type ThesisFinding } from '../domain/theses/thesis.js';
import { InvalidRequest } from '../problems/request-problems.js';
import {
  GetExpansion,
  GetExpansionReading,
  type ExpansionComparison,
  type ExpansionReadingAnswer,
} from '../queries/expansion/get-expansion.js';
import { GetTheses } from '../queries/expansion/get-theses.js';
import { ask, clocks, question, type QuestionOptions } from './ask.js';
import { boundsOf } from './progress-tables.js';
import { facts, table } from './tables.js';

/** Adds the queries about the type of an automaker's expansion. */
export function addExpansionQuestions(program: Command): void {
  question(
    program,
    'readings <automaker> [reading]',
    'asset-light, partner dependence, concentration, localisation, exposure, speed',
  ).action((automaker: string, reading: string | undefined, options: QuestionOptions) =>
    reading === undefined
      ? ask(options, new GetExpansion(automaker, clocks(options)), ({ readings }) => readingsTable(readings))
      : ask(options, new GetExpansionReading(automaker, readingFrom(reading), clocks(options)), inFull),
  );
  addTheses(program);
}

function addTheses(program: Command): void {
  question(program, 'theses [thesis]', 'what the ledger says about claims of asset-light expansion').action(
    (thesis: string | undefined, options: QuestionOptions) =>
      ask(options, new GetTheses(clocks(options), thesis), ({ theses }) =>
        thesis === undefined ? verdicts(theses) : theses.map(thesisInFull).join('\n'),
      ),
  );
}

const verdicts = (theses: readonly ThesisFinding[]): string =>
  table(
    ['thesis', 'verdict', 'for', 'against', 'undecided', 'events', { head: 'question', whole: true }],
    theses.map((each) => [
      each.id,
      each.verdict,
      each.supporting,
      each.contradicting,
      each.undecided,
      each.events,
      each.question,
    ]),
  );

const thesisInFull = (thesis: ThesisFinding): string =>
  [
    facts([
      ['thesis', thesis.question],
      ['claim', thesis.claim],
      ['measure', thesis.measure],
      ['rule', thesis.rule],
      ['verdict', `${thesis.verdict} (${thesis.verdictRule})`],
      ['test', thesis.test && `${thesis.test.method}, p = ${inTwoDigits(thesis.test.p)}`],
      ['not tested', thesis.notTested],
      ['would change it', thesis.whatWouldChange],
    ]),
    table(
      ['case', 'finding', 'the ledger shows'],
      thesis.cases.map(({ name, finding, shows }) => [name, finding, shows]),
    ),
  ].join('\n');

export function readingFrom(name: string): ExpansionReadingName {
  const found = EXPANSION_READINGS.find((each) => each === name);
  if (!found)
    throw new InvalidRequest([
      { field: 'reading', message: `must be one of ${EXPANSION_READINGS.join(', ')}` },
    ]);
  return found;
}

export const comparedReadings = ({ automakers }: ExpansionComparison): string =>
  table(
    ['automaker', 'number', 'value', 'unit'],
    automakers.flatMap((each) =>
      each.numbers.length > 0
        ? each.numbers.map((number) => [each.automaker, number.name, boundsOf(number), number.unit])
        : [[each.automaker, '–', 'not enough evidence', '']],
    ),
  );

const readingsTable = (readings: readonly ExpansionReading[]): string =>
  table(
    ['reading', 'number', 'value', 'unit'],
    readings.flatMap(({ reading, numbers, missing }) =>
      numbers.length > 0
        ? numbers.map((number) => [reading, number.name, boundsOf(number), number.unit])
        : [[reading, '–', missing[0] ?? 'not enough evidence', '']],
    ),
  );

function inFull({
  reading,
  automaker,
  on,
  numbers,
  inputs,
  overTime,
  missing,
  source,
}: ExpansionReadingAnswer) {
  const head = facts([
    ['reading', `${reading} of ${automaker}, on ${on}`],
    ['source', source],
    ...missing.map((sentence) => ['missing', sentence] as const),
  ]);
  const now = table(
    ['number', 'value', 'unit', 'formula'],
    numbers.map((number) => [number.name, boundsOf(number), number.unit, number.formula]),
  );
  const names = numbers.map(({ name }) => name);
  const then = table(
    ['on', ...names],
    overTime.map((year) => [year.on, ...names.map((name) => shown(year.numbers, name))]),
  );
  const from = table(
    ['input', 'counts as', 'value', 'events'],
    inputs.map((input) => [input.name, input.group, boundsOf(input), input.events.join(', ')]),
  );
  return [head, now, then, from].join('\n');
}

function shown(numbers: readonly ExpansionNumber[], name: string): string {
  const found = numbers.find((number) => number.name === name);
  return found ? boundsOf(found) : '–';
}
