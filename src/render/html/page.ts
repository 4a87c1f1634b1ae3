import { htmlOf, markup, trusted, type Part } from './markup.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'
import { timeOf, type Section } from './words.ts'

/** What a page needs to know of the run. */
export interface HtmlView {
  /** The policy folder, as it was given. */
  readonly folder: string
  readonly now: Date
  /** The version of Postern. */
  readonly version: string
  /** SHA-256 in base64: the security policy of the page names its script and its style by it. */
  readonly sha256Base64: (text: string) => string
}

/** A page: what it is about, the numbers that come first, and its sections. */
export interface Page {
  readonly title: string
  /** The sentence below the title. */
  readonly lead: Part
  readonly summary: Part
  readonly sections: readonly Section[]
}

// A gate, so that a browser looks for no icon elsewhere.
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%232f6db3' d='M1 15V6a7 5 0 0 1 14 0v9h-4V9a3 3 0 0 0-6 0v6z'/%3E%3C/svg%3E"

/** One HTML file that needs nothing else: no request leaves it, and nothing runs in it but the script that came with it. */
export function page({ title, lead, summary, sections }: Page, { now, version, sha256Base64 }: HtmlView): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256Base64(pageScript)}'`,
    `style-src 'sha256-${sha256Base64(pageStyle)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return htmlOf(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${trusted(`<meta http-equiv="Content-Security-Policy" content="${policy}">`)}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Postern ${version}">
<title>${title} · Postern</title>
${trusted(`<link rel="icon" href="${icon}">`)}
<script>${trusted(pageScript)}</script>
<style>${trusted(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${title}</h1>
<p class="lead">${lead}</p>
</header>
<nav aria-label="Contents"><ul>${sections.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
<section id="summary" aria-labelledby="summary-title">
<h2 id="summary-title" class="visually-hidden">Summary</h2>
${summary}</section>
${sections.map(
  ({ id, title: name, body }) => markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}</h2>
${body}
</section>
`,
)}</main>
<footer><p>Made by Postern ${version} at ${timeOf(now.toISOString())}. It holds names and addresses of people: keep it where they may be seen.</p></footer>
</body>
</html>
`)
}
