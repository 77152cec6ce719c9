import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { DocumentLine, InvoiceDocument } from '../domain/invoice-document';

const font = (face: string) => require.resolve(`pdfmake/fonts/Roboto/Roboto-${face}.ttf`);
const FONTS = { Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } };
const FONT_PATHS: ReadonlySet<string> = new Set(Object.values(FONTS.Roboto));

pdfmake.setFonts(FONTS);
// What stands on an invoice came from customers: nothing in it may make the server read a file or call an address.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(path => FONT_PATHS.has(path));

const GREY = '#555555';
/** Millimetres are for printers; points are what documents count in. */
const PAGE_MARGINS: [number, number, number, number] = [48, 56, 48, 56];

/** Renders an invoice as PDF. The same document gives the same bytes. */
export const renderInvoice = (document: InvoiceDocument): Promise<Buffer> => pdfmake.createPdf(definitionOf(document)).getBuffer();

function definitionOf(document: InvoiceDocument): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: PAGE_MARGINS,
    info: { title: document.title, author: document.seller[0] ?? '', creationDate: document.madeAt },
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.2 },
    ...(document.mark && { watermark: { text: document.mark, opacity: 0.15, bold: true } }),
    footer: (page, pages) => ({ text: `${document.number} · ${page} of ${pages}`, alignment: 'center', color: GREY, fontSize: 8 }),
    content: [
      { text: document.title, fontSize: 18, bold: true, margin: [0, 0, 0, 16] },
      { columns: [party('From', document.seller), party('To', document.buyer), facts(document)], columnGap: 16, margin: [0, 0, 0, 20] },
      lineTable(document.lines),
      sums(document),
      ...(document.note ? [{ text: document.note, margin: [0, 16, 0, 0] } satisfies Content] : []),
    ],
  };
}

const party = (heading: string, texts: readonly string[]): Content => ({
  stack: [{ text: heading, color: GREY, fontSize: 8 }, ...texts.map((text, index) => ({ text, bold: index === 0 }))],
});

const facts = ({ facts: known }: InvoiceDocument): Content => ({
  layout: 'noBorders',
  table: { body: known.map(([name, value]) => [{ text: name, color: GREY }, { text: value }]) },
});

function lineTable(lines: readonly DocumentLine[]): Content {
  const heading = ['What', 'Quantity', 'Price', 'Amount', 'Tax'].map(
    (text, index): TableCell => ({ text, bold: true, alignment: index === 0 ? 'left' : 'right' }),
  );
  return {
    layout: 'lightHorizontalLines',
    table: { headerRows: 1, dontBreakRows: true, widths: ['*', 'auto', 'auto', 'auto', 'auto'], body: [heading, ...lines.map(lineRow)] },
  };
}

const number = (text: string): TableCell => ({ text, alignment: 'right' });

const lineRow = (line: DocumentLine): TableCell[] => [
  { stack: [{ text: line.description }, { text: line.days, color: GREY, fontSize: 8 }, { text: line.working, color: GREY, fontSize: 8 }] },
  number(line.quantity),
  number(line.unitPrice),
  number(line.amount),
  number(line.tax),
];

const sums = ({ sums: known }: InvoiceDocument): Content => ({
  margin: [0, 12, 0, 0],
  columns: [
    { width: '*', text: '' },
    {
      width: 'auto',
      layout: 'noBorders',
      table: {
        body: known.map(([name, amount], index) =>
          [name, amount].map(text => ({ text, bold: index === known.length - 1, alignment: 'right' as const })),
        ),
      },
    },
  ],
});
