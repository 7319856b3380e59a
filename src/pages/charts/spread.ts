/**
 * Moves places on a line apart as little as possible, so that neighbours keep a minimum distance, in their
 * order, between two ends. If there is not enough room, they start at the upper end.
 */
export function spread(places: readonly number[], distance: number, top: number, bottom: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  const moved = order.map(({ place }) => place);
  for (let at = 0; at < moved.length; at++)
    moved[at] = Math.max(moved[at] ?? top, at === 0 ? top : (moved[at - 1] ?? top) + distance);
  let limit = bottom;
  for (let at = moved.length - 1; at >= 0; at--) {
    moved[at] = Math.min(moved[at] ?? limit, limit);
    limit = (moved[at] ?? limit) - distance;
  }
  const first = moved[0] ?? top;
  const shift = first < top ? top - first : 0;
  const apart = Array.from(places, () => top);
  order.forEach(({ index }, at) => {
    apart[index] = (moved[at] ?? top) + shift;
  });
  return apart;
}
