import { CONFIRMATIONS, problemsOfYears, type Confirmation } from './doubts.js';
import { Evidence, supporting } from './evidence.js';
import { AnyObject, Count, ManyOf, Occurrence, OneOf, Optional, Parts, Text } from '../events/fields.js';
import { definitionOf, EVENT_TYPES, isEventType, isAmendment, type EventType } from '../events/catalogue.js';
import { inLedgersWords } from './understood-words.js';
import { problemsOfTexts, withNormalTexts } from './input-texts.js';
import { publishedTextFault } from './published-texts.js';
import { storeFault } from './text.js';
import { inDeclaredOrder, problemsOf } from '../events/validation.js';
import { type FieldError } from '../events/field-kind.js';
import { newestVersion, versionsOf, type TypeVersion } from '../events/versions.js';

/** An event as a caller sends it: the envelope, with data that depends on its type. */
export class Proposal {
  @OneOf(EVENT_TYPES, 'The type of event')
  type!: EventType;

  @Optional()
  @Count('The version of the type that the data is of. Left out: the newest that it fits')
  version?: number;

  @Optional()
  @Occurrence(
    'When it happened (EDTF). Left out of corrections, retractions and added evidence: they happen when they are recorded',
  )
  occurredOn?: string;

  @AnyObject('What happened; the fields depend on the type')
  data!: object;

  @Optional()
  @Parts(
    Evidence,
    'Where it is stated. At least one source, except for registrations, corrections and retractions',
    50,
    0,
  )
  evidence?: Evidence[];

  @Optional()
  @Text('A remark for readers')
  note?: string;

  @Optional()
  @OneOf(['none'], '"none": it is another event, although it looks like one that is recorded already')
  duplicateOf?: 'none';

  @Optional()
  @ManyOf(CONFIRMATIONS, 'What is meant as it is written, although it is unlikely: the codes of the refusal')
  confirm?: Confirmation[];
}

/** All errors of a value as a proposal, without looking at the ledger. */
export const problemsOfProposal = (value: unknown): readonly FieldError[] =>
  problemsFound(proposalFrom(value));

/** A value as a proposal in its recorded form, or all its errors, without looking at the ledger. */
export function proposalFrom(value: unknown): ReadProposal {
  const read = readForms(value);
  if ('problems' in read) return read;
  return isRecordedAlone(read.normal.type) ? read.normal : { problems: [HALF_A_MOVE] };
}

/** Whether an event of this type can be recorded alone. A move needs an event in two streams. */
export const isRecordedAlone = (type: EventType): boolean => type !== 'EventMoved';

/** One side of a move alone would remove an event, or announce one that still exists elsewhere. */
const HALF_A_MOVE: FieldError = {
  field: 'type',
  message:
    'EventMoved is recorded in two streams at once: POST /api/automakers/{automaker}/moves, or tracker move',
};

/** Parses a value as a proposal, with its texts as written. Returns all its errors if it is invalid. */
export function readProposal(value: unknown): ReadProposal {
  const read = readForms(value);
  return 'problems' in read ? read : read.written;
}

/** A proposal with its texts as written, and in normal form. Mostly they are the same. */
function readForms(
  value: unknown,
): { readonly written: NormalProposal; readonly normal: NormalProposal } | Problems {
  const written = readTexts(value, publishedTextFault);
  if ('problems' in written) return written;
  const texts = withNormalTexts(value);
  // In normal form, a text may become too short or too long.
  const normal = texts === value ? written : readForm(texts);
  const problems = [...problemsFound(normal), ...problemsOfYears(written), ...problemsOfDenials(written)];
  return problems.length > 0 || 'problems' in normal ? { problems } : { written, normal };
}

/** What is wrong with an event without a source. */
export const NO_SOURCE = 'must name at least one source';

/** An event that every named source denies is stated by nobody. */
function problemsOfDenials({ evidence = [] }: Pick<Proposal, 'evidence'>): FieldError[] {
  return evidence.length === 0 || supporting(evidence).length > 0
    ? []
    : [
        {
          field: 'evidence',
          message:
            'must name at least one source that supports the event, and each one denies it; a denial is added to the event that it denies (EvidenceAdded)',
        },
      ];
}

/**
 * Parses an event from the ledger that it is restored from. Returns its errors if it is invalid. Later checks
 * of texts and dates do not apply to history, only the limits of the store.
 */
export function readRestored(value: unknown): ReadProposal {
  return readTexts(value, storeFault);
}

interface Problems {
  readonly problems: readonly FieldError[];
}
type ReadProposal = NormalProposal | Problems;

const NO_PROBLEMS: readonly FieldError[] = [];

const problemsFound = (read: ReadProposal): readonly FieldError[] =>
  'problems' in read ? read.problems : NO_PROBLEMS;

function readTexts(value: unknown, faultOf: (text: string) => string | undefined): ReadProposal {
  const texts = problemsOfTexts(value, faultOf);
  const read = readForm(value);
  return texts.length === 0 ? read : { problems: [...texts, ...otherFields(problemsFound(read), texts)] };
}

const otherFields = (problems: readonly FieldError[], told: readonly FieldError[]): readonly FieldError[] =>
  problems.filter(({ field }) => !told.some((each) => each.field === field));

