/**
 * The decimal digits by which a number goes to Terraform, whose numbers are decimal: to it the double nearest to 0.1 is another number than 0.1. Whole
 * numbers are written out, fractions in their shortest form.
 */
export const digitsOf = (number: number): string => (Number.isInteger(number) ? String(BigInt(number)) : String(number))

/** The number that goes out as the number of this text came in; undefined where there is none, as it would come back to Terraform as another one. */
export function exactNumber(text: string): number | undefined {
  const wanted = decimal(text)
  const number = Number(text)
  // There is no minus zero among Terraform's numbers.
  return wanted !== undefined && Number.isFinite(number) && decimal(digitsOf(number)) === wanted
    ? number + 0
    : undefined
}

/** The same for a double. A hundred digits tell whether it is the short decimal or only close to it. */
export const exactDouble = (number: number): number | undefined =>
  Number.isInteger(number) || (Number.isFinite(number) && decimal(number.toPrecision(100)) === decimal(String(number)))
    ? number + 0
    : undefined

/** One spelling for each decimal number: its digits without zeros at the ends, and its exponent. */
function decimal(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole + fraction === '') return undefined
  const digits = withoutZeros(whole + fraction)
  if (digits.text === '') return '0'
  const power = Number(exponent) - fraction.length + digits.dropped
  return `${sign === '-' ? '-' : ''}${digits.text}e${power}`
}

/** By hand: a pattern for trailing zeros takes quadratic time on a long run of them. */
function withoutZeros(digits: string): { readonly text: string; readonly dropped: number } {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return { text: digits.slice(0, end).replace(/^0+/, ''), dropped: digits.length - end }
}
