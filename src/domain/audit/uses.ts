import type { Automaker } from '../state/automaker.js';
import { changedNumbers, shownNumbers, type ToldNumber } from './shown-numbers.js';
import type { Day } from '../ledger/edtf.js';
import { progressOf } from '../goals/progress.js';

/** A number that depends on an event. */
export interface Use {
  readonly number: string;
  readonly value?: number | string;
  /** How to state the number, and what it would be without the event. */
  readonly told?: { readonly value?: ToldNumber; readonly without?: ToldNumber };
  /** The number without the event. Absent if it would not be shown, or would not change. */
  readonly without?: number | string;
  /** Whether the number's proof names the event. A count has no proof. */
  readonly inProof: boolean;
}

/**
 * The numbers that depend on an event: those whose proof names it, and those that would change without it.
 * `without` is the automaker folded without the event.
 */
export function usesOf(
  event: string,
  automaker: Automaker | undefined,
  without: Automaker | undefined,
  on: Day,
): Use[] {
  const shown = shownNumbers(automaker, on);
  const changes = new Map(
    changedNumbers(shownNumbers(without, on), shown).map((change) => [change.number, change]),
  );
  const proven = new Set(
    (automaker?.targets ?? []).flatMap((record) => {
      const inputs = automaker ? (progressOf(automaker, record, on).value?.inputs ?? []) : [];
      return inputs.some(({ events }) => events.includes(event)) ? [`targets.${record.target}.value`] : [];
    }),
  );
  return [...new Set([...proven, ...changes.keys()])].sort().map((number) => {
    const value = shown.get(number);
    const { before, told: changed } = changes.get(number) ?? {};
    const told = {
      ...(value?.told && { value: value.told }),
      ...(changed?.before && { without: changed.before }),
    };
    return {
      number,
      ...(value && { value: value.value }),
      ...(Object.keys(told).length > 0 && { told }),
      ...(before !== undefined && { without: before }),
      inProof: proven.has(number),
    };
  });
}
