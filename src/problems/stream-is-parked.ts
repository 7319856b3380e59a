import { HttpProblem } from './http-problem.js';

/** The stream holds an event that this version cannot read, so that nothing can be decided about it here. */
export class StreamIsParked extends HttpProblem {
  readonly status = 409;
  readonly slug = 'stream-parked';
  readonly title = 'The stream cannot be followed here';
}
