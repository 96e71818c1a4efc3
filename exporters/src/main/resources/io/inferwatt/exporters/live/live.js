// The live page. Reads api/v1/live once, then one event a second. Names come from the application: they are text, never markup.
(() => {
  'use strict';

  const STALE_MS = 5000;
  const GAP_MS = 4000; // moments further apart are not joined by a line
  const SPAN_MS = 300000;
  const COMPONENTS = ['cpu', 'dram', 'gpu', 'other'];
  const LABELS = { cpu: 'Processor', dram: 'Memory', gpu: 'GPU', other: 'Whole machine' };
  const NBSP = '\u00a0';
  const SVG = 'http://www.w3.org/2000/svg';
  const still = new URLSearchParams(location.search).get('static') === '1';
  const $ = (id) => document.getElementById(id);

  // ---- figures in words ------------------------------------------------------------------------------------------------

  const known = (x) => typeof x === 'number' && Number.isFinite(x);
  const UNKNOWN = 'not known';

  const grouped = (x) => Math.round(x).toString().replace(/\B(?=(\d{3})+$)/g, NBSP);

  function digits(x) {
    const size = Math.abs(x);
    if (size >= 999.5) {
      return grouped(x);
    }
    return x.toFixed(size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2);
  }

  /** The prefix that leaves a number between 1 and 1000. */
  function scale(x, unit, largest) {
    const large = ['', 'k', 'M', 'G', 'T'].slice(0, largest === undefined ? 5 : largest + 1);
    const small = ['', 'm', 'µ', 'n'];
    let size = Math.abs(x);
    let factor = 1;
    let step = 0;
    while (size >= 999.5 && step < large.length - 1) {
      size /= 1000;
      factor *= 1000;
      step++;
    }
    while (size !== 0 && size < 0.9995 && step <= 0 && -step < small.length - 1) {
      size *= 1000;
      factor /= 1000;
      step--;
    }
    return { factor, unit: (step >= 0 ? large[step] : small[-step]) + unit };
  }

  function parts(x, unit, largest) {
    if (!unit) {
      return [grouped(x), ''];
    }
    const by = scale(x, unit, largest);
    return [digits(x / by.factor), by.unit];
  }

  const amount = (x, unit, largest) => known(x) ? parts(x, unit, largest).join(NBSP) : UNKNOWN;
  const joules = (x) => amount(x, 'J');
  const watts = (x) => amount(x, 'W', 1);
  const grams = (x) => known(x) && Math.abs(x) >= 999500 ? amount(x / 1e6, 't') : amount(x, 'g', 1);
  const count = (x) => known(x) ? grouped(x) : UNKNOWN;
  const plain = (x) => known(x) ? digits(x) : UNKNOWN;

  function percent(x) {
    if (x >= 9.995) {
      return grouped(x) + NBSP + 'times';
    }
    if (x > 0 && x < 0.0005) {
      return '<' + NBSP + '0.1' + NBSP + '%';
    }
    return known(x) ? (100 * x).toFixed(x > 0 && x < 0.0995 ? 1 : 0) + NBSP + '%' : UNKNOWN;
  }

  /** Both ends of a band in the unit of its middle, so that they compare at a glance. */
  function band(low, middle, high, unit) {
    if (!known(low) || !known(middle) || !known(high)) {
      return 'interval not known';
    }
    const by = scale(middle, unit);
    const apart = low > 0 && low / by.factor < 0.01 || high / by.factor >= 9999.5;
    return apart
      ? amount(low, unit) + ' to ' + amount(high, unit)
      : digits(low / by.factor) + ' to ' + digits(high / by.factor) + NBSP + by.unit;
  }

  function duration(seconds) {
    if (!known(seconds)) {
      return UNKNOWN;
    }
    const [n, unit] = seconds < 120 ? [seconds, 's'] : seconds < 7200 ? [seconds / 60, 'min']
      : seconds < 172800 ? [seconds / 3600, 'h'] : [seconds / 86400, 'days'];
    return (n < 10 && unit !== 's' ? n.toFixed(1) : Math.round(n)) + NBSP + unit;
  }

  function ratioBand(low, high) {
    if (!known(low) || !known(high)) {
      return UNKNOWN;
    }
    const down = Math.round(100 * (1 - low));
    const up = Math.round(100 * (high - 1));
    return down === up ? '±' + up + NBSP + '%' : '−' + down + ' to +' + up + NBSP + '%';
  }

  const two = (n) => String(n).padStart(2, '0');

  function clock(millis) {
    const at = new Date(millis);
    return two(at.getHours()) + ':' + two(at.getMinutes()) + ':' + two(at.getSeconds());
  }

  function day(millis) {
    const at = new Date(millis);
    return at.getFullYear() + '-' + two(at.getMonth() + 1) + '-' + two(at.getDate()) + ' ' + clock(millis);
  }

  // ---- the document ----------------------------------------------------------------------------------------------------

  function set(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  function put(element, name, value) {
    if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value);
    }
  }

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) {
      element.className = className;
    }
    if (text !== undefined) {
      element.textContent = text;
    }
    return element;
  }

  function shape(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value);
    }
    return element;
  }

  function big(id, x, unit, largest) {
    const element = $(id);
    const [number, of] = known(x) ? parts(x, unit, largest) : ['–', ''];
    const text = number + (of ? NBSP + of : '');
    if (element.dataset.text !== text) {
      element.dataset.text = text;
      element.textContent = number;
      if (of) {
        element.append(make('span', 'u', NBSP + of));
      } else if (!known(x)) {
        element.append(make('span', 'unseen', UNKNOWN));
      }
    }
  }

  function mark(element, quality) {
    const word = quality.split(' ').pop();
    const className = 'q' + (quality ? ' q-' + word : '');
    if (element.className !== className) {
      element.className = className;
    }
    set(element, quality);
  }

  /** The least sure kind of figure in a sum, since that is what a reader has to know. */
  function qualityOf(of) {
    for (const [share, word] of [[of.estimated_share, 'estimated'], [of.modelled_share, 'modelled']]) {
      if (share >= 0.9995) {
        return word;
      }
      if (share > 0.0005) {
        return 'partly ' + word;
      }
    }
    return of.measured_share > 0 ? 'measured' : '';
  }

  /** Keeps one row for each key, in the order of the items; rows stay the same elements, so that nothing jumps. */
  function rows(parent, items, keyOf, create, update) {
    const old = new Map(Array.from(parent.children, (row) => [row.dataset.key, row]));
    const used = new Set();
    let place = parent.firstElementChild;
    for (const item of items) {
      let key = keyOf(item);
      while (used.has(key)) {
        key += '+'; // of two with one key each keeps a row
      }
      used.add(key);
      let row = old.get(key);
      if (row) {
        old.delete(key);
      } else {
        row = create(item);
        row.dataset.key = key;
      }
      if (row === place) {
        place = place.nextElementSibling;
      } else {
        parent.insertBefore(row, place);
      }
      update(row, item);
    }
    old.forEach((row) => row.remove());
  }

  /** A row of a table that becomes a list of name and value on a phone. */
  function tableRow(columns) {
    const row = make('tr');
    row.setAttribute('role', 'row');
    columns.forEach(([className, label], i) => {
      const cell = make(i === 0 ? 'th' : 'td', className);
      if (i === 0) {
        cell.scope = 'row';
      }
      cell.setAttribute('role', i === 0 ? 'rowheader' : 'cell');
      if (i > 0) {
        const key = make('span', 'k', label);
        key.setAttribute('aria-hidden', 'true');
        cell.append(key);
      }
      cell.append(make('span', 'c'));
      row.append(cell);
    });
    return row;
  }

  const cell = (row, i) => row.children[i].querySelector('.c');

  /** Returns how many different ones there are. */
  function lines(parent, texts) {
    const different = [...new Set(texts)];
    rows(parent, different, (text) => text, (text) => make('li', '', text), () => {});
    return different.length;
  }

  // ---- the past --------------------------------------------------------------------------------------------------------

  let past = { times: [], watts: {}, models: [] };

  function remember(history) {
    past = { times: history.epoch_millis, watts: history.watts, models: history.model_watts };
  }

  function addPoint(live) {
    const now = Math.round(1000 * Math.max(0, ...live.domains.filter((d) => d.in_force).map((d) => d.last_success_epoch_seconds)));
    const last = past.times[past.times.length - 1];
    const putBack = now > 0 && now < last - GAP_MS; // the clock of the machine
    if (putBack) {
      past = { times: [], watts: {}, models: [] };
    } else if (now <= 0 || now <= last) {
      return;
    }
    const seen = {};
    for (const component of new Set(live.domains.filter((d) => d.in_force).map((d) => d.component))) {
      seen[component] = wattsOf(component, live);
    }
    for (const component of new Set([...Object.keys(past.watts), ...Object.keys(seen)])) {
      past.watts[component] = past.watts[component] || past.times.map(() => null);
      past.watts[component].push(component in seen ? seen[component] : null);
    }
    past.times.push(now);
    past.models.push(live.power.model_watts);
    while (past.times[0] < now - SPAN_MS) {
      past.times.shift();
      past.models.shift();
      Object.values(past.watts).forEach((of) => of.shift());
    }
  }

  const seenComponents = () => COMPONENTS.filter((c) => past.watts[c] && past.watts[c].some(known));

  // ---- the chart -------------------------------------------------------------------------------------------------------

  const chart = { left: 52, right: 14, top: 8, bottom: 22, pointed: null };

  function niceMax(x) {
    if (!(x > 0)) {
      return 1;
    }
    const power = Math.pow(10, Math.floor(Math.log10(x)));
    return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12].find((m) => m * power >= x * 1.04) * power;
  }

  function draw(live) {
    const svg = $('chart');
    const width = svg.clientWidth;
    const height = svg.clientHeight;
    if (!width || !height) {
      return;
    }
    const end = past.times.length ? past.times[past.times.length - 1] : live.epoch_millis;
    const components = seenComponents();
    const stacked = stackedOf(components);
    const top = niceMax(Math.max(0, ...stacked.flat().filter(known), ...past.models.filter(known)));
    const x = (t) => chart.left + (t - end + SPAN_MS) / SPAN_MS * (width - chart.left - chart.right);
    const y = (w) => height - chart.bottom - w / top * (height - chart.top - chart.bottom);
    const drawn = [];

    const by = scale(top, 'W', 1);
    for (let i = 0; i <= 4; i++) {
      const value = top * i / 4;
      drawn.push(shape('line', { class: 'rule', x1: chart.left, x2: width - chart.right, y1: y(value), y2: y(value) }));
      const text = shape('text', { x: chart.left - 7, y: y(value) + 4, 'text-anchor': 'end' });
      text.textContent = i === 0 ? '0' : Number((value / by.factor).toPrecision(3)) + NBSP + by.unit;
      drawn.push(text);
    }
    for (let minute = width < 560 ? 4 : 5; minute >= 0; minute -= width < 560 ? 2 : 1) {
      const at = x(end - minute * 60000);
      const text = shape('text', { x: at, y: height - 6, 'text-anchor': minute === 0 ? 'end' : minute === 5 ? 'start' : 'middle' });
      text.textContent = minute === 0 ? 'now' : '−' + minute + NBSP + 'min';
      drawn.push(text);
    }

    components.forEach((component, n) => {
      const base = n === 0 ? past.times.map(() => 0) : stacked[n - 1];
      const above = stacked[n];
      for (const run of runsOf((i) => known(above[i]) && known(past.watts[component][i]))) {
        // A moment alone is a thin line, else nobody would see it.
        const edge = run.length === 1 ? [[x(past.times[run[0]]) - 0.75, run[0]], [x(past.times[run[0]]) + 0.75, run[0]]]
          : run.map((i) => [x(past.times[i]), i]);
        const over = edge.map(([at, i]) => at.toFixed(1) + ',' + y(above[i]).toFixed(1));
        const under = edge.map(([at, i]) => at.toFixed(1) + ',' + y(base[i]).toFixed(1)).reverse();
        drawn.push(shape('polygon', { class: 'area f-' + component, points: over.concat(under).join(' ') }));
      }
    });
    for (const run of runsOf((i) => known(past.models[i]))) {
      const points = run.map((i) => x(past.times[i]).toFixed(1) + ',' + y(past.models[i]).toFixed(1));
      drawn.push(shape('polyline', { class: 'models', points: points.join(' ') }));
    }
    readout(drawn, components, x, height);
    put(svg, 'viewBox', '0 0 ' + width + ' ' + height);
    svg.replaceChildren(...drawn);
    put(svg, 'aria-label', inWords(live, components.length ? stacked[components.length - 1].filter(known) : []));
  }

  /**
   * The upper edge of each component over the moments: null where its power, or that of one below it, is not known, and from there on
   * nothing is drawn, because it would stand too low. A component that was not there yet leaves no hole.
   */
  function stackedOf(components) {
    const edges = [];
    let base = past.times.map(() => 0);
    for (const component of components) {
      const watts = past.watts[component];
      const first = watts.findIndex(known);
      base = base.map((b, i) => i < first ? b : known(b) && known(watts[i]) ? b + watts[i] : null);
      edges.push(base);
    }
    return edges;
  }

  /** Moments one after another that are drawn without a break: there is a figure, and not too long after the one before. */
  function runsOf(drawable) {
    const runs = [];
    let before = -1;
    past.times.forEach((t, i) => {
      if (drawable(i)) {
        if (before < 0 || before !== i - 1 || t - past.times[before] > GAP_MS) {
          runs.push([]);
        }
        runs[runs.length - 1].push(i);
        before = i;
      }
    });
    return runs;
  }

  function readout(drawn, components, x, height) {
    const box = $('readout');
    let nearest = -1;
    if (chart.pointed !== null) {
      past.times.forEach((t, i) => {
        if (nearest < 0 || Math.abs(x(t) - chart.pointed) < Math.abs(x(past.times[nearest]) - chart.pointed)) {
          nearest = i;
        }
      });
    }
    box.hidden = nearest < 0;
    if (nearest >= 0) {
      const at = x(past.times[nearest]);
      drawn.push(shape('line', { class: 'cross', x1: at, x2: at, y1: chart.top, y2: height - chart.bottom }));
      set(box, [clock(past.times[nearest])]
        .concat(components.map((c) => LABELS[c] + ' ' + watts(past.watts[c][nearest])))
        .concat('model calls ' + watts(past.models[nearest])).join(' · '));
    }
  }

  function inWords(live, sums) {
    const seen = sums.filter((w) => w > 0);
    return 'Power of this machine over the last five minutes. Now ' + watts(live.power.watts) + lacking(live) + ', of which '
      + watts(live.power.model_watts) + ' for model calls'
      + (seen.length ? '; lowest ' + watts(Math.min(...seen)) + ', highest ' + watts(Math.max(...seen)) : '')
      + '. The same as a table follows.';
  }

  function legend(live) {
    const items = seenComponents().map((c) => ({ key: c, name: LABELS[c], value: wattsOf(c, live) }));
    items.push({ key: 'models', name: 'Model calls, above idle', value: live.power.model_watts });
    rows($('legend'), items, (item) => item.key, (item) => {
      const element = make('span', 'item');
      const swatch = shape('svg', { width: 16, height: 10, 'aria-hidden': 'true' });
      swatch.append(item.key === 'models' ? shape('line', { class: 'l-models', x1: 0, x2: 16, y1: 5, y2: 5 })
        : shape('rect', { class: 'f-' + item.key, width: 16, height: 10, rx: 2 }));
      element.append(swatch, item.name, make('span', 'v'));
      return element;
    }, (element, item) => set(element.lastChild, known(item.value) ? watts(item.value) : '–'));
  }

  /** Null if that of one domain is not known: a sum without it would be another figure. */
  function wattsOf(component, live) {
    const here = live.domains.filter((d) => d.in_force && d.component === component);
    return here.length && here.every((d) => known(d.watts)) ? here.reduce((sum, d) => sum + d.watts, 0) : null;
  }

  function wattsTable(live) {
    const items = seenComponents().map((c) => [LABELS[c], wattsOf(c, live), past.watts[c]]);
    items.push(['Model calls, above idle', live.power.model_watts, past.models]);
    rows($('watts'), items, (item) => item[0], (item) => {
      const row = make('tr');
      const head = make('th', '', item[0]);
      head.scope = 'row';
      row.append(head, make('td', 'n'), make('td', 'n'), make('td', 'n'), make('td', 'n'));
      return row;
    }, (row, item) => {
      const seen = item[2].filter(known);
      const mean = seen.length ? seen.reduce((a, b) => a + b, 0) / seen.length : null;
      [item[1], seen.length ? Math.min(...seen) : null, mean, seen.length ? Math.max(...seen) : null]
        .forEach((value, i) => set(row.children[i + 1], watts(value)));
    });
  }

  // ---- the figures -----------------------------------------------------------------------------------------------------

  /** Names the parts in force that the sum lacks. */
  function lacking(live) {
    const names = [...new Set(live.domains.filter((d) => d.in_force && !known(d.watts)).map((d) => d.component))].map((component) => {
      const all = live.domains.filter((d) => d.in_force && d.component === component);
      const name = LABELS[component] || component;
      return all.length > 1 ? all.filter((d) => !known(d.watts)).length + ' of ' + all.length + NBSP + name : name;
    });
    return names.length ? '; without ' + names.join(', ') + ', not known now' : '';
  }

  function cards(live) {
    big('power', live.power.watts, 'W', 1);
    mark($('power-q'), live.power.quality);
    set($('power-how'), !known(live.power.watts) ? 'No domain tells its power yet'
      : (known(live.power.model_watts) ? watts(live.power.model_watts) + ' for model calls, above idle'
        : 'All domains below together') + lacking(live));
    const total = live.total;
    big('energy', total.joules, 'J');
    mark($('energy-q'), qualityOf(total));
    set($('energy-how'), known(total.joules)
      ? '95 %: ' + band(total.low_joules, total.joules, total.high_joules, 'J') + '; with idle share, since '
        + (live.epoch_millis - live.start_epoch_millis < 43200000 ? clock : day)(live.start_epoch_millis) : 'Nothing drawn for a model yet');
    big('co2e', total.co2e_grams, 'g', 1);
    mark($('co2e-q'), known(total.co2e_grams) ? qualityOf(total) : '');
    set($('co2e-how'), known(total.co2e_grams) ? equivalence(live.equivalences)
      + (!known(total.embodied_grams) ? 'Making of the machines not known, not included'
        : live.models.some(lacksEmbodied) ? 'Making of the machines included as far as known' : 'Making of the machines included') : '');
    big('requests', total.requests, '', 0);
    const without = total.requests - total.requests_with_figure;
    set($('requests-how'), count(total.requests_active) + ' in flight'
      + (total.requests_not_ok > 0 ? ' · ' + count(total.requests_not_ok) + ' not ok' : '')
      + (without >= 1 ? ' · ' + count(without) + ' without figure' : '')
      + (total.input_tokens + total.output_tokens > 0
        ? ' · ' + count(total.input_tokens) + ' tokens in, ' + count(total.output_tokens) + ' out' : ''));
  }

  /** The thing of which there are neither very few nor very many. */
  function equivalence(things) {
    const distance = (thing) => Math.abs(Math.log10(thing.count) - 0.7);
    const co2e = things.filter((thing) => thing.of === 'co2e').sort((a, b) => distance(a) - distance(b));
    return co2e.length ? co2e[0].words + '. ' : things.length ? 'Electricity ' + things[0].words + '. ' : '';
  }

  const FLAGS = {
    weak: 'share unsure, standard error above 25 %',
    collinear: 'always works together with another model: only their sum is known',
    unestimated_requests: 'some requests without a figure',
    figure_count_estimated: 'count of requests with a figure is an estimate'
  };
  const lacksEmbodied = (model) => model.flags.includes('embodied_unknown');
  const SERIOUS = ['weak', 'collinear', 'unestimated_requests'];

  const MODEL_COLUMNS = [[''], ['n', 'Requests'], ['n', 'Tokens in / out'], ['n', 'Per request'], ['w', '95 % interval'],
    ['n', 'Energy'], ['s', 'Share of energy'], ['n', 'CO2e']];

  function axisOf(models) {
    const ends = models.flatMap((m) => [m.low_joules_per_request, m.joules_per_request, m.high_joules_per_request])
      .filter((j) => known(j) && j > 0);
    if (!ends.length) {
      return null;
    }
    const axis = { from: Math.floor(Math.log10(Math.min(...ends))), to: Math.ceil(Math.log10(Math.max(...ends))) };
    axis.to = Math.max(axis.to, axis.from + 1);
    axis.at = (j) => 2 + 96 * Math.min(1, Math.max(0, (Math.log10(j) - axis.from) / (axis.to - axis.from)));
    return axis;
  }

  const decade = (exponent) => {
    const by = scale(Math.pow(10, exponent) * 1.0001, 'J');
    return Math.round(Math.pow(10, exponent) / by.factor) + NBSP + by.unit;
  };

  function whisker(svg, model, axis) {
    const drawn = [];
    if (axis && known(model.joules_per_request) && model.joules_per_request > 0) {
      for (let exponent = axis.from; exponent <= axis.to; exponent++) {
        const at = axis.at(Math.pow(10, exponent)) + '%';
        drawn.push(shape('line', { class: 'tick', x1: at, x2: at, y1: 0, y2: '100%' }));
      }
      const low = model.low_joules_per_request;
      const high = model.high_joules_per_request;
      if (known(low) && known(high)) {
        drawn.push(shape('line', {
          class: 'span' + (low > 0 ? '' : ' soft'), x1: (low > 0 ? axis.at(low) : 2) + '%', x2: axis.at(high) + '%', y1: '50%', y2: '50%'
        }));
      }
      drawn.push(shape('circle', { class: 'dot', cx: axis.at(model.joules_per_request) + '%', cy: '50%', r: 4.2 }));
    }
    svg.replaceChildren(...drawn);
  }

  function modelRow() {
    const row = tableRow(MODEL_COLUMNS);
    const head = row.children[0].firstChild;
    head.append(make('span', 'name'), make('small', 'what'), make('small', 'flag'));
    cell(row, 1).append(make('span'), make('small'));
    cell(row, 3).append(make('span', 'jpr'), make('small', 'q'));
    cell(row, 4).append(shape('svg', { class: 'whisker', 'aria-hidden': 'true' }), make('small', 'band'));
    const share = make('span', 'share');
    const bar = make('span', 'bar');
    bar.append(make('i'));
    share.append(bar, make('span', 'n'));
    cell(row, 6).append(share);
    cell(row, 7).append(make('span'), make('small', 'q'), make('small'));
    return row;
  }

  function modelFigures(row, model, axis) {
    const [name, what, flag] = row.children[0].firstChild.children;
    set(name, model.model);
    set(what, [model.operation, model.runtime, model.device].filter(Boolean).join(' · '));
    set(flag, model.flags.filter((f) => SERIOUS.includes(f)).map((f) => FLAGS[f]).join('; '));
    set(cell(row, 1).children[0], count(model.requests));
    set(cell(row, 1).children[1], model.requests_not_ok > 0 ? count(model.requests_not_ok) + ' not ok' : '');
    set(cell(row, 2), model.input_tokens + model.output_tokens > 0
      ? count(model.input_tokens) + ' / ' + count(model.output_tokens) : '–');
    set(cell(row, 3).children[0], joules(model.joules_per_request));
    mark(cell(row, 3).children[1], qualityOf(model));
    whisker(cell(row, 4).children[0], model, axis);
    set(cell(row, 4).children[1], band(model.low_joules_per_request, model.joules_per_request, model.high_joules_per_request, 'J')
      + (model.flags.includes('division_error_unknown') ? ', source only' : ''));
    set(cell(row, 5), joules(model.joules));
    const [bar, text] = cell(row, 6).firstChild.children;
    bar.firstChild.style.width = known(model.energy_share) ? 100 * model.energy_share + '%' : '0';
    set(text, known(model.energy_share) ? percent(model.energy_share) : '–');
    set(cell(row, 7).children[0], grams(model.co2e_grams));
    mark(cell(row, 7).children[1], known(model.co2e_grams) ? qualityOf(model) : '');
    set(cell(row, 7).children[2], known(model.co2e_grams) && lacksEmbodied(model) ? 'without making' : '');
  }

  function models(live) {
    const none = live.models.length === 0;
    $('empty').hidden = !none;
    $('models-panel').hidden = none;
    const sources = [...new Set(live.domains.filter((d) => d.in_force).map((d) => d.source))];
    set($('empty-how'), 'The meter runs' + (sources.length ? ' and reads ' + sources.join(', ') : '')
      + '. Figures appear about a second after the first call of a model ends.');
    const axis = axisOf(live.models);
    set($('scale'), axis ? '95 %, log ' + decade(axis.from) + ' to ' + decade(axis.to) : '95 % interval');
    rows($('models'), live.models, (m) => m.id, modelRow, (row, m) => modelFigures(row, m, axis));
    const notes = [];
    if (live.models.some((m) => m.flags.includes('division_error_unknown'))) {
      notes.push('Source only: the interval is that of the source; how sure the division among models is, is not known.');
    }
    if (live.models.some((m) => known(m.co2e_grams) && lacksEmbodied(m))) {
      notes.push('Without making: CO2e of making the machines, or some of them, is not known and not in the figure.');
    }
    if (live.more_models > 0) {
      notes.push(live.more_models + ' more are in the totals and in the report.');
    }
    set($('more'), notes.join(' '));
    $('more').hidden = notes.length === 0;
  }

  const WORDS = { ok: 'within the limit', warning: 'warning', used_up: 'used up', '': 'not known yet' };
  const KINDS = { energy: 'energy', co2e: 'CO2e', water: 'water', efficiency: 'mean energy of a request' };
  const inUnit = (x, unit) => unit === 'J/request' ? joules(x) : unit === 'g' ? grams(x) : amount(x, unit);
  const levels = new Map();

  function budgetBox() {
    const box = make('article');
    const top = make('div', 'top');
    top.append(make('h3'), make('span', 'word'));
    const track = make('div', 'track');
    track.setAttribute('role', 'meter');
    track.setAttribute('aria-valuemin', '0');
    track.setAttribute('aria-valuemax', '100');
    track.append(make('i'), make('b'));
    const mid = make('p', 'mid');
    mid.append(make('span'), make('span'));
    box.append(top, mid, track, make('p', 'note'));
    return box;
  }

  function budgetFigures(box, budget, epochMillis) {
    const [top, mid, track, note] = box.children;
    box.className = 'budget ' + budget.level;
    set(top.children[0], budget.name);
    set(top.children[1], WORDS[budget.level]);
    const ratio = budget.consumed_ratio;
    set(mid.children[0], (known(budget.consumed) ? inUnit(budget.consumed, budget.unit) : '–') + ' of '
      + inUnit(budget.limit, budget.unit) + ' ' + KINDS[budget.kind]);
    set(mid.children[1], known(ratio) ? percent(ratio) : '–');
    const filled = known(ratio) ? Math.min(100, Math.max(0, 100 * ratio)) : 0;
    put(track, 'aria-label', 'Budget ' + budget.name);
    put(track, 'aria-valuenow', filled.toFixed(0));
    put(track, 'aria-valuetext', known(ratio) ? percent(ratio) + ' used, ' + WORDS[budget.level] : 'not known yet');
    track.children[0].style.width = filled + '%';
    track.children[1].style.left = 'calc(' + Math.min(100, 100 * budget.warn_ratio) + '% - 1px)';
    const left = budget.window_start_epoch_seconds + budget.window_seconds - epochMillis / 1000;
    set(note, [
      budget.zone ? 'window of ' + duration(budget.window_seconds) + ', ends in ' + duration(Math.max(0, left)) : 'the last ' + duration(budget.window_seconds),
      known(budget.forecast_ratio) ? 'at the pace of the last hour ' + percent(budget.forecast_ratio) + ' at its end' : '',
      budget.rejected_requests > 0 ? count(budget.rejected_requests) + ' calls rejected' : '',
      budget.unknown_requests > 0 ? count(budget.unknown_requests) + ' requests not or only partly known' : ''
    ].filter(Boolean).join('; '));
    const before = levels.get(budget.name);
    if (before !== undefined && before !== budget.level) {
      set($('say'), 'Budget ' + budget.name + ': ' + WORDS[budget.level]);
    }
    levels.set(budget.name, budget.level);
  }

  function budgets(live) {
    $('no-budget').hidden = live.budgets.length > 0;
    rows($('budgets'), live.budgets, (b) => b.name, budgetBox, (box, b) => budgetFigures(box, b, live.epoch_millis));
  }

  const SOURCE_COLUMNS = [[''], ['', 'Source'], ['', 'Quality'], ['n', 'Error, 95 %'], ['', 'Divided by'], ['n', 'Power'],
    ['n', 'Since start'], ['n', 'Explained']];
  const METHODS = { learned: 'learned power of each model', cpu_share: 'processor time', equal: 'time in flight' };

  function sourceRow() {
    const row = tableRow(SOURCE_COLUMNS);
    row.children[0].firstChild.append(make('span'), make('small'));
    cell(row, 2).append(make('span', 'q'));
    return row;
  }

  function sourceFigures(row, domain) {
    const [name, device] = row.children[0].firstChild.children;
    set(name, LABELS[domain.component] || domain.component);
    set(device, [domain.device, domain.component === 'gpu' ? domain.domain.replace('gpu:', '') : ''].filter(Boolean).join(' · '));
    set(cell(row, 1), domain.source + (domain.in_force ? '' : ' (not any more)'));
    mark(cell(row, 2).firstChild, domain.quality);
    set(cell(row, 3), ratioBand(domain.low_ratio, domain.high_ratio));
    set(cell(row, 4), METHODS[domain.method] || domain.method);
    set(cell(row, 5), domain.in_force ? watts(domain.watts) : '–');
    set(cell(row, 6), joules(domain.joules));
    set(cell(row, 7), known(domain.coverage_ratio) ? percent(domain.coverage_ratio) : '–');
  }

  function sources(live) {
    $('no-source').hidden = live.domains.length > 0;
    rows($('sources'), live.domains, (d) => d.domain + ' ' + d.source, sourceRow, sourceFigures);
  }

  function fact(id, text, small, quality) {
    const element = $(id);
    if (!element.firstChild) {
      element.append(make('span'), ' ', make('span', 'q'), make('small'));
    }
    set(element.firstChild, text);
    mark(element.children[1], quality || '');
    set(element.lastChild, small);
  }

  function meter(live) {
    const own = live.own;
    const over = known(own.over_seconds) ? 'mean of the last ' + duration(own.over_seconds) : 'known after ten seconds';
    fact('own-watts', known(own.watts) ? watts(own.watts) : '–', over + '; ' + joules(own.joules) + ' since the start',
      own.quality);
    fact('own-cpu', known(own.cpu_cores) ? (100 * own.cpu_cores).toFixed(2) + NBSP + '% of one core' : '–',
      (known(own.cpu_seconds) ? own.cpu_seconds.toFixed(1) + NBSP + 's' : UNKNOWN) + ' since the start; ' + amount(own.allocated_bytes, 'B') + ' allocated');
    fact('grid', plain(live.grid.grams_per_kwh) + (known(live.grid.grams_per_kwh) ? NBSP + 'g/kWh' : ''), [...new Set([live.grid.zone, live.grid.source])].filter(Boolean).join(', '));
    fact('pue', plain(live.grid.pue), 'energy of the building over that of the machines');
    fact('since', duration((live.epoch_millis - live.start_epoch_millis) / 1000), day(live.start_epoch_millis));
    lines($('notes'), live.notes);
    set($('found'), '(' + lines($('findings'), live.findings) + ')');
    const about = live.about;
    set($('who'), [about.service, about.host, 'process ' + about.process_id].filter(Boolean).join(' · '));
    set($('version'), 'Inferwatt ' + about.version);
    document.title = (known(live.power.watts) ? watts(live.power.watts) + ' · ' : '') + (about.service ? about.service + ' · ' : '') + 'Inferwatt';
  }

  let shown = null;
  let broken = []; // parts of the page that the last figures could not be put into

  /** Does one part: what breaks it, such as a figure of another kind than foreseen, leaves the other parts up to date. */
  function part(name, work) {
    try {
      work();
    } catch (unforeseen) {
      broken.push(name);
      console.error(name, unforeseen);
    }
  }

  function show(live) {
    shown = live;
    broken = [];
    part('the figures at the top', () => cards(live));
    part('the models', () => models(live));
    part('the budgets', () => budgets(live));
    part('the sources', () => sources(live));
    part('the meter itself', () => meter(live));
    part('the chart', power);
    put($('clock'), 'datetime', new Date(live.epoch_millis).toISOString());
    set($('clock'), clock(live.epoch_millis));
    document.documentElement.dataset.ready = 'true';
  }

  function power() {
    if (shown) {
      legend(shown);
      wattsTable(shown);
      draw(shown);
    }
  }

  // ---- what comes in ---------------------------------------------------------------------------------------------------

  let paused = false;
  let events = null;
  let heard = performance.now(); // when figures came last that were new
  let asked = -Infinity;
  let answer = { at: -Infinity, status: 0 }; // the last that is known; 0 where there was none

  function state() {
    const old = performance.now() - heard > STALE_MS;
    const kind = still ? (shown ? 'still' : 'waiting') : paused ? 'paused' : old ? 'stale' : shown ? 'live' : 'waiting';
    const silent = answer.status === 0 || performance.now() - answer.at > STALE_MS;
    document.body.className = 'is-' + kind;
    set($('state'), { still: 'As of', live: 'Live', paused: 'Paused at', stale: silent ? 'No answer since' : 'No new figures since',
      waiting: 'Asking the meter' }[kind]);
    const sentences = (kind === 'stale' ? [why(silent)] : [])
      .concat(broken.length ? ['Not up to date, because a figure is not as foreseen: ' + broken.join(', ') + '.'] : []);
    $('banner').hidden = sentences.length === 0;
    set($('banner'), sentences.join(' '));
  }

  /** Why nothing new comes, as far as the answers tell. */
  function why(silent) {
    const of = shown ? clock(shown.epoch_millis) : '';
    const kept = of ? 'The figures are those of ' + of + '. ' : '';
    const goesOn = kept + 'This page goes on by itself when it is back.';
    if (silent) {
      return 'The JVM has ended, or its endpoint does not answer. ' + goesOn;
    }
    if (answer.status === 200) {
      return 'The endpoint answers, but with figures of ' + of + ': newer ones cannot be made, which the log of the meter tells. '
        + 'This page goes on by itself when there are some.';
    }
    if (answer.status === 401 || answer.status === 403) {
      return 'The endpoint answers, but wants another user or password (' + answer.status + '). ' + kept + 'Load this page again to give them.';
    }
    return 'The endpoint answers, but has no figures now (' + answer.status + '). ' + kept + 'This page goes on by itself when it has.';
  }

  function take(live) {
    const again = shown && live.about.process_id === shown.about.process_id && live.start_epoch_millis === shown.start_epoch_millis;
    if (!again || live.epoch_millis !== shown.epoch_millis) {
      heard = performance.now();
    }
    if (live.history) {
      remember(live.history);
    } else if (shown && (!again || Math.abs(live.epoch_millis - shown.epoch_millis) > GAP_MS)) {
      ask(); // another JVM, its clock was put, or some moments missed, which the meter may have seen
    }
    addPoint(live);
    show(live);
    state();
  }

  async function ask() {
    if (performance.now() - asked < 1500) {
      return;
    }
    asked = performance.now();
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), STALE_MS);
    let live = null;
    try {
      const came = await fetch('api/v1/live', { cache: 'no-store', signal: patience.signal });
      live = came.ok ? await came.json() : null;
      answered(came.status);
    } catch (unreachable) {
      answered(0); // the state says so when it lasts
    }
    clearTimeout(limit);
    if (live) {
      take(live);
    }
    state();
  }

  function answered(status) {
    answer = { at: performance.now(), status };
  }

  /** The stream ends after each event and the browser asks again; it is opened anew only where the browser has given up. */
  function listen() {
    if (paused || still || (events && events.readyState !== EventSource.CLOSED)) {
      return;
    }
    events = new EventSource('api/v1/events');
    events.onmessage = (event) => {
      answered(200);
      if (!paused) {
        take(JSON.parse(event.data));
      }
    };
  }

  function togglePause() {
    paused = !paused;
    put($('pause'), 'aria-pressed', paused);
    set($('pause'), paused ? 'Go on' : 'Pause');
    if (paused) {
      events.close();
    } else {
      heard = performance.now();
      ask();
      listen();
    }
    state();
  }

  $('pause').hidden = still;
  $('pause').addEventListener('click', togglePause);
  const svg = $('chart');
  svg.addEventListener('pointermove', (event) => {
    chart.pointed = event.clientX - svg.getBoundingClientRect().left;
    power();
  });
  svg.addEventListener('pointerleave', () => {
    chart.pointed = null;
    power();
  });
  new ResizeObserver(power).observe(svg);
  ask();
  if (!still) {
    listen();
    setInterval(() => {
      listen();
      if (!paused && performance.now() - heard > STALE_MS / 2) {
        ask(); // the stream does not tell why nothing comes
      }
      state();
    }, 1000);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && !paused) {
        ask();
      }
    });
  }
})();
