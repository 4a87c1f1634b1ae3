/** Charts, their legends, and bars that show a percentage. */
export const chartStyle = `
figure { margin: 0 0 .75rem; }
figure svg { display: block; max-width: 100%; height: auto; overflow: visible; color: var(--ink); print-color-adjust: exact; forced-color-adjust: none; }
figure svg text { white-space: pre; }
figure svg.narrow { display: none; }
figcaption { color: var(--soft); margin-bottom: .6rem; max-width: 80ch; }
.legend { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); gap: .2rem 1.2rem; max-width: 70rem; list-style: none; padding: 0; font-size: .9rem; }
.legend.short { display: flex; flex-wrap: wrap; }
.legend li { margin: 0; padding-inline-start: 1.15em; text-indent: -1.15em; }
.legend li > * { text-indent: 0; }
.meter { display: block; width: 100%; max-width: 40rem; height: .75rem; margin: .45rem 0; print-color-adjust: exact; forced-color-adjust: none; }
.meter .track { fill: var(--shade); } .meter .share { fill: var(--soft); }
.meter.good .share { fill: var(--good); } .meter.bad .share { fill: var(--bad); } .meter.warn .share { fill: var(--warn); }
.meter .goal { stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke; }
@media screen and (max-width: 48rem) { figure svg.wide { display: none; } figure svg.narrow { display: block; } }
`
