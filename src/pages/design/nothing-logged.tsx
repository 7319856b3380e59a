import type { VNode } from 'preact';
import { dayOf } from '../../domain/ledger/edtf.js';
import { isNow } from '../../domain/ledger/clocks.js';
import { addressOf, useLink, usePageContext } from '../page-context.js';
import { dayInWords } from './dates.js';

/**
 * The notice for a ledger that is empty, or was empty at the chosen time: how to begin, or where that day is
 * shown.
 */
export function NothingLogged({ position }: { position: number }): VNode {
  const link = useLink();
  const { path, query, clocks } = usePageContext();
  if (!isNow(clocks)) {
    const { knownOn, publicOn } = clocks;
    return (
      <p class="note">
        Nothing of it was recorded here by then.{' '}
        {knownOn !== undefined && publicOn === undefined && (
          <>
            <a href={addressOf(path, { ...query, knownOn: undefined, publicOn: dayOf(knownOn) })}>
              {dayInWords(dayOf(knownOn))} by what had been published
            </a>{' '}
            ·{' '}
          </>
        )}
        <a href={path}>This page as it is now</a>
      </p>
    );
  }
  return (
    <p class="note">
      No automaker is registered {position === 0 ? 'yet' : 'by then'}. <a href={link('/log')}>Log an event</a>
      , or load the shipped ledger with <code>npm run demo</code>.
    </p>
  );
}
