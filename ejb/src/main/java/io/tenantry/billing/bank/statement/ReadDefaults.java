package io.tenantry.billing.bank.statement;

import java.time.LocalDate;
import java.util.Currency;

/**
 * What is known of the reseller where a file says nothing.
 *
 * @param account whose statement it is if the file does not say
 * @param currency of the reseller's account
 * @param country two letters; decides between day first and month first where the file does not; empty: nobody knows
 * @param today by which dates are judged that are far off, or could be read in two ways
 */
public record ReadDefaults(String account, Currency currency, String country, LocalDate today) {}
