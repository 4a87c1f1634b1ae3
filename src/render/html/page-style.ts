import { chartStyle } from './chart-style.ts'
import { tableStyle } from './table-style.ts'

/** The one style of a page: light, dark and paper. Colours that carry text keep a contrast of 4.5 to 1, those of charts 3 to 1. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #fff; --ink: #18202a; --soft: #505b69; --line: #d5dbe3; --edge: #7b8794; --shade: #edf0f4;
  --link: #0b5aa8; --good: #17663a; --bad: #ad1f17; --warn: #7d4d00;
  --none: #b3261e; --on-none: #fff; --optional: #c97a12; --on-optional: #1b1100;
  --step-up: #6498d0; --on-step-up: #07182b; --two-step: #2f6db3; --on-two-step: #fff; --sso-mfa: #143a6b; --on-sso-mfa: #fff;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0e1318; --card: #161d25; --ink: #e5eaf0; --soft: #a4afbc; --line: #2b3540; --edge: #7d8996; --shade: #1e2731;
    --link: #82bcff; --good: #74d49d; --bad: #ff9f97; --warn: #f0bf62;
    --none: #ff8277; --on-none: #2a0502; --optional: #f0b35a; --on-optional: #221400;
    --step-up: #3d77b8; --on-step-up: #fff; --two-step: #73aeea; --on-two-step: #04162a; --sso-mfa: #c3e0ff; --on-sso-mfa: #04162a;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; padding: 0 clamp(1rem, 4vw, 3rem) 3rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; overflow-wrap: anywhere;
}
body > * { max-width: 100rem; margin-inline: auto; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.2rem); line-height: 1.2; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .75rem; }
h3 { font-size: 1.05rem; line-height: 1.4; margin: 0 0 .5rem; }
p, ul, ol, dl { margin: 0 0 .75rem; }
p, main > section > ul > li { max-width: 90ch; }
ul, ol { padding-inline-start: 1.4rem; }
li { margin-block: .2rem; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--shade); border-radius: .25rem; padding: .05em .3em; }
pre { background: var(--shade); border-radius: .35rem; padding: .6rem .75rem; margin: .35rem 0; white-space: pre-wrap; }
small { font-size: .85em; color: var(--soft); }
time { white-space: nowrap; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
main:focus { outline: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); border: 1px solid var(--edge); border-radius: .4rem; z-index: 2; }
.skip:focus { top: .5rem; }
header { padding: 2.2rem 0 1rem; }
.lead { color: var(--soft); margin: .4rem 0 0; max-width: 70ch; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.2rem; list-style: none; padding: 0 0 .5rem; margin: 0 0 1.2rem; border-bottom: 1px solid var(--line); }
nav li { margin: 0; }
nav a { display: inline-block; padding: .25rem 0; }
section { margin-bottom: 1.25rem; }
main > section > :last-child, .card > :last-child, .spaced > li > :last-child, figure > :last-child, .cards > :last-child { margin-bottom: 0; }
main > section:not(#summary), .card { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: clamp(1rem, 2.5vw, 1.5rem); }
.card { padding: 1rem; margin: 0 0 .75rem; }
.cards, ul.plain { list-style: none; padding: 0; }
main > section > ul.cards > li { max-width: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9.75rem, 100%), 1fr)); gap: .8rem; margin: 0 0 1.25rem; }
.tile { background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--edge); border-radius: .7rem; padding: .8rem 1rem; }
.tile.good { border-top-color: var(--good); } .tile.bad { border-top-color: var(--bad); } .tile.warn { border-top-color: var(--warn); }
.tile dt { color: var(--soft); font-size: .9rem; }
.tile dd { margin: 0; }
.tile .value { font-size: 1.75rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile .value small { font-size: .95rem; font-weight: 400; }
.tile .note { color: var(--soft); font-size: .85rem; line-height: 1.4; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; font-weight: 600; line-height: 1.55; white-space: nowrap; }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.warn { color: var(--warn); } .badge.plain { color: var(--soft); }
.head { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; margin-bottom: .35rem; }
.head > * { margin: 0; }
.place { color: var(--soft); font-size: .85rem; }
.muted { color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem; margin: .4rem 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; min-width: 0; }
.spaced > li { margin-block: 0 .8rem; }
.spaced p { margin: .1rem 0; }
.sentence::first-letter { text-transform: uppercase; }
.addresses { columns: 17rem auto; list-style: none; padding: 0; margin: .4rem 0; font-size: .95rem; }
.addresses li { break-inside: avoid; margin: 0; padding: .1rem 1rem .1rem 0; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; max-width: 100%; border-radius: .2rem; }
details[open] > summary { margin-bottom: .4rem; }
footer { color: var(--soft); font-size: .9rem; padding-top: 1rem; }
${tableStyle}
${chartStyle}
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .35rem; } }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; --page: #fff; }
  html { font-size: 9.5pt; }
  body { padding: 0; }
  body > * { max-width: none; }
  .skip, nav, .controls, .more { display: none; }
  main > section:not(#summary), .card, .tile { border-radius: 0; }
  main > section:not(#summary) { border: 0; padding: 0; }
  h2, h3, summary { break-after: avoid; }
  .tile, .card, figure, tr { break-inside: avoid; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .85em; }
}
`
