import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { automakerOf } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { RecordedEvent } from '../../domain/ledger/event.js';
import { effective } from '../../domain/state/logged-event.js';
import { exchanged } from '../../domain/state/state-as-of.js';
import { usesOf, type Use } from '../../domain/audit/uses.js';
import { NotFound } from '../../problems/not-found.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { Timeline, type TimelineEntry } from './timeline.js';

/** One event: its current and recorded content, what was recorded about it, and what uses it. */
export interface EventLife extends TimelineEntry {
  readonly asOf: AsOf;
  readonly recorded: RecordedEvent;
  readonly acts: readonly TimelineEntry[];
  /** The automaker's numbers that depend on it. */
  readonly uses: readonly Use[];
}

export class GetEvent extends Query<EventLife> {
  constructor(
    readonly id: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetEvent)
export class GetEventHandler implements IQueryHandler<GetEvent> {
  constructor(
    private readonly timeline: Timeline,
    private readonly states: AutomakerReader,
  ) {}

  async execute({ id, clocks }: GetEvent): Promise<EventLife> {
    const asOf = await this.states.asOf(clocks);
    const found = await this.timeline.one(id, clocks);
    if (!found) throw new NotFound({ detail: `There is no event ${id} in the ledger${asOfWords(clocks)}.` });
    const uses = await this.usesOf(found.entry, asOf, clocks);
    return { asOf, ...found.entry, recorded: found.recorded, acts: found.acts, uses };
  }

  /** For a correction, retraction or added evidence: the numbers that depend on the event it is about. */
  private async usesOf(
    { id, about = id, automaker, stream }: TimelineEntry,
    { trueOn }: AsOf,
    clocks: Clocks,
  ): Promise<Use[]> {
    if (automaker === undefined) return [];
    const state = await this.states.state(stream, { ...clocks, trueOn });
    const entry = state.logged(about);
    const said = entry && effective(entry);
    const without = automakerOf(automaker, said ? exchanged(state, [said], []) : state);
    return usesOf(about, automakerOf(automaker, state), without, trueOn);
  }
}

function asOfWords({ trueOn, knownOn }: Clocks): string {
  const known = knownOn === undefined ? '' : ` as known on ${knownOn}`;
  return trueOn === undefined ? known : `${known} as of ${trueOn}`;
}
