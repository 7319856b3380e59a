import type { Command } from 'commander';
import { tallyOfFirst } from '../domain/footprint/overlap.js';
import { GetOverlap, type OverlapAnswer } from '../queries/overlap/get-overlap.js';
import { pairFrom } from '../queries/overlap/overlap.controller.js';
import { ask, clocks, question, type QuestionOptions } from './ask.js';
import { table } from './tables.js';

/** Adds the query for where two automakers compete. */
export function addOverlapQuestion(program: Command): void {
  question(program, 'overlap <automaker> <other>', 'where both sell, and who came first').action(
    (automaker: string, other: string, options: QuestionOptions) =>
      ask(options, new GetOverlap(pairFrom(`${automaker},${other}`), clocks(options)), inLines),
  );
}

function inLines({ pairs, automakers: [a, b] }: OverlapAnswer): string {
  const { both = [], onlyA = [], onlyB = [], figuresOfA = [], figuresOfB = [] } = pairs[0] ?? {};
  const { rumouredOfA = [], rumouredOfB = [] } = pairs[0] ?? {};
  const [nameA = 'a', nameB = 'b'] = [a?.name, b?.name];
  const first = tallyOfFirst(both);
  const lines = table(
    ['market', nameA, nameB, 'first'],
    both.map((each) => [
      each.market,
      each.a.occurredOn,
      each.b.occurredOn,
      each.first === 'not known' ? 'not known' : each.first === 'a' ? nameA : nameB,
    ]),
  );
  return `${lines}first: ${nameA} ${first.a}, ${nameB} ${first.b}, not known ${first.unknown}\nonly ${nameA}: ${onlyA.join(', ') || 'none'}\nonly ${nameB}: ${onlyB.join(', ') || 'none'}\nof these, figures tell of sales of ${nameB}: ${figuresOfB.join(', ') || 'none'}; of ${nameA}: ${figuresOfA.join(', ') || 'none'}\nby rumour alone ${nameA}: ${rumouredOfA.join(', ') || 'none'}; ${nameB}: ${rumouredOfB.join(', ') || 'none'}\n`;
}
