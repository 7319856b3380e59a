import { HttpProblem } from './http-problem.js';

/** The stream contains an event that this release cannot read, so nothing about it can be decided here. */
export class StreamIsParked extends HttpProblem {
  readonly status = 409;
  readonly slug = 'stream-parked';
  readonly title = 'The stream cannot be followed here';
}
