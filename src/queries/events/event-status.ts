import type { EventStatus } from '../../read-model/rows.js';

export type { EventStatus };

/** What may have become of an event: it says what was recorded, or something else, or it counts for nothing where it stands. */
export const EVENT_STATUSES: readonly EventStatus[] = ['stands', 'corrected', 'retracted', 'moved'];

/** Whether an event counts for nothing where it stands: it never should have been recorded there. */
export const isVoid = (standing: EventStatus): boolean => standing === 'retracted' || standing === 'moved';
