import { Module } from '@nestjs/common';
import { ImportReports } from './import-reports.js';
import { ImportsController } from './imports.controller.js';

/** Files that are sent over HTTP, and the lines of them that were refused. */
@Module({ controllers: [ImportsController], providers: [ImportReports] })
export class ImportsModule {}
