import { describe, expect, it } from 'vitest'
import { s3Place } from '../../src/ledger/s3-place.ts'
import { openLedger } from '../../src/operations/open-ledger.ts'

describe('a place in S3', () => {
  it.each([
    ['s3://acme-ledger/production', 'acme-ledger', 'production/'],
    ['s3://acme-ledger/production/', 'acme-ledger', 'production/'],
    ['s3://acme.ledger/a/b c', 'acme.ledger', 'a/b c/'],
    ['s3://acme-ledger', 'acme-ledger', ''],
    ['s3://acme-ledger/', 'acme-ledger', ''],
  ])('is named by %s', (text, bucket, prefix) => {
    expect(s3Place(text)).toEqual({ bucket, prefix })
    const opened = openLedger(text, folder => folder)
    expect(opened.ok && opened.value.place).toBe(text.replace(/\/$/, ''))
  })

  it.each([
    's3://',
    's3:///prefix',
    's3://UPPER/x',
    's3://a/x',
    's3://bucket/a//b',
    's3://bucket//a',
    's3://bucket/../other',
    's3://bucket/a/./b',
    's3://bucket/a?versionId=1',
    's3://bucket/a#b',
    's3://key:secret@bucket/a',
    's3://bucket/a\nb',
    's3://bucket/\u001b[31m',
    `s3://bucket/${'x'.repeat(600)}`,
    'https://bucket.s3.amazonaws.com/prefix',
    'gs://bucket/prefix',
  ])('is not named by %j', text => {
    expect(s3Place(text)).toBeUndefined()
    expect(openLedger(text, folder => folder)).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'ledger/unsupported' }],
    })
  })

  it('is not what a folder is called', () => {
    const opened = openLedger('.postern', folder => `/srv/${folder}`)
    expect(opened.ok && opened.value.place).toBe('/srv/.postern')
  })
})
