(() => {
  const report = JSON.parse(document.getElementById('report').textContent);
  const horizon = report.horizons[report.horizons.length - 1];
  const k = String(report.headline_cut);
  const colour = { blend: '#c2410c', baseline: '#64748b', source: '#a9b8cc' };
  const ink = '#1c2430';
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = '#5d6878';
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.plugins.legend.display = false;

  const nice = name => name.replace(/^only_/, 'only ').replace(/_/g, ' ').replace(/^blend$/, 'Nightjar');
  const text = value => value == null ? '–' : value.toFixed(4);

  /* Bars lie on their means; the whiskers are drawn over them from low to high. */
  const whiskers = {
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const context = chart.ctx;
      chart.data.datasets.forEach((dataset, index) => {
        if (!dataset.intervals) return;
        const horizontal = chart.options.indexAxis === 'y';
        const scale = horizontal ? chart.scales.x : chart.scales.y;
        const area = chart.chartArea;
        chart.getDatasetMeta(index).data.forEach((bar, place) => {
          const interval = dataset.intervals[place];
          if (!interval || interval.low == null) return;
          const from = scale.getPixelForValue(interval.low);
          const to = scale.getPixelForValue(interval.high);
          context.save();
          context.beginPath();
          context.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
          context.clip();
          context.strokeStyle = ink;
          context.lineWidth = 1.2;
          context.beginPath();
          if (horizontal) {
            context.moveTo(from, bar.y); context.lineTo(to, bar.y);
            [from, to].forEach(x => { context.moveTo(x, bar.y - 3); context.lineTo(x, bar.y + 3); });
          } else {
            context.moveTo(bar.x, from); context.lineTo(bar.x, to);
            [from, to].forEach(y => { context.moveTo(bar.x - 3, y); context.lineTo(bar.x + 3, y); });
          }
          context.stroke();
          context.restore();
        });
      });
    }
  };
  Chart.register(whiskers);

  const intervalText = item => {
    const interval = item.dataset.intervals && item.dataset.intervals[item.dataIndex];
    return interval && interval.low != null
      ? `${text(interval.mean)}  [${text(interval.low)}, ${text(interval.high)}]` : text(item.raw);
  };

  /* Room for the whiskers too. */
  function limits(intervals) {
    const ends = intervals.flatMap(one => [one.mean, one.low, one.high]).filter(end => end != null);
    const low = Math.min(0, ...ends);
    const high = Math.max(0, ...ends);
    return { suggestedMin: low < 0 ? low * 1.05 : 0, suggestedMax: high * 1.05 };
  }

  /* A horizontal bar a row, each with its interval and colour. */
  function bars(id, rows) {
    const canvas = document.getElementById(id);
    if (!canvas) return;
    new Chart(canvas, {
      type: 'bar',
      data: {
        labels: rows.map(row => row.label),
        datasets: [{
          data: rows.map(row => row.interval.mean),
          intervals: rows.map(row => row.interval),
          backgroundColor: rows.map(row => row.colour),
          barPercentage: 0.8, categoryPercentage: 0.9
        }]
      },
      options: {
        indexAxis: 'y',
        scales: { x: { ...limits(rows.map(row => row.interval)), grid: { color: '#eef1f5' } }, y: { grid: { display: false }, ticks: { autoSkip: false } } },
        plugins: { tooltip: { callbacks: { label: intervalText } } }
      }
    });
  }

  for (const scenario of ['all', 'new']) {
    bars('lists-' + scenario, horizon.lists
      .map(list => ({ label: nice(list.name), interval: list.scores[scenario][k].ndcg, colour: colour[list.kind] }))
      .sort((a, b) => b.interval.mean - a.interval.mean));
    bars('ablation-' + scenario, report.ablation
      .filter(source => source.differences[scenario])
      .map(source => ({
        label: nice(source.source), interval: source.differences[scenario],
        colour: source.differences[scenario].low > 0 ? colour.blend : colour.source
      }))
      .sort((a, b) => b.interval.mean - a.interval.mean));
  }

  /* The blend next to the best other list, by group. */
  function pairs(id, labels, sets, format) {
    new Chart(document.getElementById(id), {
      type: 'bar',
      data: { labels, datasets: sets },
      options: {
        scales: {
          y: { ...limits(sets.flatMap(set => set.intervals || [])), beginAtZero: true, grid: { color: '#eef1f5' }, ticks: { callback: format } },
          x: { grid: { display: false } }
        },
        plugins: { legend: { display: true, position: 'bottom' }, tooltip: { callbacks: { label: item => `${item.dataset.label}: ${intervalText(item)}` } } }
      }
    });
  }

  const other = horizon.differences.all.other;
  const shown = [['blend', colour.blend], [other, colour.baseline]];
  /* A handful of users tells nothing. */
  const groups = horizon.groups.filter(group => group.users.all >= 10);
  pairs('groups', groups.map(group => [group.group, `${group.users.all} users`]), shown.map(([name, paint]) => ({
    label: nice(name), backgroundColor: paint,
    data: groups.map(group => group.scores[name].all.ndcg.mean),
    intervals: groups.map(group => group.scores[name].all.ndcg)
  })), value => value);

  const ages = horizon.item_ages.filter(age => age.relevant > 0);
  pairs('ages', ages.map(age => [age.group, `${age.relevant} bought`]), shown.map(([name, paint]) => ({
    label: nice(name), backgroundColor: paint, data: ages.map(age => age.recall[name])
  })), value => `${Math.round(value * 100)} %`);

  const points = report.intent.reliability.filter(point => point.mean_probability > 0);
  if (points.length > 0) {
    const happened = points.filter(point => point.share > 0);
    const low = Math.min(...points.map(p => p.mean_probability), ...happened.map(p => p.share)) * 0.7;
    const high = Math.min(1, Math.max(...points.map(p => Math.max(p.mean_probability, p.share))) * 1.4);
    const percent = value => `${Number((value * 100).toPrecision(2))} %`;
    const axis = title => ({ type: 'logarithmic', min: low, max: high, title: { display: true, text: title }, ticks: { callback: percent, maxTicksLimit: 8, includeBounds: false }, grid: { color: '#eef1f5' } });
    new Chart(document.getElementById('reliability'), {
      type: 'scatter',
      data: {
        datasets: [
          { type: 'line', data: [{ x: low, y: low }, { x: high, y: high }], borderColor: '#c7cfda', borderDash: [5, 5], borderWidth: 1.5, pointRadius: 0 },
          { data: happened.map(p => ({ x: p.mean_probability, y: p.share })), showLine: true, borderColor: colour.blend, borderWidth: 1.5, backgroundColor: colour.blend, pointRadius: 4 }
        ]
      },
      options: {
        scales: { x: axis('predicted'), y: axis('bought') },
        plugins: { tooltip: { callbacks: { label: item => `predicted ${percent(item.raw.x)}, bought ${percent(item.raw.y)}` } } }
      }
    });
  }

  /* Points with their names next to them. */
  const names = {
    id: 'names',
    afterDatasetsDraw(chart) {
      chart.data.datasets.forEach((dataset, index) => {
        if (!dataset.names) return;
        const context = chart.ctx;
        context.save();
        context.font = `12px ${Chart.defaults.font.family}`;
        context.fillStyle = ink;
        /* A name goes above its point, else below, else where there is room further down. */
        const taken = [];
        chart.getDatasetMeta(index).data.forEach((point, place) => {
          const width = context.measureText(dataset.names[place]).width;
          const isRight = point.x + 12 + width > chart.chartArea.right;
          const left = isRight ? point.x - 8 - width : point.x + 8;
          let y = point.y - 5;
          for (const shift of [-5, 14, -20, 29, 44]) {
            y = point.y + shift;
            if (!taken.some(t => left < t.right && left + width > t.left && Math.abs(t.y - y) < 14)) break;
          }
          taken.push({ left, right: left + width, y });
          context.textAlign = 'left';
          context.fillText(dataset.names[place], left, y);
        });
        context.restore();
      });
    }
  };
  Chart.register(names);

  function scatter(id, found, isLine) {
    const canvas = document.getElementById(id);
    if (!canvas || found.length === 0) return;
    new Chart(canvas, {
      type: 'scatter',
      data: { datasets: [{ data: found.map(p => ({ x: p.x, y: p.y })), names: found.map(p => p.name), showLine: isLine, borderColor: '#c7cfda', backgroundColor: found.map(p => p.colour), pointRadius: 5 }] },
      options: {
        scales: {
          x: { title: { display: true, text: 'diversity by buyers' }, grace: '8%', grid: { color: '#eef1f5' } },
          y: { title: { display: true, text: `nDCG@${k}` }, grace: '8%', grid: { color: '#eef1f5' } }
        },
        plugins: { tooltip: { callbacks: { label: item => `${item.dataset.names[item.dataIndex]}: diversity ${text(item.raw.x)}, nDCG ${text(item.raw.y)}` } } }
      }
    });
  }

  scatter('diversity', horizon.lists
    .filter(list => list.variety[k].diversity_factors != null)
    .map(list => ({ x: list.variety[k].diversity_factors, y: list.scores.all[k].ndcg.mean, name: nice(list.name), colour: colour[list.kind] })), false);
  scatter('trade', report.varied
    .filter(varied => varied.variety.diversity_factors != null)
    .map(varied => ({ x: varied.variety.diversity_factors, y: varied.ndcg.all.mean, name: String(varied.value), colour: colour.blend })), true);
  bars('coverage', horizon.lists
    .map(list => ({ label: nice(list.name), interval: { mean: list.variety[k].coverage }, colour: colour[list.kind] }))
    .sort((a, b) => b.interval.mean - a.interval.mean));
})();
