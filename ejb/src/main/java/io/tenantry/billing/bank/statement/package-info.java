/**
 * Bank statement files: detects the format of a file and the roles of its columns, and which of its rows are certainly transactions. It knows
 * neither customers nor the database. Owns no tables.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.bank.statement;
