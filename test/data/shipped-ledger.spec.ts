import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { decideNext } from '../../src/domain/ledger/decide.js';
import { progressOf } from '../../src/domain/goals/progress.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { targetHistory } from '../../src/domain/goals/target-history.js';
import { flowModelOf, trailingYear } from '../../src/domain/measures/flow-readings.js';
import { StreamState } from '../../src/domain/state/stream-state.js';

const data = fileURLToPath(new URL('../../data/', import.meta.url));
const now = '2026-11-23T12:00:00.000Z';

/**
 * Records each stream of the shipped ledger as a user would: every event is decided on after the previous
 * ones.
 */
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

  it('tells how its goals were coded twice, by a page that is current, and the two agree', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`${data}count-goals.mjs`, '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const kappas = [...stdout.matchAll(/κ (\d\.\d+)/g)].map(([, kappa]) => Number(kappa));
    expect(kappas).toHaveLength(4);
    for (const kappa of kappas) expect(kappa).toBeGreaterThanOrEqual(0.8);
  });

  it('holds what earlier research had wrong as it was', () => {
    const told = (stream: string, type: string, says: RegExp) =>
      [...(streams.get(stream)?.state.effectiveEvents() ?? [])]
        .filter((event) => event.type === type && says.test(JSON.stringify(event.data)))
        .map(({ occurredOn, data: said }) => ({ occurredOn, ...said }));
    const onlyXpeng = (type: string, says: RegExp) => told('automaker-xpeng', type, says);
    expect(onlyXpeng('FigureReported', /"overseas-markets"/)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ value: 52, asOf: '2025-09-30' }),
        expect.objectContaining({ value: 60, asOf: '2025-11-20' }),
      ]),
    );
    expect(onlyXpeng('TargetSet', /own-service-center-norway/)).toMatchObject([{ deadline: '2023-02' }]);
    expect(onlyXpeng('StoreOpened', /Leidschendam/)).toMatchObject([{ occurredOn: '2022-02-11/2022-03-11' }]);
    expect(onlyXpeng('MarketEntered', /"GR"/)).toMatchObject([{ occurredOn: '2025-04' }]);
    expect(onlyXpeng('FigureReported', /258710/)).toMatchObject([{ period: '2014/2022' }]);
    expect(told('market-US', 'MarketConditionChanged', /"2025-03-17"/)).toMatchObject([
      { kind: 'regulation', occurredOn: '2025-01-14' },
    ]);
    expect(told('market-MX', 'MarketConditionChanged', /"2026-01-01"/)).toMatchObject([{ rate: 50 }]);
    expect([...streams.keys()].filter((stream) => /byd|leapmotor|chery/.test(stream))).toEqual([]);
  });

  describe('whose accounts are spoilt', () => {
    let copy: string;
    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'shipped-'));
      cpSync(data, copy, { recursive: true });
    });
    afterEach(() => rmSync(copy, { recursive: true }));

    const linesOf = (file: string) => readFileSync(join(copy, file), 'utf8').trim().split('\n');
    const rewrite = (file: string, lines: readonly string[]) =>
      writeFileSync(join(copy, file), `${lines.join('\n')}\n`);
    const check = () => {
      const { status, stderr } = spawnSync(process.execPath, [join(copy, 'check.mjs')], { encoding: 'utf8' });
      return { status, stderr };
    };

    it('is found out where a fact of any of the three files stands nowhere', () => {
      const dropped = ['facts.jsonl', 'facts-2.jsonl', 'confirmations-2.jsonl'].map((file) => {
        const lines = linesOf('accounts.jsonl');
        const line = lines.findIndex((each) => JSON.parse(each).facts === file);
        const { fact } = JSON.parse(lines[line] ?? '');
        rewrite(
          'accounts.jsonl',
          lines.filter((each) => JSON.parse(each).facts !== file || JSON.parse(each).fact !== fact),
        );
        return `${file} ${fact}: stands neither in the ledger nor among what is left out`;
      });
      const { status, stderr } = check();
      expect(status).toBe(1);
      for (const fault of dropped) expect(stderr).toContain(fault);
    });

    it('is found out where a fact is left out without a reason, or stands in the ledger too', () => {
      const [first = '', ...rest] = linesOf('left-out.jsonl');
      const { facts, fact } = JSON.parse(first);
      const [{ facts: file, fact: recorded }] = linesOf('accounts.jsonl').map((line) => JSON.parse(line));
      rewrite('left-out.jsonl', [
        JSON.stringify({ facts, fact, reason: ' ' }),
        JSON.stringify({ facts: file, fact: recorded, reason: 'no need' }),
        ...rest,
      ]);
      const { status, stderr } = check();
      expect(status).toBe(1);
      expect(stderr).toContain(`${facts} ${fact}: is left out without a reason`);
      expect(stderr).toContain(`${file} ${recorded}: stands in the ledger and is left out too`);
    });

    it('is found out where an event rests on what no fact says', () => {
      const [first = '', ...rest] = linesOf('ledger/automaker-nio.jsonl').slice(1);
      const event = JSON.parse(first);
      event.evidence.push({ url: 'https://example.org/made-up', publisher: 'Nobody', grade: 'reported' });
      const head = linesOf('ledger/automaker-nio.jsonl')[0] ?? '';
      rewrite('ledger/automaker-nio.jsonl', [head, JSON.stringify(event), ...rest]);
      const { status, stderr } = check();
      expect(status).toBe(1);
      expect(stderr).toContain('no fact accounts for the evidence https://example.org/made-up');
    });
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
  });

  it('takes the sales of XPeng in twelve months to Jul 2026', () => {
    const figures = automakerOf('xpeng', xpeng)?.figures ?? [];
    const model = flowModelOf(figures, 'total-units', { basis: 'deliveries' });
    // August and Sept 2025, two quarters, the quarter to Jun 2026, and July.
    const sold = 37_709 + 41_581 + 116_249 + 62_682 + 103_295 + 38_027;
    expect(trailingYear(model, '2026-11-29')).toMatchObject({
      first: '2025-08-01',
      last: '2026-07-31',
      bounds: { lo: sold, hi: sold },
    });
  });

  it('holds no planned entry among the goals', () => {
    const goals = [...streams.values()].flatMap(({ state }) => [...state.records('target')]);
    expect(goals.length).toBeGreaterThan(100);
    expect(
      goals.filter(({ versions }) => versions.toArray().some(({ terms }) => terms.kind === 'presence')),
    ).toEqual([]);
  });

  it('tells the kind of each goal whose words give it', () => {
    const goals = [...streams.values()].flatMap(({ state }) => [...state.records('target')]);
    const open = goals.filter(({ versions }) => versions.last?.terms.kind === undefined);
    // The source does not say whether a million cars by 2030 is an annual or a cumulative number.
    expect(open.map(({ target }) => target)).toEqual(['india-nev-million-2030']);
  });
});
