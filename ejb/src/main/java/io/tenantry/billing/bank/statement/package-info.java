/**
 * Bank statement files: detects the format of a file and the roles of its columns, and which of its rows are certainly transactions.
 * Independent of customers and of the database; books nothing.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.bank.statement;
