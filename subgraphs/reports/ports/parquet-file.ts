import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { bareKind, type ColumnKind, type Columns, columnName, type Value } from '../domain/columns';
import type { FileForm } from '../domain/text-file';

/** So many rows stand together in a Parquet file: enough to pack well, and few enough to hold. */
const ROW_GROUP = 40_000;
/** Digits after the point of a decimal that is no amount of money: shares have four, seconds three. */
const DECIMAL_SCALE = 4;
const MONEY_SCALE = 2;

/** A Parquet file: amounts are exact decimals, days are days, and the file's own metadata says where its numbers come from. */
export function parquetFile(columns: Columns): FileForm {
  const kinds = Object.values(columns).map(bareKind);
  const names = Object.keys(columns).map(columnName);
  const output = new ByteWriter();
  const writer = new ParquetWriter({
    writer: output,
    schema: [
      { name: 'root', num_children: names.length },
      ...Object.values(columns).map((kind, index) => elementOf(names[index] ?? '', kind)),
    ],
    createdBy: 'purchasing-graph',
  });
  let waiting: (readonly Value[])[] = [];

  const writeGroup = () => {
    if (waiting.length === 0) return;
    const columnData = names.map((name, index) => ({
      name,
      data: waiting.map(row => parquetValue(kinds[index] ?? 'text', row[index] ?? null)),
      offsetIndex: false,
    }));
    // Answers nothing to wait for where the writer keeps its bytes in memory.
    void writer.write({ columnData, rowGroupSize: waiting.length });
    waiting = [];
  };
  const taken = (): Uint8Array => {
    const bytes = output.getBytes().slice();
    output.index = 0;
    return bytes;
  };

  return {
    begin: taken,
    rows: batch => {
      waiting.push(...batch);
      if (waiting.length >= ROW_GROUP) writeGroup();
      return taken();
    },
    end: provenance => {
      writeGroup();
      writer.kvMetadata = provenance.map(([key, value]) => ({ key, value }));
      void writer.finish();
      return taken();
    },
  };
}

const decimal = (scale: number) => ({ type: 'INT64', converted_type: 'DECIMAL', scale, precision: 18 }) as const;

const ELEMENTS = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  whole: { type: 'INT64' },
  money: decimal(MONEY_SCALE),
  decimal: decimal(DECIMAL_SCALE),
  date: { type: 'INT32', converted_type: 'DATE' },
  moment: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
} as const;

const elementOf = (name: string, kind: ColumnKind): SchemaElement => ({
  name,
  repetition_type: kind.endsWith('?') ? 'OPTIONAL' : 'REQUIRED',
  ...ELEMENTS[bareKind(kind)],
});

function parquetValue(kind: keyof typeof ELEMENTS, value: Value): string | bigint | Date | null {
  if (value === null || value instanceof Date) return value;
  if (typeof value === 'object') return value.minor;
  if (kind === 'whole') return BigInt(value);
  if (kind === 'decimal') return scaled(`${value}`);
  return kind === 'date' ? new Date(value) : `${value}`;
}

/** Decimal text in its smallest units, exactly. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(DECIMAL_SCALE, '0').slice(0, DECIMAL_SCALE));
}
