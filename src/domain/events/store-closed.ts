import { outletClosed, Outlets } from './outlets.js';

export class StoreClosed extends Outlets {}

export const storeClosed = outletClosed({
  type: 'StoreClosed',
  outlet: 'store',
  name: 'store',
  data: StoreClosed,
});
