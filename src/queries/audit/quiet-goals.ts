import type { Automaker } from '../../domain/state/automaker.js';
import { voiceOf, type VoiceReading } from '../../domain/goals/quiet.js';
import type { Day, EdtfDate } from '../../domain/ledger/edtf.js';
import type { TargetTerms } from '../../domain/state/records.js';

export interface QuietGoal extends VoiceReading {
  readonly automaker: string;
  readonly name: string;
  readonly target: string;
  readonly terms: TargetTerms;
  /** When it was last stated, with the precision of the source. */
  readonly saidOn: EdtfDate;
}

/** An automaker with some of its goals. */
type WithGoals = Pick<Automaker, 'id' | 'targets'> & { readonly profile: Pick<Automaker['profile'], 'name'> };

/** The goals of an automaker that are quiet on a day. */
export function quietGoalsOf({ id, profile, targets }: WithGoals, on: Day): QuietGoal[] {
  return targets.flatMap((record): QuietGoal[] => {
    const voice = voiceOf(record, on);
    const last = record.versions.at(-1);
    if (!last || voice?.voice !== 'quiet (inferred)') return [];
    return [
      {
        automaker: id,
        name: profile.name,
        target: record.target,
        terms: last.terms,
        saidOn: last.occurredOn,
        ...voice,
      },
    ];
  });
}
