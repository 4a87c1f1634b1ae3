/**
 * The one script of a page. It filters and sorts tables that are complete without it, and keeps only some rows of a long table in the page, so that
 * many thousand stay quick. It writes text and attributes only, never HTML.
 */
export const pageScript = `(() => {
'use strict'
// Until the rows beyond the first are taken out of the page they are not laid out.
document.documentElement.classList.add('scripted')
const atOnce = 200

function enhance(box) {
  const table = box.querySelector('table')
  const [body, ...others] = table.tBodies
  const rows = [...table.tBodies].flatMap(part => [...part.rows])
  for (const other of others) other.remove()
  const noun = box.dataset.noun
  const headings = [...table.tHead.rows[0].cells]
  const filter = box.querySelector('input')
  const picks = [...box.querySelectorAll('select')]
  const status = box.querySelector('.status')
  const more = box.querySelector('.more')
  const [some, all] = more.querySelectorAll('button')
  const number = value => value.toLocaleString('en-US')
  const textOf = (row, column) => row.cells[column].textContent
  let texts
  let ordered = rows
  let sorting = ''
  let matching = rows
  let shown = atOnce

  const textsOf = () => {
    // A word is not found across the end of a cell.
    texts ??= new Map(rows.map(row => [row, [...row.cells].map(cell => cell.textContent).join('\\n').toLowerCase()]))
    return texts
  }

  function show() {
    const fragment = document.createDocumentFragment()
    const visible = Math.min(shown, matching.length)
    for (let index = 0; index < visible; index++) fragment.append(matching[index])
    body.replaceChildren(fragment)
    const rest = matching.length - visible
    more.hidden = rest === 0
    some.textContent = 'Show ' + number(Math.min(rest, atOnce)) + ' more'
    all.textContent = 'Show all ' + number(matching.length)
    const total = number(rows.length) + ' ' + noun
    status.textContent =
      (rest === 0
        ? number(visible) + ' of ' + total + ' shown'
        : number(matching.length) + ' of ' + total + ' match, the first ' + number(visible) + ' are shown') + sorting
  }

  function match() {
    const words = filter.value.toLowerCase().split(/\\s+/).filter(word => word !== '')
    const chosen = picks.filter(({ value }) => value !== '').map(({ value, dataset }) => [Number(dataset.column), value])
    const found = words.length === 0 ? undefined : textsOf()
    matching = ordered.filter(
      row =>
        (found === undefined || words.every(word => found.get(row).includes(word))) &&
        chosen.every(([column, value]) => textOf(row, column) === value),
    )
    shown = atOnce
    show()
  }

  function keyOf(column) {
    const { sort, order } = headings[column].dataset
    if (sort === 'number') return row => Number(/\\d+/.exec(textOf(row, column))?.[0] ?? -1)
    const places = order?.split('|')
    return row => (places === undefined ? textOf(row, column).toLowerCase() : places.indexOf(textOf(row, column)))
  }

  function sort(column, direction) {
    for (const [index, heading] of headings.entries())
      if (index === column && direction !== 'none') heading.setAttribute('aria-sort', direction)
      else heading.removeAttribute('aria-sort')
    if (direction === 'none') {
      ordered = rows
      sorting = ', in the order of the report'
    } else {
      const key = keyOf(column)
      const sign = direction === 'ascending' ? 1 : -1
      ordered = rows
        .map(row => [key(row), row])
        .sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0))
        .map(([, row]) => row)
      sorting = ', sorted by ' + headings[column].textContent.trim() + ', ' + direction
    }
    match()
  }

  for (const [column, heading] of headings.entries()) {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...heading.childNodes)
    button.addEventListener('click', () => {
      const next = { ascending: 'descending', descending: 'none' }
      sort(column, next[heading.getAttribute('aria-sort')] ?? 'ascending')
    })
    heading.append(button)
  }
  filter.addEventListener('input', match)
  for (const pick of picks) pick.addEventListener('change', match)
  box.querySelector('.reset').addEventListener('click', () => {
    filter.value = ''
    for (const pick of picks) pick.value = ''
    sort(-1, 'none')
    filter.focus()
  })
  const reveal = count => () => {
    shown = count()
    show()
    // What had the focus is gone.
    if (more.hidden) table.parentElement.focus()
  }
  some.addEventListener('click', reveal(() => shown + atOnce))
  all.addEventListener('click', reveal(() => matching.length))
  // Paper shows every row that matches.
  addEventListener('beforeprint', () => {
    const before = shown
    shown = matching.length
    show()
    addEventListener('afterprint', () => { shown = before; show() }, { once: true })
  })
  box.querySelector('.controls').hidden = false
  show()
}

function start() {
  for (const box of document.querySelectorAll('.filterable')) enhance(box)
  // What is folded away is on paper too.
  addEventListener('beforeprint', () => {
    const closed = document.querySelectorAll('details:not([open])')
    for (const part of closed) part.open = true
    addEventListener('afterprint', () => { for (const part of closed) part.open = false }, { once: true })
  })
}

document.addEventListener('DOMContentLoaded', start)
})()
`
