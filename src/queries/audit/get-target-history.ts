import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { diffWords } from 'diff';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { voiceOf, type VoiceReading } from '../../domain/goals/quiet.js';
import { effective } from '../../domain/state/logged-event.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { recordOf } from '../../domain/state/subject-state.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import { targetHistory, type HistoryEntry, type Provenance } from '../../domain/goals/target-history.js';
import { NotFound } from '../../problems/not-found.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

/** A piece of a wording: kept, added or removed compared with the previous version. */
export interface WordChange {
  readonly text: string;
  readonly change: 'kept' | 'added' | 'removed';
}

export interface TargetHistoryAnswer {
  readonly asOf: AsOf;
  readonly automaker: string;
  readonly target: string;
  readonly voice?: VoiceReading;
  /** Oldest first. */
  readonly versions: readonly (HistoryEntry & { readonly words: readonly WordChange[] })[];
}

/** How a goal originated and changed: every version, with each change classified. */
export class GetTargetHistory extends Query<TargetHistoryAnswer> {
  constructor(
    readonly automaker: string,
    readonly target: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetTargetHistory)
export class GetTargetHistoryHandler implements IQueryHandler<GetTargetHistory> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker, target, clocks }: GetTargetHistory): Promise<TargetHistoryAnswer> {
    const asOf = await this.states.asOf(clocks);
    const state = await this.states.state(automakerStream(automaker), clocks);
    const goal = state.record('target', target);
    if (!goal)
      throw new NotFound({
        detail: `${automaker} has no target ${target} as of the clocks of the question.`,
      });
    const record = recordOf<'target'>(goal);
    const voice = voiceOf(record, asOf.trueOn);
    const versions = targetHistory(record.versions, (event) => provenanceOf(state, event));
    return {
      asOf,
      automaker,
      target,
      ...(voice && { voice }),
      versions: versions.map((version, index) => ({
        ...version,
        words: wordChanges(versions[index - 1]?.terms.wording ?? '', version.terms.wording),
      })),
    };
  }
}

/** Who recorded an event, when, and on what evidence, according to a state. */
export function provenanceOf(state: StreamState, event: string): Provenance {
  const entry = state.logged(event);
  if (!entry) throw new Error(`the state of ${state.stream} rests on ${event} but does not hold it`);
  const { recordedAt, recordedBy, note, evidence } = entry.recorded;
  return {
    recordedAt,
    recordedBy,
    evidence: effective(entry)?.evidence ?? evidence,
    ...(note !== undefined && { note }),
  };
}

export function wordChanges(before: string, after: string): WordChange[] {
  return diffWords(before, after).map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'kept',
  }));
}
