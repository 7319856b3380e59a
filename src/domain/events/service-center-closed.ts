import { outletClosed, Outlets } from './outlets.js';

export class ServiceCenterClosed extends Outlets {}

export const serviceCenterClosed = outletClosed({
  type: 'ServiceCenterClosed',
  outlet: 'service-center',
  name: 'service center',
  data: ServiceCenterClosed,
});
