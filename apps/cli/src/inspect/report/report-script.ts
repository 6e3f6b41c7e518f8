/**
 * Runs in the reader's browser: what is pointed at, or reached by the keyboard, is shown on its page's picture; a click
 * or Enter keeps it shown and brings it into view. It handles positions only, never text of the document.
 */
export const reportScript = `(() => {
  'use strict';
  const namespace = 'http://www.w3.org/2000/svg';
  let kept = null;
  const clear = () => {
    for (const group of document.querySelectorAll('g.highlight')) group.replaceChildren();
  };
  const show = (element) => {
    clear();
    const svg = element && element.closest('.page') && element.closest('.page').querySelector('svg.overlay');
    if (!svg) return;
    const { width, height } = svg.viewBox.baseVal;
    const group = svg.querySelector('g.highlight');
    for (const box of element.dataset.box.split(';')) {
      const [x0, y0, x1, y1] = box.trim().split(' ').map(Number);
      const rect = document.createElementNS(namespace, 'rect');
      const size = { x: x0 * width - 4, y: y0 * height - 4, width: (x1 - x0) * width + 8, height: (y1 - y0) * height + 8 };
      for (const [name, value] of Object.entries(size)) rect.setAttribute(name, String(value));
      group.append(rect);
    }
  };
  const boxed = (event) => (event.target instanceof Element ? event.target.closest('[data-box]') : null);
  const keep = (element) => {
    if (kept) kept.classList.remove('kept');
    kept = element === kept ? null : element;
    if (!kept) return clear();
    kept.classList.add('kept');
    show(kept);
    const first = kept.closest('.page').querySelector('g.highlight rect');
    if (first) first.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  document.addEventListener('pointerover', (event) => {
    const element = boxed(event);
    if (element || !kept) show(element);
    else show(kept);
  });
  document.addEventListener('focusin', (event) => {
    const element = boxed(event);
    if (element) show(element);
  });
  document.addEventListener('click', (event) => {
    const element = boxed(event);
    if (element) keep(element);
  });
  document.addEventListener('keydown', (event) => {
    const element = boxed(event);
    if (element && event.key === 'Enter') keep(element);
    if (event.key === 'Escape' && kept) keep(kept);
  });
})();`;
