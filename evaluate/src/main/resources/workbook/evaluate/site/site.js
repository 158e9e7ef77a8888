// Colors code, folds the lists on a phone, and searches: all in this page, without a request.
'use strict';

document.querySelectorAll('pre code').forEach(code => {
  const language = (code.className.match(/language-(\w+)/) || [])[1];
  if (hljs.getLanguage(language === 'sh' ? 'bash' : language)) {
    hljs.highlightElement(code);
  }
});

if (matchMedia('(max-width: 52rem)').matches) {
  document.querySelectorAll('.side details').forEach(list => list.removeAttribute('open'));
}

// The sections with all words: those with more of them in the heading first, then in the order of the pages.
function search(words) {
  return SECTIONS
    .map(section => {
      const heading = section.heading.toLowerCase();
      const text = heading + ' ' + section.text.toLowerCase();
      return words.every(word => text.includes(word))
        ? {section, hits: words.filter(word => heading.includes(word)).length}
        : null;
    })
    .filter(found => found)
    .sort((one, other) => other.hits - one.hits);
}

// Part of a text around the first word, with the words marked.
function excerpt(text, words) {
  const at = Math.max(0, Math.min(...words.map(word => text.toLowerCase().indexOf(word)).filter(i => i >= 0), text.length) - 80);
  const part = text.slice(at, at + 240);
  const paragraph = document.createElement('p');
  let rest = (at > 0 ? '… ' : '') + part + (at + 240 < text.length ? ' …' : '');
  while (rest) {
    const places = words.map(word => [rest.toLowerCase().indexOf(word), word]).filter(([place]) => place >= 0);
    if (!places.length) {
      break;
    }
    const [place, word] = places.sort((one, other) => one[0] - other[0])[0];
    const mark = document.createElement('mark');
    mark.textContent = rest.slice(place, place + word.length);
    paragraph.append(rest.slice(0, place), mark);
    rest = rest.slice(place + word.length);
  }
  paragraph.append(rest);
  return paragraph;
}

const results = document.getElementById('results');
if (results) {
  const query = (new URLSearchParams(location.search).get('q') || '').trim();
  const words = query.toLowerCase().split(/\s+/).filter(word => word);
  document.querySelector('input[type=search]').value = query;
  const found = words.length ? search(words) : [];
  document.getElementById('found').textContent = words.length
    ? `${found.length} ${found.length === 1 ? 'section' : 'sections'} with “${query}”`
    : 'Enter one or more words.';
  for (const {section} of found.slice(0, 50)) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = section.link;
    link.textContent = section.page === section.heading ? section.page : `${section.page}: ${section.heading}`;
    item.append(link, excerpt(section.text, words));
    results.append(item);
  }
}
