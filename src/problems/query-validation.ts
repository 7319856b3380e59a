import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequest, type FieldProblem } from './request-problems.js';

/** The pipe for query and parameter classes: unknown fields are refused, so that a misspelt filter is noticed. */
export function queryValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidRequest(fieldProblemsOf(errors)),
  });
}

/** class-validator's tree of errors as a flat list with paths. */
export function fieldProblemsOf(errors: readonly ValidationError[], path = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = path === '' ? error.property : `${path}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({
      field,
      message: phrase(message, error),
    }));
    return [...own, ...fieldProblemsOf(error.children ?? [], field)];
  });
}

/** class-validator begins with the property's name, which `field` says already. */
function phrase(message: string, { property, constraints }: ValidationError): string {
  if (constraints?.['whitelistValidation'] === message) return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
