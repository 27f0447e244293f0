/*
 * The terminal writes its styles into style elements, which the page's policy rejects. The replacement element created here passes the text to
 * a constructed style sheet of the document, which is permitted to scripts.
 */
(() => {
  'use strict';

  const make = document.createElement.bind(document);
  document.createElement = (name, options) => {
    if (String(name).toLowerCase() !== 'style') {
      return make(name, options);
    }
    const sheet = new CSSStyleSheet();
    const place = make('span');
    let text = '';
    place.hidden = true;
    Object.defineProperty(place, 'textContent', {
      get: () => text,
      set: (next) => {
        text = next;
        sheet.replaceSync(next);
      },
    });
    Object.defineProperty(place, 'remove', {
      value: () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
        Element.prototype.remove.call(place);
      },
    });
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return place;
  };
})();
