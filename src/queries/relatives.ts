import { Beside } from '../domain/state/beside.js';
import type { Automaker } from '../domain/state/automaker.js';
import { automakerOfEntity } from '../domain/goals/one-promise.js';

/** The group of an automaker, and the brands of its goals, which may have streams of their own. */
export function relativesWanted({ id, profile, targets }: Automaker): readonly string[] {
  const brands = targets.flatMap(({ versions }) =>
    versions.flatMap(({ terms: { entity } }) => (entity === undefined ? [] : [automakerOfEntity(entity)])),
  );
  const wanted = new Set([...(profile.group === undefined ? [] : [profile.group]), ...brands]);
  wanted.delete(id);
  return [...wanted];
}

const related = new Beside<Automaker, Automaker>();

/** Adds the group and brands. Equal inputs give the same object, so that derived numbers stay cached. */
export function withRelatives(automaker: Automaker, found: readonly Automaker[]): Automaker {
  const relatives = found.filter(
    ({ id, profile }) => id === automaker.profile.group || profile.group === automaker.id,
  );
  if (relatives.length === 0) return automaker;
  const known = related.get(automaker);
  const isSame =
    known?.relatives?.length === relatives.length &&
    relatives.every((each, index) => each === known.relatives?.[index]);
  if (known && isSame) return known;
  const made = { ...automaker, relatives };
  related.set(automaker, made);
  return made;
}
