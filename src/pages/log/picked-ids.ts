import { brandsIn, isTogether, togetherOf } from '../../domain/measures/brands-together.js';
import { isSlug } from '../../domain/events/fields.js';
import { idFor, idNamed } from '../../domain/ledger/picked-names.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';

const BY_NAME = ['target', 'site', 'partnership', 'entity'] as const;

/** Event types that add a new thing to the ledger; its id is derived from its name. */
const MAKES: Readonly<Record<string, (typeof BY_NAME)[number]>> = {
  TargetSet: 'target',
  ProductionAnnounced: 'site',
  ProductionStarted: 'site',
  PartnerSigned: 'partnership',
};

/** Replaces names in the data by ids. An unknown name stays unchanged, or becomes the id of a new thing. */
export function withIds(
  data: Record<string, unknown>,
  type: string,
  names: NamesToPick | undefined,
): Record<string, unknown> {
  const understood = { ...data };
  for (const field of BY_NAME) {
    const typed = data[field];
    if (typeof typed !== 'string') continue;
    if (field === 'entity' && isTogether(typed)) {
      const brands = brandsIn(typed).map(
        (brand) => (names && idNamed(brand.trim(), names.entity)) ?? idFor(brand),
      );
      understood[field] = togetherOf(brands);
      continue;
    }
    const known = names && idNamed(typed, names[field]);
    understood[field] = known ?? (MAKES[type] === field || field === 'entity' ? idFor(typed) : typed);
  }
  // A partnership without its own name is named after its partner.
  const { partner, name } = data;
  if (type === 'PartnerSigned' && understood['partnership'] === undefined && typeof partner === 'string')
    understood['partnership'] = idFor(partner);
  if (type === 'ProductionAnnounced' && understood['site'] === undefined && typeof name === 'string')
    understood['site'] = isSlug(name) ? name : idFor(name);
  return understood;
}
