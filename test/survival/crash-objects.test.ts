import { crashes } from './crash-suite.ts'

crashes(['allowlists', 'mixture'], { saved: 'mixture' })
