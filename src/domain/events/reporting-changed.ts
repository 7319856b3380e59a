import { countedInWords } from '../words/goals.js';
import { eventType } from './event-type.js';
import { OneOf, Optional, Slug, Text } from './fields.js';
import { MEASURE_NAMES, type Measure } from '../measures/measures.js';
import { REPORTING_INTERVALS, type ReportingInterval } from '../state/choices.js';
import { grown } from '../state/subject-state.js';

export class ReportingChanged {
  @OneOf(MEASURE_NAMES, 'What it reports')
  measure!: Measure;

  @OneOf(REPORTING_INTERVALS, 'How often from now on; none: not any more')
  interval!: ReportingInterval;

  @Optional()
  @Slug('The brand or group that it is about, where it is not the automaker as such')
  entity?: string;

  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}

export const reportingChanged = eventType({
  type: 'ReportingChanged',
  summary: 'An automaker reports a measure at other intervals from now on, or not any more.',
  data: ReportingChanged,
  stream: 'automaker',
  kind: 'reporting',
  subject: ({ measure, entity }) => (entity === undefined ? measure : `${measure}/${entity}`),
  effect: (record, { id, occurredOn, data: { measure, entity, ...change } }) => ({
    measure,
    ...(entity !== undefined && { entity }),
    changes: grown(record?.changes, { event: id, occurredOn, ...change }),
  }),
  duplicateKey: ({ interval }) => interval,
  sentence: (data, words) => {
    const { interval, reason } = data;
    const what = countedInWords(data, words);
    const how = interval === 'none' ? `does not report ${what} any more` : `reports ${what} ${interval}`;
    return `${words.automaker} ${how}${reason === undefined ? '' : `: ${reason}`}`;
  },
});
