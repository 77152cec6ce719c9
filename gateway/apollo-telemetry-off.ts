// Apollo's packages report to their maker unless told not to before they load.
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
