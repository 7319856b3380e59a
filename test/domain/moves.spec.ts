import { decide } from '../../src/domain/ledger/decide.js';
import { arrivedFrom, movedBefore, moveOf, type IdentifiedProposal } from '../../src/domain/ledger/moves.js';
import type { Proposal } from '../../src/domain/ledger/proposal.js';
import { effective } from '../../src/domain/state/logged-event.js';
import type { StreamState } from '../../src/domain/state/stream-state.js';
import { given, givenIn, idOf, NOW, proposal, registered, type Given } from './given-when-then.js';
import { correct, entered, moreEvidence, retract } from './sample-events.js';

const GEELY = 'automaker-geely';
const geely = proposal('AutomakerRegistered', '1997', { name: 'Geely', homeMarket: 'CN' });

describe('a move of events', () => {
  const there = givenIn(GEELY, geely);
  const target = proposal('TargetSet', '2024-01-05', {
    target: 'half',
    measure: 'overseas-sales-share',
    threshold: 10,
    unit: 'percent',
    deadline: '2027',
    wording: 'a tenth',
  });
  const raised = proposal('TargetRevised', '2025-01-05', {
    target: 'half',
    measure: 'overseas-sales-share',
    threshold: 20,
    unit: 'percent',
    deadline: '2027',
    wording: 'a fifth',
  });

  it('is told on both sides, each with the id of the other', () => {
    const { from, to, pairs } = moving(given(registered, entered('2021')), there, 1);
    const [pair] = pairs;
    expect(from.logged(idOf(1))?.movedTo?.data).toMatchObject({
      stream: GEELY,
      counterpart: pair?.counterpart,
    });
    expect(to.logged(pair?.counterpart ?? '')?.movedFrom?.data).toMatchObject({
      stream: 'automaker-xpeng',
      counterpart: idOf(1),
      firstRecordedOn: '2026-11-23',
    });
    expect([from.record('market', 'NO'), to.record('market', 'NO')?.present]).toEqual([undefined, true]);
  });

  it('takes along what the event says now, with all its evidence', () => {
    const corrected = given(
      registered,
      entered('2021'),
      correct(1, '2022', { market: 'SE' }),
      moreEvidence(1),
    );
    const { to, pairs } = moving(corrected, there, 1);
    const entry = to.logged(pairs[0]?.counterpart ?? '');
    expect(entry && effective(entry)).toMatchObject({
      occurredOn: '2022',
      data: { market: 'SE' },
      evidence: [{ publisher: 'Example' }, { publisher: 'More' }],
    });
  });

  it('takes a goal and its revisions together, in whatever order they are named', () => {
    const goal = given(registered, target, raised);
    for (const ids of [
      [1, 2],
      [2, 1],
    ]) {
      const { from, to } = moving(goal, there, ...ids);
      expect(from.record('target', 'half')).toBeUndefined();
      expect([...(to.record('target', 'half')?.versions ?? [])]).toHaveLength(2);
    }
    const [comes, goes] = sides(goal, there, 1);
    expect(decided(there.state, comes).kind).toBe('accepted');
    expect(decided(goal.state, goes)).toMatchObject({
      kind: 'contradiction',
      violations: [{ rule: 'target-not-set', contradicts: idOf(2) }],
    });
  });

  it('is refused where the event cannot have happened there, or is recorded there already', () => {
    const inNorway = given(registered, entered('2021'));
    const [stranger] = sides(inNorway, givenIn('automaker-nobody'), 1);
    expect(decided(givenIn('automaker-nobody').state, stranger)).toMatchObject({
      violations: [{ rule: 'not-registered' }],
    });
    const known = givenIn(GEELY, geely, entered('2021'));
    expect(decided(known.state, sides(inNorway, known, 1)[0])).toMatchObject({
      kind: 'duplicate',
      duplicateOf: idOf(1),
    });
  });

  it('is of events of the world, to a stream of their kind', () => {
    const history = given(registered, entered('2021'), moreEvidence(1));
    const problems = (index: number, to: string) =>
      moveOf(history.state, [idOf(index)], to, { reason: 'x' }, new Map(), () => idOf(90));
    expect(problems(0, GEELY)).toMatchObject({
      problems: [{ message: expect.stringContaining('belongs where it is') as unknown }],
    });
    expect(problems(1, 'market-NO')).toMatchObject({
      problems: [{ message: expect.stringContaining('an automaker') as unknown }],
    });
    expect(problems(2, GEELY)).toMatchObject({
      problems: [{ message: expect.stringContaining('no event of') as unknown }],
    });
  });

  it('goes on where it stopped: what has arrived does not come again', () => {
    const here = given(registered, entered('2021'), entered('2022', 'SE'));
    const [comes] = sides(here, there, 1);
    const half = accepted(decided(there.state, comes));
    const arrived = arrivedFrom(half, 'automaker-xpeng');
    expect([...arrived]).toEqual([[idOf(1), idOf(100)]]);
    const rest = moveOf(here.state, [idOf(1), idOf(2)], GEELY, { reason: 'x' }, arrived, counter(200));
    if ('problems' in rest) throw new Error('refused');
    expect(
      rest.comes.map(({ proposal: { type, data } }) => [type, 'market' in data ? data.market : data]),
    ).toEqual([
      ['MarketEntered', 'SE'],
      ['EventMoved', expect.objectContaining({ counterpart: idOf(2) })],
    ]);
    const from = accepted(decided(here.state, rest.goes));
    expect(movedBefore(from, [idOf(1), idOf(2)], GEELY)).toEqual(
      expect.arrayContaining([{ id: idOf(1), counterpart: idOf(100) }]),
    );
  });

  it('comes again where what had arrived was retracted', () => {
    const here = given(registered, entered('2021'));
    const half = accepted(decided(there.state, sides(here, there, 1)[0]));
    const without = accepted(
      decided(half, [
        { id: idOf(150), proposal: { ...retract(0), data: { event: idOf(100), reason: 'x' } } },
      ]),
    );
    expect(arrivedFrom(without, 'automaker-xpeng').size).toBe(0);
  });

  it('can be made back', () => {
    const { from, to, pairs } = moving(given(registered, entered('2021')), there, 1);
    const back = moveOf(
      to,
      [pairs[0]?.counterpart ?? ''],
      from.stream,
      { reason: 'no' },
      new Map(),
      counter(300),
    );
    if ('problems' in back) throw new Error('refused');
    expect(accepted(decided(from, back.comes)).record('market', 'NO')?.present).toBe(true);
    expect(accepted(decided(to, back.goes)).record('market', 'NO')).toBeUndefined();
  });
});

