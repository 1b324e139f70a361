// Small helpers that change the page in place, so that focus, selection and scroll position survive live data.

export const byId = (id) => document.getElementById(id);

/** A new element with a class, text and children; text is never parsed as HTML. */
export function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

export function setAttribute(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/**
 * Makes the children of `parent` match `items`: one node per key, created once, then only updated. The child that holds
 * the focus is never moved; when it goes away, the focus goes to `refuge`.
 */
export function keyed(parent, items, keyOf, create, update, refuge) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const node = known.get(key) ?? create(item);
    node.dataset.key = key;
    known.delete(key);
    update(node, item);
    return node;
  });
  for (const node of known.values()) {
    const focused = node.contains(document.activeElement);
    node.remove();
    if (focused) refuge?.focus();
  }
  const held = wanted.findIndex((node) => node.contains(document.activeElement));
  wanted.forEach((node, i) => {
    if (parent.children[i] === node || i === held) return;
    if (i < held) parent.insertBefore(node, wanted[held]);
    else parent.insertBefore(node, i === 0 ? parent.firstChild : wanted[i - 1].nextSibling);
  });
}
