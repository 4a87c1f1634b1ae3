/** A number as people read it: 20,000. */
export const digits = (number: number): string => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
