'use strict';

// Records are untrusted input: text is only ever set as text content.

const SECONDS_SHOWN = 120;
const points = [];
const charts = [];

const byId = id => document.getElementById(id);
const setText = (id, text) => { byId(id).textContent = text; };
const whole = number => Math.round(number).toLocaleString('en');
const ms = number => number < 10 ? number.toFixed(1) : whole(number);
const time = at => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content.filter(part => part !== null));
  return made;
}

const fact = (name, value) => element('div', '', element('dt', '', name), element('dd', '', value));

function span(seconds) {
  const [size, unit] = [[86400, 'days'], [3600, 'hours'], [60, 'minutes']].find(([size]) => seconds >= 2 * size) ?? [1, 'seconds'];
  return `${whole(seconds / size)} ${unit}`;
}

function bytes(number) {
  const [size, unit] = [[2 ** 30, 'GB'], [2 ** 20, 'MB'], [2 ** 10, 'kB']].find(([size]) => number >= size) ?? [1, 'bytes'];
  return `${(number / size).toFixed(size === 1 ? 0 : 1)} ${unit}`;
}

// The snapshot of each second.

function show({snapshot, health, model, line}) {
  showStatus(health);
  byId('line').hidden = line === '';
  byId('line').textContent = line;
  setText('rate', whole(snapshot.scoredPerSecond));
  setText('scored', whole(snapshot.scored));
  setText('lag', whole(snapshot.lag));
  setText('alerts', whole(snapshot.alerts));
  setText('refused', whole(snapshot.refused));
  setText('latency', percentile(snapshot.toScore, 'p99'));
  for (const p of ['p50', 'p90', 'p99']) {
    setText(`score-${p}`, percentile(snapshot.toScore, p));
    setText(`broker-${p}`, percentile(snapshot.toBroker, p));
  }
  if (snapshot.queries.length) {
    byId('queries').replaceChildren(...snapshot.queries.map(query => queryCard(query, snapshot.time)));
  }
  showTimes(snapshot);
  showModel(model);
  showAlerts(snapshot.newestAlerts);
  if (snapshot.refusals.length) {
    byId('refusals').replaceChildren(...snapshot.refusals.map(({reason, count}) =>
        element('tr', '', element('td', '', reason), element('td', 'number', whole(count)))));
  }
}

const percentile = (latency, name) => latency.recent ? ms(latency[name]) : '–';

function showStatus(health) {
  status(health.status, health.status === 'up' ? 'Up, updated every second' : 'Down');
  byId('problems').hidden = health.problems.length === 0;
  byId('problems').replaceChildren(...health.problems.map(problem => element('li', '', problem)));
}

function status(className, text) {
  const shown = byId('status');
  if (shown.textContent !== text) { // otherwise a screen reader repeats it every second
    shown.className = `status ${className}`;
    shown.textContent = text;
  }
}

function queryCard(query, now) {
  const state = query.state.toLowerCase();
  const batch = query.batch;
  return element('article', 'card',
      element('h3', '', query.name, element('span', `state ${state}`, state)),
      query.failure ? element('p', 'failure', query.failure) : null,
      element('dl', '',
          fact('started', `${span((now - query.started) / 1000)} ago`),
          fact('last batch', batch ? `number ${batch.id}, ${batch.seconds.toFixed(1)} s` : 'not finished yet'),
          batch ? fact('input rows', `${whole(batch.rows)}, ${whole(batch.rowsPerSecond)} per second`) : '',
          query.lag ? fact('lag', lagText(query.lag)) : '',
          query.bill ? fact('work', billText(query.bill)) : '',
          fact('state', query.stateRows ? `${whole(query.stateRows)} rows, ${bytes(query.stateBytes)}` : 'none')));
}

// What the batch before the running one cost; "skewed" and the like are what is wrong with one of its stages.
function billText(bill) {
  const spilled = bill.spilled ? `, ${bytes(bill.spilled)} spilled` : '';
  const verdicts = bill.verdicts.map(verdict => `, ${verdict.toLowerCase().replaceAll('_', ' ')}`).join('');
  return `${whole(bill.tasks)} tasks, ${whole(bill.rows)} rows read${spilled}${verdicts}`;
}

// The time is infinite if the query processes nothing; JSON has that as text.
function lagText(lag) {
  if (lag.records === 0) {
    return 'none';
  }
  const seconds = Number(lag.seconds);
  return `${whole(lag.records)}, ${Number.isFinite(seconds) ? `${span(seconds)} to catch up` : 'no progress'}`;
}

function showTimes(snapshot) {
  setText('clock', time(snapshot.time));
  setText('newest', snapshot.newestEvent === null ? '–' : time(snapshot.newestEvent));
  const marked = snapshot.queries.filter(query => query.watermark !== null);
  byId('times').replaceChildren(...[...byId('times').children].slice(0, 2), ...marked.map(query =>
      fact(`Watermark of ${query.name}`, watermark(query.watermark, snapshot.newestEvent))));
}

// Before a query has read an event, its watermark is the epoch.
function watermark(at, newest) {
  if (at === 0 || newest === null) {
    return 'none yet';
  }
  return `${time(at)}, ${span(Math.max(0, newest - at) / 1000)} behind the newest payment`;
}

