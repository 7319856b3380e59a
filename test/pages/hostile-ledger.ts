import { CONFIRMATIONS } from '../../src/domain/ledger/doubts.js';
import { definitionOf, EVENT_TYPES, type EventType } from '../../src/domain/events/catalogue.js';
import { Evidence } from '../../src/domain/ledger/evidence.js';
import type { FieldsClass } from '../../src/domain/events/field-kind.js';
import { fieldsOf } from '../../src/domain/events/validation.js';
import { FULL_DATA } from '../domain/sample-events.js';
import { startServer, type TestServer } from '../e2e/server.js';

/**
 * Closes elements that may contain it, tries to run a script in two ways, is a spreadsheet formula, and
 * contains a word that fits on no line.
 */
export const HOSTILE = `=1+1</title></textarea></svg></script><script>hostile=1</script><img src=x onerror=hostile=1>'"&${'W'.repeat(60)}`;

/** Data of a class with hostile text in every free-text field. */
function withHostileTexts(fields: FieldsClass, data: object): object {
  const kinds = fieldsOf(fields);
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => {
      if (kinds.get(name)?.kind.name === 'text') return [name, HOSTILE];
      const items = kinds.get(name)?.kind.schema['items'];
      const isTexts =
        typeof items === 'object' && items !== null && 'maxLength' in items && !('pattern' in items);
      if (Array.isArray(value) && isTexts) return [name, value.map((_, index) => `${HOSTILE}${index}`)];
      return [name, value];
    }),
  );
}

const EVIDENCE = [
  withHostileTexts(Evidence, {
    url: `https://example.com/?q=${encodeURIComponent(HOSTILE)}`,
    publisher: '',
    publishedOn: '2025-09',
    grade: 'reported',
    quote: '',
    note: '',
  }),
];

/** Event types in an order without contradictions. Those about another event come last, one by one. */
const IN_ORDER: readonly EventType[] = [
  'AutomakerRegistered',
  'StrategyDeclared',
  'StrategyRevised',
  'TargetSet',
  'TargetRevised',
  'TargetRestated',
  'MarketEntryAnnounced',
  'MarketEntered',
  'MarketEntryChanged',
  'PartnerSigned',
  'ServiceCenterOpened',
  'ServiceCenterClosed',
  'StoreOpened',
  'StoreClosed',
  'ProductionAnnounced',
  'ProductionPlanRevised',
  'ProductionStarted',
  'ProductionEnded',
  'FigureReported',
  'ReportingChanged',
  'PartnershipEnded',
  'MarketExited',
  'TargetWithdrawn',
];

/** Changes to the sample of a type so that it does not contradict earlier events. */
const CHANGES: Partial<Record<EventType, object>> = {
  AutomakerRegistered: { group: undefined },
  TargetSet: { target: 'markets', measure: 'overseas-markets', unit: 'markets', threshold: 40 },
  TargetRestated: { target: 'markets' },
  TargetWithdrawn: { target: 'markets' },
  StoreOpened: { count: 2 },
  FigureReported: { market: undefined, entity: undefined },
};

export interface HostileLedger {
  readonly server: TestServer;
  /** Ids of events by their type. */
  readonly events: ReadonlyMap<string, string>;
}

