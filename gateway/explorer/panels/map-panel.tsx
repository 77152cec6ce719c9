import { useMemo, useState } from 'react';
import { useSession } from '../session-context';
import { HouseDrawing } from './house-drawing';
import { housesOf, type MappedHouse } from './house-links';

/** The graph by house: what each answers for, and where its fields lead. */
export function MapPanel() {
  const { map } = useSession();
  const houses = useMemo(() => (map ? housesOf(map) : []), [map]);
  const [name, setName] = useState<string | null>(null);
  const house = houses.find(known => known.name === name) ?? houses[0];
  return (
    <section className="panel" aria-label="Map of the houses">
      <h2>Map of the houses</h2>
      {!map && <p className="empty">The map is shown to whoever may read the schema.</p>}
      {house && (
        <>
          <HouseDrawing houses={houses} current={house.name} onPick={setName} />
          <HouseEntry house={house} onPick={setName} />
        </>
      )}
    </section>
  );
}

function HouseEntry({ house, onPick }: { readonly house: MappedHouse; readonly onPick: (name: string) => void }) {
  const { name, types, questions, changes, links } = house;
  return (
    <article className="house">
      <h3>{name}</h3>
      <p>{`${types.length} types, ${questions.length} questions, ${changes.length} changes`}</p>
      <h4>Leads to</h4>
      <ul className="links">
        {links.map(({ to, fields }) => (
          <li key={to}>
            <details>
              <summary>{`${to}, by ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`}</summary>
              <button type="button" onClick={() => onPick(to)}>{`Look at ${to}`}</button>
              {fields.map(field => (
                <code key={field}>{field}</code>
              ))}
            </details>
          </li>
        ))}
      </ul>
      <Names title="Questions" names={questions} />
      <Names title="Changes" names={changes} />
      <h4>Types</h4>
      <ul className="types">
        {types.map(type => (
          <li key={type.name} title={type.description}>
            <code>{type.name}</code>
            {type.houses.length > 1 && <small>{` with ${type.houses.slice(1).join(', ')}`}</small>}
          </li>
        ))}
      </ul>
    </article>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <p className="names">
        {names.map(name => (
          <code key={name}>{name}</code>
        ))}
      </p>
    </>
  );
}
