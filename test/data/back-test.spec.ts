import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decideNext } from '../../src/domain/ledger/decide.js';
import { addDays, addMonths, daysOf, type Day } from '../../src/domain/ledger/edtf.js';
import type { Proposal } from '../../src/domain/ledger/proposal.js';
import { judge, saidFirst } from '../../src/domain/goals/judge.js';
import { MEASURES } from '../../src/domain/measures/measures.js';
import { automakerOf, type Automaker } from '../../src/domain/state/automaker.js';
import type { TargetTerms } from '../../src/domain/state/records.js';
import { StreamState } from '../../src/domain/state/stream-state.js';

const ledger = fileURLToPath(new URL('../../data/ledger/', import.meta.url));
const docs = readFileSync(new URL('../../docs/goal-verdicts.md', import.meta.url), 'utf8');

function automakers(): Automaker[] {
  const files = readdirSync(ledger).filter((file) => file.startsWith('automaker-'));
  return files.flatMap((file) => {
    const stream = file.replace('.jsonl', '');
    let state = StreamState.of(stream);
    for (const line of readFileSync(`${ledger}${file}`, 'utf8').trim().split('\n')) {
      const { id, stream: _, ...said } = JSON.parse(line) as Proposal & { id: string; stream: string };
      const decision = decideNext(state, said, { id, now: '2026-11-23T12:00:00.000Z', author: 'test' });
      if (decision.kind === 'accepted') ({ state } = decision);
    }
    return automakerOf(stream.replace('automaker-', ''), state) ?? [];
  });
}

/**
 * The state of a goal at the end of a month, judged by the figures until then, and whether it was finally
 * reached.
 */
interface Cut {
  readonly goal: string;
  readonly isReached: boolean;
  /** Γ, if the previous year is known. */
  readonly seasonal?: number;
  /** λ */
  readonly straight: number;
}

/** The terms as an amount for one calendar year; undefined if they are about anything else. */
function yearly(terms: TargetTerms): { readonly terms: TargetTerms; readonly first: Day } | undefined {
  const when = terms.period ?? terms.deadline;
  if (MEASURES[terms.measure].nature !== 'flow' || when === undefined) return undefined;
  const { first: begin, last } = daysOf(when);
  const [year, first] = [last.slice(0, 4), `${last.slice(0, 4)}-01-01`];
  if (!last.endsWith('-12-31') || (terms.period !== undefined && begin !== first)) return undefined;
  return { terms: { ...terms, kind: 'amount', period: year }, first };
}

function cutsOf(automaker: Automaker): Cut[] {
  const seen = new Set<string>();
  return automaker.targets.flatMap(({ target, versions }) =>
    versions.flatMap((version, index) => {
      const found = yearly(version.terms);
      if (!found) return [];
      const { terms, first } = found;
      // A goal repeated in other words is the same goal.
      const key = `${target} ${terms.threshold} ${terms.period ?? ''}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const { status } = judge(automaker, terms, saidFirst(versions, index)).finding;
      if (status !== 'achieved' && status !== 'missed') return [];
      const ends = Array.from({ length: 10 }, (_, month) => addDays(addMonths(first, month + 2), -1));
      return ends.flatMap((end): Cut[] => {
        const figures = automaker.figures.filter(({ last }) => last <= end);
        const { asOf, amount } = judge({ ...automaker, figures }, terms, { first, last: first }).finding;
        if (asOf !== end || !amount?.pace) return [];
        const { percent, timeGone, pace } = amount;
        return [
          {
            goal: `${automaker.id}/${target}`,
            isReached: status === 'achieved',
            ...(pace.method === 'season-adjusted' && { seasonal: pace.middle }),
            straight: (percent.lo + percent.hi) / 2 / timeGone,
          },
        ];
      });
    }),
  );
}

const rowOf = (what: string, pace: string, all: readonly { isReached: boolean; ratio: number }[]): string => {
  const count = (isReached: boolean, isWrong: (ratio: number) => boolean): string => {
    const some = all.filter((each) => each.isReached === isReached);
    return `${some.filter(({ ratio }) => isWrong(ratio)).length} of ${some.length}`;
  };
  return [what, pace, count(true, (ratio) => ratio < 0.95), count(false, (ratio) => ratio >= 0.95)].join(
    ' | ',
  );
};

describe('the paces of the goals of a year of the shipped ledger, at every month’s end up to which it is known', () => {
  it('came true as often as docs/goal-verdicts.md tells, at twenty cuts at least', () => {
    const cuts = automakers().flatMap(cutsOf);
    const withSeason = cuts.filter(({ seasonal }) => seasonal !== undefined);
    const rows = [
      rowOf(
        `all ${cuts.length}, of ${new Set(cuts.map(({ goal }) => goal)).size} goals`,
        'λ',
        cuts.map(({ isReached, straight }) => ({ isReached, ratio: straight })),
      ),
      rowOf(
        `${withSeason.length} of them, where the year before is known too`,
        'Γ',
        withSeason.map(({ isReached, seasonal = NaN }) => ({ isReached, ratio: seasonal })),
      ),
      rowOf(
        `the same ${withSeason.length}`,
        'λ',
        withSeason.map(({ isReached, straight }) => ({ isReached, ratio: straight })),
      ),
    ];
    expect(cuts.length).toBeGreaterThanOrEqual(20);
    const told = docs.split('\n').map((line) => line.replace(/^\| | *\|$/g, '').replace(/ +\| /g, ' | '));
    for (const row of rows) expect(told).toContain(row);
  });
});
