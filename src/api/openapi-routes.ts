import { TEXT } from './json-schema.js';
import { RECORDING_ROUTES, type RouteDescription } from './openapi-recording-routes.js';
import { REVIEW_ROUTES } from './openapi-reviews.js';
import { SUGGESTION_ROUTES } from './openapi-suggestions.js';
import { TAKE_AWAY_ROUTES } from './openapi-take-away.js';

/** The documentation of each route, by controller and handler. Tests fail if a route is missing. */
export const ROUTES: Readonly<Record<string, RouteDescription>> = {
  ...RECORDING_ROUTES,
  ...TAKE_AWAY_ROUTES,
  ...SUGGESTION_ROUTES,
  ...REVIEW_ROUTES,
  'AutomakersController.list': { tag: 'ask', summary: 'All automakers', answer: 'A line each' },
  'AutomakersController.one': {
    tag: 'ask',
    summary: 'One automaker, whole',
    answer: 'Its records, with the progress on each target',
  },
  'AutomakersController.targets': {
    tag: 'ask',
    summary: 'How far it is on all its targets',
    answer: 'Progress: value with bounds and proof, gap, pace, status, staleness',
  },
  'AutomakersController.target': {
    tag: 'ask',
    summary: 'How far it is on one target',
    answer: 'Progress, and what was promised when',
  },
  'AutomakersController.forecast': {
    tag: 'ask',
    summary:
      'Where what a target counts is going: by each method that beat persistence on what was known then, or why nothing can be said',
    answer: 'Methods with their past errors, bands and chances by the years of the deadline; or the reasons',
  },
  'AutomakersController.seriesForecast': {
    tag: 'ask',
    summary:
      'Where a series is going, whatever anybody promised: a quarter to three years after its last point',
    answer: 'Methods with their past errors, accuracy and bands; or the reasons why nothing can be said',
  },
  'AutomakersController.targetSeries': {
    tag: 'ask',
    summary: 'How what a target counts went, for a chart',
    answer: 'A point for every day that figures speak of, with bounds and events',
  },
  'AutomakersController.series': {
    tag: 'ask',
    summary: 'How a measure went, for a chart',
    answer: 'A point for every day that figures speak of, with bounds and events',
  },
  'AutomakersController.vintages': {
    tag: 'ask',
    summary:
      'How a series was first told, and how it was put since: each period, and each figure, with the days of publication',
    answer: 'Periods with their tellings, the public days, and the figures as they were printed',
  },
  'AutomakersController.verdicts': {
    tag: 'ask',
    summary: 'How far every automaker is on the target that says most about it, the most urgent first',
    answer: 'A line each',
  },
  'GoalsController.goals': {
    tag: 'ask',
    summary:
      'The goal book: all goals of all automakers, first and current terms, how far they are against each, how they were moved',
    answer: 'Goals by automaker, and `next` where there are more',
  },
  'GoalsController.sums': {
    tag: 'ask',
    summary: 'What automakers promised for a year, added up as it stood on a day and as it stands now',
    answer: 'Sums of goals that count the same, for each year, with the goals in them',
  },
  'OverlapController.overlap': {
    tag: 'ask',
    summary: 'Where each two of some automakers both sell, with dates, and who came first',
    answer: 'Of each two the markets that both entered, and those that only one did',
  },
  'SearchController.search': {
    tag: 'ask',
    summary: 'Names that hold all of some words, and events that do, or whose sources do',
    answer: 'Names that fit, and events, the newest first',
  },
  'CoverageController.coverage': {
    tag: 'ask',
    summary: 'What is known of each measure of each automaker month by month, and what is due by its rhythm',
    answer: 'For each measure and perimeter: reported, bounded, not published or not logged',
  },
  'CoverageController.worklist': {
    tag: 'ask',
    summary: 'The missing figures that would narrow most, with the intervals that each would narrow',
    answer: 'Missing figures, what narrows most first',
  },
  'ExpansionController.readings': {
    tag: 'ask',
    summary: 'What kind of expansion it is: the six readings',
    answer:
      'Asset-light, partner dependence, concentration, localisation, exposure, speed: with bounds and inputs',
  },
  'ExpansionController.reading': {
    tag: 'ask',
    summary: 'One reading of its expansion, and how it came about over the years',
    answer: 'Numbers with bounds, formula, inputs and their events',
  },
  'ExpansionController.theses': {
    tag: 'ask',
    summary: 'What the ledger says about the claims that are made of asset-light expansion',
    answer: 'For each the measure, the rule, the cases with their events, and the verdict',
  },
  'ExpansionController.thesis': {
    tag: 'ask',
    summary: 'What the ledger says about one of these claims',
    answer: 'The measure, the rule, the cases with their events, and the verdict',
  },
  'AutomakersController.markets': {
    tag: 'ask',
    summary: 'Where it is, how, since when',
    answer: 'Its markets',
  },
  'AutomakersController.partners': { tag: 'ask', summary: 'With whom', answer: 'Its partnerships' },
  'AutomakersController.outlets': {
    tag: 'ask',
    summary: 'Stores and service centers that were logged',
    answer: 'Counts by market',
  },
  'AutomakersController.production': { tag: 'ask', summary: 'Where it builds abroad', answer: 'Its sites' },
  'AutomakersController.figures': {
    tag: 'ask',
    summary: 'Its figures; with measure, from and to, what they say of exactly that period',
    answer: 'Figures, and bounds with their proof',
  },
  'AutomakersController.compare': {
    tag: 'ask',
    summary: 'Some automakers side by side in one measure',
    answer: 'Values with bounds, and their targets',
  },
  'MarketsController.list': { tag: 'ask', summary: 'All markets: who is there', answer: 'A line each' },
  'MarketsController.one': {
    tag: 'ask',
    summary: 'One market: who is there, how, since when, under which conditions',
    answer: 'Automakers and conditions',
  },
  'CompaniesController.list': {
    tag: 'ask',
    summary: 'Companies that are logged by themselves: groups, brands, partners, joint ventures',
    answer: 'A line each, and `next` where there are more',
  },
  'CompaniesController.one': {
    tag: 'ask',
    summary:
      'A company by id, name or alias: whose it is, what it owns, whose partner it is; or a partner by its name',
    answer: 'What is known of it',
  },
  'EventsController.list': {
    tag: 'ask',
    summary: 'The timeline, page by page',
    answer: 'Events, and `next` where there are more',
  },
  'EventsController.one': {
    tag: 'audit',
    summary: 'One event: what it says now, as it was recorded, and what was recorded about it since',
    answer: 'The life of the event',
  },
  'ExportController.export': {
    tag: 'ask',
    summary: 'The whole ledger as a file',
    answer: 'Events in the order of recording',
    content: { 'application/x-ndjson': TEXT, 'application/cloudevents+x-ndjson': TEXT, 'text/csv': TEXT },
  },
  'FeedController.feed': {
    tag: 'ask',
    summary: 'Events as they are recorded',
    answer: 'Server-sent events; the id is the position',
    content: { 'text/event-stream': TEXT },
  },
  'AuditController.targetHistory': {
    tag: 'audit',
    summary:
      'Every version of a target, each change classed, with word and field differences, and whether the goal is still being said',
    answer: 'The genealogy of the goal',
  },
  'AuditController.strategy': {
    tag: 'audit',
    summary: 'How the strategy changed, who recorded it, and what happened in the twelve months around',
    answer: 'Versions with differences',
  },
  'AuditController.quietGoals': {
    tag: 'audit',
    summary: 'Goals that nobody has repeated for so long that they are taken to have gone quiet',
    answer: 'Goals, silent for longest first',
  },
  'AuditController.differences': {
    tag: 'audit',
    summary: 'What differs between two points on the two clocks, and why',
    answer: 'Events, records and numbers with their causes',
  },
  'RebuildController.status': {
    tag: 'operate',
    summary: 'How the stored views stand',
    answer: 'Position, and parked streams',
  },
  'RebuildController.rebuild': {
    tag: 'operate',
    summary: 'Build the views anew, compare, switch',
    answer: 'What was found',
  },
  'RebuildController.rollBack': {
    tag: 'operate',
    summary: 'Go back to the views before the last rebuild, brought up to date',
    answer: 'Which generation is live again',
  },
  'RebuildController.retry': {
    tag: 'operate',
    summary: 'Apply a parked stream again',
    answer: 'That it is followed again',
  },
  'LedgerLogController.checkpoint': {
    tag: 'audit',
    summary: 'A signed checkpoint of all events by now (C2SP tlog-checkpoint)',
    answer: 'Number of events, and the signed note',
  },
  'LedgerLogController.checkpoints': {
    tag: 'audit',
    summary: 'All checkpoints ever given out',
    answer: 'Checkpoints',
  },
  'LedgerLogController.key': {
    tag: 'audit',
    summary: 'The public key that checkpoints are signed with',
    answer: 'A verifier key',
  },
  'LedgerLogController.hashes': {
    tag: 'audit',
    summary: 'The hash of each event, as the log took it in',
    answer: 'A hash in base64 a line',
    content: { 'text/plain': TEXT },
  },
  'LedgerLogController.inclusion': {
    tag: 'audit',
    summary: 'That an event is in the log (RFC 9162)',
    answer: 'Leaf, root and proof',
  },
  'LedgerLogController.consistency': {
    tag: 'audit',
    summary: 'That an older log is the beginning of a newer one (RFC 9162)',
    answer: 'Roots and proof',
  },
  'OperationsController.live': {
    tag: 'operate',
    summary: 'Whether the process runs',
    answer: 'That it does',
  },
  'OperationsController.ready': {
    tag: 'operate',
    summary: 'Whether it can answer, and each part of it',
    answer: 'Each part; 503 where one does not work',
    isToldBusy: true,
  },
  'OperationsController.figures': {
    tag: 'operate',
    summary: 'Metrics for Prometheus',
    answer: 'Metrics',
    content: { 'text/plain': TEXT },
  },
};