/** A server whose ledger contains an event of every type, with hostile text in every free-text field. */
export async function startHostile(): Promise<HostileLedger> {
  const server = await startServer();
  const events = new Map<string, string>();
  const record = async (stream: string, type: EventType, occurredOn: string | undefined, data: object) => {
    const { status, body, text } = await server.post(`/api/${stream}/events`, {
      type,
      ...(occurredOn !== undefined && { occurredOn }),
      data,
      note: HOSTILE,
      evidence: EVIDENCE,
      duplicateOf: 'none',
      confirm: CONFIRMATIONS,
    });
    if (status !== 201) throw new Error(`${type} was not recorded: ${text}`);
    if (!events.has(type)) events.set(type, String(body.events[0].id));
  };
  const hostile = (type: EventType, over: object = {}): object =>
    withHostileTexts(definitionOf(type).data, { ...FULL_DATA[type], ...CHANGES[type], ...over });

  for (const [index, type] of IN_ORDER.entries()) {
    const month = `20${15 + Math.floor(index / 2)}-0${1 + (index % 2)}`;
    await record('automakers/xpeng', type, month, hostile(type));
  }
  // Enough figures for charts of a share and its parts, and of markets.
  const share = { ...FULL_DATA.TargetSet, entity: undefined, market: undefined };
  await record(
    'automakers/xpeng',
    'TargetSet',
    '2024',
    withHostileTexts(definitionOf('TargetSet').data, share),
  );
  for (const [year, overseas, total] of [
    [2023, 5_000, 100_000],
    [2024, 9_000, 110_000],
  ] as const) {
    for (const [measure, value] of [
      ['overseas-units', overseas],
      ['total-units', total],
    ] as const) {
      const figure = { measure, value, period: String(year), basis: 'deliveries' };
      await record('automakers/xpeng', 'FigureReported', `${year + 1}-01`, figure);
    }
  }
  await record('markets/EU', 'MarketConditionChanged', '2024-10', hostile('MarketConditionChanged'));
  for (const type of ['CompanyRegistered', 'OwnershipChanged'] as const)
    await record('companies/renault-group', type, '2024-05', hostile(type));
  const about = (type: EventType): object => ({ event: events.get(type) });
  await record('automakers/xpeng', 'EvidenceAdded', undefined, {
    ...about('MarketEntered'),
    evidence: EVIDENCE,
  });
  const [source] = EVIDENCE as Evidence[];
  await record('automakers/xpeng', 'EvidenceCorrected', undefined, {
    ...about('MarketEntered'),
    url: source?.url,
    replacement: { ...source, publishedOn: '2025-08' },
    reason: HOSTILE,
  });
  const models = { ...hostile('MarketEntered'), market: 'SE' };
  await record('automakers/xpeng', 'EventCorrected', undefined, {
    ...about('FigureReported'),
    data: { measure: 'overseas-units', value: 7, period: '2020' },
    occurredOn: '2021',
    reason: HOSTILE,
  });
  await record('automakers/xpeng', 'MarketEntered', '2026-01', models);
  await record('automakers/xpeng', 'EventRetracted', undefined, { ...about('StoreClosed'), reason: HOSTILE });
  await record('automakers/xpeng', 'EventReinstated', undefined, {
    ...about('StoreClosed'),
    reason: HOSTILE,
  });
  await record('automakers/xpeng', 'EventRetracted', undefined, { ...about('StoreClosed'), reason: HOSTILE });
  await record('automakers/geely', 'AutomakerRegistered', '1997', { name: HOSTILE, homeMarket: 'CN' });
  const wrong = await server.post('/api/automakers/xpeng/events', {
    type: 'MarketEntered',
    occurredOn: '2026-02',
    data: { ...hostile('MarketEntered'), market: 'FI' },
    note: HOSTILE,
    evidence: EVIDENCE,
    confirm: CONFIRMATIONS,
  });
  const [{ id }] = wrong.body.events;
  const moved = await server.post('/api/automakers/xpeng/moves', {
    events: [id],
    to: 'geely',
    reason: HOSTILE,
  });
  if (moved.status !== 201) throw new Error(`nothing was moved: ${moved.text}`);
  events.set('EventMoved', String(id));
  const missing = EVENT_TYPES.filter((type) => !events.has(type));
  if (missing.length > 0) throw new Error(`nothing hostile is recorded of ${missing.join(', ')}`);
  await server.get(`/api/automakers?minPosition=${(await server.get('/api/automakers')).body.asOf.position}`);
  return { server, events };
}

/** Every kind of page over that ledger. */
export function hostilePages(events: HostileLedger['events']): readonly string[] {
  const ids = [...events.values()];
  const anyText = encodeURIComponent(HOSTILE);
  return [
    '/',
    '/automakers/xpeng',
    '/automakers/xpeng?trueOn=2024-12-31',
    '/automakers/xpeng/targets/markets',
    '/automakers/xpeng/targets/half-overseas',
    '/markets',
    '/markets/NO',
    '/markets/AT',
    '/markets/EU',
    '/timeline',
    '/timeline?order=recorded',
    '/compare?automakers=xpeng',
    '/theses',
    '/audit?automaker=xpeng&from=2016-01-01',
    ...ids.map((id) => `/events/${id}`),
    // A reader's input is as hostile as the ledger's contents.
    `/timeline?automaker=${anyText}`,
    `/automakers/${encodeURIComponent(HOSTILE.slice(0, 60))}`,
    `/audit?automaker=${anyText}`,
    `/compare?measure=${anyText}`,
    `/sign-in?next=${anyText}`,
    `/nothing?text=${anyText}`,
  ];
}
