/**
 * The name of the chart on a page or in its embedded form, as used in addresses; undefined if it has none.
 */
export function chartOfPage(path: string): string | undefined {
  const [, embedded] = /^\/embed\/(.+)$/.exec(path) ?? [];
  if (embedded !== undefined) return embedded;
  const [, goal] = /^\/(automakers\/[a-z0-9-]+\/targets\/[a-z0-9-]+)$/.exec(path) ?? [];
  if (goal !== undefined) return goal;
  return path === '/' || path === '/markets' ? 'markets' : undefined;
}
