import { faults } from './faults-suite.ts'

faults(['allowlists', 'mixture'])
