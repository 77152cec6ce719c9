import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createSortedRowModel,
  type FilterFn,
  globalFilteringFeature,
  rowSortingFeature,
  type SortFn,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { ExportMenu } from '../exports/export-menu';
import type { ReportQuestion } from '../exports/report-question';
import { saveFile } from '../save-file';
import { ColumnChoice } from './column-choice';
import { csvOf } from './csv';
import { matches, matchesWords } from './filters';
import type { Row, RowSet } from './row-sets';
import { type Cell, compareCells, isMoney, type Kind, shownText } from './values';

const features = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

/** More lines than this are found faster by a filter than by scrolling. */
const ROWS_SHOWN_MAX = 500;

const sortAs =
  (kind: Kind): SortFn<Features, Row> =>
  (one, other, id) =>
    compareCells(one.original[id], other.original[id], kind);
const filterAs =
  (kind: Kind): FilterFn<Features, Row> =>
  (row, id, asked) =>
    matches(row.original[id], kind, String(asked));
const search: FilterFn<Features, Row> = (row, id, asked) => matchesWords(row.original[id], String(asked));

interface Props {
  readonly set: RowSet;
  readonly fileName: string;
  readonly question: ReportQuestion | null;
}

/** An answer's list as a table: sorted by its headings, filtered as a whole or by column, with the columns that one wants. */
export function TableView({ set, fileName, question }: Props) {
  const [areFiltersShown, setFiltersShown] = useState(false);
  const kindById = useMemo(() => new Map(set.columns.map(({ id, kind }) => [id, kind])), [set]);
  const columns = useMemo(
    () =>
      set.columns.map(({ id, title, kind }) => ({
        id,
        header: title,
        accessorFn: (row: Row): Cell => row[id] ?? null,
        sortFn: sortAs(kind),
        filterFn: filterAs(kind),
        sortDescFirst: kind === 'number' || kind === 'money',
      })),
    [set],
  );
  const table = useTable({ features, columns, data: set.rows, globalFilterFn: search, getColumnCanGlobalFilter: () => true });
  const { rows } = table.getRowModel();
  const shown = table.getVisibleLeafColumns().flatMap(column => set.columns.find(({ id }) => id === column.id) ?? []);
  const save = () => {
    const text = csvOf(
      shown,
      rows.map(({ original }) => original),
    );
    saveFile(`${fileName}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  };
  return (
    <div className="table-view">
      <div className="tools">
        <input
          type="search"
          placeholder="Search these rows"
          aria-label="Search these rows"
          onChange={event => table.setGlobalFilter(event.target.value)}
        />
        <button type="button" aria-pressed={areFiltersShown} onClick={() => setFiltersShown(before => !before)}>
          Filter columns
        </button>
        <ColumnChoice
          columns={table.getAllLeafColumns().map(column => ({
            id: column.id,
            title: set.columns.find(({ id }) => id === column.id)?.title ?? column.id,
            isShown: column.getIsVisible(),
            toggle: () => column.toggleVisibility(),
          }))}
        />
        <output className="count">{countOf(rows.length, set)}</output>
        <ExportMenu onSaveShown={save} hasRows={rows.length > 0} question={question} />
      </div>
      <div className="scroll">
        <table>
          <thead>
            {table.getHeaderGroups().map(group => (
              <tr key={group.id}>
                {group.headers.map(({ column }) => (
                  <th key={column.id} scope="col" className={kindById.get(column.id)} aria-sort={ariaSort(column.getIsSorted())}>
                    <button type="button" title="Sort; with Shift, sort within the order so far" onClick={column.getToggleSortingHandler()}>
                      {set.columns.find(({ id }) => id === column.id)?.title}
                      <span aria-hidden="true" className="order">
                        {{ asc: '↑', desc: '↓' }[String(column.getIsSorted())] ?? ''}
                      </span>
                    </button>
                    {areFiltersShown && (
                      <input
                        aria-label={`Filter ${set.columns.find(({ id }) => id === column.id)?.title}`}
                        placeholder={isNumeric(kindById.get(column.id)) ? '> 100' : 'contains'}
                        value={String(column.getFilterValue() ?? '')}
                        onChange={event => column.setFilterValue(event.target.value)}
                      />
                    )}
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN_MAX).map(row => (
              <tr key={row.id}>
                {shown.map(({ id, kind }) => (
                  <td key={id} className={kind}>
                    <CellText cell={row.original[id]} kind={kind} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="empty">{set.rows.length === 0 ? 'The list is empty.' : 'No row matches.'}</p>}
        {rows.length > ROWS_SHOWN_MAX && (
          <p className="empty">{`${ROWS_SHOWN_MAX} of ${rows.length} rows are shown. All of them are in the file.`}</p>
        )}
      </div>
    </div>
  );
}

/** A value as it stands in a table: the currency steps back, so that digits line up. */
export function CellText({ cell, kind }: { readonly cell: Cell | undefined; readonly kind: Kind }) {
  if (!isMoney(cell)) return <>{shownText(cell, kind)}</>;
  const [amount, currency] = shownText(cell, kind).split(' ');
  return (
    <>
      {amount} <small>{currency}</small>
    </>
  );
}

const isNumeric = (kind: Kind | undefined): boolean => kind === 'number' || kind === 'money';

const ariaSort = (sorted: false | 'asc' | 'desc') => (sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending');

function countOf(found: number, { rows, totalCount, hasMore }: RowSet): string {
  const here = found === rows.length ? `${found} ${found === 1 ? 'row' : 'rows'}` : `${found} of ${rows.length} rows`;
  if (totalCount !== null && totalCount > rows.length) return `${here} of ${totalCount} in all`;
  return hasMore ? `${here}; there are more` : here;
}
