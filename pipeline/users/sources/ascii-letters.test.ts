// Holds the e-mail letters to what the live API made of the same names, where it was recorded.
import { expect, it } from 'vitest';
import { toAsciiLetters } from './ascii-letters.ts';

it.each([
  ['Nebioğlu', 'nebioglu'],
  ['İpek Işık', 'ipekisik'],
  ["O'Brien", "o'brien"],
  ['Jean-Luc', 'jean-luc'],
  ['Sørensen Æbelø', 'sorensenaebelo'],
  ['Müßig', 'mussig'],
  ['Đorđević', 'dordevic'],
  ['Щербак-Їжакевич', 'shcherbak-izhakevych'],
  ['سالاری', 'salary'],
  ['St. John', 'stjohn'],
  ['日本', ''],
])('%s becomes %s', (name, letters) => {
  expect(toAsciiLetters(name)).toBe(letters);
});
