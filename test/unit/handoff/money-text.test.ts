import { expect, it } from 'vitest';
import { amountMinorOf } from '../../../functions/handoff/money-text.ts';

it.each([
  ['1234,56', 'BRL', 123_456],
  ['1.234,56', 'BRL', 123_456],
  ['1,234.56', 'USD', 123_456],
  ['1.234.567,8', 'BRL', 123_456_780],
  ['1 234', 'BRL', 123_400],
  ['1.234', 'BRL', 123_400],
  ['0,10', 'BRL', 10],
  ['0.29', 'USD', 29],
  ['1234', 'JPY', 1_234],
  ['1,234', 'JPY', 1_234],
])('reads %s in %s as %i', (typed, currency, minor) => {
  expect(amountMinorOf(typed, currency)).toBe(minor);
});

it.each([
  ['', 'BRL'],
  ['0', 'BRL'],
  ['-5', 'BRL'],
  ['12.5', 'JPY'],
  ['1.23.4', 'BRL'],
  ['12,345.678', 'BRL'],
  ['1e9', 'BRL'],
  ['two', 'BRL'],
  ['99999999999999999', 'BRL'],
])('takes %j in %s for no amount', (typed, currency) => {
  expect(amountMinorOf(typed, currency)).toBeNull();
});
