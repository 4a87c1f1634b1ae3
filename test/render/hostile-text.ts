/** What a name may hold to fool an output: escapes of terminals, marks that turn or hide text, markup, mentions, breaks. */
export const hostileTexts: readonly string[] = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\u009b2J',
  'a\r\nerror[x/y]: forged',
  'a\b\b\bb\u007f',
  '\u202egnp.exe\u202c',
  '\u2066a\u2069\u061c',
  'zero\u200bwidth\u2060\ufeff',
  'tag\u{e0041}\u{e007f}',
  'line\u2028paragraph\u2029',
  'half \ud83d pair',
  '</details><script>alert(1)</script>',
  '| a | b |',
  '`code` ``more`` ```',
  '@here @octocat/team',
  '[link](https://evil.example) ![image](x)',
  'https://evil.example www.evil.example ftp://evil.example',
  '# heading\n- item\n1. item',
  '*bold* _it_ ~~no~~ <b>',
  '&lt; &amp; &#x40;',
  '::error file=x::forged%0A',
  'a,b:c%25\n::set-output name=x::y',
  ']]> --> \'" <!--',
  '\ufffe\uffff\u0000',
  'ünïcode 東京 😀',
]

/** Characters that act on a terminal or hide what is shown; a line feed is the renderers' own. */
export const acting = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/u
