import { BadRequestException, HttpException } from '@nestjs/common';
import { StageError } from '@waybill/jobs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ProblemException } from './problem-exception.js';
import { problemOfError } from './problem-filter.js';
import { tenantNamedBy, tenantOfRequest } from './request-caller.js';

describe('problemOfError', () => {
  it('takes a refusal as it is', () => {
    const refusal = new ProblemException('id-conflict', 'Choose another id.');
    expect(problemOfError(refusal)).toEqual({
      type: 'urn:waybill:problem:id-conflict',
      title: 'The id belongs to another submission',
      status: 409,
      detail: 'Choose another id.',
    });
  });

  it.each([
    [new StageError('too-large', 'Send less.'), 413],
    [new StageError('unavailable', 'The store is away.', { retryable: true }), 503],
    [new StageError('worker-died', 'Again.', { retryable: true }), 503],
    [new StageError('invalid-answer', 'A bug.'), 500],
    [Object.assign(new Error('Body is too large'), { statusCode: 413 }), 413],
    [Object.assign(new Error('Not JSON'), { statusCode: 400 }), 400],
    [new HttpException('Method not allowed', 405), 405],
    [new Error('secret'), 500],
    ['thrown text', 500],
  ])('maps %p to %d', (error, status) => {
    expect(problemOfError(error).status).toBe(status);
  });

  it('never tells an unforeseen error to the client', () => {
    expect(JSON.stringify(problemOfError(new Error('secret')))).not.toContain('secret');
  });

  it('points at what a schema refused', () => {
    const { error } = z.object({ 'a/b': z.array(z.number()) }).safeParse({ 'a/b': [1, 'x'] });
    expect(problemOfError(error)).toMatchObject({ status: 400, errors: [{ pointer: '/a~1b/1' }] });
  });

  it('joins the sentences of the validation pipe', () => {
    expect(problemOfError(new BadRequestException(['a: wrong', 'b: wrong'])).detail).toBe('a: wrong; b: wrong');
  });
});

describe('tenantNamedBy', () => {
  it('reads the header, and nothing without one', () => {
    expect(tenantNamedBy({ headers: { 'waybill-tenant': 'acme-2' } })).toBe('acme-2');
    expect(tenantNamedBy({ headers: {} })).toBeUndefined();
  });

  it.each([['Acme'], ['a.b'], [''], [['a', 'b']], ['a'.repeat(49)]])('refuses %p', (given) => {
    expect(() => tenantNamedBy({ headers: { 'waybill-tenant': given } })).toThrow(ProblemException);
  });
});

describe('tenantOfRequest', () => {
  it('takes nobody for somebody', () => {
    expect(() => tenantOfRequest({ headers: { 'waybill-tenant': 'acme' } })).toThrow('No guard');
  });
});
