/** Somebody else wrote to the views: another projector, or an unpark. The work must restart. */
export class TablesMovedOn extends Error {
  override readonly name = 'TablesMovedOn';
  constructor() {
    super('somebody else wrote to the views meanwhile');
  }
}
