import { jest } from '@jest/globals';
import * as later from './market-entered-v2.js';
import type { StreamEvent } from '../../src/domain/ledger/event.js';

// A possible future catalogue: MarketEntered has a second version with a renamed field and a new one.
jest.unstable_mockModule('../../src/domain/events/market-entered.js', () => later);
const { evolve, foldEvents } = await import('../../src/domain/state/evolve.js');
const { inTodaysVersion, isUnderstood, newestVersion, UnknownEventVersion, versionsKnown, versionsOf } =
  await import('../../src/domain/events/versions.js');
const { EVENT_TYPES } = await import('../../src/domain/events/catalogue.js');

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const event = (revision: number, type: string, data: object, rest: object = {}) =>
  ({
    stream: 'automaker-nova',
    revision,
    id: id(revision),
    type,
    occurredOn: '2024',
    data,
    evidence: [],
    recordedAt: '2025-01-01T00:00:00.000Z',
    recordedBy: 'ana',
    ...rest,
  }) as unknown as StreamEvent;
const registered = event(0, 'AutomakerRegistered', { name: 'Nova', homeMarket: 'CN' });

describe('an event that is read', () => {
  it('comes in today’s version, with what was written beside it', () => {
    const written = event(1, 'MarketEntered', { market: 'NO', partner: 'Electric Way' });
    expect(inTodaysVersion(written)).toEqual({
      ...written,
      version: 2,
      data: { market: 'NO', channel: 'untold', importer: 'Electric Way' },
      written: { data: written.data },
    });
  });
  it.each([
    [
      'has today’s version',
      event(1, 'MarketEntered', { market: 'NO', channel: 'direct' }, { version: 2 }),
      true,
    ],
    ['has the only version of its type', registered, true],
    ['has a version of a newer release', event(1, 'MarketEntered', { place: 'NO' }, { version: 3 }), false],
    ['has a type of a newer release', event(1, 'FactoryPainted', {}), false],
    ['has data that is not what its version says', event(1, 'MarketEntered', null as never), false],
    ['has a version that is none', event(1, 'MarketEntered', {}, { version: 0 }), false],
  ])('stays what it is where it %s', (_, given, understood) => {
    expect(inTodaysVersion(given)).toBe(given);
    expect(isUnderstood(given)).toBe(understood);
  });
});

describe('a stream', () => {
  it.each([
    ['an event', event(1, 'MarketEntered', { place: 'NO' }, { version: 3 })],
    [
      'a correction',
      event(1, 'EventCorrected', { event: id(0), occurredOn: '2024', data: {}, reason: 'r', version: 2 }),
    ],
  ])('takes in no version of a newer release: %s', (_, newer) => {
    const state = foldEvents('automaker-nova', [registered]);
    expect(() => evolve(state, newer)).toThrow(UnknownEventVersion);
    expect(state.revision).toBe(0);
  });
});

describe('the catalogue', () => {
  it('counts its versions, which only grow in number', () => {
    expect(newestVersion('MarketEntered')).toBe(2);
    expect(versionsKnown()).toBe(EVENT_TYPES.flatMap(versionsOf).length);
  });
});