// The measures of a day are null where they are undefined, as with too few payments.
const measure = number => number === null ? '–' : number.toFixed(3);
const alarm = moved => moved === null ? '–' : moved ? 'yes' : 'no';

function dayRow(day, ...values) {
  const head = element('th', '', day);
  head.scope = 'row';
  return element('tr', '', head, ...values.map(value => element('td', 'number', value)));
}

function showModel({quality, drift}) {
  byId('model').hidden = quality.length === 0 && drift.length === 0;
  byId('quality').replaceChildren(...quality.map(day => dayRow(day.day, whole(day.frauds),
      measure(day.rocAuc), measure(day.averagePrecision), measure(day.cardPrecision))));
  byId('drift').replaceChildren(...drift.map(day => dayRow(day.day, whole(day.payments), measure(day.psi), alarm(day.moved))));
}

// Redrawn only for a new alert, so that text in it can be selected.
let newestAlert = null;

function showAlerts(alerts) {
  if (alerts.length && alerts[0].id !== newestAlert) {
    newestAlert = alerts[0].id;
    byId('newest-alerts').replaceChildren(...alerts.map(alertItem));
  }
}

function alertItem(alert) {
  return element('li', '',
      element('h3', '', `${alert.amount.toFixed(2)} at terminal ${alert.terminal}`,
          element('span', 'score', `score ${alert.score.toFixed(2)}`)),
      element('p', 'quiet', `customer ${alert.customer}, ${time(alert.time)}`),
      element('ul', '', ...alert.reasons.map(reason => element('li', '',
          element('span', '', reason.feature.replaceAll('_', ' ')),
          element('span', '', `${reason.value.toFixed(2)}, usually ${reason.usual.toFixed(2)}`)))));
}

// Charts.

const LINES = {
  rates: [{label: 'scored', color: '--accent', y: point => point.scoredPerSecond}],
  latencies: [
    {label: 'to the score, p99', color: '--accent', y: point => recent(point.toScore, 'p99')},
    {label: 'to the score, p50', color: '--accent', dash: [2, 3], y: point => recent(point.toScore, 'p50')},
    {label: 'broker, p99', color: '--second', y: point => recent(point.toBroker, 'p99')},
    {label: 'broker, p50', color: '--second', dash: [2, 3], y: point => recent(point.toBroker, 'p50')},
  ],
};

const recent = (latency, name) => latency.recent ? latency[name] : null;
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function chart(id, scale) {
  const made = new Chart(byId(id), {
    type: 'line',
    data: {datasets: LINES[id].map(line => ({
      label: line.label, borderDash: line.dash ?? [], borderWidth: 2, pointRadius: 0, pointHitRadius: 6, data: [],
    }))},
    options: {
      animation: false, parsing: false, maintainAspectRatio: false, interaction: {mode: 'index', intersect: false},
      scales: {
        x: {type: 'linear', min: -SECONDS_SHOWN, max: 0, ticks: {stepSize: 30, callback: ago, maxRotation: 0}},
        y: scale,
      },
      plugins: {
        legend: {display: LINES[id].length > 1, labels: {boxWidth: 24, boxHeight: 0}},
        tooltip: {callbacks: {title: items => ago(items[0].parsed.x), label: item => `${item.dataset.label}: ${ms(item.parsed.y)}`}},
      },
    },
  });
  charts.push({id, made});
}

const ago = seconds => Math.round(seconds) === 0 ? 'now' : `${Math.round(-seconds)} s ago`;

function paint() {
  for (const {id, made} of charts) {
    LINES[id].forEach((line, i) => Object.assign(made.data.datasets[i],
        {borderColor: color(line.color), backgroundColor: color(line.color)}));
    for (const scale of Object.values(made.options.scales)) {
      scale.ticks.color = color('--quiet');
      scale.grid = {color: color('--rule')};
      scale.border = {color: color('--rule')};
    }
    made.options.plugins.legend.labels.color = color('--ink');
    made.update();
  }
}

function draw() {
  const now = points.at(-1)?.time ?? 0;
  for (const {id, made} of charts) {
    LINES[id].forEach((line, i) => {
      made.data.datasets[i].data = points.map(point => ({x: (point.time - now) / 1000, y: line.y(point)}));
    });
    made.update();
  }
}

function add(point) {
  if (points.length === 0 || point.time > points.at(-1).time) { // the history contains the newest as well
    points.push(point);
  }
  while (point.time - points[0].time > SECONDS_SHOWN * 1000) {
    points.shift();
  }
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
chart('rates', {beginAtZero: true, grace: '5%'});
// Logarithmic: one slow second must not flatten all others.
chart('latencies', {type: 'logarithmic', ticks: {callback: number => Number.isInteger(Math.log10(number)) ? number : null}});
paint();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);

// The event stream. The browser reconnects by itself.

const events = new EventSource('events');
events.addEventListener('history', event => {
  points.splice(0, points.length, ...JSON.parse(event.data));
  draw();
});
events.addEventListener('figures', event => {
  const figures = JSON.parse(event.data);
  add(figures.snapshot);
  show(figures);
  draw();
});
events.addEventListener('full', () => {
  events.close();
  status('down', 'Too many pages are open. Close one and reload this one.');
});
events.addEventListener('error', () => status('down', 'No connection: the run or its page has ended'));
