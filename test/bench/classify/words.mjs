/** Invented words, names and numbers for drawings: nothing that is drawn means anything. */
const syllables =
  'an be co da el fi go ha in jo ka lo mer nu or pa que ra so ta un va wes xi yo zen the and of ing tion al re er ent ver men st tr'.split(
    ' ',
  );
const common =
  'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one were her all there been their has would when who will more no if out so what up said its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many before must through years where much your way well down should because each just state people how too little world very good long'.split(
    ' ',
  );

export function word(random) {
  if (random.chance(0.55)) return common[random.whole(0, common.length - 1)];
  let text = '';
  for (let left = random.whole(1, 4); left > 0; left -= 1) text += syllables[random.whole(0, syllables.length - 1)];
  return text;
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const words = (random, count) => Array.from({ length: count }, () => word(random)).join(' ');

export const title = (random, most = 4) =>
  Array.from({ length: random.whole(1, most) }, () => capital(word(random))).join(' ');

/** A figure as tables have them: whole, with decimals, as a share, or missing. */
export function figure(random) {
  const size = 10 ** random.whole(1, 5);
  if (random.chance(0.06)) return '-';
  if (random.chance(0.4)) return random.whole(0, size).toLocaleString('en-US');
  if (random.chance(0.3)) return `${(random.next() * 100).toFixed(1)}%`;
  return (random.next() * size * (random.chance(0.15) ? -1 : 1)).toFixed(random.whole(1, 3));
}

export const day = (random) => `${random.whole(1, 28)}/${random.whole(1, 12)}/${random.whole(1960, 2026)}`;
