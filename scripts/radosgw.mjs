// Starts an S3 server for tests: Debian's radosgw with a monitor and one store in memory, in a temporary folder and on free loopback ports. Prints one
// line of JSON when it is ready ({ endpoint, bucket, accessKeyId, secretAccessKey }), and stops with everything it made when stdin ends.
// Needs the packages radosgw, ceph-mon and ceph-osd. There is no manager: `ceph -s` complains, and nothing here needs one.
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'

const folder = mkdtempSync(join(tmpdir(), 'postern-radosgw-'))
const config = join(folder, 'ceph.conf')
const keyring = join(folder, 'keyring')
const daemons = []
const bucket = 'postern-test'
const fsid = randomUUID()

function stop(status) {
  for (const daemon of daemons) daemon.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.exit(status)
}

function fail(problem) {
  process.stderr.write(`radosgw: ${problem}\n`)
  stop(1)
}

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) fail(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}

function start(command, ...args) {
  const log = openSync(join(folder, `${command}.out`), 'w')
  const daemon = spawn(command, [...args, '-c', config, '-f'], { stdio: ['ignore', log, log] })
  daemons.push(daemon)
  daemon.on('exit', () =>
    fail(`${command} ended: ${readFileSync(join(folder, `${command}.out`), 'utf8').slice(-2_000)}`),
  )
}

/** Ports that are free now, of different numbers. */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise(resolve => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map(server => server.address().port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

process.stdin.resume().on('end', () => stop(0))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0))

const [monitorPort, gatewayPort] = await freePorts(2)
const monitor = `[v2:127.0.0.1:${monitorPort}]`
writeFileSync(
  config,
  `[global]
fsid = ${fsid}
mon host = ${monitor}
mon initial members = a
public addr = 127.0.0.1
keyring = ${keyring}
run dir = ${folder}
admin socket =
pid file =
log file =
log to stderr = false
err to stderr = true
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
osd objectstore = memstore
memstore device bytes = 268435456
osd data = ${join(folder, 'osd')}
mon data = ${join(folder, 'mon')}
mon data avail crit = 0
mon data avail warn = 0
rgw data = ${join(folder, 'rgw')}
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort}
rgw enable usage log = false
rgw max listing results = 50
rgw enable gc threads = false
rgw enable lc threads = false
rgw run sync thread = false
rgw thread pool size = 64
`,
)
for (const name of ['osd', 'mon', 'rgw']) mkdirSync(join(folder, name))

run('ceph-authtool', '-C', keyring, '-n', 'mon.', '--gen-key', '--cap', 'mon', 'allow *')
const every = (...daemonsOf) => daemonsOf.flatMap(daemon => ['--cap', daemon, 'allow *'])
run('ceph-authtool', keyring, '-n', 'client.admin', '--gen-key', ...every('mon', 'osd', 'mgr', 'mds'))
run('ceph-authtool', keyring, '-n', 'osd.0', '--gen-key', ...every('mon', 'osd'))
run('ceph-authtool', keyring, '-n', 'client.rgw', '--gen-key', ...every('mon', 'osd'))
run('monmaptool', '--create', '--addv', 'a', monitor, '--fsid', fsid, join(folder, 'monmap'))
run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', join(folder, 'monmap'), '--keyring', keyring, '-c', config)
start('ceph-mon', '-i', 'a')
const ceph = (...args) => run('ceph', '-c', config, '--connect-timeout', '30', ...args)
const store = randomUUID()
ceph('osd', 'new', store)
run('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', store, '-c', config)
start('ceph-osd', '-i', '0')
start('radosgw', '-n', 'client.rgw')
const user = JSON.parse(run('radosgw-admin', '-c', config, 'user', 'create', '--uid', 'test', '--display-name', 'test'))
const { access_key: accessKeyId, secret_key: secretAccessKey } = user.keys[0]

const endpoint = `http://127.0.0.1:${gatewayPort}`
for (const deadline = Date.now() + 30_000; ; await delay(100)) {
  if (
    await fetch(endpoint).then(
      () => true,
      () => false,
    )
  )
    break
  if (Date.now() > deadline) fail('the gateway does not answer')
}
const client = new S3Client({
  endpoint,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId, secretAccessKey },
  requestChecksumCalculation: 'WHEN_REQUIRED',
})
await client.send(new CreateBucketCommand({ Bucket: bucket })).catch(error => fail(error.name))
process.stdout.write(`${JSON.stringify({ endpoint, bucket, accessKeyId, secretAccessKey })}\n`)
