import type { VNode } from 'preact';
import type { Occurrence } from '../../domain/state/occurrence.js';

/** The mark of what only rumours tell, after its date. */
export const Rumoured = ({ of: { isRumour } }: { of: Occurrence }): VNode | null =>
  isRumour ? <small class="quiet">by rumour alone</small> : null;
