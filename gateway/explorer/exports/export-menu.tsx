import { useRef, useState } from 'react';
import { useSession } from '../session-context';
import { FORMATS, type Format, type Part, type Progress, takeAway } from './report-file';
import type { ReportQuestion } from './report-question';

interface Props {
  /** The rows that are shown, as a file of this page. */
  readonly onSaveShown: () => void;
  readonly hasRows: boolean;
  /** The report that the table belongs to, if the answer is one. */
  readonly question: ReportQuestion | null;
}

/** What is shown as a file at once; a report as a whole, or every row behind it, as a file that the reports house writes. */
export function ExportMenu({ onSaveShown, hasRows, question }: Props) {
  const session = useSession();
  const menu = useRef<HTMLDetailsElement>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const ask = (part: Part, format: Format) => {
    menu.current?.removeAttribute('open');
    if (question) void takeAway({ question, part, format }, session, setProgress);
  };
  const isBusy = progress !== null && progress.state !== 'saved' && progress.state !== 'failed';
  return (
    <>
      <button type="button" className="strong" disabled={!hasRows} onClick={onSaveShown}>
        Save as CSV
      </button>
      {question && (
        <details className="choice files" ref={menu}>
          <summary>Export the report</summary>
          <fieldset disabled={isBusy}>
            <FormatRow title="The numbers" part="ANSWER" onPick={ask} />
            <FormatRow title="Every row behind them" part="ROWS" onPick={ask} />
          </fieldset>
        </details>
      )}
      {progress && <FileProgress progress={progress} onClose={() => setProgress(null)} />}
    </>
  );
}

interface FormatRowProps {
  readonly title: string;
  readonly part: Part;
  readonly onPick: (part: Part, format: Format) => void;
}

const FORMAT_NAMES = ['CSV', 'JSON_LINES', 'PARQUET'] as const;

function FormatRow({ title, part, onPick }: FormatRowProps) {
  return (
    <div className="format-row">
      <span>{title}</span>
      {FORMAT_NAMES.map(format => (
        <button key={format} type="button" aria-label={`${title} as ${FORMATS[format]}`} onClick={() => onPick(part, format)}>
          {FORMATS[format]}
        </button>
      ))}
    </div>
  );
}

function FileProgress({ progress, onClose }: { readonly progress: Progress; readonly onClose: () => void }) {
  const { state, bytes, received } = progress;
  const isOver = state === 'saved' || state === 'failed';
  return (
    <div className="file-progress" data-state={state} role="status">
      <span>{sentenceOf(progress)}</span>
      {state === 'downloading' && <progress max={bytes} value={received} aria-label="Downloaded" />}
      {(state === 'asked' || state === 'writing') && <progress aria-label="Being written" />}
      {isOver && (
        <button type="button" aria-label="Close the note about the file" onClick={onClose}>
          Close
        </button>
      )}
    </div>
  );
}

function sentenceOf({ state, rows, bytes, received, fileName, problem }: Progress): string {
  switch (state) {
    case 'asked':
      return 'Asked for the file…';
    case 'writing':
      return `Being written: ${rows.toLocaleString('en')} rows, ${sizeOf(bytes)}`;
    case 'downloading':
      return `Downloading ${fileName}: ${sizeOf(received)} of ${sizeOf(bytes)}`;
    case 'saved':
      return `Saved ${fileName}: ${rows.toLocaleString('en')} rows, ${sizeOf(bytes)}`;
    case 'failed':
      return problem ?? 'The file could not be made.';
  }
}

const KIB = 1_024;

function sizeOf(bytes: number): string {
  if (bytes < KIB) return `${bytes} bytes`;
  return bytes < KIB * KIB ? `${(bytes / KIB).toFixed(1)} KiB` : `${(bytes / KIB / KIB).toFixed(1)} MiB`;
}
