import { Module } from '@nestjs/common';
import { ImportReports } from './import-reports.js';
import { ImportsController } from './imports.controller.js';

/** Imports over HTTP, with the downloads of their refused lines. */
@Module({ controllers: [ImportsController], providers: [ImportReports] })
export class ImportsModule {}
