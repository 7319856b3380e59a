import { TEXT, type Schema } from './json-schema.js';

/** The documentation of a route. */
export interface RouteDescription {
  readonly tag: 'record' | 'ask' | 'audit' | 'operate';
  readonly summary: string;
  readonly answer: string;
  /** The success statuses. Defaults to 200. */
  readonly statuses?: readonly string[];
  /** Content by media type, if the handler returns nothing or text. Others: `answer-schemas.ts`. */
  readonly content?: Readonly<Record<string, Schema>>;
  /** When the route is unavailable, the answer has the same form. */
  readonly isToldBusy?: true;
  readonly body?: Record<string, unknown>;
  readonly headers?: readonly (readonly [string, string])[];
}

const EVENTS = { 'application/json': { schema: { $ref: '#/components/schemas/Events' } } };
const RECORDING_HEADERS = [
  ['Idempotency-Key', 'The same request with the same key is recorded once, and answered as the first time'],
  ['If-Match', 'The ETag of an earlier answer: refuse with 412 if the stream has changed since'],
  ['If-None-Match', '*: refuse with 412 if the stream exists'],
] as const;
/** A move that was made is told again without a key. */
const MOVE_HEADERS = RECORDING_HEADERS.filter(([name]) => name === 'If-Match');
const MOVE = { 'application/json': { schema: { $ref: '#/components/schemas/MoveRequest' } } };
/** 201 if recorded; 200 with dryRun, for what would be recorded. */
const RECORDED = ['201', '200'];
const LEDGER = { schema: TEXT };
export const RECORDING_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'RecordingController.inAutomaker': {
    tag: 'record',
    summary:
      'Record one event, or an array as a whole, of an automaker; with dryRun=true say what would happen',
    answer: 'What was recorded, with its position and warnings',
    statuses: RECORDED,
    body: EVENTS,
    headers: RECORDING_HEADERS,
  },
  'RecordingController.inMarket': {
    tag: 'record',
    summary: 'Record what happens to a market',
    answer: 'What was recorded',
    statuses: RECORDED,
    body: EVENTS,
    headers: RECORDING_HEADERS,
  },
  'RecordingController.inCompany': {
    tag: 'record',
    summary: 'Record what a company is, and who owns it',
    answer: 'What was recorded',
    statuses: RECORDED,
    body: EVENTS,
    headers: RECORDING_HEADERS,
  },
  'RecordingController.fromAutomaker': {
    tag: 'record',
    summary:
      'Move events to the automaker that they belong to, all or none; with dryRun=true say what would happen',
    answer: 'The ids of each event on both sides',
    statuses: ['201'],
    body: MOVE,
    headers: MOVE_HEADERS,
  },
  'RecordingController.fromMarket': {
    tag: 'record',
    summary: 'Move events to the market that they belong to',
    answer: 'The ids of each event on both sides',
    statuses: ['201'],
    body: MOVE,
    headers: MOVE_HEADERS,
  },
  'RecordingController.fromCompany': {
    tag: 'record',
    summary: 'Move events to the company that they belong to',
    answer: 'The ids of each event on both sides',
    statuses: ['201'],
    body: MOVE,
    headers: MOVE_HEADERS,
  },
  'ImportsController.import': {
    tag: 'record',
    summary:
      'Import a file of any size, line by line; repeatable without effect; with dryRun=true say what would happen',
    answer: 'What became of the lines, each warning, the first thousand refusals',
    body: { 'application/x-ndjson': LEDGER, 'application/cloudevents+x-ndjson': LEDGER, 'text/csv': LEDGER },
  },
  'ImportsController.template': {
    tag: 'record',
    summary: 'A table to be filled in with events of some types',
    answer: 'Its header',
    content: { 'text/csv': TEXT },
  },
  'ImportsController.refused': {
    tag: 'record',
    summary: 'The refused lines of an import, as they stood in the file',
    answer: 'Lines',
    content: { 'text/plain': TEXT },
  },
};
