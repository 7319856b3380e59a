/** Maximum length of a reason in characters, including quoted text. */
const LONGEST = 1000;

// The expression matches control characters and marks for text direction on purpose.
// eslint-disable-next-line no-control-regex
const UNPRINTED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Turns a reason that may quote a line into a single line of bounded length, without control characters for a
 * terminal.
 */
export function reasonText(reason: string): string {
  const cut = reason.length <= LONGEST ? reason : `${reason.slice(0, LONGEST)}…`;
  return cut.replace(LONE_SURROGATE, escaped).replace(UNPRINTED, escaped);
}

const escaped = (found: string): string => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
