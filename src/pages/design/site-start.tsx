import type { VNode } from 'preact';
import type { EdtfDate } from '../../domain/ledger/edtf.js';
import type { SiteRecord } from '../../domain/state/records.js';
import { useLink } from '../page-context.js';
import { Rumoured } from './rumoured.js';

interface SiteStartProps extends Pick<SiteRecord, 'started' | 'firstStarted'> {
  /** Puts the date in words: in a table on its own, in a sentence with its preposition. */
  readonly tell: (date: EdtfDate) => string;
}

/** When a site started, and when again after it had ended: "17 Nov 2017, again Sept 2022". */
export function SiteStart({ started, firstStarted = started, tell }: SiteStartProps): VNode | null {
  const link = useLink();
  if (!started || !firstStarted) return null;
  return (
    <>
      <a href={link(`/events/${firstStarted.event}`)}>{tell(firstStarted.occurredOn)}</a>
      <Rumoured of={firstStarted} />
      {started.event !== firstStarted.event && (
        <>
          , <a href={link(`/events/${started.event}`)}>again {tell(started.occurredOn)}</a>
          <Rumoured of={started} />
        </>
      )}
    </>
  );
}
