/*
 * Replay of a recorded console: the lines of an asciicast, written to a read-only terminal. Seeking backwards replays from the beginning up to
 * that position at once.
 */
(() => {
  'use strict';

  const page = document.getElementById('replay');

  const TICK = 50;
  const SECOND = 1000;
  const MINUTE = 60;

  const start = async () => {
    const said = document.getElementById('replay-state');
    const answer = await fetch(page.dataset.lines, { method: 'POST', body: new URLSearchParams({ id: page.dataset.id }) });
    if (answer.redirected) {
      location.reload(); // Signed out meanwhile: goes to the sign-in page first.
      return;
    }
    if (!answer.ok) {
      said.textContent = page.dataset.none;
      return;
    }
    const [head, ...events] = (await answer.text()).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
    const [{ Terminal }, { bound }] = await Promise.all([import(page.dataset.xterm), import(page.dataset.bounds)]);
    const screen = document.getElementById('replay-screen');
    const look = getComputedStyle(screen);
    const terminal = new Terminal({
      cols: head.width,
      rows: head.height,
      disableStdin: true,
      fontFamily: look.getPropertyValue('--mono').trim(),
      fontSize: 13,
      lineHeight: 1.2,
      linkHandler: { activate: () => {} },
      scrollback: 5000,
      theme: { background: look.backgroundColor, foreground: look.color, cursor: look.color },
    });
    bound(terminal);
    terminal.open(screen);
    said.hidden = true;
    document.getElementById('replay-bar').hidden = false;

    const play = document.getElementById('replay-play');
    const at = document.getElementById('replay-at');
    const time = document.getElementById('replay-time');
    const speed = document.getElementById('replay-speed');
    const whole = events.length > 0 ? events[events.length - 1][0] : 0;
    let now = 0;
    let next = 0;
    let isPlaying = false;
    let before = 0;

    const words = (seconds) => `${Math.floor(seconds / MINUTE)}:${String(Math.floor(seconds % MINUTE)).padStart(2, '0')}`;

    const tell = () => {
      at.value = now;
      time.textContent = `${words(now)} / ${words(whole)}`;
      play.textContent = isPlaying ? page.dataset.pause : page.dataset.play;
    };

    /* Shows everything up to the current position. */
    const show = () => {
      const due = [];
      while (next < events.length && events[next][0] <= now) {
        due.push(events[next][2]);
        next += 1;
      }
      if (due.length > 0) {
        terminal.write(due.join(''));
      }
      isPlaying = isPlaying && next < events.length;
      tell();
    };

    const go = (seconds) => {
      if (seconds < now) {
        terminal.write('\x1bc'); // Queued behind pending writes.
        next = 0;
      }
      now = Math.min(whole, seconds);
      show();
    };

    setInterval(() => {
      const moment = performance.now();
      if (isPlaying) {
        go(now + ((moment - before) / SECOND) * Number(speed.value));
      }
      before = moment;
    }, TICK);

    at.max = whole;
    at.addEventListener('input', () => go(Number(at.value)));
    play.addEventListener('click', () => {
      isPlaying = !isPlaying;
      if (isPlaying && next >= events.length) {
        go(0);
      }
      tell();
    });
    show();
  };

  if (page) {
    start();
  }
})();
