import type { VNode } from 'preact';
import type { RecordKind } from '../../domain/state/records.js';
import { isMeasure } from '../../domain/measures/measures.js';
import { marketName } from '../../queries/names.js';
import { useGoalTitle } from '../design/number-words.js';
import { companyName, MEASURE_WORDS, slugInSentence } from '../design/words.js';

const KIND_WORDS: Readonly<Record<RecordKind, string>> = {
  automaker: 'The automaker',
  strategy: 'Its strategy',
  target: 'Goal',
  market: 'Market',
  partnership: 'Partner',
  outlets: 'Outlets',
  site: 'Plant',
  figure: 'Figure',
  condition: 'Condition',
  reporting: 'How it reports',
  company: 'Company',
};

interface SubjectNameProps {
  readonly kind: RecordKind;
  readonly subject: string;
  readonly automaker: string;
}

/** The subject of a record in words: "Goal: Half of sales abroad", "Market: Norway". */
export function SubjectName({ kind, subject, automaker }: SubjectNameProps): VNode {
  const title = useGoalTitle(automaker, subject);
  const kindWords = KIND_WORDS[kind];
  if (subject === '') return <>{kindWords}</>;
  return <>{`${kindWords}: ${kind === 'target' ? title : nameOf(kind, subject)}`}</>;
}

function nameOf(kind: RecordKind, subject: string): string {
  switch (kind) {
    case 'market':
      return marketName(subject);
    case 'outlets': {
      const [outlet = '', market = ''] = subject.split('/');
      return `${slugInSentence(outlet)}s in ${marketName(market)}`;
    }
    case 'figure': {
      const measure = subject.split('|', 1)[0] ?? '';
      return isMeasure(measure) ? MEASURE_WORDS[measure] : 'a report';
    }
    default:
      return companyName(subject);
  }
}