function readForm(given: unknown): ReadProposal {
  const value = inLedgersWords(given);
  const problems = problemsOf(Proposal, value);
  if (!isProposalShaped(value)) return { problems };
  const act = isAmendment(definitionOf(value.type));
  if (act && value.occurredOn !== undefined) {
    problems.push({
      field: 'occurredOn',
      message: `must be left out of ${value.type}; it happens when it is recorded`,
    });
  }
  if (!act && value.occurredOn === undefined) problems.push({ field: 'occurredOn', message: 'is missing' });
  if (!act && value.type !== 'AutomakerRegistered' && (value.evidence ?? []).length === 0) {
    problems.push({ field: 'evidence', message: NO_SOURCE });
  }
  const read = readData(value.type, value.data, value.version);
  if ('problems' in read) return { problems: [...problems, ...read.problems] };
  return problems.length > 0 ? { problems } : new NormalProposal(value, read);
}

/**
 * The version of a type in which to read some data: the named one, or the newest that fits. If none fits, the
 * errors in today's version.
 */
export function readData(
  type: EventType,
  data: unknown,
  named?: number,
): TypeVersion | { readonly problems: readonly FieldError[] } {
  const versions = versionsOf(type);
  const newest = newestVersion(type);
  // An invalid version is reported as an error of the proposal's field.
  const asked = Number.isInteger(named) ? named : undefined;
  let told: readonly FieldError[] | undefined;
  for (let number = asked ?? newest; number >= (asked ?? 1); number--) {
    const version = versions[number - 1];
    if (!version) break;
    const problems = problemsIn(version, data);
    if (problems.length === 0) return version;
    told ??= problems;
  }
  return { problems: told ?? [unknownVersion(type, newest)] };
}

function unknownVersion(type: EventType, newest: number): FieldError {
  const known = newest === 1 ? 'only 1' : `1 to ${newest}`;
  const message = `must be a version of ${type} that is known here, ${known}; a newer one takes a newer release of the tracker`;
  return { field: 'version', message };
}

/** All errors of data in one version of a type. */
function problemsIn({ data: fields, check }: TypeVersion, data: unknown): readonly FieldError[] {
  const problems = problemsOf(fields, data, 'data');
  if (problems.length > 0 || !check || typeof data !== 'object' || data === null) return problems;
  return check(data).map(({ field, message }) => ({ field: `data.${field}`, message }));
}

/** A valid proposal in its recorded form: fields in declaration order, texts in normal form. */
export function normalize(proposal: Proposal): NormalProposal {
  if (proposal instanceof NormalProposal) return proposal;
  const normal = inLedgersWords(withNormalTexts(proposal));
  const read = readData(normal.type, normal.data, normal.version);
  if ('problems' in read) throw new TypeError(`no valid ${normal.type}`);
  return new NormalProposal(normal, read);
}

/**
 * A class of its own marks proposals in normal form, so that the work is done once: an import needs the form
 * for the id of a line, and again for the decision.
 */
export class NormalProposal implements Proposal {
  declare readonly type: EventType;
  declare readonly version?: number;
  declare readonly occurredOn?: string;
  declare readonly data: object;
  declare readonly evidence?: Evidence[];
  declare readonly note?: string;
  declare readonly duplicateOf?: 'none';
  declare readonly confirm?: Confirmation[];
  /** The version in which the data was read, named or not. */
  readonly readAs: number;

  constructor(
    { type, version, occurredOn, data, evidence, note, duplicateOf, confirm }: Proposal,
    readAs: TypeVersion,
  ) {
    this.type = type;
    if (version !== undefined) this.version = version;
    if (occurredOn !== undefined) this.occurredOn = occurredOn;
    this.data = inDeclaredOrder(readAs.data, data);
    // Reordering fields keeps validated evidence valid.
    if (evidence !== undefined)
      this.evidence = evidence.map((item) => inDeclaredOrder(Evidence, item) as unknown as Evidence);
    if (note !== undefined) this.note = note;
    if (duplicateOf !== undefined) this.duplicateOf = duplicateOf;
    if (confirm !== undefined) this.confirm = confirm;
    this.readAs = readAs.version;
  }

  /** The content in comparable form: independent of field order, and of whether version 1 is named. */
  get said(): Said {
    const { type, version, occurredOn, data, evidence, note, duplicateOf, confirm } = this;
    const isCorrected = type === 'EventCorrected' && 'version' in data && data.version === 1;
    return {
      type,
      version: version === 1 ? undefined : version,
      occurredOn,
      data: isCorrected ? { ...data, version: undefined } : data,
      evidence,
      note,
      duplicateOf,
      confirm,
    };
  }

  /** The same proposal on another day. */
  on(occurredOn: string): NormalProposal {
    return Object.assign(Object.create(NormalProposal.prototype) as NormalProposal, this, { occurredOn });
  }
}

/** The content of a proposal. JSON leaves out undefined fields. */
export type Said = { readonly [K in keyof Proposal]-?: Proposal[K] | undefined } & { readonly data: object };

function isProposalShaped(value: unknown): value is Proposal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    isEventType(value.type) &&
    'data' in value
  );
}
