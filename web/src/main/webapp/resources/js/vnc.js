/*
 * A server's screen: the picture on the page, and the socket behind it. Each connection requests a new console token, which is the socket's
 * first message. The renderer (noVNC) gets neither address nor password: it talks to our channel, which filters the messages about the
 * connection, and acknowledges the drawn bytes to the other end. The server thus pauses until sent data is drawn, and the page pauses until
 * typed input is accepted.
 */
(() => {
  'use strict';

  const page = document.getElementById('vnc');

  const TYPED_MAX = 60 * 1024;
  const SEEN_STEP = 64 * 1024;
  const BEAT = 30000;
  const SILENCE_MAX = 15000;
  const ACTIVE_EVERY = 10000;
  const LATIN = 0x100;
  const BEYOND_LATIN = 0x1000000;
  const KEYS = { esc: 0xff1b, tab: 0xff09, left: 0xff51, up: 0xff52, right: 0xff53, down: 0xff54, enter: 0xff0d };

  /* The object that noVNC uses as its socket. */
  class Channel {
    binaryType = 'arraybuffer';

    protocol = '';

    readyState = 'open';

    onopen = null;

    onmessage = null;

    onerror = null;

    onclose = null;

    #socket;

    #waiting = [];

    #untaken = 0;

    constructor(socket) {
      this.#socket = socket;
    }

    send(bytes) {
      this.#waiting.push(bytes.slice());
      this.taken(0);
    }

    /* That many bytes were accepted: as many may follow. */
    taken(count) {
      this.#untaken = Math.max(0, this.#untaken - count);
      while (this.#socket.readyState === WebSocket.OPEN && this.#waiting.length > 0 && this.#untaken + this.#waiting[0].length <= TYPED_MAX) {
        const piece = this.#waiting.shift();
        this.#untaken += piece.length;
        this.#socket.send(piece);
      }
    }

    hear(data) {
      this.onmessage?.({ data });
    }

    close() {
      this.#socket.close();
    }

    closed(event) {
      this.readyState = 'closed';
      this.onclose?.(event);
    }
  }

  const start = async () => {
    const { default: RFB } = await import(page.dataset.novnc);
    const screen = document.getElementById('main');
    const said = document.getElementById('vnc-state');
    const again = document.getElementById('vnc-again');

    let socket;
    let channel;
    let rfb;
    let early = [];
    let unseen = 0;
    let heard = 0;
    let activeAt = 0;

    const state = (name, words) => {
      page.dataset.state = name;
      said.textContent = words;
      again.hidden = name !== 'over';
    };

    const isOpen = () => socket?.readyState === WebSocket.OPEN && page.dataset.state === 'open';

    const tell = (words) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(words));

    const show = (data) => {
      if (!channel) {
        early.push(data);
        return;
      }
      channel.hear(data);
      unseen += data.byteLength;
      if (unseen >= SEEN_STEP) {
        tell({ seen: unseen });
        unseen = 0;
      }
    };

    const begin = () => {
      screen.replaceChildren();
      channel = new Channel(socket);
      rfb = new RFB(screen, channel, { shared: true });
      rfb.scaleViewport = true;
      rfb.addEventListener('connect', () => {
        state('open', page.dataset.open);
        rfb.focus();
      });
      early.splice(0).forEach(show);
    };

    const over = (words) => {
      rfb = undefined;
      channel = undefined;
      early = [];
      state('over', words);
    };

    const token = async () => {
      const body = new URLSearchParams({ service: page.dataset.service, kind: 'vnc' });
      const answer = await fetch(page.dataset.tokenEndpoint, { method: 'POST', body });
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
        own.send(JSON.stringify({ token: word }));
      });
      own.addEventListener('message', (event) => {
        heard = performance.now();
        if (typeof event.data !== 'string') {
          show(event.data);
          return;
        }
        const words = JSON.parse(event.data);
        if (words.open) {
          begin();
        } else {
          channel?.taken(words.took ?? 0);
        }
      });
      own.addEventListener('close', (event) => {
        if (socket !== own) {
          return;
        }
        socket = undefined;
        channel?.closed(event);
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
          own.close();
        }
      }, SILENCE_MAX);
    }, BEAT);

    // ---- activity
    const active = () => {
      if (isOpen() && performance.now() - activeAt > ACTIVE_EVERY) {
        activeAt = performance.now();
        tell({ active: true });
      }
    };
    ['keydown', 'pointerdown', 'pointermove', 'wheel'].forEach((name) => page.addEventListener(name, active, { capture: true, passive: true }));

    // ---- tools
    const press = (keysym) => rfb && isOpen() && rfb.sendKey(keysym, null);

    document.getElementById('vnc-typing').addEventListener('submit', (event) => {
      event.preventDefault();
      const text = document.getElementById('vnc-text');
      for (const letter of text.value) {
        const code = letter.codePointAt(0);
        press(code < LATIN ? code : BEYOND_LATIN + code);
      }
      if (text.value === '') {
        press(KEYS.enter);
      }
      text.value = '';
    });

    const keys = page.querySelector('.console-keys');
    keys.addEventListener('pointerdown', (event) => event.preventDefault());
    keys.addEventListener('click', (event) => press(KEYS[event.target.closest('[data-key]')?.dataset.key]));

    const on = (id, act) => document.getElementById(id).addEventListener('click', act);
    on('vnc-cad', () => rfb && isOpen() && rfb.sendCtrlAltDel());
    on('vnc-again', connect);
    const full = document.getElementById('vnc-full');
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : page.requestFullscreen()));

    addEventListener('pagehide', () => socket?.close());
    addEventListener('pageshow', (event) => event.persisted && location.reload());

    await connect();
  };

  if (page) {
    start();
  }
})();
