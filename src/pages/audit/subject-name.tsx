import type { VNode } from 'preact';
import type { PartnershipRecord, RecordKind, SiteRecord } from '../../domain/state/records.js';
import { siteName } from '../../domain/words/values.js';
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
  /** The record of the subject, which may know its name. */
  readonly record?: object | undefined;
}

/** The subject of a record in words: "Goal: Half of sales abroad", "Market: Norway". */
export function SubjectName({ kind, subject, automaker, record }: SubjectNameProps): VNode {
  const title = useGoalTitle(automaker, subject);
  const kindWords = KIND_WORDS[kind];
  if (subject === '') return <>{kindWords}</>;
  return <>{`${kindWords}: ${kind === 'target' ? title : nameOf(kind, subject, record)}`}</>;
}

function nameOf(kind: RecordKind, subject: string, record: object | undefined): string {
  switch (kind) {
    case 'site': {
      const { name = subject, market = '' } = (record ?? {}) as Partial<SiteRecord>;
      return siteName({ site: subject, name, market });
    }
    case 'partnership':
      return ((record ?? {}) as Partial<PartnershipRecord>).partner ?? companyName(subject);
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
