import type { GraphQLInputType } from 'graphql';

export interface FieldProps {
  readonly label: string;
  readonly type: GraphQLInputType;
  readonly description?: string | null | undefined;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** The mark of what must be given. */
export function Required({ isOn }: { readonly isOn: boolean }) {
  return isOn ? (
    <span className="required" title="It must be given" aria-hidden="true">
      *
    </span>
  ) : null;
}
