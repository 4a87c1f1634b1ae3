import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeMachine, isDischarging, loadWarning, machineText } from '../../bench/harness/machine.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-'))
})
afterEach(() => rm(folder, { recursive: true }))

const supply = async (name: string, status?: string): Promise<void> => {
  await mkdir(join(folder, name))
  if (status !== undefined) await writeFile(join(folder, name, 'status'), `${status}\n`)
}

describe('a machine', () => {
  it.each([
    ['Discharging', true],
    ['Charging', false],
    ['Full', false],
    ['Not charging', false],
  ])('whose battery says %s: on battery is %s', async (status, expected) => {
    await supply('AC')
    await supply('BAT0', status)
    expect(isDischarging(folder)).toBe(expected)
  })

  it('without supplies is on none', () => {
    expect(isDischarging(join(folder, 'none'))).toBe(false)
  })

  it.each([
    [0.4, 2, 0],
    [1.4, 2, 1],
    [3, 8, 0],
  ])('with load %d on %d cores: %d warnings', (load, cores, warnings) => {
    expect(loadWarning(load, cores)).toHaveLength(warnings)
  })

  it('outside of git has no commit', () => {
    const machine = describeMachine(folder, new Date('2026-11-24T12:00:00Z'))
    expect(machine).not.toHaveProperty('commit')
    expect(machineText(machine)).toContain('2026-11-24T12:00Z, no commit')
  })
})
