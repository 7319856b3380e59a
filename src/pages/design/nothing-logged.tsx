import type { VNode } from 'preact';
import { useLink } from '../page-context.js';

/** What a page says of a ledger that holds nothing, or held nothing then: how to begin. */
export function NothingLogged({ position }: { position: number }): VNode {
  const link = useLink();
  return (
    <p class="note">
      No automaker is registered {position === 0 ? 'yet' : 'by then'}. <a href={link('/log')}>Log an event</a>
      , or load the shipped ledger with <code>npm run demo</code>.
    </p>
  );
}
