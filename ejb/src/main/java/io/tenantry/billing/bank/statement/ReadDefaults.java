package io.tenantry.billing.bank.statement;

import java.time.LocalDate;
import java.util.Currency;

/**
 * The reseller's defaults for missing information in a file.
 *
 * @param account the account if the file does not state one
 * @param currency of the reseller's account
 * @param country two letters; decides between day first and month first where the file does not; empty if unknown
 * @param today the date against which dates are judged that are far off or ambiguous
 */
public record ReadDefaults(String account, Currency currency, String country, LocalDate today) {}
