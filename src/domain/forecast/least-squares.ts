/** Slope of the ordinary least-squares line. The x values must not all be equal. */
export function leastSquaresSlope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanOf = (of: (point: { readonly x: number; readonly y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [meanOf(({ x }) => x), meanOf(({ y }) => y)];
  return meanOf(({ x, y }) => (x - meanX) * (y - meanY)) / meanOf(({ x }) => (x - meanX) ** 2);
}
