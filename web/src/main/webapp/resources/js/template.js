/*
 * The preview beside the document template: an image rendered by the server from the current input, requested once the page is loaded and half
 * a second after the last change. A newer request replaces the pending one.
 */
(() => {
  'use strict';

  const form = document.getElementById('template');
  const sheet = document.getElementById('sheet');
  if (!form || !sheet) {
    return;
  }
  const image = sheet.querySelector('img');
  const frame = image.parentElement;
  const pages = sheet.querySelector('.pages');
  const failed = sheet.querySelector('.failed');
  const prefix = `${form.id}:`;
  let timer;
  let asked;

  const draft = () => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith(prefix) && typeof value === 'string') {
        values.append(name.slice(prefix.length), value);
      }
    }
    return values;
  };
  const address = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  const show = async (answer) => {
    const count = Number(answer.headers.get('Preview-Pages'));
    image.src = await address(await answer.blob());
    image.hidden = false;
    frame.classList.remove('skeleton');
    pages.textContent = sheet.dataset.pages.replace('{0}', count);
    pages.hidden = count < 2;
  };
  const draw = async () => {
    clearTimeout(timer);
    asked?.abort();
    const own = new AbortController();
    asked = own;
    sheet.setAttribute('aria-busy', 'true');
    failed.hidden = true;
    try {
      const answer = await fetch(sheet.dataset.address, { method: 'POST', body: draft(), signal: own.signal });
      // 422: a value is out of bounds, and the page says which; the last image stays.
      if (answer.ok && !answer.redirected) {
        await show(answer);
      } else if (answer.status !== 422) {
        failed.hidden = false;
      }
    } catch (error) {
      if (error.name !== 'AbortError') {
        failed.hidden = false;
      }
    }
    if (asked === own) {
      sheet.setAttribute('aria-busy', 'false');
    }
  };
  const soon = (event) => {
    if (event.target.id === `${prefix}accent`) {
      form.elements.namedItem(`${prefix}own`).checked = true;
    }
    clearTimeout(timer);
    timer = setTimeout(draw, 500);
  };

  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  failed.querySelector('button').addEventListener('click', draw);
  draw();
})();
