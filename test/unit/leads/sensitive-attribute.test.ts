import { expect, it } from 'vitest';
import { isSensitive } from '../../../functions/leads/sensitive-attribute.ts';

it.each([
  ...[
    'age',
    'Age',
    'AGE_RANGE',
    'customer_age',
    'birthdate',
    'dateOfBirth',
    'date-of-birth',
    'DOB',
    'birth_year',
    'yearOfBirth',
  ],
  ...['gender', 'sex', 'genderIdentity', 'race', 'ethnicity', 'ethnic_origin', 'nationality', 'country_of_birth'],
  ...[
    'children',
    'numberOfChildren',
    'number_of_children',
    'has_kids',
    'religion',
    'sexualOrientation',
    'political_opinions',
  ],
  ...['idade', 'gênero', 'Raça', 'data_de_nascimento', 'nacionalidade', 'filhos', 'número de hijos'],
])('B1: %s is left out unless the account opts in', (name) => {
  expect(isSensitive(name)).toBe(true);
  expect(isSensitive(name, ['age_of_something_else', name])).toBe(false);
});

it.each([
  'page',
  'message',
  'stage',
  'language',
  'usage',
  'company_age',
  'email',
  'name',
  'country',
  'date',
  'status',
  'industry',
  'revenue',
  'sexta_feira',
  'race_car',
  '',
])('%j is not sensitive', (name) => expect(isSensitive(name)).toBe(false));

it('opts in by name, however it is written, and to nothing else', () => {
  expect(isSensitive('dateOfBirth', ['date_of_birth'])).toBe(false);
  expect(isSensitive('age_range', ['age'])).toBe(true);
});

it('answers at once for a name made to be slow', () => {
  expect(isSensitive(`${'number of '.repeat(10_000)}ag`)).toBe(false);
});
