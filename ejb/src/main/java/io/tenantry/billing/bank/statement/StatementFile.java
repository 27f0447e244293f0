package io.tenantry.billing.bank.statement;

/**
 * One statement: an uploaded file, or a file inside an uploaded ZIP archive. The content is not copied; callers do not change it.
 *
 * @param name as uploaded, or the name within the archive
 */
public record StatementFile(String name, StatementFormat format, byte[] content) {}
