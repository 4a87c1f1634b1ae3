/** Tables, and what filters and sorts them. */
export const tableStyle = `
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; }
.filterable .scroll { max-height: 85vh; overflow-y: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
table.fixed { table-layout: fixed; min-width: 34rem; }
table.many { min-width: 94rem; }
col.narrow { width: 7.2rem; } col.medium { width: 9.5rem; } col.wide { width: 18rem; }
td time { white-space: normal; }
caption { text-align: start; padding: .6rem .75rem; color: var(--soft); }
th, td { text-align: start; vertical-align: top; padding: .4rem .75rem; border-top: 1px solid var(--line); min-width: 5.5rem; }
thead th { background: var(--shade); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 10rem; }
tbody th small, td small { display: block; font-weight: 400; }
.filterable thead th { position: sticky; top: 0; z-index: 1; box-shadow: inset 0 -1px 0 var(--line); }
th button { all: unset; box-sizing: border-box; cursor: pointer; display: flex; justify-content: space-between; gap: .4rem; width: 100%; align-items: end; border-radius: .2rem; }
th button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
th button::after { content: "↕"; color: var(--soft); font-weight: 400; }
th[aria-sort=ascending] button::after { content: "↑"; color: var(--link); font-weight: 700; }
th[aria-sort=descending] button::after { content: "↓"; color: var(--link); font-weight: 700; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-bottom: .5rem; }
[hidden] { display: none !important; }
.controls label { display: grid; gap: .15rem; font-size: .9rem; color: var(--soft); min-width: 0; }
.controls .grow { flex: 1 1 16rem; }
input, select, .reset, .more button {
  font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: .4rem; padding: .4rem .6rem; min-height: 2.5rem; max-width: 100%;
}
input { width: 100%; }
select { width: 100%; max-width: 14rem; }
.controls label { max-width: 100%; }
.reset, .more button { cursor: pointer; }
.reset:hover, .more button:hover { background: var(--shade); }
.status { color: var(--soft); font-size: .9rem; margin: 0 0 .4rem; }
.more { margin: .6rem 0 0; }
.refused { margin: .6rem 0 0; color: var(--soft); }
.scripted .refused { display: none; }
@media (scripting: none) { .refused { display: none; } }
.swatch, td[class^=level-]::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-inline-end: .45em; border-radius: .15em; forced-color-adjust: none; print-color-adjust: exact; }
td.level-none::before, .swatch.level-none { background: var(--none); }
td.level-optional::before, .swatch.level-optional { background: var(--optional); }
td.level-step-up::before, .swatch.level-step-up { background: var(--step-up); }
td.level-two-step::before, .swatch.level-two-step { background: var(--two-step); }
td.level-sso-mfa::before, .swatch.level-sso-mfa { background: var(--sso-mfa); }
@media print {
  .scroll, .filterable .scroll { overflow: visible; max-height: none; border: 0; }
  table.fixed, table.many { min-width: 0; }
  col.narrow { width: 7%; } col.medium { width: 10%; } col.wide { width: 18%; }
  table { font-size: 7.5pt; }
  th, td { padding: .2rem .35rem; min-width: 0; }
  .filterable thead th { position: static; }
  th button::after { content: none; }
  thead { display: table-header-group; }
}
`
