import { differencesInSteps, type Differences, type Point } from '../../src/domain/audit/differences.js';
import { finish } from '../../src/domain/state/steps.js';
import type { StreamState } from '../../src/domain/state/stream-state.js';

/** The differences in a stream between two points, computed without yielding to other work. */
export const differencesBetween = (state: StreamState, from: Point, to: Point): Differences =>
  finish(differencesInSteps(state, from, to));
