import { Injectable } from '@nestjs/common';
import { outsideOfQuestions } from '../../api/in-turns.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import { inSlices } from '../../event-store/in-slices.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { ReadModel } from '../../read-model/read-model.js';
import type { PastRow } from '../../read-model/rows.js';
import { AutomakerIndex, type IndexedAutomaker } from './automaker-index.js';
import { KeptOutlines } from './kept-outlines.js';
import { ALL_DAYS, KeptPasts, pastRowOf } from './kept-pasts.js';
import { pastOutlineInSteps } from './past-outline.js';

/** The number of pasts written at a time. */
const AT_ONCE = 20;
/**
 * The past of an automaker with more records is made anew only after a start. Until then it holds for the days before the
 * first one of which something was recorded.
 */
const MOST_RECORDS = 5000;

/** Works out the pasts of automakers, while nothing else is recorded. */
@Injectable()
export class PastsAhead {
  /** The rows of which all pasts were made once. */
  private whole: unknown;

  constructor(
    private readonly index: AutomakerIndex,
    private readonly views: ReadModel,
    private readonly cache: StreamStateCache,
    private readonly pasts: KeptPasts,
    private readonly kept: KeptOutlines,
  ) {}

  /** Makes the pasts that are missing, until something is recorded or the signal aborts. */
  async make(signal: AbortSignal): Promise<void> {
    const { rows, status } = this.views;
    const { position } = status;
    const all = await this.index.all();
    const stored = await this.pasts.stored();
    const ids = new Set(all.map(({ id }) => id));
    const lacking = all.filter(({ id, records }) => {
      const until = stored.get(id);
      return until === undefined || (until !== ALL_DAYS && (records <= MOST_RECORDS || this.whole !== rows));
    });
    for (let start = 0; start < lacking.length; start += AT_ONCE) {
      const made: PastRow[] = [];
      const then = new Map<string, number>();
      for (const each of lacking.slice(start, start + AT_ONCE)) {
        if (signal.aborted || this.views.rows !== rows || this.views.status.position !== position) return;
        then.set(each.id, this.pasts.newsOf(each.id));
        made.push(await outsideOfQuestions(() => this.rowOf(each, ids)));
      }
      const isCurrent = ({ stream }: PastRow): boolean =>
        [...then].every(([id, news]) => automakerStream(id) !== stream || this.pasts.newsOf(id) === news);
      if (!(await this.kept.keepPasts(() => made.filter(isCurrent)))) return;
    }
    this.whole = rows;
  }

  /** What is promised by a group or a brand hangs on what is recorded of the other one: no past is kept of those. */
  private async rowOf({ id, relatives }: IndexedAutomaker, ids: ReadonlySet<string>): Promise<PastRow> {
    if (relatives.some((relative) => ids.has(relative))) return pastRowOf(id, undefined);
    const state = await this.cache.inPassing(automakerStream(id));
    return pastRowOf(id, await inSlices(pastOutlineInSteps(id, state)));
  }
}
