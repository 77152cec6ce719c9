import { type AskedRight, isHeld } from './asked-rights';

/** Who may run an operation, field by field, and whether whoever is signed in is one of them. */
export function Rights({ rights, held }: { readonly rights: readonly AskedRight[]; readonly held: readonly string[] }) {
  if (rights.length === 0) return null;
  const missing = rights.filter(({ who }) => !isHeld(who, held));
  const rules = [...new Set(rights.map(({ who }) => who))];
  return (
    <details className="rights">
      <summary className={missing.length > 0 ? 'refused' : undefined}>
        {missing.length > 0
          ? `${missing.length} of its fields ${missing.length === 1 ? 'is' : 'are'} not yours`
          : `For ${rules.length === 1 ? readable(rules[0] ?? '') : 'some'}`}
      </summary>
      <div>
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Who may have it</th>
            </tr>
          </thead>
          <tbody>
            {rights.map(({ field, who }) => (
              <tr key={field} className={isHeld(who, held) ? undefined : 'refused'}>
                <td>
                  <code>{field}</code>
                </td>
                <td>{readable(who)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>{held.length > 0 ? `You hold: ${held.join(', ')}.` : 'Nobody is signed in.'} The house that owns a field decides.</p>
      </div>
    </details>
  );
}

const readable = (who: string): string => who.replace(/^\((.*)\)$/, '$1');
