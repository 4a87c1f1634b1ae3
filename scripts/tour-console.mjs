// What a person does in the simulated console: fills in a form, and reads the values off a page.

/** The names of form fields, where they are not the last part of the path. */
const formNames = {
  'settings.password.expiresAfter': 'passwordExpiresAfter',
  'settings.password.minimumStrength': 'minimumStrength',
}

const formName = path => formNames[path] ?? path.split('.').at(-1)
const formValue = value => (Array.isArray(value) ? value.join(',') : String(value))

/** Fills in the form of one console step. Returns the command that does the same. */
export async function setConsole({ console: page, changes }) {
  const fields = changes.map(({ path, after }) => [formName(path), formValue(after)])
  const response = await fetch(page.url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  if (response.status >= 400) throw new Error(`the console refused ${page.url}: ${await response.text()}`)
  return `\n$ curl ${page.url} \\\n    ${fields.map(([name, value]) => `-d '${name}=${value}'`).join(' ')}`
}

/** The values that a page shows, for the settings asked for. */
export async function valuesOnPage(url, paths) {
  const shown = await (await fetch(url, { headers: { accept: 'application/json' } })).json()
  const at = path => path.split('.').reduce((value, member) => value?.[member], shown)
  return Object.fromEntries(paths.map(path => [path, formValue(at(path) ?? '')]))
}
