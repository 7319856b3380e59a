/** The chart that a page, or its embedded form, is about, as it is named in addresses; undefined where it has none. */
export function chartOfPage(path: string): string | undefined {
  const [, embedded] = /^\/embed\/(.+)$/.exec(path) ?? [];
  if (embedded !== undefined) return embedded;
  const [, goal] = /^\/(automakers\/[a-z0-9-]+\/targets\/[a-z0-9-]+)$/.exec(path) ?? [];
  if (goal !== undefined) return goal;
  return path === '/' || path === '/markets' ? 'markets' : undefined;
}
