import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { decideNext } from '../../src/domain/ledger/decide.js';
import { progressOf } from '../../src/domain/goals/progress.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { targetHistory } from '../../src/domain/goals/target-history.js';
import { StreamState } from '../../src/domain/state/stream-state.js';

const data = fileURLToPath(new URL('../../data/', import.meta.url));
const now = '2026-11-23T12:00:00.000Z';

/** Each stream of the shipped ledger, recorded as a user would: every event decided on top of those before it. */
function recorded(): Map<string, { state: StreamState; rejected: unknown[] }> {
  const streams = new Map<string, { state: StreamState; rejected: unknown[] }>();
  for (const file of readdirSync(`${data}ledger`)) {
    const stream = file.replace('.jsonl', '');
    let state = StreamState.of(stream);
    const rejected: unknown[] = [];
    for (const line of readFileSync(`${data}ledger/${file}`, 'utf8').trim().split('\n')) {
      const { id, stream: named, ...said } = JSON.parse(line) as Proposal & { id: string; stream: string };
      expect(named).toBe(stream);
      const problems = problemsOfProposal(said);
      const decision = problems.length > 0 ? problems : decideNext(state, said, { id, now, author: 'test' });
      if ('kind' in decision && decision.kind === 'accepted') ({ state } = decision);
      else rejected.push({ line, decision });
    }
    streams.set(stream, { state, rejected });
  }
  return streams;
}

describe('the shipped ledger', () => {
  const streams = recorded();
  const xpeng = streams.get('automaker-xpeng')?.state ?? StreamState.of('automaker-xpeng');

  it('accounts for every researched fact', () => {
    const report = execFileSync(process.execPath, [`${data}check.mjs`], { encoding: 'utf8' });
    expect(report).toMatch(/^2167 facts = \d+ in the ledger \(.*\) \+ \d+ left out with a reason/);
  });

  it('is accepted by the rules, event by event', () => {
    expect([...streams.values()].flatMap(({ rejected }) => rejected)).toEqual([]);
  });

  it('tells the half-overseas goal of XPeng as one history', () => {
    const versions = xpeng.record('target', 'half-overseas')?.versions.toArray() ?? [];
    const noProvenance = { recordedAt: now, recordedBy: 'test', evidence: [] };
    const table = targetHistory(versions, () => noProvenance).map(({ occurredOn, terms, classes }) => [
      occurredOn,
      terms.basis,
      terms.deadline,
      classes.join(', '),
    ]);
    expect(table).toEqual([
      ['2021-11-24', 'deliveries', undefined, 'set'],
      ['2022-02', 'deliveries', undefined, 'restated, reworded'],
      ['2022-09-02~', 'sales', '2025', 'deadline-set, perimeter-moved, less-firm'],
      ['2022-09-02~', 'sales', undefined, 'deadline-dropped'],
      ['2024-03-28', 'deliveries', undefined, 'perimeter-moved, firmer'],
      ['2024-10-14', 'revenue', '2034-10', 'deadline-set, perimeter-moved'],
      ['2025-02-22', 'sales', '2033', 'deadline-earlier, perimeter-moved'],
      ['2025-03-26', 'sales', '2033', 'restated, reworded'],
      ['2025-04-15/2025-04-17', 'deliveries', '2035-04', 'deadline-later, perimeter-moved'],
      ['2025-05', 'sales', '2035-05', 'deadline-later, perimeter-moved'],
      ['2025-09-26', 'sales', '2035-09', 'deadline-later'],
      ['2025-11', 'sales', '2035-11', 'deadline-later'],
      [
        '2026-01-12',
        'sales-and-cooperation',
        '2029/2036',
        'deadline-earlier, deadline-later, perimeter-moved',
      ],
    ]);
  });

  it('gives XPeng a share of 10.48 % in 2025, and its goals of 2025 as reached', () => {
    const automaker = automakerOf('xpeng', xpeng);
    const progress = (target: string) => {
      const record = automaker?.targets.find((each) => each.target === target);
      return automaker && record && progressOf(automaker, record, '2026-11-23');
    };
    expect(progress('half-overseas')?.value?.value).toBeCloseTo((100 * 45_008) / 429_445, 10);
    expect(progress('overseas-units-2025')).toMatchObject({ status: 'achieved', value: { value: 45_008 } });
    expect(progress('sixty-markets')).toMatchObject({ status: 'achieved', value: { value: 60 } });
    expect(progress('enter-switzerland')).toMatchObject({ status: 'missed', late: { on: '2025-09-01' } });
  });
});
