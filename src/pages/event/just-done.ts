/** The actions from which a reader comes to an event's page. */
export const JUST_DONE = ['yes', 'correct', 'retract', 'reinstate', 'evidence', 'source', 'move'] as const;
export type JustDone = (typeof JUST_DONE)[number];

export const DONE_IN_WORDS: Readonly<Record<JustDone, string>> = {
  yes: 'Recorded. It is in the ledger for good.',
  correct:
    'Recorded: the correction holds. It says now what stands here; what was recorded at first stays below.',
  retract:
    'Recorded: it is retracted, and counts for nothing from now on. It stays readable, with the reason below.',
  reinstate: 'Recorded: it counts again. Its retraction stays readable below.',
  source: 'Recorded: the source is corrected. What it was before stays readable below.',
  move: 'Recorded: it counts here from now on. Where it was, it stays readable, and leads here.',
  evidence: 'Recorded: the source is added to it.',
};
