import type { Status } from '../domain/goals/status.js';

/** The conditions for colours: a terminal, and no request for plain output (https://no-color.org). */
export interface ColourTerms {
  readonly isTerminal: boolean;
  readonly noColour: string | undefined;
}

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const GREY = 90;

const COLOURS: Readonly<Record<Status, number>> = {
  achieved: GREEN,
  'met-when-set': GREEN,
  'on-track': GREEN,
  'acceleration-needed': YELLOW,
  'between-bands': YELLOW,
  limited: RED,
  deteriorating: RED,
  missed: RED,
  withdrawn: GREY,
  'not-comparable': GREY,
  'not-enough-evidence': GREY,
};

/** Colours a status. Returns any other text, and every text when colours are off, unchanged. */
export function coloured(text: string, terms: ColourTerms = standardOutput()): string {
  const colour = terms.isTerminal && !terms.noColour ? colourOf(text) : undefined;
  return colour === undefined ? text : `\u001b[${colour}m${text}\u001b[39m`;
}

function colourOf(text: string): number | undefined {
  return Object.entries(COLOURS).find(([status]) => status === text)?.[1];
}

function standardOutput(): ColourTerms {
  return { isTerminal: process.stdout.isTTY, noColour: process.env['NO_COLOR'] };
}
