/**
 * The one script of a page. It filters and sorts tables that are complete without it. Of a long table only some rows are in the page: the others are
 * the text of a `noscript`, written and escaped like the rest of the page, and become elements when they are shown.
 */
export const pageScript = String.raw`(() => {
'use strict'
document.documentElement.classList.add('scripted')
const atOnce = 200
// More rows than these take a browser seconds to lay out.
const atMost = 2000
const characters = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

// The text of a row or a cell. What stands in different elements stands on different lines.
const textOf = html => html.replace(/<[^>]*>/g, '\n').replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => characters[name])
const number = value => value.toLocaleString('en-US')

function waiting(box) {
  const rest = box.querySelector('noscript')
  if (rest === null) return []
  const html = rest.textContent
  rest.remove()
  return html.slice(html.indexOf('<tbody>') + 7, html.lastIndexOf('</tbody>')).split('\n').filter(line => line !== '')
}

function enhance(box) {
  const table = box.querySelector('table')
  const body = table.tBodies[0]
  const rows = [...[...body.rows].map(row => row.outerHTML), ...waiting(box)]
  const noun = box.dataset.noun
  const headings = [...table.tHead.rows[0].cells]
  const filter = box.querySelector('input')
  const picks = [...box.querySelectorAll('select')]
  const status = box.querySelector('.status')
  const more = box.querySelector('.more')
  const [some, all] = more.querySelectorAll('button')
  const cell = (row, column) => textOf(row.split(/<\/t[dh]>/, column + 1)[column]).trim()
  let texts
  let ordered = rows
  let sorting = ''
  let matching = rows
  let shown = atOnce

  const textsOf = () => {
    texts ??= new Map(rows.map(row => [row, textOf(row).toLowerCase()]))
    return texts
  }

  function show() {
    const visible = Math.min(shown, matching.length)
    const html = '<table><tbody>' + matching.slice(0, visible).join('') + '</tbody></table>'
    const fragment = document.createDocumentFragment()
    fragment.append(...new DOMParser().parseFromString(html, 'text/html').querySelector('tbody').rows)
    body.replaceChildren(fragment)
    const rest = matching.length - visible
    more.hidden = rest === 0
    some.textContent = 'Show ' + number(Math.min(rest, atOnce)) + ' more'
    all.hidden = matching.length > atMost
    all.textContent = 'Show all ' + number(matching.length)
    const total = number(rows.length) + ' ' + noun
    status.textContent =
      (rest === 0
        ? number(visible) + ' of ' + total + ' shown'
        : number(matching.length) + ' of ' + total + ' match, the first ' + number(visible) + ' are shown') + sorting
  }

  function match() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(word => word !== '')
    const chosen = picks.filter(({ value }) => value !== '').map(({ value, dataset }) => [Number(dataset.column), value])
    const found = words.length === 0 ? undefined : textsOf()
    matching = ordered.filter(
      row =>
        (found === undefined || words.every(word => found.get(row).includes(word))) &&
        chosen.every(([column, value]) => cell(row, column) === value),
    )
    shown = atOnce
    show()
  }

  function keyOf(column) {
    const { sort, order } = headings[column].dataset
    if (sort === 'number') return row => Number(/\d+/.exec(cell(row, column).replaceAll(',', ''))?.[0] ?? -1)
    const places = order?.split('|')
    return row => (places === undefined ? cell(row, column).toLowerCase() : places.indexOf(cell(row, column)))
  }

  function sort(column, direction) {
    for (const [index, heading] of headings.entries())
      if (index === column && direction !== 'none') heading.setAttribute('aria-sort', direction)
      else heading.removeAttribute('aria-sort')
    if (direction === 'none') {
      ordered = rows
      sorting = column < 0 ? '' : ', in the order of the report'
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
