package io.tenantry.billing.bank.statement;

import java.time.LocalDate;
import java.util.Currency;
import java.util.Set;

/**
 * The reseller's defaults for missing information in a file.
 *
 * @param account the account if the file does not state one
 * @param currency of the reseller's account
 * @param country two letters; decides between day first and month first where the file does not; empty if unknown
 * @param today the date against which dates are judged that are far off or ambiguous
 * @param ownAccounts all accounts of the reseller, from the settings and from earlier statements
 * @param ownNames the reseller's names; empty if they are not known
 */
public record ReadDefaults(
        String account,
        Currency currency,
        String country,
        LocalDate today,
        Set<String> ownAccounts,
        Set<String> ownNames) {
    public ReadDefaults {
        ownAccounts = Set.copyOf(ownAccounts);
        ownNames = Set.copyOf(ownNames);
    }

    /** Defaults of a reseller whose accounts are not known. */
    public ReadDefaults(String account, Currency currency, String country, LocalDate today) {
        this(account, currency, country, today, Set.of(), Set.of());
    }

    /** Returns a copy for files that belong to an account. */
    public ReadDefaults withAccount(String other) {
        return new ReadDefaults(other, currency, country, today, ownAccounts, ownNames);
    }
}
