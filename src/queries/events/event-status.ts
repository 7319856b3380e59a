import type { EventStatus } from '../../read-model/rows.js';

export type { EventStatus };

/** The possible states of an event: it stands as recorded, it was corrected, or it is void in its stream. */
export const EVENT_STATUSES: readonly EventStatus[] = ['stands', 'corrected', 'retracted', 'moved'];

/** Whether an event is void in its stream: it should never have been recorded there. */
export const isVoid = (standing: EventStatus): boolean => standing === 'retracted' || standing === 'moved';
