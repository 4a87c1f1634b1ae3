import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** Something that was found at a line, as reports list it. */
export interface Finding {
  readonly level: string
  readonly rule: string
  readonly text: string
  readonly file: string
  readonly line: number
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`).replace(/`([^`]+)`/g, '<code>$1</code>')

/** A plain page; which forge shows something like it, its title says. */
const page = (title: string, inside: string): string => `<!doctype html>
<meta charset="utf-8">
<style>
body { margin: 0; background: #fff; font: 12px/1.45 system-ui, sans-serif; color: #1f2328 }
main { width: 800px; padding: 12px }
.box { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden }
.box > header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; font-weight: 600 }
/* The upper part of a comment is enough. */
.body { padding: 4px 16px; max-height: 900px; overflow: hidden }
h3 { font-size: 1.25em; margin: 12px 0 } h4 { margin: 12px 0 }
p { margin: 0 0 10px } ul { padding-left: 2em; margin: 0 0 10px } details { margin: 0 0 10px }
code, pre { font: 85% ui-monospace, monospace } code { background: #818b981f; padding: .2em .4em; border-radius: 6px }
table { border-collapse: collapse; margin: 0 0 10px } td, th { border: 1px solid #d1d9e0; padding: 4px 12px }
a { color: #0969da; text-decoration: none }
.finding { padding: 8px 16px; border-top: 1px solid #d1d9e0 } .finding:first-of-type { border-top: 0 }
.where { color: #59636e } .level { font-weight: 600 }
.error, .critical, .failed { color: #cf222e } .warning, .minor { color: #9a6700 } .note, .notice, .info, .passed { color: #1a7f37 }
pre { margin: 0; padding: 0 16px; white-space: pre-wrap } pre.changed { background: #dafbe1 }
.note-box { margin: 6px 16px; border: 1px solid #d1d9e0; border-left: 4px solid; border-radius: 6px; padding: 6px 12px }
.note-box div { color: #1f2328 }
</style>
<main><div class="box"><header>${escaped(title)}</header>${inside}</div></main>`

/** A comment, as a forge renders its Markdown. */
export const comment = (markdown: string): string =>
  page(
    'github-actions commented',
    `<div class="body">${micromark(markdown, {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    })}</div>`,
  )

const decoded = (text: string): string =>
  text.replaceAll('%0A', '\n').replaceAll('%25', '%').replaceAll('%2C', ',').replaceAll('%3A', ':')

/** Annotations of a workflow below the lines that they are about. */
export async function annotations(log: string, textOf: (file: string) => Promise<string>): Promise<string> {
  const found = [...log.matchAll(/^::(\w+) file=([^,]*),line=(\d+),.*?title=([^:]*)::(.*)$/gm)].map(
    ([, level = '', file = '', line = '', rule = '', text = '']): Finding => ({
      level,
      file: decoded(file),
      line: Number(line),
      rule: decoded(rule),
      text: decoded(text),
    }),
  )
  const files = [...new Set(found.map(({ file }) => file))]
  const parts = await Promise.all(
    files.map(async file => {
      const lines = (await textOf(file)).split('\n')
      const here = found.filter(one => one.file === file).sort((one, other) => one.line - other.line)
      const shown = here.map(({ level, line, rule, text }, index) => {
        const around = here[index - 1]?.line === line ? [] : [line - 1, line]
        const code = around.map(
          number =>
            `<pre${number === line ? ' class="changed"' : ''}>${String(number).padStart(4)}  ${escaped(lines[number - 1] ?? '')}</pre>`,
        )
        return `${code.join('')}<div class="note-box ${level}"><span class="level">${escaped(rule)}</span><div>${escaped(text).replaceAll('\n', '<br>')}</div></div>`
      })
      return `<div class="finding"><b>${escaped(file)}</b></div>${shown.join('')}`
    }),
  )
  return page('Files changed', parts.join(''))
}

/** A list of findings. */
export const findings = (title: string, all: readonly Finding[]): string =>
  page(
    `${title}: ${all.length} findings`,
    all
      .map(
        ({ level, rule, text, file, line }) =>
          `<div class="finding"><span class="level ${level}">${escaped(level)}</span> ${escaped(text)}<br><span class="where">${escaped(rule)} · ${escaped(file)}:${line}</span></div>`,
      )
      .join(''),
  )

/** What a CI system makes of JUnit XML: a test for each file. */
export function testReport(xml: string): string {
  const cases = [...xml.matchAll(/<testcase [^>]*name="([^"]*)"(?:\/>|>([\s\S]*?)<\/testcase>)/g)]
  const shown = cases.map(([, name = '', inside = '']) => {
    const [, failure] = /<failure[^>]*>([\s\S]*?)<\/failure>/.exec(inside) ?? []
    const state = failure === undefined ? 'passed' : 'failed'
    return `<div class="finding"><span class="level ${state}">${state}</span> ${name}${failure === undefined ? '' : `<pre>${failure}</pre>`}</div>`
  })
  return page(`Tests: ${cases.length}`, shown.join(''))
}
