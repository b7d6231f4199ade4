// What `./lab` asks of these files. Serving imports nothing but node: it needs no `npm ci`.
//
//   node cli.mjs serve FOLDER PORT    serves until it is stopped
//   node cli.mjs chromium             prints the path of the browser, or fails when there is none

const [command, ...rest] = process.argv.slice(2);

async function serveForever(folder, port) {
  const { serve } = await import('./server.mjs');
  try {
    const { url } = await serve(folder, { port: Number(port) });
    console.log(`\nMores is at ${url}\nCtrl-C stops it.`);
  } catch (error) {
    console.error(`lab: ${error.code === 'EADDRINUSE' ? `port ${port} is taken; choose another with --port` : error.message}`);
    process.exitCode = 1;
  }
}

async function printChromium() {
  const { findChromium } = await import('./chromium.mjs');
  const found = findChromium();
  if (found) console.log(found);
  else process.exitCode = 1;
}

if (command === 'serve') await serveForever(...rest);
else if (command === 'chromium') await printChromium();
else process.exitCode = 2;
