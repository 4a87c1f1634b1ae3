export { realTime } from '../org/time.ts'
