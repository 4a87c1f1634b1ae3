/** The look of the console's pages. Contrast meets WCAG AA. */
export const style = `
:root { color-scheme: light; --ink: #172b4d; --soft: #44546f; --line: #c1c7d0; --blue: #0c66e4; --wash: #f4f5f7 }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #fff }
header { background: var(--ink); color: #fff; padding: .75rem 1.5rem }
header a { color: #fff; font-weight: 600; text-decoration: none }
header span { color: #dfe1e6; margin-left: .75rem }
nav { background: var(--wash); border-bottom: 1px solid var(--line); padding: 0 1.5rem }
nav ul { display: flex; flex-wrap: wrap; gap: 1.25rem; list-style: none; margin: 0; padding: .6rem 0 }
nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none }
a { color: var(--blue) }
main { max-width: 64rem; padding: 1.5rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem }
th, td { border-bottom: 1px solid var(--line); padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top }
form { background: var(--wash); border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.25rem; max-width: 40rem }
fieldset { border: 0; margin: 0; padding: 0 }
legend { font-weight: 600; padding: 0 }
label { display: block; font-weight: 600; margin-top: .75rem }
input, select, textarea { font: inherit; width: 100%; padding: .4rem .5rem; border: 1px solid #626f86; border-radius: 4px; background: #fff; color: var(--ink) }
button { font: inherit; font-weight: 600; margin-top: 1rem; padding: .45rem 1rem; border: 0; border-radius: 4px; background: var(--blue); color: #fff; cursor: pointer }
button.danger { background: #ae2a19 }
:focus-visible { outline: 3px solid #85b8ff; outline-offset: 2px }
.hint { color: var(--soft); font-size: .875rem; margin: .2rem 0 0 }
.notice { border-left: 4px solid var(--blue); background: var(--wash); padding: .6rem 1rem; max-width: 40rem }
.problem { border-left-color: #ae2a19 }
`
