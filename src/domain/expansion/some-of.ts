/** Some of all things of a kind, in words: "2 of 5 sites", "the one site". */
export const someOf = (some: number, all: number, kind: string): string =>
  all === 1 ? `the one ${kind}` : `${some} of ${all} ${kind}s`;
