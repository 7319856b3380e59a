// Loaded into a command with `--import`; prints the command's resource usage when it exits.
import { readFileSync } from 'node:fs';

const MS_A_TICK = 10;

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const own = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const mainMs = (Number(own[11]) + Number(own[12])) * MS_A_TICK;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, mainMs, megabytes, ms: performance.now() }));
});
