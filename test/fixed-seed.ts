import fc from 'fast-check'

// One run is like the next: a property that fails does so for everybody, not for whom chance picks. POSTERN_SEED looks elsewhere.
fc.configureGlobal({ seed: Number(process.env['POSTERN_SEED'] ?? 20261124) })
