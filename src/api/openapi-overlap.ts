import { ENTRY_MODES } from '../domain/state/records.js';
import { AS_OF, COUNT, EDTF, listOf, object, oneOf, TEXT } from './json-schema.js';

const ENTRY = object(
  { event: TEXT, occurredOn: EDTF, present: { type: 'boolean' } },
  { entity: TEXT, entryMode: oneOf(ENTRY_MODES), partner: TEXT, leftOn: EDTF },
);

/** What `/overlap` answers. */
export const OVERLAP_SCHEMA = object({
  asOf: AS_OF,
  automakers: listOf(object({ id: TEXT, name: TEXT })),
  pairs: listOf(
    object({
      automakers: object({ a: TEXT, b: TEXT }),
      both: listOf(
        object(
          {
            market: TEXT,
            a: ENTRY,
            b: ENTRY,
            first: oneOf(['a', 'b', 'not known']),
            bothNow: { type: 'boolean' },
          },
          { leadDays: object({ lo: COUNT, hi: COUNT }) },
        ),
      ),
      onlyA: listOf(TEXT),
      onlyB: listOf(TEXT),
    }),
  ),
});
