/**
 * Files of bank statements: what format a file has, how the columns of a table are used, and which of its rows are certainly transactions. It knows
 * neither customers nor the database; nothing here books anything.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.bank.statement;
