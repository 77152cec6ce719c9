/** Imported first by what runs houses: libraries leave out what they check for their own developers, as in the image. */
process.env.NODE_ENV ??= 'production';
