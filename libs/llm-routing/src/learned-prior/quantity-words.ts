/**
 * Words of problems that are told in words and asked in numbers, by what they stand for. A word may stand for several things.
 * A problem takes its difficulty from the relations between its quantities, and these are said in few words.
 */
export const quantityWords = {
  'number words':
    'two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand ' +
    'million dozen couple pair',
  fractions:
    'half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh eighth eighths ninth tenth tenths',
  percentages: '% percent percentage',
  money: '$ £ € cent cents dollar dollars',
  comparisons:
    'more less fewer than older younger taller shorter longer heavier lighter greater bigger larger smaller faster slower ' +
    'higher lower',
  multiples: 'twice thrice double doubles doubled triple triples tripled times',
  likenings: 'as',
  order: 'first second third fourth fifth last next',
  sequence: 'then after before later when while until finally now already',
  rates: 'each every per apiece',
  rests: 'left remain remains remaining remainder rest leftover still',
  conditions: 'if assuming suppose unless only except but however instead',
  sharing: 'same equal equally split splits divide divides divided share shares shared ratio both between among',
  times: 'second seconds minute minutes hour hours day days week weeks month months year years',
  measures:
    'foot feet inch inches mile miles yard yards pound pounds ounce ounces gallon gallons cup cups meter meters kilometer ' +
    'kilometers liter liters gram grams kilogram kilograms',
  sums: 'total altogether combined together average mean',
  persons: 'he she they them his her their him',
  joins: 'and , ;',
} as const;

/** What asks for a quantity, in a question or an order. */
export const askingWords = 'how what calculate find determine';
