import { Module } from '@nestjs/common';
import { CompaniesController } from './companies.controller.js';
import { GetCompanyHandler } from './get-company.js';
import { ListCompaniesHandler } from './list-companies.js';
import { ReadersModule } from '../readers.module.js';

/** Companies: their owners, holdings and partnerships. */
@Module({
  imports: [ReadersModule],
  controllers: [CompaniesController],
  providers: [GetCompanyHandler, ListCompaniesHandler],
})
export class CompaniesModule {}
