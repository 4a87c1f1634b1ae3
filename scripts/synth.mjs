// `npm run synth [-- APP ARGUMENT...]`: writes the example of CDKTF, or another app, to `cdktf.out`, as `cdktf synth` does. Builds what is missing first.
import { ensureBuilt } from './ensure-installed.mjs'

ensureBuilt()
await import('./synth-app.mjs')