const counter = (first: number) => {
  let next = first;
  return () => idOf(next++);
};

function sides(
  here: Given,
  there: Given,
  ...indexes: number[]
): [IdentifiedProposal[], IdentifiedProposal[]] {
  const move = moveOf(
    here.state,
    indexes.map(idOf),
    there.state.stream,
    { reason: 'it was Geely' },
    new Map(),
    counter(100),
  );
  if ('problems' in move) throw new Error(JSON.stringify(move.problems));
  return [[...move.comes], [...move.goes]];
}

function moving(here: Given, there: Given, ...indexes: number[]) {
  const [comes, goes] = sides(here, there, ...indexes);
  const from = accepted(decided(here.state, goes));
  const ids = indexes.map(idOf);
  return {
    from,
    to: accepted(decided(there.state, comes)),
    pairs: movedBefore(from, ids, there.state.stream) ?? [],
  };
}

const decided = (state: StreamState, asked: readonly IdentifiedProposal[]) =>
  decide(
    state,
    asked.map(({ proposal: each }): Proposal => each),
    { now: NOW, author: 'tester' },
    (index) => asked[index]?.id ?? '',
  );

function accepted(decision: ReturnType<typeof decide>): StreamState {
  if (decision.kind !== 'accepted') throw new Error(`refused: ${JSON.stringify(decision)}`);
  expect([...decision.state.contradictions()]).toEqual([]);
  return decision.state;
}
