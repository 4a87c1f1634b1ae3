/** A bucket, and what the keys in it begin with: empty or ending in a slash. */
export interface S3Place {
  readonly bucket: string
  readonly prefix: string
}

/** The place that `s3://bucket/prefix` names; undefined where it names none. */
export function s3Place(text: string): S3Place | undefined {
  const [, bucket, path = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w!.*'()/ =+@:,-]*))?$/.exec(text) ?? []
  if (bucket === undefined || path.length > 512) return undefined
  const prefix = path.replace(/\/+$/, '')
  // Such parts would be read as steps through folders by tools that copy a bucket to a disk.
  if (prefix !== '' && prefix.split('/').some(part => ['', '.', '..'].includes(part))) return undefined
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` }
}
