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
  ['R$ 1.234,56', 'BRL', 123_456],
  ['1.234,56 BRL', 'BRL', 123_456],
  ['US$ 99', 'USD', 9_900],
  ["1'234.50", 'CHF', 123_450],
  ['1234,567', 'KWD', 1_234_567],
  ['0.250', 'KWD', 250],
  ['1.234,500', 'KWD', 1_234_500],
  ['10000000000', 'BRL', 1_000_000_000_000],
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
  ['1.234', 'KWD'],
  ['12 34', 'BRL'],
  ['0.001', 'BRL'],
  ['US$ 5', 'BRL'],
  ['1,234,56', 'BRL'],
  ['١٢٣', 'BRL'],
  ['0x10', 'BRL'],
  ['10000000000,01', 'BRL'],
  ['99999999999999999', 'BRL'],
])('takes %j in %s for no amount', (typed, currency) => {
  expect(amountMinorOf(typed, currency)).toBeNull();
});
