import { crashes } from './crash-suite.ts'

crashes(['moves', 'access'])
