import type { Persona } from './session';

interface Props {
  readonly personas: readonly Persona[];
  readonly current: Persona | null;
  readonly onPick: (persona: Persona) => void;
}

/** One click is a sign-in: who asks is never a form to fill in. */
export function PersonaPicker({ personas, current, onPick }: Props) {
  return (
    <fieldset className="personas">
      <legend>Sign in as</legend>
      {personas.map(persona => (
        <button
          key={persona.id}
          type="button"
          aria-pressed={persona.id === current?.id}
          title={persona.description}
          onClick={() => onPick(persona)}
        >
          {persona.label}
        </button>
      ))}
    </fieldset>
  );
}

/** Where there are no personas, people bring the token that their own sign-in gave them. */
export function TokenField({ onToken }: { readonly onToken: (token: string | null) => void }) {
  return (
    <label className="token">
      Token
      <input type="password" autoComplete="off" placeholder="Bearer token" onChange={event => onToken(event.target.value.trim() || null)} />
    </label>
  );
}
