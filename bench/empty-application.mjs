// The bound for rows that go over HTTP: the same framework, platform and DTO validation, an empty handler, no store.
import 'reflect-metadata';
import { Body, Controller, Get, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  ValidateNested,
} from 'class-validator';

const decorate = (decorators, target, key, type) => {
  if (type) Reflect.defineMetadata('design:type', type, target, key);
  for (const decorator of decorators) decorator(target, key);
};

class EvidenceDto {}
decorate([IsUrl()], EvidenceDto.prototype, 'url', String);
decorate([IsString(), Length(1, 200)], EvidenceDto.prototype, 'publisher', String);
decorate([IsOptional(), IsString()], EvidenceDto.prototype, 'publishedOn', String);
decorate([IsIn(['confirmed', 'reported', 'rumoured'])], EvidenceDto.prototype, 'grade', String);
decorate([IsOptional(), IsString()], EvidenceDto.prototype, 'note', String);

class EventDto {}
decorate([IsString()], EventDto.prototype, 'type', String);
decorate([IsString()], EventDto.prototype, 'occurredOn', String);
decorate([IsObject()], EventDto.prototype, 'data', Object);
decorate(
  [IsArray(), ValidateNested({ each: true }), Type(() => EvidenceDto)],
  EventDto.prototype,
  'evidence',
  Array,
);
decorate([IsOptional(), IsString()], EventDto.prototype, 'note', String);

const size = Number(process.env.BODY_SIZE ?? 2000);
const answer = { filler: 'x'.repeat(size) };

class EmptyController {
  record() {
    return { ok: true };
  }
  read() {
    return answer;
  }
}
Controller('api')(EmptyController);
const method = (name, decorator, types) => {
  const descriptor = Object.getOwnPropertyDescriptor(EmptyController.prototype, name);
  Reflect.defineMetadata('design:paramtypes', types, EmptyController.prototype, name);
  decorator(EmptyController.prototype, name, descriptor);
};
Body()(EmptyController.prototype, 'record', 0);
method('record', Post('events'), [EventDto]);
method('read', Get('read'), []);

class EmptyModule {}
Module({ controllers: [EmptyController] })(EmptyModule);

const app = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
await app.listen(Number(process.env.PORT), '127.0.0.1');
