/*
 * A console: the terminal on the page, and the socket behind it. Each connection requests a new console token, which is the socket's first
 * message. Both ends acknowledge what they processed, so that neither a paste nor a flood of output exhausts memory: the server pauses until
 * its output is drawn, and the page pauses until its input is accepted. Terminal queries of the server's programs are answered by the terminal
 * alone: none of them reaches the clipboard, the title or another page. Its styles go through js/style-sheets.js.
 */
(() => {
  'use strict';

  const page = document.getElementById('console');

  const TYPED_MAX = 64 * 1024;
  const PIECE_MAX = 16 * 1024;
  const SEEN_STEP = 64 * 1024;
  const BEAT = 30000;
  const SILENCE_MAX = 15000;
  const SIZES = { least: 9, usual: 14, most: 32 };
  const OTHER_KEY = 4007;
  const KEYS = { esc: '\x1b', tab: '\t', up: 'A', down: 'B', right: 'C', left: 'D' };

  // Modules, but imported from here: an inline one loses its type when it is moved to the end of the page.
  const start = async () => {
    const wanted = [page.dataset.xterm, page.dataset.fit, page.dataset.bounds].map((from) => import(from));
    const [{ Terminal }, { FitAddon }, { bound }] = await Promise.all(wanted);
    const screen = document.getElementById('main');
    const said = document.getElementById('console-state');
    const again = document.getElementById('console-again');
    const control = page.querySelector('[data-key=ctrl]');
    const look = getComputedStyle(page);

    Terminal.strings.promptLabel = page.dataset.input;
    const terminal = new Terminal({
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: look.getPropertyValue('--mono').trim(),
      fontSize: Math.min(SIZES.most, Math.max(SIZES.least, Number(localStorage.getItem('console-size')) || SIZES.usual)),
      // Whole pixels for most sizes, and room for descenders.
      lineHeight: 1.2,
      linkHandler: { activate: () => {} },
      scrollback: 5000,
      theme: { background: look.backgroundColor, foreground: look.color, cursor: look.color },
    });
    bound(terminal);
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(screen);
    fit.fit();

    let socket;
    let waiting = [];
    let untaken = 0;
    let unseen = 0;
    let heard = 0;

    const state = (name, words) => {
      page.dataset.state = name;
      said.textContent = words;
      again.hidden = name !== 'over';
    };

    const isOpen = () => socket?.readyState === WebSocket.OPEN && page.dataset.state === 'open';

    const tell = (words) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(words));

    // ---- input
    const send = () => {
      while (isOpen() && waiting.length > 0 && untaken + waiting[0].length <= TYPED_MAX) {
        const piece = waiting.shift();
        untaken += piece.length;
        socket.send(piece);
      }
    };

    const type = (bytes) => {
      for (let from = 0; from < bytes.length; from += PIECE_MAX) {
        waiting.push(bytes.slice(from, from + PIECE_MAX));
      }
      send();
    };

    const press = (on) => control.setAttribute('aria-pressed', String(on));

    terminal.onData((text) => {
      if (page.dataset.state === 'over') {
        if (text === '\r') {
          connect();
        }
        return;
      }
      if (!isOpen()) {
        return;
      }
      if (control.getAttribute('aria-pressed') === 'true' && text.length === 1) {
        press(false);
        type(Uint8Array.of(text.toUpperCase().charCodeAt(0) & 0x1f));
      } else {
        type(new TextEncoder().encode(text));
      }
    });
    terminal.onBinary((text) => isOpen() && type(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    terminal.onResize(({ cols, rows }) => isOpen() && tell({ columns: cols, rows }));

    // ---- output
    const show = (bytes) => {
      terminal.write(bytes, () => {
        unseen += bytes.length;
        if (unseen >= SEEN_STEP) {
          tell({ seen: unseen });
          unseen = 0;
        }
      });
    };

    const hear = (words) => {
      if (words.recorded) {
        terminal.write(`\x1b[1m${page.dataset.recorded}\x1b[0m\r\n`);
      } else if (words.open) {
        state('open', page.dataset.open);
        tell({ columns: terminal.cols, rows: terminal.rows });
        terminal.focus();
      } else {
        untaken = Math.max(0, untaken - (words.took ?? 0));
      }
      send();
    };

    const over = (words) => {
      waiting = [];
      press(false);
      state('over', words);
      terminal.write(`\r\n\x1b[2m${words}\x1b[0m\r\n`);
    };

    // ---- the connection
    const token = async () => {
      const answer = await fetch(page.dataset.tokenEndpoint, { method: 'POST', body: new URLSearchParams({ service: page.dataset.service }) });
      if (answer.redirected) {
        location.assign(page.dataset.here); // Signed out meanwhile: goes to the sign-in page first.
        return undefined;
      }
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return (await answer.json()).token;
    };

    const connect = async () => {
      if (page.dataset.state === 'connecting' && socket) {
        return;
      }
      state('connecting', page.dataset.connecting);
      untaken = 0;
      unseen = 0;
      let word;
      try {
        word = await token();
      } catch (failure) {
        over(page.getAttribute(['403', '404'].includes(failure.message) ? 'data-end-4003' : 'data-lost'));
        return;
      }
      if (!word) {
        return;
      }
      const own = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/console`);
      socket = own;
      own.binaryType = 'arraybuffer';
      own.addEventListener('open', () => {
        heard = performance.now();
        own.send(JSON.stringify({ token: word, columns: terminal.cols, rows: terminal.rows }));
      });
      own.addEventListener('message', (event) => {
        heard = performance.now();
        if (typeof event.data === 'string') {
          hear(JSON.parse(event.data));
        } else {
          show(new Uint8Array(event.data));
        }
      });
      own.addEventListener('close', (event) => {
        if (socket !== own) {
          return;
        }
        socket = undefined;
        if (event.code === OTHER_KEY) {
          location.replace(page.dataset.here);
          return;
        }
        over(page.getAttribute(`data-end-${event.code}`) ?? page.dataset.lost);
      });
    };

    // A silently broken connection: keep-alive messages are not answered.
    setInterval(() => {
      const own = socket;
      if (!isOpen()) {
        return;
      }
      const before = performance.now();
      tell({ here: true });
      setTimeout(() => {
        if (socket === own && heard < before) {
          socket = undefined;
          own.close();
          over(page.dataset.lost);
        }
      }, SILENCE_MAX);
    }, BEAT);

    // ---- tools
    const copy = async () => {
      if (terminal.hasSelection()) {
        await navigator.clipboard.writeText(terminal.getSelection());
      }
      terminal.focus();
    };

    const paste = async () => {
      try {
        terminal.paste(await navigator.clipboard.readText());
      } catch {
        // Not permitted by the person: the browser's own shortcuts still paste.
      }
      terminal.focus();
    };

    const resize = (by) => {
      terminal.options.fontSize = Math.min(SIZES.most, Math.max(SIZES.least, terminal.options.fontSize + by));
      localStorage.setItem('console-size', terminal.options.fontSize);
      fit.fit();
      terminal.focus();
    };

    terminal.attachCustomKeyEventHandler((event) => {
      const isOurs = event.type === 'keydown' && event.ctrlKey && event.shiftKey && !event.altKey;
      const act = isOurs && { KeyC: copy, KeyV: paste }[event.code];
      if (act) {
        event.preventDefault();
        act();
        return false;
      }
      return true;
    });

    const on = (id, act) => document.getElementById(id).addEventListener('click', act);
    on('console-copy', copy);
    on('console-paste', paste);
    on('console-smaller', () => resize(-1));
    on('console-larger', () => resize(1));
    on('console-again', connect);
    const full = document.getElementById('console-full');
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : page.requestFullscreen()));

    const keys = page.querySelector('.console-keys');
    // The terminal keeps the focus, and a phone its keyboard.
    keys.addEventListener('pointerdown', (event) => event.preventDefault());
    keys.addEventListener('click', (event) => {
      const name = event.target.closest('[data-key]')?.dataset.key;
      if (name === 'ctrl') {
        press(control.getAttribute('aria-pressed') !== 'true');
      } else if (name) {
        const isArrow = KEYS[name].length === 1 && name !== 'esc' && name !== 'tab';
        terminal.input(isArrow ? `${terminal.modes.applicationCursorKeysMode ? '\x1bO' : '\x1b['}${KEYS[name]}` : KEYS[name]);
      }
      terminal.focus();
    });

    new ResizeObserver(() => fit.fit()).observe(screen);
    addEventListener('pagehide', () => socket?.close());
    addEventListener('pageshow', (event) => event.persisted && location.reload());

    await connect();
  };

  if (page) {
    start();
  }
})();
