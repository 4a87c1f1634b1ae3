import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { fleetDefinition } from '../../../src/construct/aws/fleet-definition.ts'

// It has no types.
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean
  readonly errors: readonly unknown[]
}

const arn = (name: string): string => `arn:aws:lambda:eu-central-1:123456789012:function:postern-${name}`
const functions = {
  drift: arn('drift'),
  apply: arn('apply'),
  prepare: arn('prepare'),
  summarize: arn('summarize'),
}
const definition = fleetDefinition({
  bucket: 'acme-postern',
  functions,
  maxConcurrency: 20,
  toleratedFailurePercentage: 10,
  runTimeoutSeconds: 21_600,
})
const { Organizations: map } = definition.States

describe('the state machine', () => {
  it('is valid in the language of states', () => {
    expect(validate(definition)).toMatchObject({ isValid: true, errors: [] })
    expect(validate({ ...definition, StartAt: 'Nowhere' }).isValid).toBe(false)
  })

  it('goes over the organizations in children of their own, so many at a time, and bears some failures', () => {
    expect(map).toMatchObject({
      MaxConcurrency: 20,
      ToleratedFailurePercentage: 10,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ItemReader: { ReaderConfig: { InputType: 'JSON' } },
      ResultWriter: { Parameters: { Bucket: 'acme-postern', Prefix: 'fleet/results' } },
    })
  })

  it('tries again with jitter where it was throttled, and never where a run failed by itself', () => {
    const { Retry } = map.ItemProcessor.States.Organization
    expect(Retry[0]).toMatchObject({ ErrorEquals: ['Lambda.TooManyRequestsException'], JitterStrategy: 'FULL' })
    const names = Retry.flatMap(({ ErrorEquals }) => ErrorEquals)
    expect(names.filter(name => !name.startsWith('Lambda.'))).toEqual([])
    expect(names).not.toContain('Lambda.Unknown')
  })

  it('sums up even where the map gave up, and then fails', () => {
    expect(map.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.fleet.caught', Next: 'Summarize' }])
    expect(definition.States['Did the map end early'].Default).toBe('Ended early')
  })

  it('enters two states for an organization: its beginning and the one task', () => {
    expect(Object.keys(map.ItemProcessor.States)).toEqual(['Organization'])
  })
})
