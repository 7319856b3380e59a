import type { Automaker } from '../domain/state/automaker.js';
import { automakerOfEntity } from '../domain/goals/one-promise.js';

/** The group of an automaker, and the brands that its goals are about: whom the ledger may follow by themselves. */
export function relativesWanted({ id, profile, targets }: Automaker): readonly string[] {
  const brands = targets.flatMap(({ versions }) =>
    versions.flatMap(({ terms: { entity } }) => (entity === undefined ? [] : [automakerOfEntity(entity)])),
  );
  const wanted = new Set([...(profile.group === undefined ? [] : [profile.group]), ...brands]);
  wanted.delete(id);
  return [...wanted];
}

export function withRelatives(automaker: Automaker, found: readonly Automaker[]): Automaker {
  const relatives = found.filter(
    ({ id, profile }) => id === automaker.profile.group || profile.group === automaker.id,
  );
  return relatives.length > 0 ? { ...automaker, relatives } : automaker;
}
