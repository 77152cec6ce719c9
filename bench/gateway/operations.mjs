const USER = 'fragment User on User { id username name }';
const REVIEW = 'fragment Review on Review { id body }';
const PRODUCT = 'fragment Product on Product { inStock name price shippingEstimate upc weight }';

/** The public benchmark's query, one that asks four subgraphs for little, and one that asks one for next to nothing. */
export const OPERATIONS = {
  full: `${USER} ${REVIEW} ${PRODUCT}
    query TestQuery {
      users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
      topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
    }`,
  small: 'query Small { me { name reviews { id product { upc name inStock } } } }',
  tiny: 'query Tiny { me { id name } }',
};
