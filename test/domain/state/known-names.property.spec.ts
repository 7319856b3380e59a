import fc from 'fast-check';
import { isSlipOf, lettersOf, resembles } from '../../../src/domain/ledger/resemblance.js';
import { identityOf } from '../../../src/domain/ledger/text.js';
import { evolve } from '../../../src/domain/state/evolve.js';
import { knownNameLike } from '../../../src/domain/state/known-names.js';
import { StreamState } from '../../../src/domain/state/stream-state.js';
import type { StreamEvent } from '../../../src/domain/ledger/event.js';
import { newestVersion } from '../../../src/domain/events/versions.js';

const STREAM = 'automaker-xpeng';

function event(revision: number, type: string, data: object): StreamEvent {
  return {
    id: `e${revision}`,
    stream: STREAM,
    revision,
    type,
    version: newestVersion(type),
    occurredOn: '2024-01-01',
    data,
    evidence: [],
    recordedAt: `2025-01-01T00:00:${String(revision % 60).padStart(2, '0')}.000Z`,
    recordedBy: 'analyst',
  } as StreamEvent;
}

const partner = (index: number, name: string) =>
  event(index, 'PartnerSigned', {
    partnership: `p${index}`,
    partner: name,
    roles: ['importer'],
    markets: ['NO'],
  });
const figure = (index: number, entity: string) =>
  event(index, 'FigureReported', { measure: 'overseas-units', value: index, period: '2024', entity });

/** A small alphabet, so that many names are similar. */
const words = fc
  .array(fc.constantFrom('ab', 'ba', 'a', 'b', 'c', ' ', '-', 'Ä'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('').trim())
  .filter((word) => word !== '' && word !== '-');

/** Names of many letters, of which few have the same. */
const manyLettered = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789Ä'),
  minLength: 4,
  maxLength: 14,
});

interface Change {
  readonly at: number;
  readonly put: string;
  readonly leaveOut: number;
}
const changes = fc.array(
  fc.record({ at: fc.nat(14), put: fc.constantFrom('', 'a', 'q', 'xyz'), leaveOut: fc.nat(2) }),
  { maxLength: 3 },
);
/** A name as somebody else may write it: with some letters changed, at the end too. */
const changed = (name: string, all: readonly Change[]): string =>
  all.reduce((text, { at, put, leaveOut }) => text.slice(0, at) + put + text.slice(at + leaveOut), name);

describe('known names', () => {
  const kinds = [
    { kind: 'partner' as const, eventOf: partner, isLike: resembles },
    { kind: 'entity' as const, eventOf: figure, isLike: isSlipOf },
  ];
  it.each(kinds)('finds a $kind that resembles, exactly where a look at all of them finds one', (each) => {
    const { kind, eventOf, isLike } = each;
    const runs = fc.property(
      fc.array(fc.oneof(words, manyLettered), { maxLength: 12 }),
      fc.array(fc.nat(11), { maxLength: 4 }),
      fc.oneof(words, fc.record({ of: fc.nat(11), changes })),
      (names, retracted, question) => {
        const asked =
          typeof question === 'string' ? question : changed(names[question.of] ?? 'ab', question.changes);
        fc.pre(asked.trim() !== '' && lettersOf(asked) !== '');
        let state = evolve(
          StreamState.of(STREAM),
          event(0, 'AutomakerRegistered', { name: 'XPeng', homeMarket: 'CN' }),
        ).state;
        // The names are requested in between, so that `evolve` updates some of them and others are computed
        // from scratch.
        for (const [index, name] of names.entries()) {
          state = evolve(state, eventOf(index + 1, name)).state;
          if (index % 3 === 1) knownNameLike(state, kind, asked);
        }
        const gone = new Set(retracted.filter((index) => index < names.length));
        for (const [place, index] of [...gone].entries())
          state = evolve(
            state,
            event(names.length + 1 + place, 'EventRetracted', { event: `e${index + 1}`, reason: 'typo' }),
          ).state;

        const standing = names.filter((_, index) => !gone.has(index));
        const like = standing.filter((name) => isLike(name, asked));
        const isKnown = standing.some((name) => identityOf(name) === identityOf(asked));
        const found = knownNameLike(state, kind, asked);

        if (isKnown || like.length === 0) expect(found).toBeUndefined();
        else expect(like).toContain(found);
      },
    );
    fc.assert(runs, { numRuns: 400 });
  });
});
