/** Folds a menu that was left: by a click elsewhere, or by Escape, which puts the focus back on what opened it. */
export function foldMenusThatAreLeft(): void {
  document.addEventListener('click', ({ target }) => {
    for (const menu of openMenus()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>('details.choice[open], details.rights[open]');
